"""The process that draws and opens files: small, sealed, and never in the gateway's own memory."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from autograders.sandbox.landlock import landlock_abi
from hub_config.services.ai.practice.media import CannotDo, process
from hub_config.services.ai.practice.media.process import CHILD, run

HEAVY = {"PIL", "numpy", "soundfile", "cffi"}
SPY = """
import json
from pathlib import Path
import socket, subprocess

def tried(what):
    try:
        what()
    except (OSError, PermissionError) as error:
        return type(error).__name__
    return "done"

def picture(header, body):
    return {
        "read": tried(lambda: Path(header["secret"]).read_text()),
        "write": tried(lambda: Path(header["folder"], "new").write_text("x")),
        "call": tried(lambda: socket.create_connection(("127.0.0.1", 80), 1)),
        "start": tried(lambda: subprocess.run(["/bin/true"])),
    }, b""
"""


def loaded(modules: str) -> set[str]:
    """Heavy libraries that come with an import of these modules."""
    code = f"import sys, {modules}\nprint(*sys.modules)"
    names = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    return HEAVY & {name.partition(".")[0] for name in names}


def test_the_gateway_holds_no_library_for_pictures_or_sounds() -> None:
    package = "hub_config.services.ai.practice.media"
    practice = loaded("hub_config.services.ai.practice")
    assert (
        loaded(", ".join(f"{package}.{name}" for name in ("pictures", "speech", "transcription", "reading")))
        <= practice
    )


@pytest.mark.skipif(landlock_abi() == 0, reason="needs Landlock")
def test_it_reads_no_other_files_and_opens_no_connections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real child in a copy of its folder, with a spy for its drawing job."""
    copy = tmp_path / "media"
    (copy / "drawing").mkdir(parents=True)
    for name in ("child.py", "__init__.py", "wording.py", "drawing/__init__.py"):
        (copy / name).write_bytes((CHILD.parent / name).read_bytes())
    (copy / "drawing" / "job.py").write_text(SPY)
    secret = tmp_path / "secret"
    secret.write_text("key")
    monkeypatch.setattr(process, "CHILD", copy / "child.py")
    answer, _ = run("picture", {"secret": str(secret), "folder": str(tmp_path)}, failure="drawing_failed")
    assert "done" not in answer.values(), answer
    assert not (tmp_path / "new").exists()


def test_a_process_that_dies_is_a_refusal_and_the_operator_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(CannotDo) as refused:
        run("picture", {"order": {}, "size": [10, 10]}, failure="drawing_failed")
    assert refused.value.code == "drawing_failed"
    assert "KeyError" in caplog.text


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 0.01)
    with pytest.raises(CannotDo) as refused:
        run("image", {}, b"", failure="reading_failed")
    assert refused.value.code == "reading_failed"


def test_secrets_of_the_environment_do_not_reach_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "child.py"
    told.write_text("import json, os\nprint(json.dumps(dict(os.environ)))\n")
    monkeypatch.setenv("HOCAI_AI_KEY", "secret")
    monkeypatch.setattr(process, "CHILD", told)
    answer, _ = run("picture", {}, failure="drawing_failed")
    assert "HOCAI_AI_KEY" not in json.dumps(answer)
