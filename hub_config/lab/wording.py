"""Vietnamese text of the writers' JupyterLab; that of its front end stands in wording.js beside it."""

NO_LESSON = (
    "Tệp này không nằm trong thư mục của bài học nào (thư mục có tệp lesson.toml). "
    "Bạn mở tệp lesson.ipynb của bài rồi bấm lại."
)
NO_TITLE = "Bạn chưa ghi tên bài học."
NO_LEVEL = "Không có bậc {level!r} trong thư mục này."
NO_LEVELS = "Thư mục này chưa có bậc nào (thư mục có tệp level.toml)."
ENDED = "Trang xem thử không chạy lên được:\n{said}"
