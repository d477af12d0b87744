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

# --- exchange: fetching, submitting and feedback in JupyterLab
CAMPUS_DOWN = "Chưa kết nối được với lớp học. Bài của bạn vẫn còn nguyên trên máy; chờ vài phút rồi thử lại."
CAMPUS_FAULT = "Lớp học đang trục trặc, không phải lỗi của bạn. Bài vẫn còn nguyên; chờ vài phút rồi thử lại."
SIGN_IN_AGAIN = "Phiên làm việc đã hết hạn. Hãy đăng nhập lại rồi thử lại."
NOT_YOUR_CLASS = "Bạn không có tên trong lớp này."
NO_SUCH_LESSON = "Không tìm thấy bài này trong lớp."
NOTEBOOK_TOO_BIG = "Bài nặng quá 5 MB nên không nộp được. Xóa bớt hình hoặc kết quả chạy rồi nộp lại."
NOT_A_NOTEBOOK = "Tệp bài làm bị hỏng, không đọc được. Bạn có thể đổi tên tệp, tải lại bài rồi chép phần làm sang."
NOT_FETCHED = "Bạn chưa tải bài này về. Bấm Fetch để tải bài."
HOME_FULL = "Không ghi được tệp vì hết chỗ hoặc bị khóa. Xóa bớt tệp không cần rồi thử lại."
NOT_ON_HUB = "Máy này không nối với lớp học, nên không tải hoặc nộp bài từ đây được."
VERSION_DIFFERS = "Trang đang mở là bản cũ ({page}), máy chủ đã là bản {server}. Tải lại trang để dùng bản mới."
EXCHANGE_FAULT = "Có trục trặc ở máy chủ của bạn. Hãy lưu bài, tải lại trang rồi thử lại."
BAD_REQUEST = "Yêu cầu thiếu thông tin về lớp hoặc bài. Tải lại trang rồi thử lại."

# --- validation in JupyterLab
VALIDATION_TOO_LONG = "Bài chạy quá {seconds} giây nên đã dừng. Xem lại chỗ lặp mãi không thoát."
VALIDATION_FAILED = "Không chạy được phần kiểm tra. Lưu bài rồi thử lại."
NO_SUCH_FILE = "Không tìm thấy tệp này."

# --- formgrader: what campus does by itself
CAMPUS_RELEASES = "Bài được phát cho lớp ngay khi xuất bản. Không cần làm gì ở đây."
CAMPUS_COLLECTS = "Bài nộp tự về sổ điểm của lớp. Không cần thu bài ở đây."
CAMPUS_GRADES = "Bài được chấm tự động ngay khi nộp. Muốn sửa điểm, mở bài và nhập điểm mới."
CAMPUS_SENDS_FEEDBACK = "Người học thấy nhận xét ngay khi có điểm. Không cần gửi ở đây."
