"""Vietnamese of the practice coach: what it says, by what it knows what is asked, and how a reply gives a click away.

Intents are regular expressions, read with `practice.vocabulary.search`; those of the last part are read as they stand,
over text in small letters with its diacritics.
"""

# --- what it says
CAN = "Trợ giảng chỉ giúp trong bài này: gỡ đề, hỏi lại từng bước, chỉ chỗ cần đọc. Bạn đang vướng ở đâu trong bài?"
GREETING = "Chào bạn. Trợ giảng ngồi cạnh bạn trong bài này: hỏi lại từng bước, chỉ chỗ cần đọc, chứ không làm thay."
THANKS = "Không có gì. Bạn làm tiếp nhé, xong thì bấm nút kiểm tra. Còn chỗ nào bạn chưa yên tâm không?"
NO_ANSWER = (
    "Đáp án, thang điểm hay gợi ý chưa mở thì trợ giảng không đưa; tự tìm ra bạn mới nhớ lâu. Mình đi từng bước nhé."
)
NO_VERDICT = "Đúng hay chưa thì để nút kiểm tra nói, máy sẽ xem từng ý."
REPLIED = "Vậy đưa điều bạn vừa nói vào bài, rồi mình xem tiếp."
STUCK = "Không sao, thử nhìn từ phía khác."
TASK = "Đề bài nói: “{ask}” {what}"
BEGIN = "Bắt đầu từ một việc nhỏ thôi."
NO_EXAMPLE = "Trong bài không có ví dụ sẵn cho chỗ này, nên thử với chuyện của chính bạn."
EXAMPLE = "Trong bài có một ví dụ: “{example}” Nó giống và khác bài bạn đang làm ở chỗ nào?"
TERM = "Trong bài viết thế này: “{sentence}” Bạn thử nói lại bằng lời của mình xem?"
NO_TERM = "Bài này không giải thích riêng chữ ấy. Đọc cả câu có chữ đó, bạn đoán nó nói về điều gì?"
READ = "Đọc lại phần “{heading}”: “{sentence}”"
READ_PLAIN = "Đọc lại đoạn ngay trên bài: “{sentence}”"
HINT = "Còn vướng thì mở gợi ý {number}."
HINT_FIRST = "Nút Gợi ý mở cho bạn gợi ý {number}. Trước khi mở:"
HINTS_GONE = "Bạn đã mở hết gợi ý của bài này. Đọc lại từng gợi ý, câu nào bạn chưa làm theo?"

WHAT = {
    "choice": "Việc của bạn: mỗi câu hỏi chọn một câu trả lời.",
    "predict": "Việc của bạn: đoán một câu thôi. Đoán khác cũng không sao, xem tiếp sẽ rõ.",
    "classify": "Việc của bạn: chạm từng mẩu, rồi chạm nhóm hợp với nó.",
    "find": "Việc của bạn: đọc từng dòng, dòng nào đúng điều đề bài hỏi thì chạm vào.",
    "order": "Việc của bạn: đưa từng bước lên hay xuống cho đúng thứ tự.",
    "fill": "Việc của bạn: điền vào từng ô.",
    "prompt": "Việc của bạn có hai chặng: viết câu lệnh rồi bấm Hỏi AI, sau đó sửa câu trả lời thành bản gửi đi.",
    "text": "Việc của bạn: viết một đoạn ngắn bằng lời của mình.",
    "teach_back": "Việc của bạn: trả lời người hỏi bằng lời thường, vài câu, gõ hay nói đều được.",
    "make": "Việc của bạn có ba chặng: ảnh nền, chữ, rồi cỡ và màu; sau đó bấm Dựng poster và lùi ra xa nhìn.",
    "code": "Việc của bạn: viết lệnh ở ô ngay bên dưới, chạy thử, rồi chạy ô kiểm tra.",
}

# --- what the last check said
MESSAGE = "Lần kiểm tra gần nhất nhắn bạn: “{message}” Đọc xong, bạn sẽ sửa chỗ nào trước?"
ITEM = "Lần kiểm tra gần nhất, ở “{item}”, lời nhắn là: “{reason}” Đọc xong, bạn thấy mình bỏ qua điều gì?"
REACHED = "Lần kiểm tra gần nhất bạn đã đạt trọn bài này. Nếu người bên cạnh hỏi vì sao làm thế, bạn nói thế nào?"

# --- the next small step, by kind
PROMPT_EMPTY = "Ô câu lệnh còn trống. Nói miệng trước đã: bạn cần AI làm việc gì, cho ai?"
PROMPT_PARTS = {
    "task": "Câu lệnh của bạn đã nói rõ AI phải viết hay làm gì chưa?",
    "receiver": "Câu lệnh của bạn đã nói viết cho ai chưa?",
    "format": "Câu lệnh của bạn đã dặn dài chừng nào, giọng ra sao chưa?",
}
PROMPT_FIRST_FACT = "Trên thẻ, điều nào người nhận cần biết trước nhất, vì sao?"
PROMPT_CARD = "Trên thẻ còn điều mà câu lệnh chưa nhắc. Thiếu điều nào thì người nhận phải hỏi lại?"
PROMPT_PRIVATE = "Câu lệnh có điều mà thẻ ghi là không đưa ra ngoài. Người trong chuyện đọc được thì họ nghĩ sao?"
FINAL_EMPTY = "Bản gửi đi còn trống. Bạn đã bấm Hỏi AI, rồi tìm xem câu trả lời có chỗ nào AI tự thêm chưa?"
FINAL_CHECK = "Từng con số trong bản gửi đi, bạn chỉ được nó ở đâu ra không?"
FINAL_READER = "Đặt mình vào người nhận: đọc bản gửi đi một lượt, bạn còn phải hỏi lại điều gì?"
TEXT_EMPTY = "Chưa cần viết hay. Nếu nói miệng với người bên cạnh, câu đầu tiên của bạn là gì?"
TEXT_FIND = "Trong “{title}”, bạn cần đến câu nào? Câu ấy có chữ nào không được làm rơi?"
TEXT_SOURCE = "Câu bạn viết dựa vào câu nào trong “{title}”?"
TEXT_READER = "Đọc to câu của bạn lên: người nghe có thể hiểu sang ý khác ở chỗ nào?"
TELL_EMPTY = "{listener} đang đợi. Nếu chỉ được nói một câu, bạn nói câu gì?"
TELL_BEGIN = "Trong bài này, điều gì làm bạn bất ngờ nhất? Kể cho {listener} thì bạn kể từ đâu?"
TELL_WHY = "Nghe xong, {listener} hỏi “vì sao?”. Bạn đáp thế nào?"
TELL_WORDS = "Trong lời giảng có chữ nào người chưa dùng AI nghe không hiểu?"
LISTENER = "Người nghe"
BOX_EMPTY = "Ô “{label}” còn trống. Bạn tìm hay tính điều ấy từ đâu?"
BOX_EMPTY_SOURCE = "Ô “{label}” còn trống. Nhìn “{title}”: dòng nào cho bạn biết điều ấy?"
BOX_EMPTY_NUMBER = "Ô “{label}” còn trống. Bạn cần những số nào trong “{title}” để tính ra?"
BOXES_FULL = "Các ô đã có chữ. Thử làm lại một ô theo cách khác, bạn có ra như cũ không?"
SORT_LEFT = "Còn {n} mẩu chưa xếp. Lấy mẩu “{item}”, đọc lời ghi của từng nhóm: bạn thấy nó hợp lời ghi nào, vì sao?"
SORT_FULL = "Bạn đã xếp hết. Mẩu nào bạn còn phân vân nhất, và phân vân vì điều gì?"
FIND_NONE = "Đi từng dòng, từ trên xuống. Ở mỗi dòng, bạn lấy gì để biết nên chạm hay không?"
FIND_FIRST = "Làm thử với dòng trên cùng: bạn đem dòng ấy so với cái gì?"
FIND_SOME = "Bạn đã chạm {n} chỗ. Với từng chỗ, bạn nói được vì sao mình chạm không?"
FIND_REST = "Những dòng chưa chạm, bạn đã dò kỹ từng dòng như thế chưa?"
ORDER_FIRST = "Việc nào phải xong thì việc khác mới làm được? Vì sao?"
ORDER_TRY = "Thử làm theo thứ tự bạn đang xếp: đến bước nào thì bị thiếu thứ để làm?"
CHOICE_LEFT = "Câu “{item}” chưa chọn. Lựa chọn nào bạn chắc là không được, và vì sao?"
CHOICE_FULL = "Cứ cho là làm theo lựa chọn của bạn: chuyện gì xảy ra tiếp theo?"
PREDICT = "Cứ chọn điều bạn thấy dễ xảy ra nhất. Vì sao bạn nghĩ thế?"
PREDICT_EACH = "Đọc từng lựa chọn và tự hỏi: nếu thế thì vì đâu mà thế?"
POSTER_EMPTY = "Người đi ngang chỉ nhìn ba giây. Điều gì họ phải biết trước nhất? Đặt điều ấy vào dòng nổi nhất."
POSTER_NO_LINES = "Biết việc gì rồi, người xem còn cần biết gì nữa mới đến được?"
POSTER_PROMPT = "Ảnh nền: bạn dặn AI vẽ gì, và dặn thế nào để còn chỗ đặt chữ?"
POSTER_BUILD = "Bấm Dựng poster rồi đưa điện thoại ra xa hết tay: dòng nào bạn đọc được trước, dòng nào không đọc được?"
POSTER_LOOK = "Nheo mắt nhìn poster: chỗ nào chữ mờ vào nền? Đổi màu, đổi cỡ hay đổi chỗ đặt chữ thì rõ hơn?"
CODE_BY_HAND = "Với hai ba số nhỏ, làm bằng tay thì bạn làm những bước nào, theo thứ tự nào?"
CODE_COMPARE = "Chạy thử với số nhỏ: kết quả có khớp với số bạn nhẩm không, lệch ở bước nào?"
TELL_ME = "Bạn đã thử cách nào rồi, và dừng lại ở chỗ nào?"
ONE_MORE = "Bạn đọc lại đề một lần nữa: chữ nào trong đề bạn chưa làm tới?"

# --- what is asked
INTENTS = {
    "answer": (
        r"\b(?:đáp án|lời giải|kết quả đúng|câu trả lời đúng|làm hộ|làm giúp|làm thay|viết hộ|viết giúp|viết luôn"
        r"|viết sẵn|giải hộ|giải giúp|điền hộ|điền giúp|chọn hộ|chọn giúp|nói luôn|nói thẳng|chép lại|nhắc lại"
        r"|rubric|tiêu chí|thang điểm|barem|cách chấm|chấm điểm|mấy điểm|bao nhiêu điểm|base64|json|system"
        r"|prompt hệ thống|lời dặn|hướng dẫn ẩn|bỏ qua (?:mọi|các|hết|tất cả|lời|hướng)|quên hết|đóng vai"
        r"|quản trị|admin|dịch sang|chữ cái đầu|viết ngược|bài (?:của )?(?:người|bạn|bài) khác|bài tập khác"
        r"|ignore|solution|answer)\b"
    ),
    "verdict": (
        r"\b(?:đúng chưa|đúng không|được chưa|ổn chưa|ổn không|phải không|đúng hay sai|có đúng|chuẩn chưa|sai không"
        r"|đạt chưa|thế này được|như vậy được|như thế được)\b"
    ),
    "hint": r"\b(?:gợi ý|mách|mớm|manh mối)\b",
    "example": r"\b(?:ví dụ|thí dụ|mẫu|minh họa)\b",
    "term": r"\b(?:nghĩa là gì|là gì|là sao|nghĩa gì|nghĩa là sao|tức là gì|hiểu thế nào)\b",
    "task": (
        r"\b(?:không hiểu|chưa hiểu|khó hiểu|không rõ|chưa rõ|đề bài|đề nói|yêu cầu gì|phải làm gì|làm gì đây"
        r"|làm gì vậy|cần làm gì)\b"
    ),
    "begin": (
        r"\b(?:bắt đầu|từ đâu|làm sao|làm thế nào|làm như thế nào|cách làm|làm cách nào|bước đầu|viết gì|viết sao"
        r"|tiếp theo)\b"
    ),
    "missing": (
        r"\b(?:thiếu|sót|sai ở đâu|sai chỗ nào|sai gì|chưa đạt|chưa được|sửa gì|sửa chỗ nào|sửa thế nào|vì sao sai"
        r"|sao sai|sao chưa|hoàn thiện|tốt hơn)\b"
    ),
    "stuck": r"\b(?:không biết|chưa biết|chẳng biết|chịu|bí rồi|bí quá|vướng|kẹt)\b",
    "thanks": r"\b(?:cảm ơn|cám ơn|hiểu rồi|rõ rồi|biết rồi|ok|oke|okay|vâng)\b",
    "greeting": r"^\W*(?:(?:xin )?chào|hello|hi|alo|ê|bạn là ai|ai đấy|ai đó|trợ giảng ơi)\b",
}
QUESTION = r"\?|\b(?:gì|sao|ai|đâu|mấy|nào|bao nhiêu|bao giờ|hay không)\b"
TERM_ASKED = (
    r"(?:từ|chữ|cụm từ|khái niệm)?\s*[\"“']?([^\"“”'?]{2,40}?)[\"”']?\s+(?:nghĩa là|là|tức là|nghĩa)\s+(?:gì|sao)"
)

# --- a model's reply that gives a click away
VERDICT = (
    r"^\W*(?:đúng|chính xác|chuẩn|phải|sai|chưa đúng|không đúng|không phải|chưa phải|gần đúng|có|không|ừ|vâng|yes|no)\b"
    r"\W*(?:$|[,.!…]|(?:rồi|vậy|thế|đó|đấy|ạ)\b)"
    r"|\b(?:là|thì|câu trả lời|lựa chọn|đáp án|cách xếp|bạn chọn|bạn xếp|bạn chạm|bạn làm|bạn điền)"
    r"(?: (?:của bạn|này|ấy|đó|là|đã|đang|như thế|như vậy|thế))* (?:đúng|sai|chưa đúng|không đúng|chính xác"
    r"|chuẩn)\b(?! hay)"
)
_ORDINAL = r"(?:số |thứ )?(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|cuối|\d+)\b"
PLACE_OF_OPTION = rf"\b(?:phương án|lựa chọn|đáp án|option) (?:{_ORDINAL}|(?:đầu|giữa|trên|dưới|[a-e])\b)"
PLACE_OF_ITEM = (
    rf"\b(?:dòng|câu|mẩu|chỗ|ý|bước|mục) {_ORDINAL}"
    r"|\b(?:có|còn|đủ|cả|là|chạm|đúng) (?:một|hai|ba|bốn|năm|sáu|\d+) (?:chỗ|dòng|câu|mẩu)\b"
)
CHOSEN = r"\b(?:chọn|đáp án|câu trả lời|trả lời|lựa chọn|là)(?: đúng)?(?: là)?:? [\"“‘']?{text}(?!\w)"
ASSIGNED = (
    r"\b(?:thuộc|thuộc về|xếp|xếp vào|đưa vào|cho vào|bỏ vào|để vào|nằm trong|nằm ở|vào)(?: (?:nhóm|phần|ô|loại))* "
    r"[\"“‘']?{text}(?!\w)"
)
ORDERED = r"\b(?:trước|sau|đầu tiên|cuối|rồi mới|tiếp theo|xong)\b|→|->"

# --- how a model is told of the learner
NONE = "(chưa có)"
BY = {"learner": "Người học", "coach": "Trợ giảng"}
DRAFT, BEFORE, NOW = "Bài đang làm:", "Đã trao đổi:", "Người học vừa hỏi:"
PARTS = {"prompt": "Câu lệnh", "final": "Bản gửi đi", "text": "Bài viết", "follow_up": "Trả lời thêm"}
