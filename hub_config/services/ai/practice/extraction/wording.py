"""Vietnamese of the extraction of facts from a text."""

from typing import Literal

FieldKind = Literal["date", "time", "money", "phone", "email", "person", "place", "number", "when"]

# --- what it says
LEAD = "Trích từ đoạn bạn đưa, đúng như chữ trong đoạn:"
NOT_SEEN = "Chỗ để trống (null) là điều không thấy trong đoạn."
NEEDS_TEXT = "AI luyện tập chưa thấy đoạn văn nào để trích; bạn dán đoạn văn vào cùng câu lệnh."
NOTHING = "AI luyện tập không thấy mục nào như vậy trong đoạn bạn đưa; muốn đọc hiểu sâu hơn, lớp cần nối một AI thật."
TABLE_HEAD = ("Mục", "Giá trị")
TITLES: dict[FieldKind, str] = {
    "date": "ngày",
    "time": "giờ",
    "money": "số tiền",
    "phone": "số điện thoại",
    "email": "email",
    "person": "tên người",
    "place": "địa điểm",
    "number": "số lượng",
}

# --- what is asked
EXTRACT = (
    r"\b(?:trích xuất|trích|rút ra|lấy ra|bóc tách|tách|lọc ra|lọc|tìm|liệt kê|ghi|chuyển|điền|đưa|nhập"
    r"|lấy)\b(?P<what>[^:\n]{0,300}?)(?:\b(?:thành|ra|dạng|vào|theo|dưới dạng|định dạng|bằng)\s+(?:một\s+"
    r"|các\s+)?(?:json|bảng|danh sách)\b|\bjson\b)|\b(?:trích xuất|trích|rút ra|bóc tách|liệt "
    r"kê)\s+(?P<listed>[^:\n]{0,300})"
)
AS_JSON = r"\bjson\b"
NO_FIELD = (
    r"^(?:các|những|mọi|tất cả|hết|toàn bộ|thông tin|dữ liệu|dữ kiện|trường|mục|nội dung|đoạn|đoạn văn|văn bản|tin "
    r"nhắn|thông báo|hóa đơn|hoá đơn|biên bản|thư|sau|này|trên|dưới đây|quan trọng|chính|cần thiết|có|trong|từ|của|ở"
    r"|được nhắc đến|đây|bài|cho|tôi|mình|giúp|ra|thành|là)$"
)
SPLIT = r"\s*(?:,|;|\bvà\b|\bcùng\b|\bvới\b)\s*"
SOURCE = (
    r"\b(?:trong|từ|của|ở|có trong)\s+(?:các\s+)?(?:đoạn|văn bản|tin|thông báo|hóa đơn|hoá đơn|bài|nội dung|biên bản"
    r"|thư|dữ liệu)\b"
)
KINDS: dict[FieldKind, str] = {
    "email": r"\b(?:email|e-mail|mail|thư điện tử)\b",
    "phone": r"\b(?:số điện thoại|điện thoại|sđt|di động|phone|tel|zalo|hotline|số máy)\b",
    "money": r"\b(?:số tiền|tiền|giá|phí|kinh phí|đơn giá|thành tiền|học phí|lệ phí|money|price|amount|cost|fee"
    r"|total)\b",
    "date": r"\b(?:ngày|hạn|thời hạn|date|day|deadline)\b",
    "time": r"\b(?:giờ|lúc|hour|time)\b",
    "when": r"\b(?:thời gian|thời điểm|mốc|khi nào|bao giờ|when)\b",
    "person": r"\b(?:họ tên|họ và tên|tên người|người|chủ hộ|khách hàng|person|name|full name|tên)\b",
    "place": r"\b(?:địa điểm|địa chỉ|nơi|địa danh|chỗ|xã|xóm|thôn|place|location|address|venue)\b",
    "number": r"\b(?:số lượng|số liệu|con số|số hộ|số người|diện tích|số|quantity|count|number)\b",
}

# --- what texts hold
TITLES_OF_PEOPLE = (
    r"\b(?:ông|bà|anh|chị|cô|chú|bác|thầy|cụ|đồng chí|đ/c|bác sĩ|trưởng xóm|trưởng thôn|chủ tịch|hiệu trưởng|giám đốc"
    r"|tôi là)\s+(?=[^\W\d_])"
)
PERSON_LABELS = (
    "họ tên",
    "họ và tên",
    "tên",
    "người nhận",
    "người gửi",
    "khách hàng",
    "chủ hộ",
    "người mua",
    "người bán",
)
PLACES = (
    r"\b(?:xã|phường|xóm|thôn|bản|tỉnh|huyện|thành phố|tp\.?|tổ dân phố|thị trấn|trường|nhà văn hóa|nhà văn hoá|ubnd"
    r"|trụ sở|chợ|trạm y tế|sân|hội trường)\s+(?=[^\W_])"
)
PUBLIC = (
    r"\b(?:nhà văn hóa|nhà văn hoá|trụ sở|hội trường|trạm y tế|sân vận động|sân trường|đình làng|chợ "
    r"phiên)\b(?:\s+(?:xóm|thôn|xã|phường|bản|ubnd)\b)?\s*"
)
AT = (
    r"\b(?:tại(?!\s+chỗ\b)\s|địa điểm:|địa chỉ:|nơi họp:|(?:địa điểm"
    r"|nơi)\b[^.:,\n]{0,25}?\slà\s)\s*([^,;.\n]{2,80}?)(?=\s+(?:lúc|vào|ngày|hồi|từ|để|thứ)\b|[,;.\n]|$)"
)
