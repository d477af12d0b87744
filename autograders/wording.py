"""Vietnamese text of the grading package."""

# a whole grade
SOLUTION_SEEN = "Bạn đã xem lời giải: điểm giữ như trước khi xem."
OUR_FAULT = "Phần này chấm bị lỗi ở phía chúng tôi. Bạn không mất điểm, bài sẽ được chấm lại."
CODE_WAITS = "Phần này chờ máy chấm chạy thử. Bạn không mất điểm."
LIKE_ANOTHER = "Bài này rất giống một bài đã nộp trong lớp nên thầy cô sẽ xem rồi cho điểm. Bạn chưa mất điểm."
JUDGE_WAITS = "Phần này chờ người hoặc AI đọc. Bạn không mất điểm."
TESTS_PASS = "Qua hết các ô kiểm tra."  # noqa: S105 - a message

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
ALL_TOUCHED = "Bạn chạm vào tất cả. Chỉ chạm chỗ cần chạm."
TOO_LONG = "Đang dài {n} chữ, tối đa {limit} chữ. Bỏ bớt lời, giữ ý chính."
TOO_MANY_LINES = "Đang có {n} dòng hoặc câu, tối đa {limit}."
TOO_FEW_LINES = "Đang có {n} dòng hoặc câu, cần ít nhất {limit}."
SEVERAL_NUMBERS = "Ô này cần một con số; đang thấy {n}."
NOTHING_OF_OURS = "Chưa thấy dữ kiện nào của đề bài, nên chưa có gì để soát."
KEYWORDS_ONLY = "Mới thấy vài từ rời. Nói thành câu cho người nghe hiểu."
WEEKDAY = "{found} không phải {said}: ngày {date} là {right}."
DATE = "{day}/{month}/{year}"
MORNING_OR_EVENING = "“{time}”: sáng hay tối? Nên ghi rõ."
KEYBOARD_OFF = "Hình như bàn phím chưa bật tiếng Việt; bài vẫn được đọc và chấm."

# gates
NO_TASK = "Câu lệnh chưa thấy việc phải làm: viết gì, soạn gì? Có việc rồi phần này mới được tính."
COPIED = "Phần này gần như chép nguyên đề hoặc tài liệu. Viết lại bằng lời của bạn."
PROMPT_AS_FINAL = "Bản gửi đi đang là câu lệnh dặn AI. Đây phải là bản người nhận sẽ đọc."
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
