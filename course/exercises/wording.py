"""Vietnamese text of the kit's Python side; what the browser says stands in wording.js."""

NOT_FOUND = "Chưa tìm thấy bài {exercise}. Mở lại bài từ trang Hôm nay rồi thử lại."
NO_CAMPUS = "Chưa nối được với lớp học. Câu trả lời của bạn không mất; đợi một lát rồi chạy lại ô này."
NO_SESSION = "Chưa mở được phiên làm bài. Đợi một lát rồi bấm Thử lại."
NO_MATERIAL = "Chưa lấy được dữ liệu của bài {exercise}. Đợi một lát rồi chạy lại ô này."
MATERIAL_FILE = "Tệp dữ liệu của bài {exercise} không đọc được."

STEPS = "Các bước cần xếp"
CATEGORIES = "Các nhóm"
PHRASES = "Các câu cần xếp"
SENTENCES = "Các câu"
BOXES = "Các ô cần điền"
QUESTION_BY = "{listener} hỏi:"
CODE_BELOW = "Làm bài ở ô lệnh ngay bên dưới."
PRIVATE = "Không đưa ra ngoài:"
MAKE = "Các việc khi làm poster"
MAKE_STEPS = (
    "Ảnh nền: nhờ AI vẽ hoặc lấy ảnh trong máy",
    "Chữ: tên việc, ngày giờ, nơi",
    "Cỡ chữ và màu",
    "Dựng poster",
)
