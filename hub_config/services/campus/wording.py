"""Vietnamese text of campus that does not stand in its page templates."""

REFUSALS = {
    "birth_year_first": "Bạn ghi năm sinh rồi hãy đổi công việc nhé, để lớp giữ gìn thông tin riêng cho người dưới 16 "
    "tuổi. Bạn quay lại trang Hồ sơ, ghi năm sinh rồi bấm Lưu.",
    "bad_birth_year": "Năm sinh ghi đủ bốn chữ số giúp nhé, ví dụ 1985. Bạn quay lại trang Hồ sơ rồi ghi lại.",
    "bad_request": "Yêu cầu gửi lên chưa đúng. Bạn tải lại trang rồi thử lại nhé.",
    "bad_answer": "Câu trả lời này dài quá hoặc bị lỗi nên chưa lưu được. Bạn rút ngắn lại rồi thử lại nhé.",
    "not_signed_in": "Phiên làm việc đã hết. Bạn tải lại trang để đăng nhập lại, bài đang làm vẫn còn.",
    "no_account": "Tài khoản này chưa có trong lớp học. Bạn nhờ thầy cô thêm vào nhé.",
    "expired_form": "Trang này mở đã lâu nên nút vừa bấm không còn dùng được. Bạn tải lại trang rồi bấm lại nhé.",
    "forbidden": "Trang này dành cho người phụ trách. Nếu bạn cần xem, hãy nhờ thầy cô của lớp.",
    "not_in_class": "Bạn chưa có tên trong lớp này nên chưa nộp bài vào đây được. Bạn hỏi lại thầy cô nhé.",
    "no_class": "Bạn chưa có tên trong lớp nào nên chưa nộp bài được. Bài đang làm vẫn được giữ.",
    "not_found": "Không tìm thấy trang này. Có thể đường dẫn đã cũ.",
    "unknown_lesson": "Không tìm thấy bài học này. Bạn mở lại từ Bản đồ nhé.",
    "unknown_exercise": "Không tìm thấy bài tập này. Bạn tải lại bài học nhé.",
    "newer_draft": "Bài này vừa được làm tiếp ở máy khác hoặc thẻ khác. Bạn chọn bản muốn giữ nhé, chưa bản nào mất.",
    "not_graded": "Bài này đang chờ chấm, chưa có nhận xét. Lát nữa bạn quay lại nhé.",
    "sitting_not_begun": "Bài thử thách làm một mạch, không gợi ý, không chấm thử. Khi nào rảnh tay thì bấm Bắt đầu: "
    "đề hiện ra và đồng hồ chạy từ lúc ấy.",
    "sitting_over": "Lượt làm này đã xong nên không sửa được nữa. Những gì đã lưu vẫn còn nguyên.",
    "in_sitting": "Bài thử thách không có gợi ý và không chấm thử. Nộp xong sẽ có nhận xét từng ý.",
    "new_try": "Bài này đã chuyển sang đề mới ở máy khác hoặc thẻ khác. Câu trả lời cho đề cũ không dùng được nữa.",
    "try_tomorrow": "Vừa xem lời giải hoặc vừa nộp thử thách thì ngày mai mới có đề khác. Cách một ngày nhớ lâu hơn.",
    "nothing_to_show": "Bài tập này không có phần xem cách làm.",
    "too_big": "Bài nộp lớn quá 5 MB. Bạn bỏ bớt ảnh hoặc kết quả in ra trong sổ bài rồi nộp lại nhé.",
    "too_long": "Sổ bài dài quá 100.000 chữ cái nên chưa nhận được. Bạn bỏ bớt đoạn dán vào rồi nộp lại nhé.",
    "not_a_notebook": "Tệp vừa nộp không phải sổ bài (notebook) nên chưa nhận được. Bạn nộp lại tệp lesson.ipynb nhé.",
    "not_a_picture": "Tệp này không phải ảnh mở được. Bạn chọn ảnh JPG, PNG hoặc WebP nhé.",
    "picture_too_big": "Ảnh lớn quá. Bạn chọn ảnh dưới 2 MB, hoặc chụp lại màn hình ảnh ấy rồi gửi.",
    "bad_design": "Poster có phần dài quá hoặc chưa hợp lệ. Bạn rút ngắn chữ rồi dựng lại nhé.",
    "picture_gone": "Ảnh nền này không còn nữa. Bạn vẽ hoặc chọn lại ảnh nền nhé; chữ vẫn còn nguyên.",
    "picture_failed": "Chưa dựng được ảnh. Bạn đợi một lát rồi bấm lại nhé; chữ và màu vẫn còn nguyên.",
    "hub_down": "Hệ thống đang bận. Bạn đợi một phút rồi thử lại nhé, bài đã lưu vẫn còn nguyên.",
    "storage": "Máy chủ tạm thời chưa ghi được bài. Bạn đợi một phút rồi bấm lại nhé; những gì đã lưu vẫn còn nguyên.",
    "our_fault": "Hệ thống vừa gặp lỗi, không phải do bạn. Bạn thử lại sau ít phút nhé.",
}
ROLES = {
    "official": "Cán bộ",
    "household": "Hộ kinh doanh",
    "farmer": "Nông dân",
    "worker": "Công nhân",
    "teacher": "Giáo viên",
    "student": "Học sinh – sinh viên",
}
STATES = {"queued": "đang chờ chấm", "grading": "đang chấm", "graded": "đã chấm", "failed": "chấm chưa được"}
DOORS = {"phone": "trang bài học", "jupyterlab": "JupyterLab"}
GRADERS = {
    "code": "chấm bằng bài thử",
    "rule": "chấm theo luật",
    "judge": "AI chấm",
    "peer": "bạn học chấm",
    "teacher": "thầy cô chấm",
}
BANDS = {"low": "mức thấp", "middle": "mức vừa", "high": "mức cao"}
SESSION_NOTE = "Bài học của {name}"
AI_REASONS = {
    "quota_exceeded": "Người hỏi đã dùng hết phần AI thật trong ngày",
    "class_quota_exceeded": "Cả lớp đã dùng hết phần AI thật trong ngày",
    "too_fast": "Hỏi dồn dập quá",
    "own_still_running": "Hỏi thêm khi những câu trước chưa trả lời xong",
    "crowded": "Quá nhiều người hỏi cùng lúc",
    "no_model": "Chưa nối AI thật nào",
    "upstream_unreachable": "Không liên lạc được với AI thật",
    "upstream_timeout": "AI thật trả lời quá lâu",
    "upstream_busy": "AI thật đang quá tải",
    "upstream_failed": "AI thật gặp trục trặc",
    "upstream_resting": "AI thật lỗi liên tiếp nên tạm để nghỉ",
    "upstream_refused": "AI thật không nhận kết nối; người quản trị cần xem lại khóa hoặc tài khoản",
    "upstream_nonsense": "AI thật trả về nội dung không đọc được",
    "upstream_rejected": "AI thật không nhận câu hỏi, thường vì dài quá",
    "upstream_cut": "Câu trả lời bị ngắt giữa chừng",
    "upstream_endless": "AI thật trả lời dài quá mức",
    "withheld": "Trợ giảng AI giữ lại câu trả lời vì lộ đáp án",
    "practice_cannot": "AI luyện tập không làm được việc này",
    "internal": "Lỗi của hệ thống",
}
AI_OTHER_REASON = "Lý do khác ({code})"
KINDS = {
    "choice": "Chọn",
    "predict": "Đoán trước",
    "order": "Xếp thứ tự",
    "classify": "Xếp nhóm",
    "find": "Chạm chỗ sai",
    "fill": "Điền ô",
    "prompt": "Viết câu lệnh",
    "text": "Viết",
    "code": "Viết mã",
    "make": "Làm ra",
    "teach_back": "Giảng lại",
}
WRONG = {
    "chosen": "{what} Chọn “{text}”",
    "sorted": "Xếp “{what}” vào “{text}”",
    "unproved": "Xếp đúng “{text}” nhưng chưa chỉ đúng đoạn làm chứng",
    "touched": "Chạm nhầm “{text}”",
    "missed": "Bỏ sót “{text}”",
    "misplaced": "Đặt sai chỗ “{text}”",
    "filled": "{what}: điền “{text}”",
    "absent": "Còn thiếu: {text}",
    "lacking": "Được nhắc: “{text}”",
}
MEND = {
    "chosen": "{percent} chọn “{text}”: thầy cô xem lại câu hỏi, hoặc thêm một câu dẫn ngay trước đó.",
    "sorted": "{percent} xếp “{what}” vào “{text}”: hai nhóm này dễ lẫn, thêm cho mỗi nhóm một ví dụ.",
    "unproved": "{percent} xếp đúng “{text}” mà chưa chỉ đúng đoạn làm chứng: xem đoạn ấy có nói đủ rõ không.",
    "touched": "{percent} chạm nhầm “{text}”: câu này có thể hiểu hai cách, viết lại cho rõ.",
    "missed": "{percent} bỏ sót “{text}”: cho xem một chỗ tương tự trước khi làm.",
    "misplaced": "{percent} đặt sai chỗ “{text}”: nói rõ hơn bước này phải chờ bước nào.",
    "filled": "{percent} điền “{text}” vào ô “{what}”: ghi rõ đơn vị, hoặc chỉ chỗ lấy số.",
    "absent": "{percent} còn thiếu “{text}”: nói kỹ ý này trước khi làm, hoặc đưa vào gợi ý.",
    "lacking": "{percent} mất điểm vì “{text}”: nói kỹ ý này trước khi làm, hoặc đưa vào gợi ý.",
}
ADVICE = {
    "nobody": "Chưa ai làm bài này.",
    "guess": "Câu đoán trước khi học: đoán sai là chuyện thường, không phải sửa.",
    "few": "Mới có {n} người làm, con số chưa nói lên nhiều.",
    "solution": "{percent} phải xem cách làm: chia bài nhỏ hơn, hoặc viết gợi ý gần hơn.",
    "unsolved": "Chỉ {percent} làm được tới cùng: xem lại đề, hoặc thêm một ví dụ đã làm sẵn.",
    "spread": "Lần đầu chỉ {percent} đúng, mỗi người sai một chỗ: đọc lại đề xem có câu nào khó hiểu.",
    "long": "Bài này mất chừng {minutes} phút: bớt chữ phải đọc hoặc phải gõ.",
    "easy": "Gần như ai cũng đúng ngay lần đầu: có thể hỏi khó hơn một chút.",
    "fine": "Bài này ổn, chưa cần sửa.",
}
