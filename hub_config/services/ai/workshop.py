"""Where the practice AI draws, speaks, writes down and looks: programs that take a while, two at a time."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from course.catalog import Lessons
from hub_config.services.ai.errors import GatewayError
from hub_config.services.ai.practice.media import CannotDo
from hub_config.services.ai.practice.media.pictures import picture, understood
from hub_config.services.ai.practice.media.reading import read_image
from hub_config.services.ai.practice.media.speech import Form, Spoken, speak
from hub_config.services.ai.practice.media.transcription import SpokenTexts, Transcript, course_sounds, transcribe

T = TypeVar("T")
PLACES = 2  # drawings and the like at a time; the others wait in line


class Workshop:
    """What it cannot do is a GatewayError 422 with its own sentence."""

    def __init__(self, database: Path, lessons: Lessons) -> None:
        """`database` is where what was spoken is remembered, so that it can be written down again."""
        self._places = CapacityLimiter(PLACES)
        self._spoken = SpokenTexts(database)
        self._lessons = lessons

    async def picture(self, prompt: str, size: tuple[int, int]) -> tuple[bytes, str]:
        """A PNG, and what of the prompt is in it."""
        return await self._done(lambda: (picture(prompt, size), understood(prompt).sentence))

    async def speech(self, text: str, voice: str, speed: float, form: Form) -> Spoken:
        def spoken() -> Spoken:
            sound = speak(text, voice, speed, form)
            self._spoken.remember(sound, text)
            return sound

        return await self._done(spoken)

    async def transcript(self, sound: BinaryIO) -> Transcript:
        return await self._done(lambda: transcribe(sound.read(), self._spoken, self._course_sounds))

    async def look(self, images: Sequence[bytes], question: str) -> str:
        """What can be said of images without a model."""
        return await self._done(lambda: "\n\n".join(read_image(image, question) for image in images))

    async def _done(self, work: Callable[[], T]) -> T:
        try:
            return await run_sync(work, limiter=self._places)
        except CannotDo as error:
            raise GatewayError(422, "practice_cannot", sentence=error.sentence) from error

    @cached_property
    def _course_sounds(self) -> dict[str, str]:
        return course_sounds(self._lessons)
