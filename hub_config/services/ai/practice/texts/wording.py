"""Vietnamese of the tools for texts."""

# --- what they say
NEEDS_TEXT = (
    "AI luyện tập chưa thấy đoạn văn để làm: nó không có kiến thức, chỉ rút gọn được đoạn bạn dán vào (từ ba câu trở "
    "lên); muốn hỏi về điều không có trong đoạn văn, lớp cần nối một AI thật."
)
NEEDS_STOPS = (
    "AI luyện tập chưa tóm tắt được vì đoạn này không có dấu chấm câu nên chưa biết câu nào hết ở đâu; bạn ngắt câu "
    "rồi gửi lại, hoặc dùng một AI thật."
)
SUMMARY_LEAD = "Chọn nguyên văn {n} trong {total} câu của đoạn bạn đưa:"
KEYWORDS_LEAD = "Từ khóa, đúng như đoạn bạn đưa viết:"
SOURCES_LEAD = "Trích nguyên văn từ tài liệu bạn đưa:"
SOURCES_LIST = "Nguồn:"
PASSAGE = "“{text}” [{n}]"
PLACE = "[{n}] {source}{where}"
SOURCE = "nguồn “{source}”, "
WHERE_PARAGRAPH = "đoạn {paragraph}, câu {sentence}"
NOT_SAID = (
    "Tài liệu bạn đưa không nói điều này, và AI luyện tập không có kiến thức ngoài tài liệu; cần thêm tài liệu hoặc "
    "hỏi người phụ trách."
)
NEEDS_SOURCES = (
    "AI luyện tập chưa thấy tài liệu nào để tra; bạn dán tài liệu vào cùng câu hỏi, nó sẽ trích đúng chỗ trả lời."
)

# --- what is asked
SUMMARISE = r"\b(?:tóm tắt|tóm lược|rút gọn|rút ngắn|tóm lại|ý chính|ý quan trọng|nội dung chính|điểm chính)\b"
KEYWORDS = r"\b(?:từ khóa|từ khoá|từ chính|cụm từ chính|từ quan trọng|thuật ngữ|keyword)\b"
COUNT = (
    r"\b(\d+|một|hai|ba|bốn|năm|sáu|bảy|tám)\s+(?:câu|ý|dòng|điểm|gạch đầu dòng|từ khóa|từ khoá|từ|cụm từ|thuật ngữ)\b"
)
NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
SHORTER = r"\b(?:ngắn (?:lại|hơn|thôi|nữa|bớt)|gọn (?:lại|hơn|nữa)|rút (?:gọn|ngắn)|cô đọng|bớt đi)\b"
BY_SOURCES = (
    r"\b(?:theo|dựa (?:vào|trên|theo)|căn cứ(?: vào| trên)?|trong|đọc|xem)\s+(?:các\s+|những\s+|mấy\s+)?(?:tài liệu"
    r"|văn bản|đoạn|nội dung|nguồn|quy định|thông báo|bài|thông tin|quy chế|hướng dẫn|biên bản)\b|\b(?:tài liệu|văn "
    r"bản|đoạn|nguồn|thông báo|quy định)\s+(?:văn\s+)?(?:trên|sau|này|dưới đây|đính kèm|gửi kèm)\b|\btrích (?:nguồn"
    r"|dẫn)\b"
)
ASKS = (
    r"\?|\b(?:bao nhiêu|là gì|là ai|khi nào|bao giờ|lúc nào|ở đâu|thế nào|vì sao|tại sao|mấy|nào|ai|gì|có được|có "
    r"phải|được không|phải không|hay không|đúng không|trả lời|cho biết|tìm)\b"
)
HOW_MUCH = r"\b(?:bao nhiêu|mấy|bao lâu|khi nào|bao giờ|lúc nào|ngày nào|mấy giờ|hạn nào|mức nào)\b"
ASKING_WORDS = (
    "và ở của những các bao nhiêu gì nào ai đâu khi bao giờ mấy thế sao vì tại theo tài liệu văn bản đoạn trên sau "
    "này dưới đây nội dung nguồn cho biết trả lời hỏi câu hãy giúp tôi mình em bạn trích dẫn dựa vào căn cứ không "
    "phải được có là thì à ạ nhỉ vậy đúng hay lúc thông tin xem đọc tìm ghi rõ chỉ nếu nói"
)
SOURCE_HEAD = (
    r"^\s*(?:#{1,4}\s*|\*\*)?(\[\d{1,3}\]|(?:tài liệu|văn bản|nguồn|đoạn|trích đoạn|bài|thông báo|ghi "
    r"chú)\s+(?:số\s+)?(?:\d{1,3}|[A-H])\b(?:\s*\([^)\n]{0,80}\))?)\s*(?:\*\*)?\s*[:.\-–]?\s*"
)

# --- what texts hold
ABBREVIATED = r"\b(?:TP|Tp|Th\.?S|TS|PGS|GS|BS|KS|Q|P|Tr|tr|v\.v|vd|VD)\.$"
STOP_WORDS = (
    "và là của có các những được cho trong với một này đó đã sẽ thì mà ở từ đến theo về cũng như khi để không tại do "
    "bị trên dưới ra vào lại còn nên hay hoặc rất nhiều mỗi người việc phải cần bằng sau trước ngày giờ lúc năm tháng"
)
# these join nothing: a term neither begins nor ends with them
PHRASES = (
    r"\b(?:thống nhất|đề nghị|yêu cầu|có mặt|thông báo|tổ chức|thực hiện|bắt đầu|kết thúc|bao gồm|cần thiết|liên "
    r"quan)\b"
)
MEASURES = "đồng triệu nghìn ngàn tỷ hộ người con cân kg ha tấn giờ phút phần trăm"
EDGE_WORDS = (
    "nói gọi hỏi xuống còn nhắn cử mang bận rồi nếu vì nhằm hãy đang vẫn đều chỉ thêm lên xuống qua tới hơn nhất ai "
    "gì nào đây kia thế vậy tôi chúng ta họ nó ông bà anh chị bạn mình cùng cả hết nhớ mời gồm sáng trưa chiều tối "
    "hai ba bốn sáu bảy tám chín mười đi làm"
)
