"""Sounds are known again by their samples; others wait for a real AI."""

import io
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from course.catalog import LessonFolder
from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media.speech import Form, Spoken, speak
from hub_config.services.ai.practice.media.transcription import SpokenTexts, course_sounds, transcribe

GREETING = "Mời bà con họp xóm lúc 19h30."
needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng")


def tone(pitch_hz: float, form: str = "WAV", seconds: float = 0.5) -> bytes:
    wave = (np.sin(np.arange(int(16_000 * seconds)) * pitch_hz * 2 * np.pi / 16_000) * 9000).astype(np.int16)
    file = io.BytesIO()
    soundfile.write(file, wave, 16_000, format=form)
    return file.getvalue()


def spoken(sound: bytes) -> Spoken:
    return Spoken(sound, "audio/wav", 0.5)


def refusal(sound: bytes) -> str:
    with pytest.raises(CannotDo) as refused:
        transcribe(sound)
    return refused.value.code


@pytest.fixture
def store(tmp_path: Path) -> SpokenTexts:
    return SpokenTexts(tmp_path / "spoken.sqlite")


@needs_espeak
@pytest.mark.parametrize("form", ["wav", "mp3", "flac"])
def test_what_was_spoken_is_written_down_again(store: SpokenTexts, form: Form) -> None:
    said = speak(GREETING, "alloy", 1.0, form)
    store.remember(said, GREETING)
    transcript = transcribe(said.sound, store)
    assert transcript.text == GREETING
    assert transcript.seconds == pytest.approx(said.seconds, abs=0.2)
    assert store.find(said.sound) == GREETING


@needs_espeak
def test_bare_samples_are_not_kept(store: SpokenTexts) -> None:
    store.remember(speak(GREETING, "alloy", 1.0, "pcm"), GREETING)
    with pytest.raises(CannotDo):
        transcribe(speak(GREETING, "alloy", 1.0, "pcm").sound, store)


def test_the_same_samples_in_another_file_are_known(store: SpokenTexts) -> None:
    store.remember(spoken(tone(440)), "một nốt nhạc")
    assert store.find(tone(440, "FLAC")) == "một nốt nhạc"
    longer_header = tone(440).replace(b"data", b"LIST" + struct.pack("<I", 4) + b"INFO" + b"data", 1)
    assert longer_header != tone(440)
    assert store.find(longer_header) == "một nốt nhạc"


def test_other_sounds_wait_for_a_real_ai(store: SpokenTexts) -> None:
    store.remember(spoken(tone(440)), "một nốt nhạc")
    assert store.find(tone(441)) is None
    assert refusal(tone(441)) == "waiting_for_model"


def test_the_store_is_bounded_and_the_oldest_go(tmp_path: Path) -> None:
    store = SpokenTexts(tmp_path / "spoken.sqlite", most=3)
    for pitch in (400, 410, 420, 430):
        store.remember(spoken(tone(pitch)), str(pitch))
    store.remember(spoken(tone(410)), "again")  # now the newest
    store.remember(spoken(tone(440)), "440")
    assert [store.find(tone(pitch)) for pitch in (400, 410, 420, 430, 440)] == [None, "again", None, "430", "440"]


def test_the_store_outlives_the_process_that_wrote_it(tmp_path: Path) -> None:
    SpokenTexts(tmp_path / "spoken.sqlite").remember(spoken(tone(440)), "nốt la")
    assert SpokenTexts(tmp_path / "spoken.sqlite").find(tone(440)) == "nốt la"


def test_sounds_of_lessons_have_their_text_beside_them(tmp_path: Path) -> None:
    material = tmp_path / "material"
    (material / "lan").mkdir(parents=True)
    (material / "market.wav").write_bytes(tone(300))
    (material / "market.txt").write_text("Chợ phiên họp ngày mai.\n", "utf-8")
    (material / "lan" / "bell.flac").write_bytes(tone(310, "FLAC"))
    (material / "lan" / "bell.txt").write_text("Tiếng trống trường.", "utf-8")
    (material / "untold.wav").write_bytes(tone(320))
    course = course_sounds([LessonFolder(tmp_path, None)])  # type: ignore[arg-type]
    assert transcribe(tone(300), course=course).text == "Chợ phiên họp ngày mai."
    assert transcribe(tone(310), course=course).text == "Tiếng trống trường."
    assert len(course) == 2


@pytest.mark.parametrize(
    "broken",
    [b"", b"x", b"\x00" * 5000, "không phải âm thanh".encode() * 50, tone(440)[:40], b"RIFF\xff\xff\xff\xffWAVEfmt "],
    ids=["empty", "one byte", "zeros", "text", "header alone", "no format"],
)
def test_what_is_no_sound_is_said_to_be_none(broken: bytes) -> None:
    assert refusal(broken) == "not_a_sound"


def test_a_sound_that_unpacks_to_hours_is_refused() -> None:
    """A few kilobytes of silence in FLAC."""
    file = io.BytesIO()
    soundfile.write(file, np.zeros(8_000 * 3600, dtype=np.int16), 8_000, format="FLAC")
    assert len(file.getvalue()) < 1 << 20
    assert refusal(file.getvalue()) == "sound_too_long"


def test_a_file_larger_than_openai_takes_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub_config.services.ai.practice.media.transcription.LARGEST", 1000)
    assert refusal(tone(440)) == "sound_too_long"
