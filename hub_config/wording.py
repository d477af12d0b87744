"""Vietnamese text of the hub: what sign-in and starting a JupyterLab say, and the people of the demo class."""

from hub_config.services.campus.accounts import Kind, Role

TOO_MANY_GUESSES = "Bạn đã nhập sai nhiều lần. Đợi {minutes} phút rồi thử lại nhé."

JUPYTERLAB_CLOSED = (
    "JupyterLab tạm thời chỉ mở cho giáo viên vì máy chủ này chưa ngăn riêng được chỗ làm của từng người. "
    "Bạn vẫn học và nộp bài như thường trên trang Hôm nay."
)
HOME_FULL = "Máy chủ đã hết chỗ nên chưa mở được JupyterLab. Bạn báo giáo viên giúp nhé, bài đã nộp vẫn còn nguyên."

DEMO_CLASS_TITLE = "Lớp học thử"
DEMO_PEOPLE: tuple[tuple[str, str, Kind, Role, int], ...] = (  # name, display name, kind, role, year of birth
    ("co.lan", "Trần Thị Ngọc Lan", "teacher", "teacher", 1988),
    ("an.nguyen", "Nguyễn Văn An", "learner", "official", 1985),
    ("hoa.ly", "Lý Thị Hoa", "learner", "household", 1979),
    ("minh.pham", "Phạm Quang Minh", "learner", "student", 2006),
)
