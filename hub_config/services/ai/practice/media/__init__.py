"""Pictures, speech, transcription and the reading of images by the practice AI: offline, deterministic, honest.

`pictures.picture`, `speech.speak`, `transcription.transcribe`, `reading.read_image` are pure and block. What they
cannot do they refuse with `CannotDo`. Pillow and the sound library run in short-lived sealed processes (`process`),
so that the gateway stays small and hostile files are opened where they can do no harm.
"""

from .wording import CANNOT_DO


class CannotDo(Exception):
    """A request that is refused. `code` is a key of `wording.CANNOT_DO`; `sentence` says it to a person."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
        self.sentence = CANNOT_DO[code].format_map(values)
