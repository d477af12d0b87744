"""Vietnamese of the practice AI: what it says, and the words by which it tells what is asked.

Words are regular expressions, read with `vocabulary.search`.
"""

# --- what it says
CANNOT = (
    "AI luyện tập chưa giúp được việc này: nó không có kiến thức, chỉ tóm tắt đoạn văn, soạn thông báo "
    "và tính trên bảng mà bạn đưa. Muốn hỏi tự do, lớp cần nối một AI thật."
)
NEEDS_TEXT = (
    "AI luyện tập chưa thấy đoạn văn để tóm tắt: nó không có kiến thức, chỉ rút gọn được đoạn bạn dán vào "
    "(từ ba câu trở lên). Muốn hỏi về điều không có trong đoạn văn, lớp cần nối một AI thật."
)
NEEDS_FACTS = (
    "AI luyện tập chưa soạn được vì câu lệnh chưa nói rõ việc gì, bao giờ, ở đâu: nó chỉ dùng điều bạn viết ra. "
    "Muốn AI tự nghĩ thêm, lớp cần nối một AI thật."
)
NOTHING_TO_SAY = "Câu lệnh này chưa có gì để AI luyện tập trả lời. Bạn nói rõ hơn việc cần làm nhé."
SUMMARY_LEAD = "Chọn nguyên văn {n} trong {total} câu của đoạn bạn đưa:"
DRAFT_LEAD = "Bản nháp chỉ dùng điều bạn viết. Chỗ […] là điều câu lệnh chưa nói:"
DRAFT = """{kind}
Kính gửi: {receiver}
Việc: {task}
Thời gian: {time}
Địa điểm: {place}"""
DRAFT_NOTES = "Lưu ý:"
NO_RECEIVER, NO_TIME, NO_PLACE, NO_SENDER = "[người nhận]", "[thời gian]", "[địa điểm]", "[người gửi]"
TABLE_LEAD = "Tính trên bảng bạn đưa ({rows} dòng):"
TABLE_SKIPPED = "Bỏ qua {n} ô không đọc được thành số."
TABLE_TOTAL_ROW = "Dòng tổng có sẵn trong bảng không được cộng vào."
COLUMN_NAME = "cột {n}"
SUM = "Tổng “{column}”: {value}."
MEAN = "Trung bình “{column}”: {value}."
MAX = "“{column}” lớn nhất: {row} ({value})."
MIN = "“{column}” nhỏ nhất: {row} ({value})."
DIFFERENCE = "Chênh lệch “{column}” giữa {high} ({high_value}) và {low} ({low_value}): {value}."
PERCENT = "{row} chiếm {value} % tổng “{column}”."

# --- what is asked
SUMMARISE = r"\b(?:tóm tắt|tóm lược|rút gọn|rút ngắn|tóm lại|ý chính)\b"
COUNT = r"\b(\d+|một|hai|ba|bốn|năm|sáu|bảy|tám)\s+(?:câu|ý|dòng|điểm|gạch đầu dòng)\b"
NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
ORDER = r"^\s*(?:hãy|nhớ|giữ|nêu|viết|đừng|không được|trình bày|chỉ|dành cho|giúp|em|bạn|tôi|mình)\b"
KINDS = ("thông báo", "giấy mời", "thư mời", "lời mời", "tin nhắn", "lời nhắn")
WRITE = r"\b(?:viết|soạn thảo|soạn|thảo|làm|tạo)\b[^.\n]{0,30}?\b(" + "|".join(KINDS) + r")\b"
STYLE = (
    r"\b(?:ngắn gọn|ngắn thôi|ngắn|giọng|lịch sự|thân mật|dễ hiểu|trang trọng|văn phong|xưng|gạch đầu dòng|bịa"
    r"|chỉ dùng|không thêm|đừng thêm|\d+\s*(?:câu|dòng|chữ|từ|âm tiết)|vài câu|vài dòng)\b"
)
_HOUR = r"\d{1,2}(?:\s*(?:giờ|h|g)\s*(?:\d{2}|rưỡi)?(?:\s*phút)?|:\d{2})(?:\s+(?:sáng|trưa|chiều|tối))?(?!\d)"
_DAY = (
    r"(?:ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
    r"|(?:ngày\s+)?\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?(?!\d))"
)
_UNTIL = r"\s*(?:đến|tới|-|–)\s*(?:hết\s+)?"
_PART = r"(?:sáng|trưa|chiều|tối)"
CLOCK = rf"\b(?:từ\s+)?{_HOUR}(?:{_UNTIL}{_HOUR})?"
DATE = (
    rf"\b(?:{_PART}\s+)?(?:từ\s+)?(?:(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\b|{_DAY}(?:{_UNTIL}{_DAY})?"
    r"|(?:ngày mai|ngày kia|hôm nay|tối nay|chiều nay|sáng mai|chiều mai|tối mai)\b)"
)
_STOP = rf"(?=\s+(?:lúc|vào|ngày|hồi|từ|để|về|mời|thứ|dự|họp|đến|đi|tại|ở|{_PART})\b|[,;\n\x00]|\.(?:\s|$)|$)"
PLACE = r"\b(?:tại|ở)\s+([^,;.\n\x00]+?)" + _STOP
RECEIVER = (
    r"\b(?:kính gửi|gửi|cho|tới|mời)\s+((?:tới\s+|cho\s+)?(?:các|toàn thể|tất cả|bà con|quý|phụ huynh|hộ|nhân dân"
    r"|người dân|anh chị|mọi người|cán bộ|hội viên|đoàn viên)\b[^,;.\n\x00]*?)"
) + _STOP
SENDER = r"\b(?:tôi|mình|người gửi)(?:\s+là|:)\s+([^;.\n\x00]+)"
JOINT = (
    r"^(?:\s|:|(?:lúc|vào|hồi|ngày|tại|ở|từ|đến|và|là|nhớ|về việc|về|gửi|cho|mời)(?=\s|$))+"
    r"|[\s:,]+$|\s(?:lúc|vào|hồi|tại)$|[\s,]+(?:hãy|nhờ bạn|giúp)$"
)
NOTE_JOINT = r"^(?:và|nhớ|rồi)\s+|[\s:,]+$"
ASKS = {
    "sum": r"\b(?:tổng|cộng)\b",
    "mean": r"\btrung bình\b",
    "max": r"\b(?:lớn|cao|nhiều|đông|dài|đắt|nặng)(?:\s+\w+){0,2}\s+nhất\b",
    "min": r"\b(?:nhỏ|thấp|ít|ngắn|rẻ|nhẹ)(?:\s+\w+){0,2}\s+nhất\b",
    "difference": r"\b(?:chênh lệch|chênh|hơn kém|hiệu số|hơn bao nhiêu|kém bao nhiêu)\b",
    "percent": r"\b(?:phần trăm|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)\b|%",
}
NOT_MEASURED = r"^(?:stt|tt|số thứ tự|năm)$"
TOTAL_ROW = r"^(?:tổng|cộng|tổng cộng|tổng số)$"
ABBREVIATED = r"\b(?:TP|Tp|Th\.?S|TS|PGS|GS|BS|KS|Q|P|Tr|tr|v\.v|vd|VD)\.$"
STOP_WORDS = (
    "và là của có các những được cho trong với một này đó đã sẽ thì mà ở từ đến theo về cũng như khi để không tại do "
    "bị trên dưới ra vào lại còn nên hay hoặc rất nhiều mỗi người việc phải cần"
)
