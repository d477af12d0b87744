"""Vietnamese speech by the real espeak-ng."""

from __future__ import annotations

import array
import io
import math
import shutil
import time
import wave
from pathlib import Path

import pytest
import soundfile

from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media.speech import LONGEST_TEXT, MEDIA_TYPES, VOICES, Form, speak

GREETING = "Xin chào bà con xóm Hồng Thái."
pytestmark = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng")


def samples(sound: bytes) -> array.array[int]:
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22050)
        return array.array("h", file.readframes(file.getnframes()))


def loudness(sound: bytes) -> float:
    """Root mean square, 0 to 32767."""
    values = samples(sound)
    return math.sqrt(sum(value * value for value in values) / len(values))


def test_the_sound_is_not_silent_and_tells_its_length() -> None:
    spoken = speak(GREETING, "alloy", 1.0, "wav")
    assert spoken.media_type == "audio/wav"
    assert loudness(spoken.sound) > 500
    assert spoken.seconds == pytest.approx(len(samples(spoken.sound)) / 22050, abs=0.01)
    assert 1 < spoken.seconds < 5


def test_longer_text_takes_longer_and_higher_speed_shorter() -> None:
    usual = speak(GREETING, "alloy", 1.0, "wav").seconds
    assert speak(GREETING * 3, "alloy", 1.0, "wav").seconds > 2.5 * usual
    assert speak(GREETING, "alloy", 2.0, "wav").seconds < 0.7 * usual
    assert speak(GREETING, "alloy", 0.5, "wav").seconds > 1.5 * usual


def test_the_voices_of_north_centre_and_south_differ() -> None:
    spoken = {speak(GREETING, voice, 1.0, "wav").sound for voice in VOICES}
    assert len(spoken) == len(set(VOICES.values())) == 6


@pytest.mark.parametrize("form", ["wav", "mp3", "flac", "pcm"])
def test_every_form_is_the_same_each_time_and_holds_the_whole_sound(form: Form) -> None:
    spoken = speak(GREETING, "nova", 1.0, form)
    assert spoken == speak(GREETING, "nova", 1.0, form)
    assert spoken.media_type == MEDIA_TYPES[form]
    bare = form == "pcm"
    seconds = len(spoken.sound) / 2 / 24_000 if bare else soundfile.info(io.BytesIO(spoken.sound)).duration
    assert seconds == pytest.approx(spoken.seconds, abs=0.1)


def test_an_mp3_is_much_smaller() -> None:
    assert len(speak(GREETING * 3, "alloy", 1.0, "mp3").sound) < len(speak(GREETING * 3, "alloy", 1.0, "wav").sound) / 3


def test_hostile_text_is_only_read() -> None:
    plain = speak("--help -w /tmp/file", "alloy", 1.0, "wav")
    assert plain.seconds > 0.5
    assert not Path("/tmp/file").exists()
    with pytest.raises(CannotDo) as refused:
        speak("[[<>]]", "alloy", 1.0, "wav")
    assert refused.value.code == "no_text"


@pytest.mark.parametrize(
    ("text", "voice", "speed", "form", "code"),
    [
        ("  ", "alloy", 1.0, "wav", "no_text"),
        ("😀", "alloy", 1.0, "wav", "no_text"),
        ("a" * (LONGEST_TEXT + 1), "alloy", 1.0, "wav", "text_too_long"),
        ("chào", "../vi", 1.0, "wav", "voice"),
        ("chào", "alloy", 9.0, "wav", "speed"),
        ("chào", "alloy", float("nan"), "wav", "speed"),
        ("chào", "alloy", 1.0, "opus", "sound_format"),
    ],
)
def test_what_cannot_be_spoken_is_refused(text: str, voice: str, speed: float, form: Form, code: str) -> None:
    with pytest.raises(CannotDo) as refused:
        speak(text, voice, speed, form)
    assert refused.value.code == code
    if code == "sound_format":
        assert "mp3, wav, flac, pcm" in refused.value.sentence


def test_without_the_program_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotDo) as refused:
        speak(GREETING, "alloy", 1.0, "wav")
    assert refused.value.code == "no_speech_program"


def test_a_program_that_fails_or_hangs_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "espeak-ng"
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("hub_config.services.ai.practice.media.speech._SECONDS", 0.5)
    for script in ("exit 1", "/bin/sleep 60", "echo nonsense"):
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        began = time.monotonic()
        with pytest.raises(CannotDo) as refused:
            speak(GREETING, "alloy", 1.0, "wav")
        assert refused.value.code == "speech_failed"
        assert time.monotonic() - began < 30
