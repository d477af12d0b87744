from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from asgi_server import serve
from campus_double import CampusDouble
from IPython.display import HTML
from kinds_lesson import write_lesson

from course.catalog import read_lesson
from course.exercises import exercise, material
from course.exercises.calls import MaterialError
from course.exercises.kinds import WIDGETS
from course.exercises.widget import ExerciseWidget
from course.publish import public_index


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOCAI_MATERIAL", "HOCAI_PUBLISHED", "HOCAI_PUBLIC_URL", "JUPYTERHUB_API_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = read_lesson(write_lesson(tmp_path / "01_kinds"))
    file = tmp_path / "published" / "text.kinds" / "public.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(public_index(folder)), "utf-8")
    monkeypatch.setenv("HOCAI_PUBLISHED", str(tmp_path / "published"))
    return file


@pytest.mark.parametrize(
    ("id_", "kind"),
    [
        ("guess", "predict"),
        ("pick", "choice"),
        ("sort", "classify"),
        ("steps", "order"),
        ("spot", "find"),
        ("form", "fill"),
        ("notice", "prompt"),
        ("say", "text"),
        ("sum", "code"),
        ("tell", "teach_back"),
        ("prove", "classify"),
    ],
)
def test_each_kind_gets_its_widget_with_title_and_ask_in_plain_html(published: Path, id_: str, kind: str) -> None:
    widget = exercise(f"text.kinds/{id_}")
    assert isinstance(widget, WIDGETS[kind])
    data, _ = widget._repr_mimebundle_()
    public = json.loads(published.read_text("utf-8"))["exercises"][id_]
    assert public["title"] in data["text/html"]
    assert public["ask"] in data["text/html"]
    assert f'data-kind="{kind}"' in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data


def test_the_answer_in_the_call_reaches_the_front_end(published: Path) -> None:
    widget = exercise("text.kinds/say", answer={"text": "tăng"})
    assert isinstance(widget, ExerciseWidget)
    assert widget.get_state()["answer"] == {"text": "tăng"}


def test_texts_of_a_lesson_are_escaped_in_plain_html(published: Path) -> None:
    index = json.loads(published.read_text("utf-8"))
    index["exercises"]["say"]["ask"] = "<script>alert(1)</script>"
    published.write_text(json.dumps(index), "utf-8")
    widget = exercise("text.kinds/say")
    assert isinstance(widget, ExerciseWidget)
    assert "<script>" not in widget.fallback


def test_passages_are_read_behind_their_tags_and_escaped(published: Path) -> None:
    widget = exercise("text.kinds/prove")
    assert isinstance(widget, ExerciseWidget)
    assert "<p><strong>1a</strong> Họp lúc 20 giờ.</p>" in widget.fallback
    assert "<strong>1b</strong> Họp ở &lt;b&gt;nhà văn hóa&lt;/b&gt;." in widget.fallback


def test_in_the_sandbox_the_call_is_only_the_place_of_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOCAI_MATERIAL", str(tmp_path / "none.json"))
    monkeypatch.setenv("HOCAI_PUBLIC_URL", "http://127.0.0.1:9")
    assert exercise("text.kinds/notice", answer={"prompt": "x", "final": "y"}) is None


def test_without_a_campus_the_call_returns_nothing() -> None:
    assert exercise("text.kinds/notice") is None


def test_a_campus_that_does_not_answer_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCAI_PUBLIC_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "t")
    shown = exercise("text.kinds/notice")
    assert isinstance(shown, HTML)
    assert "Câu trả lời của bạn không mất" in shown.data


def test_material_in_the_sandbox_comes_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "material.json"
    file.write_text(json.dumps({"text.kinds/sum": {"fee": 150000}}), "utf-8")
    monkeypatch.setenv("HOCAI_MATERIAL", str(file))
    assert material("text.kinds/sum") == {"fee": 150000}
    with pytest.raises(MaterialError, match=r"text\.kinds/other"):
        material("text.kinds/other")


def test_material_without_campus_is_a_vietnamese_sentence() -> None:
    with pytest.raises(MaterialError, match="Chưa lấy được dữ liệu"):
        material("text.kinds/sum")


def test_kernel_gets_kind_material_and_session_from_campus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    double = CampusDouble([read_lesson(write_lesson(tmp_path / "01_kinds"))], tmp_path)
    double.tokens.issued = 1
    sent: list[dict[str, Any]] = []
    arrived = threading.Event()

    def send(content: dict[str, Any]) -> None:
        sent.append(content)
        arrived.set()

    with serve(double.app, 21510) as address:
        monkeypatch.setenv("HOCAI_PUBLIC_URL", address)
        monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "an-1")
        widget = exercise("text.kinds/notice")
        assert isinstance(widget, WIDGETS["prompt"])
        assert material("text.kinds/sum") == {"fee": 150000}
        unknown = exercise("text.none/notice")
        assert isinstance(unknown, HTML)
        assert "Chưa tìm thấy bài" in unknown.data
        monkeypatch.setattr(widget, "send", send)
        widget._handle_custom_msg({"type": "session"}, [])
        assert arrived.wait(10)
    assert sent[0]["type"] == "session"
    assert sent[0]["token"] == "an-2"
    assert sent[0]["campus"] == "/services/campus"
    assert "an-2" not in json.dumps(widget.get_state(), default=str), "a token must not stand in a synced trait"
