"""Vietnamese text of the course package."""

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
OFFICIAL_DATE = "ngày {day} tháng {month} năm {year}"
