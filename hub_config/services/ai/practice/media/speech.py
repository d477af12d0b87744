"""Vietnamese text to speech by espeak-ng, a program of its own (GPL): never linked, never given text as an argument."""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from dataclasses import dataclass
from typing import Literal, get_args

from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media.process import run
from hub_config.services.ai.practice.media.spoken_text import spoken_text

Form = Literal["mp3", "wav", "flac", "pcm"]
MEDIA_TYPES: dict[str, str] = {"mp3": "audio/mpeg", "wav": "audio/wav", "flac": "audio/flac", "pcm": "audio/pcm"}
VOICES: dict[str, str] = {  # OpenAI's names → espeak-ng's: of the north, the centre and the south, two timbres each
    "alloy": "vi",
    "ash": "vi",
    "cedar": "vi",
    "echo": "vi",
    "marin": "vi+f2",
    "sage": "vi+f2",
    "ballad": "vi-vn-x-central",
    "fable": "vi-vn-x-central",
    "verse": "vi-vn-x-central+f2",
    "onyx": "vi-vn-x-south",
    "coral": "vi-vn-x-south+f2",
    "nova": "vi-vn-x-south+f2",
    "shimmer": "vi-vn-x-south+f2",
}
LONGEST_TEXT = 4096  # characters, as OpenAI's
SLOWEST, FASTEST = 0.25, 4.0
_SECONDS = 30.0
_WORDS_A_MINUTE = 160  # at speed 1.0; the program takes 80 to 450
_PROGRAM = "espeak-ng"


@dataclass(frozen=True)
class Spoken:
    """A sound file, its media type, and how long it lasts."""

    sound: bytes
    media_type: str
    seconds: float


def speak(text: str, voice: str, speed: float, form: Form) -> Spoken:
    """The text read aloud; the same bytes for the same request.

    Raises CannotDo: no_text, text_too_long, voice, speed, sound_format, no_speech_program, speech_failed.
    """
    _check(text, voice, speed, form)
    said = spoken_text(text)
    if not any(sign.isalnum() for sign in said):
        raise CannotDo("no_text")
    wav, seconds = _wav(_recorded(said, VOICES[voice], speed))
    sound = wav if form == "wav" else run("encode", {"form": form}, wav, failure="speech_failed")[1]
    return Spoken(sound, MEDIA_TYPES[form], seconds)


def _check(text: str, voice: str, speed: float, form: str) -> None:
    if not text.strip():
        raise CannotDo("no_text")
    if len(text) > LONGEST_TEXT:
        raise CannotDo("text_too_long", limit=LONGEST_TEXT)
    if voice not in VOICES:
        raise CannotDo("voice", voice=voice[:40], allowed=", ".join(VOICES))
    if not SLOWEST <= speed <= FASTEST:
        raise CannotDo("speed", low=SLOWEST, high=FASTEST)
    if form not in get_args(Form):
        raise CannotDo("sound_format", form=form[:40], allowed=", ".join(get_args(Form)))


def _recorded(said: str, voice: str, speed: float) -> bytes:
    """What the program writes: a WAV header that does not know its length, then the samples."""
    program = shutil.which(_PROGRAM)
    if program is None:
        raise CannotDo("no_speech_program")
    pace = str(min(450, max(80, round(_WORDS_A_MINUTE * speed))))
    command = [program, "--stdin", "--stdout", "-b", "1", "-v", voice, "-s", pace]
    try:
        done = subprocess.run(
            command,
            input=said.encode(),
            capture_output=True,
            timeout=_SECONDS,
            env={"LANG": "C.UTF-8"},
            cwd="/",
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise CannotDo("speech_failed") from None
    if done.returncode != 0:
        raise CannotDo("speech_failed")
    return done.stdout


def _wav(recorded: bytes) -> tuple[bytes, float]:
    """(a WAV whose header knows its length, seconds)."""
    place = recorded.find(b"data", 12, 200)
    if place < 0 or recorded[:4] != b"RIFF":
        raise CannotDo("speech_failed")
    rate = int.from_bytes(recorded[24:28], "little")
    samples = memoryview(recorded)[place + 8 :]
    samples = samples[: len(samples) // 2 * 2]
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes(samples)
    return file.getvalue(), round(len(samples) / 2 / rate, 3)
