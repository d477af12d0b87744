"""A lesson on disk with one exercise of every kind, for tests of the kit."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from small_lesson import HELP, LESSON_TOML, graded

HEAD, _, TAIL = LESSON_TOML.partition("[[exercise]]")
SILENCE = (b"\xff\xf3\x18\xc0" + bytes(32)) * 56  # two seconds: frames of MPEG-2 layer III, 8 kbit/s, 16 kHz
CLOSING = TAIL[TAIL.index("[[daily]]") :]


def _head(id_: str, kind: str, title: str, ask: str, points: int = 4, more: str = "") -> str:
    return (
        f'[[exercise]]\nid = "{id_}"\nkind = "{kind}"\ntitle = "{title}"\nask = "{ask}"\npoints = {points}\n'
        f'skill = "prompt.parts"\ndifficulty = 1\n{more}{HELP if points else ""}'
    )


def _criterion(id_: str, on: str, rule: str, points: int, missing: str, more: str = "") -> str:
    return (
        f'[[exercise.criterion]]\nid = "{id_}"\npoints = {points}\non = "{on}"\n{rule}\nmissing = "{missing}"\n{more}\n'
    )


EXERCISES = "".join(
    [
        _head("guess", "predict", "Đoán trước khi bấm", "AI sẽ trả về gì?", 0, 'reveal = "Kính mời quý vị dự họp."\n'),
        """[[exercise.material]]
kind = "audio"
src = "call.mp3"
alt = "cuộc gọi của anh Thắng, 2 giây"
text = "Anh Thắng: Soạn hộ cái thông báo nhé."
[[exercise.item]]
id = "reply"
text = "AI sẽ trả về gì?"
options = [
  { id = "ours", text = "thông báo đúng cuộc họp", reason = "AI không biết xóm nào." },
  { id = "vague", text = "một thông báo chung chung", reason = "AI tự nghĩ ra chỗ trống.", correct = true },
]
""",
        _head("pick", "choice", "Ai phải soát?", "Chọn một câu cho mỗi ý."),
        """[[exercise.item]]
id = "who"
text = "Ai soát con số?"
options = [
  { id = "ai", text = "AI", reason = "AI không chịu trách nhiệm." },
  { id = "sender", text = "người gửi", reason = "Người gửi ký tên.", correct = true },
]
[[exercise.item]]
id = "day"
text = "Họp ngày nào?"
options = [
  { id = "right", text = "{{day|date}}", reason = "Thẻ ghi thế.", correct = true },
  { id = "wrong", text = "hôm qua", reason = "Hôm qua đã qua." },
]
""",
        _criterion("right", "items", 'rule = "items_right"', 4, "Còn {n} câu chưa đúng."),
        _head("sort", "classify", "Bốn phần của câu lệnh", "Xếp mỗi câu vào một phần."),
        """category = [
  { id = "task", label = "Việc", note = "viết gì" },
  { id = "format", label = "Khuôn", note = "dài ngắn, giọng nào" },
]
[[exercise.item]]
id = "write"
text = "viết thông báo họp"
answer = "task"
reason = "Đây là việc."
reasons = { format = "Câu này nói viết gì, chưa nói viết thế nào." }
[[exercise.item]]
id = "short"
text = "đọc trên loa, dưới 80 chữ"
answer = "format"
reason = "Nói dài ngắn là khuôn."
reasons = { task = "Câu này nói viết thế nào." }
""",
        _criterion("right", "items", 'rule = "items_right"', 4, "Còn {n} câu chưa đúng chỗ."),
        _head("steps", "order", "Thứ tự làm việc", "Xếp các bước."),
        """[[exercise.item]]
id = "ask"
text = "Viết câu lệnh"
reason = "Có câu lệnh mới có câu trả lời."
[[exercise.item]]
id = "read"
text = "Đọc câu trả lời"
reason = "Đọc rồi mới sửa."
[[exercise.item]]
id = "send"
text = "Gửi đi"
reason = "Gửi sau cùng."
""",
        _criterion("right", "order", 'rule = "order_right"', 4, "Thứ tự chưa đúng."),
        _head("spot", "find", "Chỗ AI tự nghĩ ra", "Chạm vào chỗ không có trong câu lệnh."),
        """[[exercise.item]]
id = "opening"
text = "Kính thưa bà con."
answer = false
reason = "Lời chào không bịa điều gì."
[[exercise.item]]
id = "hour"
text = "Họp lúc 8 giờ sáng Chủ nhật."
answer = true
reason = "Giờ này ở đâu ra?"
""",
        _criterion("right", "touched", 'rule = "finds"', 4, "Còn {n} chỗ."),
        _head("form", "fill", "Điền số", "Nhìn bảng rồi điền.", 4)
        + """material = [{ kind = "table", title = "Sổ", rows = [["Tháng", "Hộ"], ["2", "40"], ["3", "60"]] }]
box = [
  { id = "total", label = "Tổng số hộ", kind = "number", placeholder = "ví dụ 12" },
  { id = "note", label = "Ghi chú", kind = "lines" },
]
""",
        _criterion("total", "box.total", 'rule = "number_is"\nvalue = 100', 4, "Cộng lại hai tháng."),
        _head("notice", "prompt", "Đến lượt bạn", "Viết câu lệnh để AI soạn thông báo, rồi sửa thành bản gửi đi.", 6)
        + """[[exercise.material]]
kind = "card"
title = "Họp dân xóm Đồng Chè"
facts = ["19 giờ 30", "{{day|weekday}} {{day|date}}", "{{place}}"]
private = ["bà L. còn nợ 300.000 đồng"]
""",
        _criterion(
            "facts",
            "final",
            'rule = "keeps_facts"',
            4,
            "Bản gửi đi chưa có: {missing}.",
            'facts = ["19 giờ 30", "{{place}}"]',
        ),
        """[[exercise.criterion]]
id = "fit"
points = 2
on = "final"
missing = "Đọc lại một lần."
judge = "Nghe một lần có hiểu không?"
levels = ["0: không hiểu", "1: hiểu được", "2: hiểu ngay"]
""",
        _head("say", "text", "Nói thẳng xu hướng", "Viết hai câu về xu hướng."),
        _criterion("facts", "text", 'rule = "keeps_facts"', 4, "Chưa có: {missing}.", 'facts = ["tăng", "50"]'),
        _head("sum", "code", "Tính tổng", "Viết hàm tổng.", 3, 'public_values = ["fee"]\n'),
        _criterion("tests", "code", 'rule = "passes_tests"\ncells = ["sum_test"]', 3, "Còn {n} phép chưa qua."),
        _head("sum_touch", "fill", "Tính tổng trên giấy", "Điền tổng.", 3, 'stands_in_for = "sum"\n')
        + 'box = [{ id = "total", label = "Tổng", kind = "number" }]\n',
        _criterion("total", "box.total", 'rule = "number_is"\nvalue = 7', 3, "Tính lại tổng."),
        _head(
            "tell",
            "teach_back",
            "Giảng lại",
            "Sao tôi bảo AI viết mà nó ghi sai giờ họp?",
            4,
            'listener = "Bác Thìn"\n',
        ),
        """idea = [
  { id = "told", text = "AI chỉ biết điều được nói", any = ["cho biết"], follow_up = "Thế tôi phải cho nó biết gì?" },
]
""",
        _criterion("ideas", "text", 'rule = "covers_ideas"\nideas = ["told"]', 4, "Chưa nói: {missing}."),
        _head("prove", "classify", "Chỉ đoạn làm chứng", "Câu nào có trong nguồn?"),
        """category = [{ id = "there", label = "Có trong nguồn" }, { id = "absent", label = "Nguồn không có" }]
[[exercise.material]]
kind = "text"
title = "Thông báo"
passages = [
  { id = "1a", text = "Họp lúc 20 giờ." },
  { id = "1b", text = "Họp ở <b>nhà văn hóa</b>." },
]
[[exercise.item]]
id = "hour"
text = "Họp lúc 8 giờ tối."
answer = "there"
evidence = ["1a"]
reason = "20 giờ là 8 giờ tối."
reasons = { absent = "Đổi giờ ra buổi tối xem." }
unproved = "Đoạn này không nói giờ."
[[exercise.item]]
id = "loan"
text = "Được vay vốn."
answer = "absent"
reason = "Không đoạn nào nói vay."
reasons = { there = "Tìm chữ vay xem." }
""",
        _criterion("right", "items", 'rule = "verdict_with_evidence"', 4, "Còn {n} câu."),
    ]
)
TEXT = HEAD.replace("text.small", "text.kinds").replace("Bài nhỏ", "Đủ các kiểu bài") + EXERCISES + CLOSING
GRADED = ("pick", "sort", "steps", "spot", "form", "notice", "say", "tell", "prove")


def notebook() -> nbformat.NotebookNode:
    """One Markdown cell before each exercise; the code exercise with answer, test and stand-in."""
    cells = [
        new_markdown_cell("# Đủ các kiểu bài\n\nAnh Thắng cần một thông báo họp."),
        new_code_cell('from course.exercises import exercise\n\nexercise("text.kinds/guess")'),
    ]
    for id_ in GRADED[:-2]:
        cells.append(new_code_cell(f'exercise("text.kinds/{id_}")', metadata=graded(6 if id_ == "notice" else 4, id_)))
    answer = {**graded(3, "sum_answer")["nbgrader"], "grade": False}
    answer.pop("points")
    test = {**graded(3, "sum_test")["nbgrader"], "solution": False, "locked": True}
    stand_in = {**answer, "grade_id": "sum_touch"}
    cells += [
        new_code_cell('exercise("text.kinds/sum")'),
        new_code_cell("### BEGIN SOLUTION\ntotal = sum\n### END SOLUTION", metadata={"nbgrader": answer}),
        new_code_cell("assert total([3, 4]) == 7", metadata={"nbgrader": test}),
        new_markdown_cell("Ô lệnh ở trên chạy trong JupyterLab.", metadata={"tags": ["lab-only"]}),
        new_code_cell('exercise("text.kinds/sum_touch")', metadata={"nbgrader": stand_in}),
        new_markdown_cell("## Giảng lại"),
        new_code_cell('exercise("text.kinds/tell")', metadata=graded(4, "tell")),
        new_code_cell('exercise("text.kinds/prove")', metadata=graded(4, "prove")),
        new_markdown_cell("## Dùng ngay hôm nay\n\nChọn một tin nhắn bạn sắp gửi."),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=kernel)


def write_lesson(folder: Path) -> Path:
    """Write the lesson into `folder` and return it."""
    (folder / "material").mkdir(parents=True, exist_ok=True)
    (folder / "material" / "call.mp3").write_bytes(SILENCE)
    (folder / "lesson.toml").write_text(TEXT, "utf-8")
    nbformat.write(notebook(), folder / "lesson.ipynb")
    return folder
