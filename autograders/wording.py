"""Vietnamese text of the grading package."""

# a whole grade
SOLUTION_SEEN = "Bạn đã xem lời giải: điểm giữ như trước khi xem."
OUR_FAULT = "Phần này chấm bị lỗi ở phía chúng tôi. Bạn không mất điểm, bài sẽ được chấm lại."
CODE_WAITS = "Phần này chờ máy chấm chạy thử. Bạn không mất điểm."
CUT = "… (đoạn này dài quá nên chỉ hiện phần đầu; bản đầy đủ nằm trong bài đã nộp)"
LIKE_ANOTHER = "Bài này rất giống một bài đã nộp trong lớp nên thầy cô sẽ xem rồi cho điểm. Bạn chưa mất điểm."
REPLIES_UNKNOWN = "Phần này còn chờ đối chiếu với câu trả lời của AI. Bạn không mất điểm, bài sẽ tự được chấm lại."
JUDGE_WAITS = "Phần này chờ người hoặc AI đọc. Bạn không mất điểm."
JUDGES_DIFFER = "AI đọc mấy lần chưa thống nhất nên thầy cô sẽ xem rồi cho điểm. Bạn chưa mất điểm."
ONLY_TO_GRADER = "Phần này mới có lời nói với người chấm. Viết nội dung của bạn vào đây."
TESTS_PASS = "Qua hết các ô kiểm tra."  # noqa: S105 - a message

# what the AI said, in formgrader
CONVERSATION = "Học viên đã hỏi AI"
TO_PROMPT = "trả lời câu lệnh đã nộp"
TO_EARLIER_PROMPT = "trả lời một câu lệnh khác, không nộp"
MADE_UP = "AI tự nghĩ ra"

# a test cell of another teacher's notebook, in formgrader
RUN_TOGETHER = "[Ô kiểm tra này chạy chung với bài làm, không tách riêng được. Thầy cô nên xem lại kết quả.]"

# a criterion
NOT_DONE = "Chưa làm phần này."
FULL = "Có đủ."
FULL_PARTS = "Câu lệnh có: {found}."
FULL_FACTS = "Có đủ: {found}."
FULL_ITEMS = "Đúng cả."
FULL_ITEMS_SECOND_TRY = "Đúng cả. Câu sửa lại sau lần kiểm tra trước được nửa điểm."
FULL_FIGURES = "Không có số nào lạ."
FULL_LENGTH = "Độ dài vừa: {n} chữ."
FULL_IDEAS = "Lời giảng có đủ ý."
NO_PROOF = "Xếp đúng nhóm rồi, nhưng chưa chỉ đoạn nào làm chứng. Chạm vào đoạn cho thấy điều đó."
NOTHING_TO_PROVE = "Bạn chỉ đoạn {found}, nhưng điều không có trong nguồn thì không đoạn nào làm chứng. Bỏ đoạn ấy ra."
ALL_TOUCHED = "Bạn chạm vào tất cả. Chỉ chạm chỗ cần chạm."
ALL_IN_ONE = "Tất cả đang nằm chung một nhóm. Đọc lại từng thẻ rồi xếp riêng."
TOO_LONG = "Đang dài {n} chữ, tối đa {limit} chữ. Bỏ bớt lời, giữ ý chính."
TOO_MANY_LINES = "Đang có {n} dòng hoặc câu, tối đa {limit}."
TOO_FEW_LINES = "Đang có {n} dòng hoặc câu, cần ít nhất {limit}."
SEVERAL_NUMBERS = "Ô này cần một con số; đang thấy {n}."
NOTHING_OF_OURS = "Chưa thấy dữ kiện nào của đề bài, nên chưa có gì để soát."
FOR_ANOTHER = "“{found}” không dành cho người nhận này. Bỏ ra rồi kiểm tra lại: các ý đúng mới được tính."
NOT_ADDRESSED = "Chưa thấy gọi người nhận, chẳng hạn “{address}”. Gọi đúng người rồi thì các ý mới được tính."
KEYWORDS_ONLY = "Mới thấy vài từ rời. Nói thành câu cho người nghe hiểu."
DENIED = "“{found}” đang nằm trong câu phủ định hoặc câu “hoặc”. Nói chắc một điều."
SCATTERED = "Có nhiều con số cùng loại mà đề bài không có: {found}. Chỉ ghi một, đúng với đề."
WEEKDAY = "{found} không phải {said}: ngày {date} là {right}."
DATE = "{day}/{month}/{year}"
MORNING_OR_EVENING = "“{time}”: sáng hay tối? Nên ghi rõ."
KEYBOARD_OFF = "Hình như bàn phím chưa bật tiếng Việt; bài vẫn được đọc và chấm."
FULL_WEIGHTS = "Đã chia đủ hạt, nặng nhẹ như đã bàn."
SEEDS_NOT_ALL = "mới chia {n} hạt trong {limit} hạt"
SEEDS_TOO_MANY = "chia {n} hạt mà chỉ có {limit} hạt"
NOT_HEAVIER = "“{heavy}” phải nhiều hạt hơn “{light}”"
NO_SEED = "“{name}” chưa có hạt nào"
DEAL_FIRST = "Chia đủ hạt trước, rồi lấy số từ bảng của bạn."
LEVEL = "Hai lựa chọn đang ngang điểm, chưa biết chọn bên nào. Dời một hạt rồi viết."
NOT_OF_TABLE = "Mấy số này không có trong bảng của bạn: {found}. Chỉ lấy số của bảng, mỗi ý một số."
CHOICE = "chọn {option}"
TOTAL_OF = "tổng điểm của {option}"
SEEDS_OF = "số hạt của “{criterion}”"
WHEN_CHANGED = "“{criterion}” còn mấy hạt thì đổi"
FULL_PLACEHOLDERS = "Không còn chỗ trống nào chờ điền."
FULL_MASKS = "Không còn thấy điều chỉ ra một người; việc cần giải quyết vẫn còn đủ."
NOTHING_GONE = "không có gì"
FULL_PENDING = "Đã nói rõ là chưa chắc: “{found}”."
PROMISED = "“{found}” là lời hứa khi việc chưa chắc."
FULL_TABLE = "Có bảng với {n} dòng đúng."
NO_TABLE = "Chưa thấy bảng: mỗi dòng một hàng, giữa các ô có dấu |."
FEW_ROWS = "Bảng mới có {n} dòng, cần ít nhất {limit}."
FULL_JSON = "JSON đúng khuôn."
NO_JSON = "Chưa thấy JSON đọc được: xem lại dấu ngoặc nhọn, dấu phẩy, dấu ngoặc kép, mỗi tên chỉ ghi một lần."
NO_DRAFT = "Chưa có bản đầu để so."
SAME_DRAFT = "Bản sau còn y như bản đầu."
FULL_DRAFT = "Bản sau đã có: {found}."
WITHOUT = "bỏ “{name}”"
SEVERAL_DATES = "Đang thấy {n} ngày khác nhau; chỉ ghi một ngày."
DATE_ZEROS = "Ngày đúng rồi. Ngày dưới 10 và tháng 1, tháng 2 ghi thêm số 0 phía trước."
DATE_WORDS = "Đã thấy ngày, chưa thấy đủ chữ “ngày … tháng … năm …”."
FULL_DOCUMENT = "Văn bản có: {found}."
NUMBER_GIVEN = "“{found}”: bản thảo để trống số, văn thư cấp số khi ban hành."
LETTER_TITLED = "“{found}”: công văn không ghi tên loại."

# what was made
MADE_PICTURE = "Ảnh học viên đã làm"
PICTURE_GONE = "Chưa tìm thấy ảnh này trong bài của bạn. Bấm Dựng poster rồi kiểm tra lại."
PICTURE_BLANK = "Ảnh chưa có gì để xem. Đặt chữ và màu rồi dựng lại."
PICTURE_ELSEWHERE = "Ảnh không nằm trong sổ bài nên máy chưa xem được. Thầy cô sẽ xem rồi cho điểm, bạn chưa mất điểm."
PICTURE_UNREAD = "Máy ở đây chưa đọc được chữ trong ảnh. Thầy cô sẽ xem rồi cho điểm, bạn chưa mất điểm."
PICTURE_UNSURE = (
    "Máy chưa đọc ra hết chữ trong ảnh làm sẵn. Bạn xem lại ảnh; thầy cô sẽ xem rồi cho điểm, bạn chưa mất điểm."
)
FULL_READABLE = "Chữ nào cũng đọc được, tương phản thấp nhất {contrast} : 1."
LOW_CONTRAST = "Chìm vào nền: {texts}. Tương phản thấp nhất {contrast} : 1, cần {least} : 1."
TINY = "Nhỏ quá, đứng xa không đọc được: {texts}."
TOO_MANY_WORDS = "Poster đang có {n} chữ, nhiều hơn {limit}. Người đi ngang không đọc hết; giữ ý chính rồi dựng lại."
FULL_ORDER = "“{found}” nổi nhất, to gấp {times} lần chữ còn lại."
ALL_ALIKE = "Mọi dòng to bằng nhau nên mắt không biết nhìn đâu trước."
ONE_TEXT = "Poster mới có một khối chữ. Tách tên việc lên trên, ngày giờ và nơi ở dưới."
NEARLY_ALIKE = "Chữ to nhất mới gấp {times} lần chữ còn lại, cần {least} lần."
OTHER_LEADS = "Đang nổi nhất là “{found}”."
NOTHING_SHOWN = "Khổ ảnh hợp rồi, nhưng poster chưa có ảnh nền."
FULL_FRAME = "Khổ ảnh hợp với nơi dùng."

# gates
NO_TASK = "Câu lệnh chưa thấy việc phải làm: viết gì, soạn gì? Có việc rồi phần này mới được tính."
COPIED = "Phần này gần như chép nguyên đề hoặc tài liệu. Viết lại bằng lời của bạn."
PROMPT_AS_FINAL = "Bản gửi đi đang là câu lệnh dặn AI. Đây phải là bản người nhận sẽ đọc."
AI_REPLY = "Bản gửi đi đang là câu trả lời nguyên của AI, có cả chỗ AI tự nghĩ ra. So với đề rồi sửa."
BARE_LIST = "Mới là một chuỗi dữ kiện rời. Viết thành lời cho người nhận hiểu."
REPEATED = "Nhiều câu lặp lại y nguyên. Mỗi ý nói một lần là đủ."
SECRETS = "Trong bài còn điều riêng của người khác: {found}. Che đi rồi phần này mới được tính."
OFF_TOPIC = "Chưa thấy nói tới việc của đề bài. Nhìn lại dữ kiện rồi viết tiếp."

PARTS = {
    "role": "vai của AI",
    "context": "hoàn cảnh",
    "receiver": "người nhận",
    "task": "việc phải làm",
    "facts": "dữ kiện",
    "format": "khuôn (dài ngắn, mấy ý, giọng nào)",
    "length": "độ dài",
    "example": "ví dụ mẫu",
    "constraint": "điều phải tránh hoặc phải giữ",
    "sources_only": "chỉ dựa vào nguồn",
    "says_when_absent": "làm gì khi nguồn không có",
}

DOCUMENT_PARTS = {
    "motto": "Quốc hiệu và Tiêu ngữ",
    "agency": "tên cơ quan",
    "number": "số, ký hiệu",
    "place_date": "địa danh và thời gian (“…, ngày 03 tháng 3 năm 2027”)",
    "title": "tên loại văn bản",
    "subject": "trích yếu",
    "addressee": "Kính gửi",
    "body": "nội dung",
    "signature": "chức vụ, họ tên người ký",
    "recipients": "Nơi nhận",
}
PETITION_PARTS = DOCUMENT_PARTS | {
    "place_date": "nơi viết và ngày (“…, ngày … tháng … năm …”)",
    "title": "tên đơn (“ĐƠN ĐỀ NGHỊ”)",
    "signature": "“Người làm đơn” và họ tên",
}

# what somebody writes who has not read the lesson, for `lazy`
LAZY_WORD = "xong"
LAZY_NUMBER = "1"
LAZY_TEXT = """Trong cuộc sống hôm nay, mỗi chúng ta đều có một vai trò quan trọng.
Khi mọi người cùng cố gắng, công việc sẽ ngày càng tốt đẹp hơn.
Vì vậy cần chuẩn bị chu đáo, phối hợp nhịp nhàng và luôn giữ tinh thần trách nhiệm.
Điều đó không chỉ có ích cho bản thân mà còn góp phần xây dựng tập thể.
Rất mong mọi người cùng quan tâm, ủng hộ."""
LAZY_TEXT_ON = """{title} là một việc rất quan trọng trong cuộc sống hôm nay.
Nói đến {title}, ai cũng thấy cần chuẩn bị chu đáo và giữ tinh thần trách nhiệm.
Khi mọi người cùng cố gắng, {title} sẽ ngày càng tốt đẹp hơn.
Điều đó không chỉ có ích cho bản thân mà còn góp phần xây dựng tập thể.
Rất mong mọi người cùng quan tâm, ủng hộ."""
LAZY_PROMPT = "Viết giúp tôi một bài thật hay, đầy đủ, rõ ràng, dễ hiểu cho mọi người cùng đọc."
