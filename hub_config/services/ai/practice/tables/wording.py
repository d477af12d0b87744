"""Vietnamese of the tools for tables."""

from typing import Literal

# --- what they say
TABLE_LEAD = "Tính trên bảng bạn đưa ({rows} dòng):"
SELECTED_LEAD = "Tính trên {rows} trong {total} dòng của bảng bạn đưa ({conditions}):"
SELECTED = "{n} trong {total} dòng của bảng bạn đưa có {conditions}:"
NONE_SELECTED = "Trong {total} dòng của bảng bạn đưa, không dòng nào có {conditions}."
SORTED = "Bảng bạn đưa, xếp theo “{column}” {direction}:"
TOP_ROWS = "{n} dòng có “{column}” {direction} nhất:"
BACK = "Bảng bạn đưa, kẻ lại:"
FALLING_WORDS, RISING_WORDS = "giảm dần", "tăng dần"
LARGEST, SMALLEST = "lớn", "nhỏ"
TABLE_SKIPPED = "Bỏ qua {n} ô không đọc được thành số."
TABLE_TOTAL_ROW = "Dòng tổng có sẵn trong bảng không được cộng vào."
COLUMN_NAME = "cột {n}"
SUM = "Tổng “{column}”: {value}."
MEAN = "Trung bình “{column}”: {value}."
MAX = "“{column}” lớn nhất: {row} ({value})."
MIN = "“{column}” nhỏ nhất: {row} ({value})."
DIFFERENCE = "Chênh lệch “{column}” giữa {high} ({high_value}) và {low} ({low_value}): {value}."
PERCENT = "{row} chiếm {value} % tổng “{column}”."
COUNTED = "Số dòng: {n}."
COUNTED_SELECTED = "Số dòng có {conditions}: {n} (trong {total} dòng)."
CHANGE = "{row}: “{before}” {before_value}, “{after}” {after_value}, {change}."
ROSE, FELL, SAME = "tăng {value} ({percent} %)", "giảm {value} ({percent} %)", "không đổi"
ROSE_FROM_ZERO, FELL_FROM_ZERO = "tăng {value}", "giảm {value}"
ALL_ROWS = "Cả bảng"
GROUP_COUNT = "Số dòng"
GROUP_TITLES = {"sum": "Tổng {column}", "mean": "Trung bình {column}", "max": "Lớn nhất: {column}"}
GROUP_TITLES |= {"min": "Nhỏ nhất: {column}"}
GROUPED = "Tính theo “{column}” trên bảng bạn đưa ({rows} dòng):"
CONDITION = "“{column}” {sign} {value}"
SIGN_WORDS = {">": "trên", ">=": "từ", "<": "dưới", "<=": "không quá", "=": "là"}
AND = " và "
NEEDS_TABLE = (
    "AI luyện tập chưa thấy bảng số liệu để tính; bạn dán bảng vào cùng câu hỏi (mỗi dòng một hàng, các ô cách nhau "
    "bằng dấu | hoặc phím Tab), hoặc dùng máy tính bỏ túi."
)

# --- what is asked
ASKS = {
    "sum": r"\b(?:tổng|cộng)\b",
    "mean": r"\b(?:trung bình|bình quân)\b",
    "max": r"\b(?:lớn|cao|nhiều|đông|dài|đắt|nặng|rộng|già)(?:\s+\w+){0,3}?\s+nhất\b|\bmax\b",
    "min": r"\b(?:nhỏ|thấp|ít|ngắn|rẻ|nhẹ|bé|kém|hẹp|trẻ)(?:\s+\w+){0,3}?\s+nhất\b|\bmin\b",
    "difference": r"\b(?:chênh lệch|chênh|hơn kém|hiệu số|hơn bao nhiêu|kém bao nhiêu)\b",
    "change": r"\b(?:tăng|giảm|thay đổi|biến động|tăng trưởng)\b(?!\s+dần)|\bso với\b",
    "percent": r"\b(?:phần trăm|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)\b|%",
    "count": r"\b(?:đếm|số dòng|số lượng|có mấy|mấy dòng|bao nhiêu)\b",
}
LISTS = r"\b(?:liệt kê|lọc|hiện|hiển thị|danh sách|cho xem|lấy ra|lấy|những|các|nào|in ra|tìm)\b"
AS_TABLE = (
    r"\b(?:kẻ|lập|tạo|thành|dạng|vẽ|làm|ra|bằng|trả)\s+(?:lại\s+)?(?:một\s+|cái\s+)?(?:bảng|table|markdown)\b"
    r"|\b(?:trình bày|viết|xếp|đưa|để|ghi)\b[^.\n]{0,30}?\b(?:vào|trong|theo|bằng|thành|dạng)\s+(?:một\s+)?bảng\b"
)
SORT = r"\b(?:sắp xếp|sắp|xếp|sort)\b(?:\s+(?:lại|các dòng|bảng|thứ tự|các|dòng|danh sách|hạng)){0,3}(?:\s+theo)?"
FALLING = r"\b(?:giảm dần|từ (?:cao|lớn|nhiều|đông) (?:đến|xuống|tới) (?:thấp|nhỏ|bé|ít)|cao trước|lớn trước)\b"
RISING = r"\b(?:tăng dần|từ (?:thấp|nhỏ|bé|ít) (?:đến|lên|tới) (?:cao|lớn|nhiều|đông))\b"
TOP = (
    r"\btop\s+(\d+)\b|\b(\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?=(?:\w+\s+){1,8}?(?:nhất)\b)|\b(\d+|hai|ba|bốn"
    r"|năm|sáu|bảy|tám|chín|mười)\s+(?:dòng|hàng)\s+(?:đầu|trên)\b"
)
NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
BY_GROUP = r"\b(?:theo|từng|mỗi)\s+(?:từng\s+|mỗi\s+|các\s+)?(?:nhóm\s+)?$"
WHICH = r"\s+nào\b"
_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALE = r"nghìn|ngàn|triệu|tỷ|tỉ"
COMPARED = (
    r"(?P<sign>>=|<=|≥|≤|>|<|=|\b(?:lớn hơn hoặc bằng|nhỏ hơn hoặc bằng|lớn hơn|nhiều hơn|cao hơn|đông hơn|dài hơn"
    r"|nhỏ hơn|ít hơn|thấp hơn|không dưới|không quá|không vượt quá|không đến|ít nhất|tối thiểu|nhiều nhất|tối đa"
    r"|vượt quá|vượt|trên|dưới|hơn|kém|bằng|đúng|chưa đến|chưa tới|từ|giữa|là)\b)?\s*"
    rf"(?P<number>(?<![\d.,/]){_NUMBER})(?![\d/])(?:\s*(?P<scale>\b(?:{_SCALE})\b))?(?:\s*(?:đến|tới|và|-"
    rf"|–)\s*(?P<to>{_NUMBER})(?![\d/])(?:\s*(?P<to_scale>\b(?:{_SCALE})\b))?)?"
    r"(?P<after>(?:\s+\w+)?\s+trở (?:lên|xuống)\b)?"
)
OR_LESS = r"\bxuống\b"
SIGNS: dict[Literal[">", ">=", "<", "<=", "="], str] = {
    ">=": r">=|≥|lớn hơn hoặc bằng|không dưới|ít nhất|tối thiểu",
    "<=": r"<=|≤|nhỏ hơn hoặc bằng|không quá|không vượt quá|nhiều nhất|tối đa",
    ">": r">|lớn hơn|nhiều hơn|cao hơn|đông hơn|dài hơn|vượt quá|vượt|trên|hơn",
    "<": r"<|nhỏ hơn|ít hơn|thấp hơn|dưới|kém|chưa đến|chưa tới|không đến",
    "=": r"=|bằng|đúng|là",
}
SCALES = {"nghin": 1e3, "ngan": 1e3, "trieu": 1e6, "ty": 1e9, "ti": 1e9}

# --- what tables hold
NOT_MEASURED = r"^(?:stt|tt|số thứ tự|id|mã|mã số|năm|tháng|quý|điện thoại|số điện thoại|sđt)$"
TIME_COLUMN = r"^(?:năm|tháng|quý|tuần|ngày|kỳ)(?:\s|$)"
YEAR_TITLE = r"^\s*(?:năm\s*)?(?:19|20)\d\d\s*$"
TOTAL_ROW = r"^(?:tổng|cộng|tổng cộng|tổng số)$"
UNITS = "ha kg m2 tan km dong vnd trieu nghin ty nguoi ho con cai lit gam g m"
GENERAL_WORDS = "số tổng tên mã mức tỷ tỉ lệ lượng cột giá trị ngày sl so"
QUESTION_WORDS = (
    "còn sao thế vậy nữa lại nhỉ là có bao nhiêu mấy nào gì ai cho biết tôi mình em bạn hãy giúp với trong của ở tại "
    "theo từng mỗi các những mọi tất cả bảng dòng hàng cột dữ liệu này trên dưới sau đây sql câu lệnh truy vấn viết "
    "tạo lập query select hỏi tính tìm lọc lấy ra liệt kê hiện hiển thị danh sách xem và hoặc thì mà được không nhất "
    "lớn nhỏ cao thấp nhiều ít đông dài ngắn đầu tiên về đến từ số lượng xếp sắp thứ tự dần tăng giảm in duckdb "
    "sqlite để ra đi nhé ạ chỉ một vào thành hơn bằng thuộc ghi cần muốn đang mà gồm bị đã dùng hai ba bốn năm"
)
