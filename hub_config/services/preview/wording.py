"""Vietnamese text of the preview that does not stand in its page templates."""

CLASS_TITLE = "Lớp xem thử"
LEARNER = "Bạn Xem Thử"
VARIANT = "{role} · đề {variant}"
NO_KEY = "Trang xem thử chỉ mở bằng địa chỉ đầy đủ mà lệnh hocai preview đã in ra. Bạn chép lại cả dòng ấy nhé."
ELSEWHERE = "Phần này chỉ có khi chạy cả hệ thống. Bạn quay lại bài học nhé."
