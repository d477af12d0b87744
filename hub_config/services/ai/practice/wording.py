"""Vietnamese of the practice AI: how it says what it cannot do, and the words by which it tells order from text.

Patterns are regular expressions, read with `vocabulary.search`. Each tool has the words of its own in its package.
"""

# --- where it cannot help: one sentence that names what would
CANNOT = (
    "AI luyện tập chưa giúp được việc này vì nó không có kiến thức, chỉ làm trên đoạn văn, bảng số liệu và dữ kiện "
    "bạn đưa; muốn hỏi tự do, lớp cần nối một AI thật."
)
TOO_MUCH = "AI luyện tập chưa xử lý nổi nội dung này vì dài hoặc phức tạp quá; bạn chia nhỏ ra rồi gửi từng phần nhé."
NOTHING_TO_SAY = "Câu lệnh này chưa có gì để AI luyện tập trả lời. Bạn nói rõ hơn việc cần làm nhé."
EDGES = {
    "translation": "AI luyện tập không dịch được sang tiếng khác; việc này cần một AI thật hoặc một công cụ dịch.",
    "picture": "Ô này của AI luyện tập chỉ trả lời bằng chữ; muốn có hình hay tiếng, bạn dùng công cụ tạo ảnh, tạo "
    "giọng đọc của bài học hoặc một AI thật.",
    "self": "Đây là AI luyện tập, một chương trình nhỏ đi kèm khóa học chứ không phải AI thật: nó tóm tắt, trích ý, "
    "tính bảng, soạn văn bản trên những gì bạn đưa, còn hỏi tự do thì cần một AI thật.",
    "news": "AI luyện tập không biết tin tức, giá cả hay thời tiết; bạn xem ở trang chính thức của nơi công bố, hoặc "
    "dán nội dung vào đây để nó tóm tắt.",
    "health": "AI luyện tập không biết gì về bệnh và thuốc; bạn hỏi trạm y tế hoặc bác sĩ.",
    "farming": "AI luyện tập không biết cách chữa bệnh cho cây trồng, vật nuôi; bạn hỏi cán bộ khuyến nông hoặc thú y.",
    "law": "AI luyện tập không biết luật và chế độ; bạn tra văn bản trên trang chính thức hoặc hỏi cán bộ phụ trách, "
    "rồi dán đoạn cần hỏi vào đây để nó tìm.",
    "sums": "AI luyện tập chưa giải được bài toán viết bằng lời, nó chỉ tính trên bảng số liệu bạn đưa; việc này "
    "dùng máy tính bỏ túi hoặc một AI thật.",
    "code": "AI luyện tập không viết mã lệnh; việc này cần một AI thật.",
    "writing": "AI luyện tập không tự nghĩ ra bài văn, thơ hay truyện; việc này cần một AI thật, hoặc chính bạn viết.",
    "style": "AI luyện tập không đổi được giọng văn hay viết dài thêm vì nó chỉ dùng đúng điều bạn viết; việc này "
    "cần một AI thật, hoặc bạn tự sửa.",
    "opinion": "AI luyện tập không có ý kiến hay lời khuyên của riêng nó; bạn hỏi người có kinh nghiệm, hoặc một AI "
    "thật rồi tự cân nhắc.",
}

# --- what points beyond its reach, most telling first
BEYOND = {
    "translation": r"\b(?:dịch|phiên dịch|chuyển|viết lại)\b[^.\n]{0,60}?\b(?:sang|ra|bằng|thành)\s+tiếng\s+(?:anh"
    r"|pháp|trung|hàn|nhật|tày|nùng|mông|dao|thái|lào|nga|đức|việt)\b|\btranslate\b|\btiếng anh (?:là|nói|viết)\b",
    "picture": r"\b(?:vẽ|tạo|làm|thiết kế)\b[^.\n]{0,20}?\b(?:ảnh|hình|tranh|poster|áp phích|logo|nhạc|bài hát"
    r"|video)\b",
    "self": r"\b(?:bạn|mày|em|anh|ai|máy) (?:là (?:ai|gì|chatgpt|gemini|trí tuệ|mô hình)|tên (?:là )?gì|làm được "
    r"(?:gì|những)|giúp được gì|có phải)\b|\bwho are you\b|^\W*(?:xin )?(?:chào|hello|hi|alo|cảm ơn|cám ơn|ok|oke"
    r"|vâng)\b[^?\n]{0,30}$",
    "code": r"\b(?:viết|lập trình|tạo|sửa)\b[^.\n]{0,25}?\b(?:code|mã lệnh|hàm|chương trình python|python|javascript"
    r"|html|excel vba|macro|app|ứng dụng|trang web|website)\b",
    "writing": r"\b(?:viết|làm|sáng tác|kể|nghĩ)\b[^.\n]{0,30}?\b(?:thơ|truyện|chuyện|bài văn|văn "
    "tả|tiểu thuyết|vè|câu đối"
    r"|bài hát|lời bài hát|chuyện cười|bài luận|luận văn)\b",
    "law": r"\b(?:luật|nghị định|thông tư|nghị quyết|bộ luật|hiến pháp|phạt bao nhiêu|mức phạt|xử phạt|thủ tục|ly hôn"
    r"|thừa kế|kiện|khiếu nại|sổ đỏ|bảo hiểm|trợ cấp|lương tối thiểu|lương cơ sở|thuế|tuổi nghỉ hưu|quy định)\b",
    "news": r"\b(?:giá (?:vàng|xăng|dầu|chè|lúa|heo|lợn|cà phê|đô|bitcoin|đất)|tỷ giá|tỉ giá|thời tiết|nhiệt độ|trời "
    r"có mưa|tin (?:tức|mới)|tỉ số|tỷ số|kết quả (?:bóng đá|xổ số|bầu cử)|xổ số|bão số|chứng khoán)\b|\b(?:hôm nay"
    r"|hôm qua|mới nhất|hiện nay|vừa qua)\b[^.\n]{0,40}\?",
    "farming": r"\b(?:lúa|chè|ngô|cây|trâu|bò|lợn|heo|gà|vịt|cá|vườn|sâu|rệp|đạo ôn|lở mồm)\b[^.\n]{0,60}?\b(?:bị"
    r"|chữa|trị|phun|thuốc|bón|vàng lá|chết|ăn gì)\b|\b(?:chữa|trị|phun|bón)\b[^.\n]{0,40}?\b(?:lúa|chè|ngô|cây|trâu"
    r"|bò|lợn|heo|gà|vịt|sâu|rệp)\b",
    "health": r"\b(?:đau|sốt|ho|bệnh|thuốc|uống|triệu chứng|huyết áp|tiểu đường|ung thư|mang thai|vắc xin|covid|khám"
    r"|chóng mặt|mất ngủ|dị ứng|viêm|rắn cắn|ong đốt|bỏng|ngộ độc|bị thương|cấp cứu)\b",
    "sums": r"\b(?:hỏi|tính|giải (?:toán|bài|phương trình)|còn lại|bằng mấy|bằng bao nhiêu|được bao "
    r"nhiêu)\b[^\n]{0,200}?\d|\d[^\n]{0,200}?\b(?:hỏi|bằng mấy|bằng bao nhiêu|còn bao nhiêu|còn lại|được bao nhiêu"
    r"|cộng|trừ|nhân|chia)\b|\d\D[^\n]{0,80}?\d[^?]{0,80}?\bbao nhiêu\b|\d\s+[-+*/x:÷×]\s+\d|\d\s*[+*×÷]\s*\d",
    "style": r"\b(?:lịch sự|trang trọng|thân mật|vui|vui vẻ|dễ hiểu|hay|dài|chi tiết|chuyên nghiệp|gần gũi|hấp dẫn"
    r"|mềm|sinh động) hơn\b|\b(?:dài thêm|viết dài|đổi giọng)\b",
    "opinion": r"\b(?:nên|có nên|theo bạn|theo em|bạn (?:nghĩ|thấy|thích)|ý kiến|khuyên|hay hơn|tốt hơn|tốt nhất|đẹp "
    r"nhất)\b",
}

# --- what tells an order from a text
_LEAD = (
    r"(?:(?:hãy|bạn|em|anh|chị|ai|ơi|xin|vui lòng|làm ơn|nhờ|giúp|hộ|cho|tôi|mình|tớ|với|muốn|cần|giùm|dùm|ừ|à|ok|rồi"
    r"|bây giờ|dựa vào|từ|theo|trong|với)\s*,?\s+){0,6}"
)
VERBS = (
    "tóm tắt|tóm lược|rút gọn|rút ngắn|rút ra|tóm lại|nêu|viết|soạn thảo|soạn|thảo|làm|tạo|lập|kẻ|trích xuất|trích"
    "|lấy ra|liệt kê|tính|lọc|sắp xếp|xếp|đếm|cho biết|tìm|trả lời|chuyển|đổi|biến|so sánh|thống kê|cộng|hỏi|giữ|đừng"
    "|không được|trình bày|chỉ|dành cho|nhớ|dịch|gạch|ghi|đọc|xem|kiểm tra|in|hiện|hiển thị|phân tích|dựng|cho tôi"
    "|cho mình|cho em|gửi lại"
)
# words of an order that do not say what it is about
ORDER_WORDS = (
    "đoạn văn bản tài liệu nội dung thông báo biên bản bài tin trên sau này đó đây dưới ở của trong thành bằng theo "
    "với và cho giúp tôi mình em bạn hãy nhé ạ lại nữa thôi hơn câu ý dòng điểm chính từ khóa khoá thuật ngữ cụm "
    "quan trọng một hai ba bốn năm sáu bảy tám ngắn gọn dễ hiểu giọng lịch sự thân mật trang trọng json bảng danh "
    "sách ngày giờ số tiền điện thoại email tên người địa thời gian mốc lượng công tờ trình báo cáo kế hoạch giấy "
    "mời thư lời nhắn đăng kịch video facebook zalo bản các những về việc gửi bà con thế thì sao còn vậy là gì nào "
    "có được không đi kèm đính"
)
ORDER = (
    rf"^\W*{_LEAD}(?:{VERBS})\b"
    r"|^\W*(?:hãy|giúp|nhờ|bạn (?:là|hãy|đang)|em (?:là|đang)|tôi (?:là|đang|cần|muốn)|mình (?:là|đang|cần|muốn))\b"
    r"|^\W*(?:dựa (?:vào|trên|theo)|căn cứ|từ|theo|trong|với|đây là|dưới đây là|sau đây là)\s+(?:\w+\s+){0,3}?(?:đoạn"
    r"|văn bản|tài liệu|nội dung|bảng|thông tin|dữ liệu|bài|tin|quy định|biên bản|các)\b"
)
STYLE = (
    r"\b(?:ngắn gọn|ngắn thôi|ngắn|giọng|lịch sự|thân mật|dễ hiểu|trang trọng|văn phong|xưng|gạch đầu dòng|bịa|chỉ "
    r"dùng|không thêm|đừng thêm|\d+\s*(?:câu|dòng|chữ|từ|âm tiết)|vài câu|vài dòng)\b"
)
QUESTION = (
    r"\b(?:bao nhiêu|là gì|là ai|khi nào|bao giờ|ở đâu|thế nào|như thế nào|vì sao|tại sao|mấy giờ|ngày nào|hộ nào"
    r"|xóm nào|ai (?:là|được|phải)|phải không)\b|\bcó\b[^.\n]{0,80}?\bkhông\W*$|\b(?:gì|nào|đâu|mấy|bao lâu)\W*$"
)
DICTATED = (
    r"\b(?:đoạn văn|đoạn|văn bản|nội dung|bài báo|bài|thông tin|tin)\s+(?:sau đây|sau|dưới đây|này)(?:\s+(?:trong"
    r"|thành|còn|gồm)\s+\S+\s+(?:câu|ý|dòng|điểm))?(?:\s+(?:là|nhé|cho tôi|giúp tôi))?(?=\s)"
)
REFERS = (
    r"\b(?:đoạn|văn bản|tài liệu|nội dung|thông báo|bài|quy định|bảng|tin|nguồn|biên bản)\s+(?:văn\s+|báo\s+)?(?:trên"
    r"|sau|dưới đây|này|ở trên|đính kèm|gửi kèm)\b|\btheo (?:các )?(?:tài liệu|văn bản|đoạn|nguồn)\b"
)
LABEL_END = (
    r"\b(?:thời gian|địa điểm|nơi họp|lúc|ngày|giờ|người nhận|kính gửi|người gửi|người ký|lưu ý|chủ trì|thư ký|thành "
    r"phần|kinh phí|số|lý do|liên hệ|điện thoại|cơ quan|đơn vị|giá)\s*:$"
)
TABLE_SAID = r"\bbảng\b(?!\s+(?:tin|chữ|cửu))"

# --- why a second prompt does better
FIGURES = {"time": "giờ", "date": "ngày", "money": "số tiền"}
BROUGHT_PART = "Câu lệnh sau có {part} (“{wording}”), nên câu trả lời thay đổi theo."
BROUGHT_FIGURE = "Câu lệnh sau nói {figure} “{wording}”, nên AI dùng đúng chữ của bạn chứ không tự đặt ra."
BROUGHT_FACT = "Câu lệnh sau nói “{wording}”, nên điều đó có trong câu trả lời."
BROUGHT_TABLE = "Câu lệnh sau dặn kẻ bảng, nên câu trả lời thành bảng."
