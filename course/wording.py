"""Vietnamese text of the course package."""

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
OFFICIAL_DATE = "ngày {day} tháng {month} năm {year}"

# --- assignments
CODE_STUB = "# Viết lời giải của bạn ở đây\nraise NotImplementedError()"
TEXT_STUB = "Viết câu trả lời của bạn ở đây."

# --- reasons, as a learner and a teacher read them beside a score
POINTS_OF = "{points}/{max} điểm"
WAITING_OF = "chờ chấm ({max} điểm)"
REACHED = "Đạt."
NOT_REACHED = "Chưa đạt."
EVIDENCE = "Trong bài: “{text}”"
GRADE_LATER = "Phần này chưa được chấm."
