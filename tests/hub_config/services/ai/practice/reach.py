"""Prompts that the practice AI can answer: everyday ones, typed without diacritics, and dictated."""

NOTICE = (
    "UBND xã Nà Pồng thông báo lịch tiêm phòng dại cho chó, mèo. Thời gian tiêm từ ngày 10/3 đến 15/3/2027, buổi sáng. "
    "Địa điểm tiêm là nhà văn hóa các xóm. Bà con nhốt chó, mèo trước khi đưa đi tiêm. "
    "Phí tiêm 15.000 đồng một con, thu tại chỗ. Hộ nghèo được miễn phí."
)
MINUTES = (
    "Họp tổ sản xuất lúc 19 giờ 30 ngày 12/3/2027 tại nhà ông Thắng. Có mặt 18 hộ. Chị Hoàng Lan nói giá chè búp "
    "xuống còn 32.000 đồng một cân. Anh Páo đề nghị mua máy sao mới giá 45 triệu đồng. "
    "Cả tổ thống nhất mỗi hộ góp 2,5 triệu đồng trước ngày 30/4. Ai cần hỏi thì gọi chị Lan, số 0912 345 678."
)
NOTICE_PLAIN = (
    "UBND xa Na Pong thong bao lich tiem phong dai cho cho meo. Thoi gian tiem tu ngay 10/3 den 15/3/2027, buoi sang. "
    "Dia diem tiem la nha van hoa cac xom. Phi tiem 15.000 dong mot con, thu tai cho. Ho ngheo duoc mien phi."
)
SPOKEN = (
    "chào bà con xóm mình mai họp lúc bảy giờ tối ở nhà văn hóa bàn việc làm đường mỗi nhà cử một người đi nhé "
    "ai bận thì nhắn anh Thắng trước sáu giờ nhớ mang theo giấy tờ đất của nhà mình"
)

WORDS_ONLY = [
    f"Tóm tắt đoạn sau:\n{NOTICE}",
    f"Tóm tắt trong 3 câu: {NOTICE}",
    f"{MINUTES}\n\nTóm tắt đoạn trên thành 4 ý.",
    f"tom tat trong 2 cau\n{NOTICE_PLAIN}",
    f"tóm tắt giúp mình nội dung này nhé trong hai câu:\n{MINUTES}",
    f"Rút gọn văn bản sau cho dễ đọc:\n{MINUTES}",
    f"Nêu các ý chính của biên bản sau:\n{MINUTES}",
    f"cho mình ý chính của đoạn sau\n{NOTICE}",
    f"Nêu 5 từ khóa của đoạn sau:\n{MINUTES}",
    f"tim tu khoa trong doan sau: {NOTICE_PLAIN}",
    f"cho tôi từ khóa của đoạn sau {SPOKEN}",
    f"Liệt kê thuật ngữ trong văn bản sau:\n{NOTICE}",
    f"{NOTICE}\n\nHộ nghèo có phải nộp phí không?",
    f"Theo đoạn sau, phí tiêm bao nhiêu một con?\n{NOTICE}",
    f"phi tiem bao nhieu theo doan sau\n{NOTICE_PLAIN}",
    f"Dựa vào biên bản sau, ai đề nghị mua máy sao?\n{MINUTES}",
    f"doc bien ban sau va cho biet may sao moi gia bao nhieu\n{MINUTES}",
    f"[1] {NOTICE}\n[2] {MINUTES}\nMỗi hộ góp bao nhiêu, trước ngày nào?",
    f"Trong thông báo sau, tiêm ở địa điểm nào?\n{NOTICE}",
    f"Trích ngày, số tiền trong đoạn sau thành JSON:\n{MINUTES}",
    f"trich so dien thoai va ten nguoi trong bien ban sau thanh bang\n{MINUTES}",
    f"Trích xuất thời gian, địa điểm từ thông báo sau thành bảng:\n{NOTICE}",
    f"Liệt kê các mốc thời gian và số tiền thành bảng:\n{MINUTES}",
    f"trích giờ và địa điểm thành json: {SPOKEN}",
    "Soạn thông báo cho bà con xóm Nà Pồng về việc họp xóm lúc 19 giờ 30 ngày 12/3 tại nhà văn hóa.",
    "soan thong bao cho ba con xom Na Pong ve viec hop xom luc 19 gio 30 ngay 12/3 tai nha van hoa",
    "viết giúp tôi tin nhắn nhắc phụ huynh lớp 5A họp lúc 8 giờ chủ nhật tại trường nhớ mang bút",
    "Viết giấy mời các hội viên dự tổng kết năm, 7 giờ 30 ngày 20/12 tại trụ sở. Người ký: Hoàng Lan, chủ tịch hội.",
    "Soạn công văn của UBND xã Đồng Hỷ gửi Sở Y tế về việc cấp thuốc cho trạm. Xã cần 200 hộp thuốc.",
    "soan cong van cua ubnd xa dong hy gui so y te ve viec cap thuoc cho tram, xa can 200 hop thuoc",
    "Soạn tờ trình của trường Nà Pồng gửi UBND xã về việc mua 20 máy tính. Kinh phí: 200 triệu đồng. Lý do: hỏng.",
    "Viết biên bản họp xóm Nà Pồng. Chủ trì: ông Thắng. Ông An đề nghị sửa đường. Thống nhất mỗi hộ góp 100.000 đồng.",
    "Soạn báo cáo của HTX Chè Hảo Đạt về việc thu mua quý này. Đã mua 12 tấn chè búp. Còn nợ 30 triệu đồng.",
    "Lập kế hoạch của UBND xã Nà Pồng về việc ra quân dọn vệ sinh ngày 26/3. Mỗi xóm cử 10 người.",
    "Viết bài đăng bán chè búp, giá 250.000 đồng một cân, hái tay lúc sáng sớm. Liên hệ: 0912 345 678",
    "viet bai dang facebook ve chuyen che bup moi hai, gia: 250.000 dong, lien he: chi Lan 0912 345 678",
    "Viết kịch bản video về chè Tân Cương, hái tay lúc 5 giờ sáng, sao bằng củi. Thời lượng: 45 giây",
    "viet kich ban video ngan ve che Na Pong, hai tay, sao bang cui, thoi luong: 30 giay",
    f"Viết lại thành thông báo:\n{NOTICE}",
    f"Viết lại đoạn sau thành bài đăng Facebook:\n{NOTICE}",
    f"viet lai thanh tin nhan: {NOTICE_PLAIN}",
    f"Chuyển ghi chép sau thành biên bản:\n{MINUTES}",
    f"chuyển đoạn sau thành kịch bản video\n{MINUTES}",
    f"viết lại thành thông báo: {SPOKEN}",
    f"Biến đoạn sau thành công văn gửi Sở Y tế:\n{NOTICE}",
    f"Viết lại thành tờ trình gửi UBND xã: {MINUTES}",
    f"soạn lại thành giấy mời gửi các hộ:\n{MINUTES}",
    "làm lời mời các bạn lớp 9B dự sinh nhật Mai lúc 18 giờ ở nhà Mai",
]
TABLE = "Xóm|Nhóm|Số hộ\nNà Pồng|A|120\nKhau Cút|B|80\nPác Ngòi|A|95"
CALCULATED = [
    f"Tổng số hộ?\n{TABLE}",
    f"{TABLE}\nxom nao it ho nhat",
    f"Trung bình số hộ của nhóm A\n{TABLE}",
    f"Lọc các xóm có số hộ trên 90\n{TABLE}",
    f"{TABLE}\nsắp xếp theo số hộ giảm dần nhé",
    f"tong so ho theo tung nhom\n{TABLE}",
    f"Kẻ lại bảng cho đẹp, thành bảng\n{TABLE}",
    f"Chênh lệch số hộ giữa Nà Pồng và Khau Cút?\n{TABLE}",
    f"Có bao nhiêu xóm có số hộ dưới 100?\n{TABLE}",
    f"Viết SQL tính tổng số hộ theo từng nhóm\n{TABLE}",
    "CREATE TABLE ho (ten TEXT, xom TEXT, so_khau INTEGER);\nđếm số hộ theo từng xóm",
    "Cho bảng ho_dan(ten, xom, so_khau). Viết câu SQL liệt kê tên những hộ có trên 4 khẩu",
]
