// Vietnamese text of the extension.
export const SECTION = "Bài học";
export const NEW = "Bài học mới";
export const NEW_HINT = "Tạo một bài học từ bài mẫu đã đạt mọi kiểm tra";
export const MAKE = "Tạo bài";
export const CANCEL = "Thôi";
export const TITLE = "Tên bài học";
export const TITLE_HINT = "Ví dụ: Viết đơn xin nghỉ phép";
export const LEVEL = "Bậc";
export const PREVIEW = "Xem như học viên";
export const PREVIEW_HINT = "Lưu bài rồi mở bài học bên cạnh, đúng như trên điện thoại của học viên";
export const BUILDING = "Đang dựng bài…";
export const TAB = (name) => `Học viên: ${name}`;
export const NOT_MADE = "Chưa tạo được bài";
export const NOT_SHOWN = "Chưa mở được bài";
export const NO_ANSWER = "Máy chủ không trả lời. Bạn xem cửa sổ đang chạy hocai lab còn mở không, rồi thử lại.";
export const CLOSE = "Đóng";
