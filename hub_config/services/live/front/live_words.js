// What the live parts of a lesson say. One place, so that it can be read through as text.
export const words = {
  opening: "Đang mở phần chạy trực tiếp…",
  waiting: (ahead) => (ahead
    ? `Còn ${ahead} người trước bạn. Đến lượt, phần này tự mở. Bạn cứ đọc bài trong lúc chờ.`
    : "Sắp đến lượt bạn, phần này tự mở. Bạn cứ đọc bài trong lúc chờ."),
  retry: "Thử lại",
  details: "Chi tiết cho giáo viên",
  chart: "Biểu đồ",
  cellFailed: "Phần này chưa chạy được, không phải lỗi của bạn.",
  ended: {
    idle: "Phần này tạm nghỉ vì lâu không dùng. Bài bạn làm vẫn còn.",
    stopped: "Phần này vừa dừng. Bài bạn làm vẫn còn.",
    elsewhere: "Bài này vừa được mở ở thẻ khác nên phần chạy trực tiếp dừng ở đây.",
    fault: "Phần này chưa mở được, không phải lỗi của bạn. Bài bạn làm vẫn còn.",
    material: "Chưa lấy được dữ liệu bài này cho bạn. Đợi một lát rồi thử lại.",
    closed: "Mất nối với phần chạy trực tiếp. Bài bạn làm vẫn còn.",
  },
};
