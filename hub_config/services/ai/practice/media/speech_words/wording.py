"""How figures, units and abbreviations are read aloud in Vietnamese."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
DAY, MONTH = "ngày", "tháng"
BEFORE_A_DATE = r"ngày|hôm|sáng|trưa|chiều|tối|từ|đến|tới|trước|sau|thứ \w+|chủ nhật|dịp|lễ"
FULL_DATE = "ngày {d} tháng {m} năm {y}"
DAY_MONTH = "{before} {d} tháng {m}"
MONTH_YEAR = "tháng {m} năm {y}"
CLOCK = "{h} giờ"
TO, PER, POINT = " đến ", " một ", " phẩy "
UNITS = {
    "đ": "đồng", "VNĐ": "đồng", "VND": "đồng", "k": "nghìn", "tr": "triệu", "%": "phần trăm",
    "km2": "ki lô mét vuông", "km²": "ki lô mét vuông", "m2": "mét vuông", "m²": "mét vuông",
    "m3": "mét khối", "m³": "mét khối", "km": "ki lô mét", "cm": "xăng ti mét", "mm": "mi li mét", "m": "mét",
    "kg": "ki lô gam", "mg": "mi li gam", "g": "gam", "ha": "héc ta", "ml": "mi li lít", "l": "lít",
    "°C": "độ xê", "km/h": "ki lô mét một giờ", "MB": "mê ga bai", "GB": "gi ga bai",
}  # fmt: skip
ABBREVIATIONS = {
    "UBND": "ủy ban nhân dân", "HĐND": "hội đồng nhân dân", "MTTQ": "mặt trận tổ quốc",
    "TP.": "thành phố", "TP": "thành phố",
    "HTX": "hợp tác xã", "THCS": "trung học cơ sở", "THPT": "trung học phổ thông", "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội", "CCCD": "căn cước công dân", "CMND": "chứng minh nhân dân",
    "CNTT": "công nghệ thông tin",
    "NTM": "nông thôn mới", "ATTP": "an toàn thực phẩm", "PCCC": "phòng cháy chữa cháy", "ATGT": "an toàn giao thông",
    "PGS": "phó giáo sư", "GS": "giáo sư", "TS": "tiến sĩ", "ThS": "thạc sĩ", "BS": "bác sĩ", "KTX": "ký túc xá",
    "SĐT": "số điện thoại", "ĐT": "điện thoại", "ĐTDĐ": "điện thoại di động", "VNeID": "vê nờ i đi", "QR": "quy a",
    "AI": "ây ai", "OCOP": "ô cốp", "CLB": "câu lạc bộ", "NXB": "nhà xuất bản", "VD": "ví dụ", "v.v.": "vân vân",
    "v.v": "vân vân", "kg": "ki lô gam", "lít": "lít", "&": "và", "+": "cộng", "=": "bằng",
}  # fmt: skip
