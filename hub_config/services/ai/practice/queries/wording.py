"""Vietnamese of question → SQL."""

# --- what it says
EXPLAIN = "Câu SQL này lấy {what} từ bảng {table}{where}{group}{order}{limit}."
WHAT = {
    "count": "số dòng",
    "sum": "tổng “{column}”",
    "mean": "trung bình “{column}”",
    "max": "giá trị lớn nhất của “{column}”",
    "min": "giá trị nhỏ nhất của “{column}”",
}
ALL_COLUMNS = "mọi cột"
COLUMNS = "cột {columns}"
AND = " và "
WHERE, GROUP, LIMIT = ", chỉ những dòng có {conditions}", ", tính riêng cho từng “{column}”", ", {n} dòng đầu"
ORDER = ", xếp theo {what} {direction}"
FALLING, RISING = "giảm dần", "tăng dần"
UNREAD = (
    "Chữ “{words}” không khớp cột nào nên câu SQL bỏ qua; bạn đối chiếu lại với câu hỏi. Bảng có các cột: {columns}."
)
CANNOT_SQL = (
    "AI luyện tập chưa đổi được câu hỏi này thành SQL; bạn hỏi bằng đúng tên cột ({columns}), hoặc dùng một AI thật."
)
NEEDS_SCHEMA = (
    "AI luyện tập chưa thấy bảng nào để viết SQL; bạn đưa câu lệnh CREATE TABLE, dòng tên cột hoặc vài dòng CSV vào "
    "cùng câu hỏi."
)
NO_NAME = "bang"
ALIASES = {"sum": "tong", "mean": "trung_binh", "max": "lon_nhat", "min": "nho_nhat", "count": "so_dong"}

# --- what is asked
SQL = r"\bsql\b|\b(?:câu|lệnh)\s+truy vấn\b|\btruy vấn\b|\bselect\b|\bduckdb\b|\bcreate\s+table\b"
CREATE = r"\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?[\"`]?([\w.]{1,60})[\"`]?\s*\("
CALLED = (
    r"\b(?:bảng|table)\s+[\"`“]?([^\W\d]\w{0,59})[\"`”]?\s*(?:\(|(?:có|gồm|với)?\s*(?:các\s+|những\s+)?(?:cột"
    r"|trường)\s*:?|:)\s*([^)\n.?]{3,2000})"
)
COLUMNS_ARE = r"\b(?:các\s+)?(?:cột|trường|columns?)\s*(?:là|gồm|:)\s*:?\s*([^)\n.?]{3,2000})"
TABLE_NAME = r"\b(?:bảng|table|from)\s+[\"`“]?([a-z]\w{0,59}_?\w*)[\"`”]?(?=\s|[,.?:]|$)"
NO_TABLE_NAMES = "sau này trên dưới dữ liệu số có gồm với là của đây csv sql và bảng tính theo nào đó hoặc các những"
NUMBER_TYPES = r"^(?:\w*int\w*|dec\w*|num\w*|real|double|float\w*)"
NUMBER_NAMES = (
    r"(?:^|_|\s)(?:so|tong|tien|gia|dien|luong|tuoi|nam|thang|diem|khoi|doanh|chi|thu|phi|san|ty|ti|le|muc|khau"
    r"|ho)(?:_|\s|$)"
)
TEXT_NAMES = r"^(?:ten|ho_ten|ho ten|xom|thon|xa|ma|dia|sdt|so_dien_thoai|so dien thoai|ghi|loai|nhom|gioi)"
