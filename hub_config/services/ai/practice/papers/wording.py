"""Vietnamese of papers, posts and messages: templates, and the words by which their facts are found in a prompt."""

# --- what it says about a draft
NEEDS_FACTS = (
    "AI luyện tập chưa soạn được vì câu lệnh chưa nói rõ việc gì, bao giờ, ở đâu, gửi ai: nó chỉ dùng điều bạn viết "
    "ra; muốn AI tự nghĩ thêm, lớp cần nối một AI thật."
)
DRAFT_LEAD = "Bản nháp chỉ dùng điều bạn viết. Chỗ […] là điều câu lệnh chưa nói:"

# --- kinds of papers; several names may mean one
OFFICIAL = {
    "công văn": "CV",
    "tờ trình": "TTr",
    "biên bản": "BB",
    "báo cáo": "BC",
    "kế hoạch": "KH",
    "thông báo": "TB",
    "giấy mời": "GM",
}  # with the sign that stands in the number
MINUTES = "biên bản"
ALWAYS_OFFICIAL = ("công văn", "tờ trình", "biên bản", "báo cáo", "kế hoạch")
POSTS_KINDS = ("bài đăng", "bài post", "bài viết facebook", "bài facebook", "status", "caption", "bài quảng cáo")
SCRIPT_KINDS = ("kịch bản video", "kịch bản", "lời thoại video")
MESSAGES = ("email", "thư mời", "lời mời", "tin nhắn", "lời nhắn")
KINDS = (*OFFICIAL, *POSTS_KINDS, *SCRIPT_KINDS, *MESSAGES)
_KIND = "|".join(sorted(KINDS, key=len, reverse=True))
_MAKE = r"(?:viết|soạn thảo|soạn|thảo|làm|tạo|lập|dựng|ra|đăng)"
_WHERE = r"(?:\s+(?:ngắn gọn|ngắn|facebook|zalo|fanpage|tiktok|mạng xã hội))*"
_NEED = r"(?:cho\s+(?:tôi|mình|em|xin)|tôi cần|mình cần|em cần|muốn có|cần)\s+(?:một|cái|bản|mẫu|bài)?"
WRITE = rf"\b(?:{_MAKE}\b[^.\n]{{0,30}}?|{_NEED}\s*)\b(?:bản\s+)?({_KIND})\b{_WHERE}"
REWRITE = (
    rf"\b(?:viết|soạn|chuyển|đổi|biến|sửa|làm|trình bày)\b[^.:\n]{{0,60}}?\b(?:thành|sang|dạng|dưới dạng)\s+(?:một\s+"
    rf"|bản\s+|mẫu\s+)*({_KIND})\b"
)
FORMAL = r"\b(?:nghị định 30|thể thức|văn bản hành chính|mẫu hành chính|quốc hiệu)\b"

# --- labels that a prompt may give its facts under
LABELS = {
    "place": r"địa điểm|nơi họp|nơi tổ chức|chỗ họp|nơi",
    "time": r"thời gian|giờ họp|ngày giờ|bắt đầu|lúc|giờ|ngày họp|ngày",
    "receiver": r"kính gửi|người nhận|gửi tới|gửi đến|gửi|kính mời|khách mời",
    "subject": r"nội dung|việc|về việc|trích yếu|chủ đề|tên việc|cuộc họp|sản phẩm",
    "agency": r"cơ quan ban hành|cơ quan|đơn vị|tên cơ quan|nơi gửi",
    "parent": r"cơ quan chủ quản|cơ quan cấp trên",
    "signer": r"người ký|người gửi|ký tên|chữ ký|ký",
    "number": r"số ký hiệu|số hiệu|số và ký hiệu|số",
    "signed": r"ngày ký|ngày ban hành|ngày viết",
    "chair": r"chủ trì|chủ tọa|chủ toạ",
    "clerk": r"thư ký|người ghi|ghi biên bản",
    "present": r"thành phần|có mặt|dự họp|tham dự|người dự",
    "absent": r"vắng mặt|vắng",
    "decision": r"kết luận|quyết định|thống nhất",
    "reason": r"lý do|lí do|căn cứ|sự cần thiết|hiện trạng",
    "cost": r"kinh phí|dự toán|chi phí|số tiền|mức thu|mức đóng",
    "contact": r"liên hệ|điện thoại|số điện thoại|sđt|zalo|hotline|đặt hàng",
    "copies": r"nơi nhận",
    "length": r"thời lượng|độ dài video",
    "until": r"hạn cuối|hạn chót|hạn nộp|thời hạn|hạn",
    "price": r"giá bán|giá",
}

# --- where facts stand in running words
_HOUR = r"\d{1,2}(?:\s*(?:giờ|h|g)(?:\s*(?:\d{2}(?!\d)|rưỡi))?(?:\s*phút)?|:\d{2})(?:\s+(?:sáng|trưa|chiều|tối))?(?!\d)"
_SPOKEN = (
    r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười một|mười hai|mười)\s+giờ(?:\s+(?:rưỡi|kém\s+\w+|ba mươi|mười "
    r"lăm))?(?:\s+(?:sáng|trưa|chiều|tối))?"
)
_DAY = r"(?:ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|(?:ngày\s+)?\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?(?!\d))"
_BEFORE = r"(?:(?:trước|sau|chậm nhất|đến hết|hết|từ)\s+)?"
_THIS = r"(?:\s+(?:tuần\s+)?(?:này|tới|sau)\b)?"
_UNTIL = r"\s*(?:đến|tới|-|–)\s*(?:hết\s+)?"
_PART = r"(?:sáng|trưa|chiều|tối)"
CLOCK = rf"\b{_BEFORE}(?:{_HOUR}(?:{_UNTIL}{_HOUR})?|{_SPOKEN})"
DATE = (
    rf"\b(?:{_PART}\s+)?{_BEFORE}(?:(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\b{_THIS}"
    rf"|{_DAY}(?:{_UNTIL}{_DAY})?"
    r"|(?:ngày mai|ngày kia|hôm nay|tối nay|chiều nay|sáng mai|chiều mai|tối mai)\b)"
)
_STOP = (
    rf"(?=\s+(?:lúc|vào|ngày|hồi|nhớ|mang|bàn|mỗi|từ|để|về|mời|thứ|dự|họp|đến|đi|tại|ở|đề nghị|xin|do|vì|nhắc|báo"
    rf"|{_PART})\b|[,;\n\x00]"
    r"|\.(?:\s|$)|$)"
)
PLACE = r"\b(?:tại|ở)\s+(?!chỗ\b|nhà\s*(?=$|[,;.\n])|đây\b|đó\b|đâu\b|các\b)([^,;.\n\x00]{1,120}?)" + _STOP
_AGENCIES = (
    r"ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|hội đồng nhân dân|sở|phòng|trường|ban quản lý|ban|htx|hợp tác xã"
    r"|công ty|trung tâm|hội|đoàn|trạm|chi bộ|đảng ủy|mặt trận|công an|bộ|bệnh viện|chi cục"
)
_STOP_OR_ACT = (
    r"(?=\s+(?:đóng|nộp|góp|dọn|trồng|tiêm|tham gia|đăng ký|chuẩn bị|tập trung|nhận|khai|làm|cần|phải|không|nhé)\b)|"
)
_STOP_OR_ACT = f"(?:{_STOP_OR_ACT}{_STOP})"
RECEIVER = (
    r"\b(?:kính gửi|gửi|cho|tới|mời|nhắc|báo)\s+((?:tới\s+|cho\s+|đến\s+)?(?:các|toàn thể|tất cả|bà con|quý|phụ huynh"
    r"|hộ|nhân dân"
    rf"|người dân|anh chị|mọi người|cán bộ|hội viên|đoàn viên|ông|bà|thầy|cô|bác|chú|khách"
    rf"|{_AGENCIES})\b[^,;.\n\x00]{{0,120}}?)"
) + _STOP_OR_ACT
AGENCY = (
    rf"\b(?:của|thay mặt|đơn vị|cơ quan|là cán bộ)\s+((?:{_AGENCIES})\s+[^,;.:\n\x00]{{1,80}}?)"
    r"(?=\s+(?:gửi|về|đề nghị|xin|mời|lúc|vào|để|ngày|hồi|họp|thông báo|báo cáo|trình|cho|tới|với|phối hợp|tổ chức"
    r"|soạn|viết)\b|[,;:\n\x00]|\.(?:\s|$)|$)"
)
ABOUT = (
    r"\b(?:về việc|v/v|về)\s+([^;.\n\x00]{2,200}?)(?=\s+(?:lúc|vào|tại|ở|hồi|gửi|cho các|cho bà con|để trình)\b"
    r"|[,;\n\x00]|\.(?:\s|$)|$)"
)
SENDER = r"\b(?:tôi|mình|người gửi)(?:\s+là|:)\s+([^;.\n\x00]{1,120})"
SIGNED = r"([^\W\d_][^,;.\n\d]{1,40}),\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})"
DATE_PARTS = r"(\d{1,2})\s*(?:/|-|tháng)\s*(\d{1,2})(?:\s*(?:/|-|năm)\s*(\d{4}))?"
POSTS = (
    r"\b(?:phó\s+)?(?:chủ tịch|giám đốc|trưởng phòng|hiệu trưởng|trưởng xóm|trưởng thôn|trưởng bản|tổ trưởng|bí thư"
    r"|chánh văn phòng|trưởng ban|chủ nhiệm|trạm trưởng|quản đốc)\b(?:\s+(?:hđqt|hội đồng quản trị))?"
)
INVITING = "mời"
LINKS = r"là\s+|ở\s+|tại\s+"
JOINT = (
    r"^(?:\s|:|(?:lúc|vào|hồi|ngày|tại|ở|từ|đến|và|là|nhớ|về việc|về|gửi|cho|mời)(?=\s|$))+|[\s:,]+$|\s(?:lúc|vào|hồi"
    r"|tại)$|[\s,]+(?:hãy|nhờ bạn|giúp)$"
)
NOTE_JOINT = r"^(?:và|nhớ|rồi)\s+|[\s:,]+$"
STYLE = (
    r"\b(?:ngắn gọn|ngắn thôi|ngắn|giọng|lịch sự|thân mật|dễ hiểu|trang trọng|văn phong|xưng|gạch đầu dòng|bịa|chỉ "
    r"dùng|không thêm|đừng thêm|nghị định 30|thể thức|\d+\s*(?:câu|dòng|chữ|từ|âm tiết|giây)|vài câu|vài dòng)\b"
)
STYLED = (
    r"^(?:(?:thật\s+)?(?:ngắn gọn|ngắn|lịch sự|thân mật|dễ hiểu|trang trọng|vui)[,\s]+)+(?=(?:về|cho|gửi|mời|nhắc"
    r"|báo)\b)"
)
ROLE = r"^(?:bạn|em|ai|hãy)\s+(?:là|đóng vai|hãy là|làm)\b"
FILLER = r"^(?:giúp|hộ|giùm)?\s*(?:tôi|mình|em|bạn|với|nhé|ạ|đi|cho tôi|giúp tôi)?$"
DECIDED = r"\b(?:thống nhất|quyết định|kết luận|nhất trí|chốt|giao|phân công|biểu quyết|đồng ý)\b"
COSTS = r"\b(?:kinh phí|dự toán|chi phí|nguồn vốn|số tiền)\b"
REASONS = r"^(?:do|vì|bởi vì|nhằm|để|hiện nay|hiện|qua kiểm tra|thực tế)\b"

# a sentence of a text that is a label without a colon, and one that says who announces what
TOLD = {
    "time": r"^(?:thời gian|thời hạn)\b[^.:,\d]{0,25}?\s*(?=từ\b|là\b|lúc\b|vào\b|ngày\b|\d)(?:là\s+)?(.+)$",
    "place": r"^(?:địa điểm|nơi)\b[^.:,]{0,25}?\s+(?:là|tại|ở)\s+(.+)$",
}
PRESENT = r"^(?:có mặt|thành phần)\s+(?:gồm\s+)?(.+)$"
ANNOUNCED = rf"^((?:{_AGENCIES})\b[^,;.\d]{{0,60}}?)\s+(?:xin\s+)?thông báo\s+(?:(?:về việc|về)\s+)?(.+)$"

# --- what is said later to change a draft
ADD = (
    r"^\W*(?:và |hãy |nhớ |bạn |giúp tôi )*(?:thêm|bổ sung|ghi thêm|nói thêm|điền)\s+(?:vào\s+|cả\s+|là\s+|phần\s+"
    r"|dòng\s+|câu\s+|ý\s+)*(.+)$"
)
CHANGE = r"^\W*(?:hãy |bạn |giúp tôi )*(?:đổi|sửa|thay|chuyển)\s+(?:lại\s+)?(.{1,80}?)\s+(?:thành|sang|bằng|là)\s+(.+)$"
CHANGE_TO = r"^\W*(?:hãy |bạn |giúp tôi )*(?:đổi|sửa|thay|chuyển)\s+(?:lại\s+)?(?:sang|thành|qua|là)\s+(.+)$"
DROP = (
    r"^\W*(?:hãy |bạn |giúp tôi )*(?:bỏ|xóa|xoá|cắt|lược)\s+(?:đi\s+|bớt\s+|phần\s+|dòng\s+|câu\s+|chỗ\s+|ý\s+"
    r"|cái\s+)*(.+)$"
)

# --- templates
GAP = "[{what}]"
NO_RECEIVER, NO_TIME, NO_PLACE, NO_SENDER = "[người nhận]", "[thời gian]", "[địa điểm]", "[người gửi]"
NO_SUBJECT = "[trích yếu nội dung]"
MESSAGE = """{kind}
Kính gửi: {receiver}
Việc: {task}
Thời gian: {time}
Địa điểm: {place}"""
SHORT_MESSAGE = "{receiver}: {task}; {time}; {place}. {sender}"
NOTES = "Lưu ý:"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
NO_AGENCY = "[TÊN CƠ QUAN]"
NUMBER = "Số: …/{sign}"
GIVEN_NUMBER = "Số: {number}"
LETTER_SUBJECT = "V/v {subject}"
ABOUT_DOING, ABOUT_THING = "về việc {subject}", "về {subject}"
THINGS = (
    r"^(?:lịch|kế hoạch|kết quả|chương trình|chế độ|mức|danh sách|quy định|tình hình|công tác|việc|tiến độ|phương án)\b"
)
DATED = "{place}, ngày {day} tháng {month} năm {year}"
NO_DOC_PLACE = "[địa danh]"
BLANK = "…"
DEAR = "Kính gửi: {receiver}"
INVITE = "Kính mời: {receiver}"
TO_ATTEND = "Tới dự: {subject}"
TIME = "Thời gian: {time}"
PLACE_LINE = "Địa điểm: {place}"
ANNOUNCE = "{agency} thông báo {about} như sau:"
LETTER_OPENING = "{about}, {agency} trao đổi như sau:"
PROPOSE = "{agency} kính trình {about} như sau:"
REPORT = "{agency} báo cáo {about} như sau:"
PLAN = "{agency} lập kế hoạch {about} như sau:"
SOMEBODY = "[tên cơ quan]"
REASON, CONTENT, COST = "Lý do: {text}", "Nội dung đề nghị: {text}", "Kinh phí: {text}"
NO_REASON, NO_CONTENT, NO_COST = "[vì sao cần]", "[nội dung]", "[kinh phí]"
PROPOSAL_END = "Kính trình {receiver} xem xét, quyết định./."
END = "./."
MINUTES_START = "Bắt đầu: {time}, tại {place}"
MINUTES_LINES = {
    "chair": ("Chủ trì: {text}", "[người chủ trì]"),
    "clerk": ("Thư ký: {text}", "[người ghi]"),
    "present": ("Có mặt: {text}", "[thành phần]"),
}
ABSENT = "Vắng mặt: {text}"
MINUTES_BODY, MINUTES_DECISION = "Nội dung:", "Kết luận và việc cần làm:"
NO_DECISION = "[kết luận, ai làm, bao giờ xong]"
MINUTES_END = "Biên bản đã đọc cho những người có mặt cùng nghe và kết thúc lúc [giờ kết thúc]."
CLERK_SIGNS, CHAIR_SIGNS = "THƯ KÝ", "CHỦ TRÌ"
SIGN_HERE, NO_POST, NO_NAME = "[chữ ký]", "[CHỨC VỤ NGƯỜI KÝ]", "[Họ và tên]"
ON_BEHALF = "TM. ỦY BAN NHÂN DÂN"
FOR_CHAIR, DEPUTY = "KT. {post}", "PHÓ "
RECIPIENTS, AS_ABOVE, KEPT = "Nơi nhận:", "- Như trên;", "- Lưu: VT."
NO_RECIPIENT = "- [nơi nhận];"
COMMITTEE = ("ubnd", "uy ban nhan dan")
COMMITTEE_SIGN = "UBND"
CO_OPERATIVE = ("htx", "hop tac xa")
CO_OPERATIVE_SIGN = "HTX"
POST_TIME, POST_PLACE, POST_PRICE, POST_CONTACT = "Khi nào: {text}", "Ở đâu: {text}", "Giá: {text}", "Liên hệ: {text}"
POST_PICTURE, NO_CONTACT = "[ảnh minh họa]", "[liên hệ]"
SCRIPT_TITLE, SCRIPT_LENGTH, NO_LENGTH = "KỊCH BẢN VIDEO: {subject}", "Thời lượng: {length}", "[bao nhiêu giây]"
SCENE_FIRST, SCENE_NEXT, SCENE_LAST = "Cảnh mở đầu", "Cảnh tiếp theo", "Cảnh kết, kêu gọi"
SHOT = "{scene}\nHình: [quay gì]\nLời: {words}"
NO_WORDS, CALL = "[lời đọc]", "[mời người xem làm gì]"
