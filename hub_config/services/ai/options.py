"""Options that a model does not know: it says so once, and is not sent them again."""

import json
from typing import Any

CODES = ("unsupported_parameter", "unsupported_value", "unknown_parameter")
OTHER_NAMES = {"max_tokens": "max_completion_tokens"}  # for OpenAI's reasoning models
LEFT_OUT = ("temperature", "top_p", "presence_penalty", "frequency_penalty", "seed")  # a reply is a reply without them


class Options:
    """What the models of one endpoint refused."""

    def __init__(self) -> None:
        self._refused: dict[object, set[str]] = {}  # by model

    def fitted(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body as its model takes it."""
        refused = self._refused.get(body.get("model"))
        if not refused:
            return body
        kept = {key: value for key, value in body.items() if key not in refused}
        return kept | {OTHER_NAMES[key]: body[key] for key in refused & OTHER_NAMES.keys() & body.keys()}

    def learn(self, body: dict[str, Any], refusal: bytes) -> bool:
        """Take note of a refusal; whether the body may pass without what was refused."""
        try:
            error = json.loads(refusal)["error"]
            code, option = error["code"], error["param"]
        except (ValueError, LookupError, TypeError, RecursionError):
            return False  # some other refusal, in words of its own
        if code not in CODES or not isinstance(option, str) or option not in body:
            return False
        # gpt-image answers with the picture itself and knows no `response_format`; a chat's is a schema, and is needed
        a_word = option == "response_format" and isinstance(body[option], str)
        if option not in OTHER_NAMES and option not in LEFT_OUT and not a_word:
            return False
        self._refused.setdefault(body.get("model"), set()).add(option)
        return True
