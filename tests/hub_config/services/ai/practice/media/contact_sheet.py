"""Prompts as learners write them, weak and good, and their pictures side by side on sheets."""

import io
from collections.abc import Iterator, Sequence

from PIL import Image

CONTACT_SHEET = (
    "Vẽ một cái cây",
    "Vẽ đồi chè lúc bình minh, màu tươi sáng, có cô gái hái chè đội nón lá",
    'Poster "Lễ hội Trà Thái Nguyên" với đồi chè, chén trà, tông màu xanh lá và vàng, '
    "lúc 8 giờ ngày 12/3/2027 tại nhà văn hóa xóm Hồng Thái, ĐT 0912 345 678",
    "Nhà sàn bên dòng sông, có núi, hoàng hôn, màu sắc ấm áp",
    'Áp phích chợ quê: sạp hàng rau, bà con mua bán, dòng chữ "Chợ phiên nông sản sạch", nền vàng, '
    "chữ đỏ, giá 15.000 đ/kg",
    "Lớp học bình dân học AI, cô giáo và học sinh, máy tính, màu sắc tươi sáng",
    "Ruộng bậc thang mùa thu với con trâu, trời xanh, màu rực rỡ",
    "Lọ mật ong và đàn ong trong vườn, nền vàng, màu tươi sáng",
    'Poster trung thu: đèn lồng, mặt trăng, các em nhỏ, ban đêm, chữ "Đêm hội trăng rằm", màu sắc rực rỡ',
    'Huy hiệu hợp tác xã chè La Bằng với búp chè, màu xanh lá, chữ "HTX La Bằng"',
    'Băng rôn "Phòng chống lừa đảo trên mạng" có lá chắn và điện thoại, tông xanh dương',
    "Con gà trống trên sân, tranh màu nước, buổi sáng",
    "Vẽ nét một con trâu trên cánh đồng lúa",
    "Ba con gà và hai con vịt, bãi cỏ, màu tươi sáng",
    "Trời mưa, em nhỏ đi xe đạp trên đường làng, màu tự nhiên",
    "Ngôi trường với lá cờ Tổ quốc, học sinh, lễ khai giảng, bóng bay, màu rực rỡ, trời nắng",
    "Xe tải chở rau trên con đường làng quê, màu tươi sáng",
    "Con rồng bay trên bầu trời đêm đầy sao, màu tím",
    "Người phụ nữ Tày bên nhà sàn mùa xuân, hoa đào, màu sắc rực rỡ",
    "Poster tiêm phòng dại cho chó mèo: bác sĩ, con chó, con mèo, trạm y tế, "
    'chữ "Tiêm phòng dại cho chó, mèo", 7 giờ 30 ngày 10/3/2027, tại nhà văn hóa xóm, miễn phí, màu xanh ngọc',
    "Văn phòng xã, cán bộ dùng máy tính, người dân, rô-bốt, màu tươi sáng",
    "Bộ đội giúp dân gặt lúa trên cánh đồng, trời nắng, màu sắc tươi sáng",
    "Hoa sen, nền hồng",
    "Chén trà trên đồi chè, sương sớm, buổi sáng sớm, xanh mướt",
    "Đêm văn nghệ trên sân khấu, người mặc áo dài, màu đỏ",
    "Hộp quà",
    'Thùng rác và các em học sinh trồng cây, poster "Vì một xóm làng xanh sạch đẹp", chữ vàng, màu xanh lá',
    "giỏ rau sạch, mẹt hoa quả, màu tươi sáng, ảnh vuông",
)
_TILE, _ACROSS, _DOWN = 400, 4, 3


def sheet(pictures: Sequence[bytes]) -> Iterator[Image.Image]:
    """Pages of small pictures in the order given."""
    for first in range(0, len(pictures), _ACROSS * _DOWN):
        page = Image.new("RGB", ((_TILE + 10) * _ACROSS, (_TILE + 10) * _DOWN), "white")
        for n, png in enumerate(pictures[first : first + _ACROSS * _DOWN]):
            image = Image.open(io.BytesIO(png))
            image.thumbnail((_TILE, _TILE))
            page.paste(image, ((_TILE + 10) * (n % _ACROSS) + 5, (_TILE + 10) * (n // _ACROSS) + 5))
        yield page
