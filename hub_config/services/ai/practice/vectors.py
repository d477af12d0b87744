"""Vectors of texts without a model: texts that share words and pieces of words come near, whatever they mean."""

import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator

from hub_config.services.ai.practice.vocabulary import fold

DIMENSIONS = 256
PIECE = 3  # letters
SYLLABLE = re.compile(r"\w+")


def vector(text: str, dimensions: int | None = None) -> list[float]:
    """`dimensions` numbers of length 1, the same for the same text in any case, with or without diacritics.

    Syllables, pairs of them and pieces of three letters are hashed into the dimensions, each with a sign of its own.
    """
    size = dimensions or DIMENSIONS
    numbers = [0.0] * size
    for feature, count in Counter(_features(fold(unicodedata.normalize("NFC", text)).lower())).items():
        number = zlib.crc32(feature.encode())
        sign = 1 if number >> 31 else -1
        numbers[number % size] += sign * (1 + math.log(count))
    length = math.sqrt(sum(number * number for number in numbers))
    return [number / length for number in numbers] if length else [1.0, *numbers[1:]]


def _features(text: str) -> Iterator[str]:
    before = ""
    for syllable in SYLLABLE.findall(text):
        yield syllable
        if before:
            yield f"{before} {syllable}"
        framed = f"<{syllable}>"
        yield from (framed[start : start + PIECE] for start in range(len(framed) - PIECE + 1))
        before = syllable
