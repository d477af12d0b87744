"""Vietnamese text of the gateway."""

PRACTICE_LABEL = "AI luyện tập"
ATTACHED = """Người dùng gửi kèm câu lệnh tài liệu dưới đây, như đính kèm một tệp. Khi câu lệnh nhắc tới nguồn, \
văn bản hay tài liệu đính kèm thì chính là tài liệu này.

=== BẮT ĐẦU TÀI LIỆU ĐÍNH KÈM ===
{document}
=== HẾT TÀI LIỆU ĐÍNH KÈM ==="""

NOT_FILLED = (
    "AI luyện tập chưa điền được mẫu này từ nội dung bạn đưa. "
    "Bạn ghi rõ từng mục trong câu lệnh, hoặc chờ lớp nối một AI thật nhé."
)

ERRORS = {
    "missing_token": "Chưa có mã truy cập. Hãy mở lại bài học từ trang lớp rồi thử lại.",
    "unknown_token": "Mã truy cập đã hết hạn hoặc không đúng. Hãy tải lại trang rồi thử lại.",
    "lacking_scope": "Tài khoản này chưa được phép dùng AI. Hãy hỏi thầy cô phụ trách lớp.",
    "hub_unreachable": "Hệ thống đang bận nên chưa kiểm tra được tài khoản. Hãy thử lại sau ít phút.",
    "too_large": "Nội dung gửi đi dài quá {limit} kB. Hãy bớt lại, chỉ giữ phần cần hỏi.",
    "broken_text": "Nội dung gửi đi bị lỗi mã chữ nên không đọc được. Hãy gõ hoặc dán lại.",
    "invalid_request": "Yêu cầu gửi tới AI chưa đúng ở phần {param}. Hãy xem lại câu lệnh gọi AI.",
    "broken_upload": "Tệp gửi lên bị lỗi nên không đọc được. Hãy chọn lại tệp rồi gửi lần nữa.",
    "no_question": "Chưa thấy câu hỏi nào. Hãy viết điều bạn cần rồi gửi lại.",
    "in_sitting": "Bài thử thách làm một mình, trợ giảng không giúp ở đây. Sau khi nộp sẽ có nhận xét từng ý.",
    "unknown_exercise": "Không tìm thấy bài tập này. Hãy tải lại trang bài học.",
    "personal_data": "Nội dung sắp gửi cho AI ở ngoài có {what}. {then}",
    "model_not_found": "Ở đây không có mô hình AI này. Có thể chọn: {allowed}.",
    "not_found": "Địa chỉ này không có ở đây. Hãy xem lại địa chỉ gọi AI.",
    "quota_exceeded": "Hôm nay bạn đã dùng hết phần AI của mình. Đến {time} ngày {day} sẽ có lại; "
    "trong lúc chờ, bạn vẫn hỏi được AI luyện tập (model là {practice}).",
    "class_quota_exceeded": "Hôm nay cả lớp đã dùng hết phần AI chung. Đến {time} ngày {day} sẽ có lại; "
    "trong lúc chờ, bạn vẫn hỏi được AI luyện tập (model là {practice}).",
    "too_fast": "Bạn hỏi hơi nhanh. Đợi {seconds} giây rồi gửi lại nhé.",
    "own_still_running": "AI còn đang trả lời những câu bạn vừa hỏi. Đợi trả lời xong rồi hỏi tiếp nhé.",
    "crowded": "Đang có nhiều người cùng hỏi AI. Đợi vài giây rồi gửi lại nhé.",
    "not_for_you": "Phần này dành cho người quản trị và các dịch vụ của hệ thống.",
    "no_model": "Chưa có AI thật nào được nối vào nên phần này phải chờ.",
    "upstream_unreachable": "AI đang không liên lạc được. Hãy thử lại sau ít phút.",
    "upstream_timeout": "AI trả lời lâu quá. Hãy thử lại sau ít phút.",
    "upstream_busy": "AI đang có quá nhiều người hỏi. Hãy thử lại sau ít phút.",
    "upstream_failed": "AI đang gặp trục trặc. Hãy thử lại sau ít phút.",
    "upstream_refused": "AI chưa nhận kết nối từ hệ thống. Người quản trị cần xem lại cài đặt AI.",
    "upstream_nonsense": "AI trả về nội dung không đọc được. Hãy thử lại sau ít phút.",
    "upstream_rejected": "AI không nhận yêu cầu này. Hãy viết ngắn lại hoặc bỏ bớt tùy chọn rồi thử lại.",
    "bad_idempotency_key": "Mã chống gửi trùng (Idempotency-Key) chưa dùng được: chỉ gồm chữ không dấu và số, "
    "dài không quá {limit} ký tự.",
    "idempotency_key_reused": "Mã chống gửi trùng này đã dùng cho một câu hỏi khác. Hãy gửi lại với mã mới.",
    "still_answering": "Câu hỏi này đang được trả lời. Hãy đợi một lát rồi thử lại.",
    "practice_cannot": "{sentence}",
    "upstream_resting": "AI đang không liên lạc được. Hãy thử lại sau ít phút.",
    "upstream_endless": "AI trả lời dài quá mức nên đã dừng lại ở đây. Hãy hỏi ngắn gọn hơn.",
    "upstream_cut": "Câu trả lời bị ngắt giữa chừng, phần ở trên chưa đủ. Hãy gửi lại câu hỏi.",
    "internal": "Hệ thống vừa gặp lỗi. Hãy thử lại; nếu vẫn lỗi, hãy báo thầy cô.",
}

NOTES = {
    "quota_exceeded": "Hôm nay bạn đã dùng hết phần AI thật, nên AI luyện tập trả lời thay. "
    "Đến {time} ngày {day} sẽ có lại.",
    "class_quota_exceeded": "Hôm nay cả lớp đã dùng hết phần AI thật, nên AI luyện tập trả lời thay. "
    "Đến {time} ngày {day} sẽ có lại.",
}
