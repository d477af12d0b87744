"""What a block of material must have to be read by everybody."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from course.lesson import Block

SOUND = {"kind": "audio", "src": "call.mp3", "alt": "cuộc gọi, 2 giây", "text": "Anh Thắng: Soạn hộ nhé."}


@pytest.mark.parametrize("changed", [{"src": ""}, {"src": "call.ogg"}, {"alt": ""}, {"text": ""}])
def test_a_sound_without_its_words_or_that_some_phones_do_not_play_is_refused(changed: dict[str, str]) -> None:
    Block.model_validate(SOUND)
    with pytest.raises(ValidationError, match="a sound needs src"):
        Block.model_validate({**SOUND, **changed})
