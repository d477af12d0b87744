"""Vietnamese of the practice AI's pictures, speech and reading of images."""

MARK = "AI luyện tập"
DESCRIPTION = "Tranh do AI luyện tập của Bình dân học AI ghép bằng mã lệnh, không phải ảnh chụp và không do AI thật vẽ."

CANNOT_DO = {
    "no_prompt": "Câu lệnh vẽ còn trống. Bạn tả điều muốn thấy trong tranh nhé.",
    "prompt_too_long": "Câu lệnh vẽ dài quá {limit} chữ cái. Bạn giữ lại phần tả bức tranh thôi nhé.",
    "picture_size": "AI luyện tập chưa vẽ được cỡ {size}. Các cỡ vẽ được: {allowed}.",
    "drawing_failed": "AI luyện tập chưa vẽ được bức này. Bạn thử lại, hoặc viết câu lệnh ngắn hơn nhé.",
    "no_text": "Chưa có lời nào để đọc. Bạn gõ câu cần đọc rồi thử lại nhé.",
    "text_too_long": "Lời cần đọc dài quá {limit} chữ cái. Bạn chia thành nhiều đoạn ngắn nhé.",
    "voice": "AI luyện tập chưa có giọng “{voice}”. Các giọng có sẵn: {allowed}.",
    "speed": "Tốc độ đọc phải từ {low} đến {high}.",
    "sound_format": "AI luyện tập chưa tạo được tệp âm thanh kiểu “{form}”. Các kiểu tạo được: {allowed}.",
    "no_speech_program": "Máy chủ này chưa cài chương trình đọc tiếng Việt (espeak-ng) nên chưa đọc được.",
    "speech_failed": "AI luyện tập chưa đọc được đoạn này. Bạn thử lại, hoặc chia thành câu ngắn hơn nhé.",
    "not_a_sound": "Tệp này không phải âm thanh, hoặc đã hỏng nên không mở được. Bạn chọn tệp khác nhé.",
    "sound_too_long": "Tệp âm thanh lớn hoặc dài quá. Bạn cắt ngắn còn dưới {minutes} phút nhé.",
    "waiting_for_model": "AI luyện tập chỉ chép lại được âm thanh của bài học và lời do chính nó đọc. "
    "Tệp này phải chờ lớp nối một AI thật.",
    "not_an_image": "Tệp này không phải ảnh mở được (nhận PNG, JPEG, WebP, GIF, BMP), hoặc đã hỏng. "
    "Bạn chọn ảnh khác nhé.",
    "image_too_large": "Ảnh lớn quá: {size}. Bạn thu nhỏ còn dưới {limit} rồi gửi lại nhé.",
    "reading_failed": "AI luyện tập chưa xem được ảnh này. Bạn thử lại, hoặc chọn ảnh khác nhé.",
}

# --- pictures
DREW = "AI luyện tập đã vẽ: {things}"
DREW_NOTHING = "AI luyện tập chưa thấy trong câu lệnh điều gì nó biết vẽ, nên tranh còn trống"
WROTE = "chữ trên tranh: “{text}”"
UNKNOWN = "chưa biết vẽ: {things}"
NOT_SAID = "câu lệnh chưa nói: {things}"
MISSING = {
    "subject": "vẽ cái gì",
    "setting": "khung cảnh",
    "colour": "màu sắc",
    "light": "lúc nào trong ngày",
    "text": "chữ trên tranh",
}
COUNTED = "{count} {thing}"
TONES = "màu {colours}"

# --- images
FACTS = "Ảnh {kind}, rộng {width} × cao {height} điểm ảnh ({shape}{ratio})."
SHAPES = {"wide": "khổ ngang", "tall": "khổ dọc", "square": "khổ vuông"}
RATIO = ", tỉ lệ khoảng {ratio}"
COLOURS_ARE = "Màu chiếm nhiều nhất: {colours}."
COLOUR_SHARE = "{colour} ({share} %)"
BRIGHTNESS = ("Ảnh tối", "Ảnh hơi tối", "Ảnh sáng vừa", "Ảnh sáng")
SHARPNESS = ("bị mờ", "hơi mờ", "rõ nét")
LOOK = "{brightness}, {sharpness}."
NATURES = {
    "drawing": "Ảnh có những mảng màu phẳng như tranh vẽ, bảng biểu hoặc ảnh chụp màn hình.",
    "photo": "Màu chuyển dần như ảnh chụp.",
    "blank": "Cả ảnh gần như một màu.",
}
ANIMATED = "Đây là ảnh động; chỉ khung hình đầu được xem."
TURNED = "Ảnh có ghi hướng chụp nên đã được xoay lại cho đúng chiều."
TEXT_FOUND = "Chữ đọc được trong ảnh (máy đọc, cần soát lại):\n{text}"
TEXT_NONE = "Không đọc được chữ nào trong ảnh."
TEXT_NOT_INSTALLED = "Máy chủ này chưa cài chương trình đọc chữ trong ảnh."
CANNOT_SEE = (
    "AI luyện tập không nhìn ra trong ảnh có người, vật hay việc gì; nó chỉ đo và đọc chữ. "
    "Muốn hỏi về nội dung ảnh, lớp cần nối một AI thật."
)
COLOUR_NAMES: dict[str, tuple[str, ...]] = {  # name -> sample colours; the nearest sample names a colour
    "đỏ": ("#d8342c", "#b01e1e", "#f05050"),
    "đỏ sẫm": ("#7a1a20", "#5c1518"),
    "cam": ("#f08a24", "#e06a1a", "#ffa94d"),
    "vàng": ("#f4c430", "#ffe066", "#d9b310"),
    "vàng nhạt": ("#fbeeb5", "#f3e3a0"),
    "kem": ("#f5ead2", "#ece0c8"),
    "xanh lá": ("#2e8b46", "#4caf50", "#6fae4e", "#86c05e"),
    "xanh lá đậm": ("#1b4d2b", "#24593c", "#3a5a2a"),
    "xanh lá nhạt": ("#b5d99c", "#d3e8c4"),
    "xanh ngọc": ("#22a3a3", "#40c9c0", "#1b7f86"),
    "xanh dương": ("#2f80c8", "#1e5fae", "#4a90e2", "#0000ff"),
    "xanh da trời": ("#8fd0f0", "#63b7e6", "#bfe0f5"),
    "xanh dương đậm": ("#14213d", "#1b2a5a", "#0a1a4a"),
    "tím": ("#7c4fae", "#9b6bcc", "#5a2d82"),
    "hồng": ("#ee7f9d", "#f8b6c8", "#ff69b4"),
    "nâu": ("#8a5a33", "#6b4423", "#a67c52"),
    "nâu nhạt": ("#c9a579", "#d8bb94"),
    "trắng": ("#ffffff", "#f4f4f2"),
    "xám nhạt": ("#d0d3d6", "#bcc0c4"),
    "xám": ("#8c9096", "#6e7278"),
    "xám đậm": ("#4a4e54", "#3a3d42"),
    "đen": ("#000000", "#16181b"),
}
ASKS_FOR_TEXT = r"\b(?:chữ|đọc|văn bản|ghi gì|viết gì|nội dung|chép lại|tờ giấy|biển|bảng)\b"
