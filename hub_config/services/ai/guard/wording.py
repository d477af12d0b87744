"""Vietnamese text of the guard: how personal data are called, what stands in their place and what before them."""

from typing import Literal

Kind = Literal["citizen_id", "phone", "bank_card", "bank_account", "email"]

LABELS: dict[Kind, str] = {
    "citizen_id": "số căn cước",
    "phone": "số điện thoại",
    "bank_card": "số thẻ ngân hàng",
    "bank_account": "số tài khoản",
    "email": "địa chỉ email",
}
# in square brackets and capitals, as the lessons teach it and the rule no_placeholders knows it
MASKS: dict[Kind, str] = {
    "citizen_id": "SỐ CĂN CƯỚC",
    "phone": "SỐ ĐIỆN THOẠI",
    "bank_card": "SỐ THẺ",
    "bank_account": "SỐ TÀI KHOẢN",
    "email": "EMAIL",
}
MAY_SEND = "Bạn che đi rồi gửi, hoặc vẫn gửi nếu thấy thật cần."
MUST_MASK = "Bạn che đi rồi gửi lại nhé."
HIDDEN = """Trong các tin nhắn sau, chỗ nào có dạng [SỐ ĐIỆN THOẠI 1] hay [EMAIL 2] là hệ thống tạm che khi chuyển đi; \
người viết đã ghi đầy đủ ở chỗ đó. Khi trích lại, hãy chép đúng nguyên cả dấu ngoặc vuông."""
# what a number is said to be by the words before it; "code" and "tax" keep a number from being taken for another
_BEFORE = {
    "citizen_id": """
        căn cước, cccd, cmnd, cmtnd, cmt, chứng minh, chứng minh thư, định danh, giấy tờ tùy thân, số tùy thân
    """,
    "phone": """
        điện thoại, đt, đtdđ, đtcđ, sđt, di động, số máy, máy bàn, zalo, viber, whatsapp, hotline, gọi, nhắn,
        alo, liên hệ, fax, tel, phone, mobile
    """,
    "bank_account": """
        số tài khoản, tài khoản, stk, tk, account, chuyển khoản
    """,
    "bank_card": """
        số thẻ, thẻ atm, thẻ ngân hàng, thẻ tín dụng, thẻ ghi nợ, visa, mastercard, napas
    """,
    "tax": """
        mã số thuế, mst, mã số doanh nghiệp, mã số hợp tác xã, mã số hộ kinh doanh
    """,
    "code": """
        mã đơn, mã đơn hàng, đơn hàng, đơn số, vận đơn, mã vận đơn, hóa đơn, hóa đơn số, mã hàng, mã vạch, mã
        sản phẩm, mã hồ sơ, mã giao dịch, mã số, biên lai, biên nhận, phiếu thu, phiếu chi, sê ri, seri, serial,
        imei, isbn, công văn, quyết định, tờ trình, kế hoạch, thửa, thửa đất, tờ bản đồ, sổ đỏ, tọa độ, mã tra
        cứu, mã lô, mã vé, mã định vị
    """,
}
_UNITS = """
    đồng, đ, vnđ, vnd, usd, đô, m, m2, m3, ha, km, km2, cm, mm, kg, g, gam, tạ, tấn, lít, l, ml, gb, mb, kb, kw,
    kwh, mw, hz, nghìn, ngàn, triệu, tỷ, tỉ, k, người, hộ, lượt, cái, bản, trang, từ, cây, con, sản phẩm, phần
    trăm
"""


def _words(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in listed.split(","))


BEFORE = {key: _words(listed) for key, listed in _BEFORE.items()}
UNITS = _words(_UNITS)
