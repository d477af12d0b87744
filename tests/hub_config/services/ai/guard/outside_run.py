"""A gateway whose endpoint counts as one outside, though it runs here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gateway_run import KEY, Gateway, gateway
from openai_server import OpenAIServer

PHONE, ID, MAIL = "0912 345 678", "001099012345", "hoa.ly@gmail.com"
PROMPT = f"Soạn thư cho bà Hoa, số {PHONE}, căn cước {ID}, {MAIL}."
MASKED = "Soạn thư cho bà Hoa, số [SỐ ĐIỆN THOẠI], căn cước [SỐ CĂN CƯỚC], [EMAIL]."
UPSTREAM = """
[[ai_upstream]]
name = "{name}"
base_url = "{url}"
key = "{key}"
outside = {outside}
timeout_s = 2
model = [{{ id = "{name}-model" }}, {others}]
"""
OTHERS = ", ".join(
    f'{{ id = "{kind}-model", kind = "{kind}" }}' for kind in ("embeddings", "images", "speech", "transcriptions")
)


@contextmanager
def outside(folder: Path, hub_api: str, *models: tuple[OpenAIServer, bool], **more: str) -> Iterator[Gateway]:
    """A gateway with these endpoints in their order, each said to be outside or not; `more` are HOCAI_* variables."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = (
        UPSTREAM.format(name=f"m{number}", url=model.base_url, key=KEY, outside=str(leaves).lower(), others=OTHERS)
        for number, (model, leaves) in enumerate(models)
    )
    (folder / "hocai.toml").write_text("".join(tables), "utf-8")
    with gateway(folder, hub_api, **more) as running:
        yield running


def said(running: Gateway, *messages: Any, token: str = "token-hoa", **headers: str) -> Any:
    """The completion that the real openai client gets; texts are messages of the user."""
    given = [{"role": "user", "content": each} if isinstance(each, str) else each for each in messages]
    return running.client(token, **headers).chat.completions.create(model="", messages=given)


def sent(model: OpenAIServer) -> str:
    """Everything that reached the endpoint, as one text."""
    return "\n".join(str(asked.body) + str(asked.headers) for asked in model.requests)
