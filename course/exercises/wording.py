"""Vietnamese text of the kit's Python side; what the browser says stands in wording.js."""

NOT_FOUND = "Chưa tìm thấy bài {exercise}. Mở lại bài từ trang Hôm nay rồi thử lại."
NO_CAMPUS = "Chưa nối được với lớp học. Câu trả lời của bạn không mất; đợi một lát rồi chạy lại ô này."
NO_SESSION = "Chưa mở được phiên làm bài. Đợi một lát rồi bấm Thử lại."
NO_MATERIAL = "Chưa lấy được dữ liệu của bài {exercise}. Đợi một lát rồi chạy lại ô này."
MATERIAL_FILE = "Tệp dữ liệu của bài {exercise} không đọc được."

ONE_SELECT = "Mỗi lần chỉ hỏi được một câu SELECT."
NO_SUCH_TABLE = "Câu SQL gọi một bảng hoặc một hàm không có ở đây. Bảng đang có: {tables}."
NO_SUCH_COLUMN = "Câu SQL gọi một cột không có, hoặc dùng cột chưa đúng chỗ. Các cột: {columns}."
NOT_SQL = "Câu SQL viết chưa đúng: xem lại dấu phẩy, dấu nháy và thứ tự SELECT, FROM, WHERE."
SQL_FAILED = "Câu SQL chưa chạy được: xem lại tên bảng và kiểu của từng cột ({columns})."

STEPS = "Các bước cần xếp"
CATEGORIES = "Các nhóm"
PHRASES = "Các câu cần xếp"
SENTENCES = "Các câu"
BOXES = "Các ô cần điền"
QUESTION_BY = "{listener} hỏi:"
CODE_BELOW = "Làm bài ở ô lệnh ngay bên dưới."
PRIVATE = "Không đưa ra ngoài:"
DEAL_OUT = "Chia {n} hạt cho các tiêu chí"
SEEDS = "{n} hạt"
PLOT = "Cho “{criterion}” nhiều hay ít hạt thì tổng điểm ra sao"
MAKE = "Các việc khi làm poster"
MAKE_STEPS = (
    "Ảnh nền: nhờ AI vẽ hoặc lấy ảnh trong máy",
    "Chữ: tên việc, ngày giờ, nơi",
    "Cỡ chữ và màu",
    "Dựng poster",
)
