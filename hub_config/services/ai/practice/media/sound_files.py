"""The jobs with sound files, as `child` calls them: writing compressed ones, and knowing a recording again."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Any

import numpy as np
import soundfile

from . import CannotDo

WRITTEN = {"mp3": ("MP3", "MPEG_LAYER_III"), "flac": ("FLAC", "PCM_16")}
PCM_RATE = 24_000  # samples a second of OpenAI's bare "pcm"
_BLOCK = 1 << 16


def encode(header: dict[str, Any], wav: bytes) -> tuple[dict[str, Any], bytes]:
    """`{"form": mp3 | flac | pcm}` and a mono WAV of 16 bits → the same sound in that form."""
    samples, rate = soundfile.read(io.BytesIO(wav), dtype="int16")
    if header["form"] == "pcm":
        count = round(len(samples) * PCM_RATE / rate)
        at = np.arange(count) * (rate / PCM_RATE)
        return {}, np.interp(at, np.arange(len(samples)), samples).astype("<i2").tobytes()
    container, subtype = WRITTEN[header["form"]]
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format=container, subtype=subtype)
    return {}, file.getvalue()


def decode(header: dict[str, Any], sound: bytes) -> tuple[dict[str, Any], bytes]:
    """`{"seconds": most allowed}` and a sound file → fingerprint of its samples (16 bits) and its length in seconds.

    The fingerprint is the same for the same samples in another lossless file. Raises CannotDo: not_a_sound,
    sound_too_long.
    """
    digest, frames = sha256(), 0
    try:
        with soundfile.SoundFile(io.BytesIO(sound)) as file:
            rate, channels = file.samplerate, file.channels
            if not 1000 <= rate <= 400_000 or channels > 8:
                raise CannotDo("not_a_sound")
            digest.update(f"{rate} {channels}\n".encode())
            while len(block := file.read(_BLOCK, dtype="int16")):
                frames += len(block)
                if frames > header["seconds"] * rate:
                    raise CannotDo("sound_too_long", minutes=header["seconds"] // 60)
                digest.update(block.tobytes())
    except (soundfile.LibsndfileError, RuntimeError, ValueError):
        raise CannotDo("not_a_sound") from None
    if not frames:
        raise CannotDo("not_a_sound")
    return {"fingerprint": digest.hexdigest(), "seconds": round(frames / rate, 3)}, b""
