"""`hocai ai`: whether the AI that the settings name answers, before learners ask it."""

from __future__ import annotations

import asyncio
import logging
import time

import click

from hub_config.services.ai.errors import UpstreamError
from hub_config.services.ai.routing import Candidate, Routing
from hub_config.settings import Settings, SettingsError

QUESTION = {"messages": [{"role": "user", "content": "Say hello."}], "max_tokens": 16}
TEXT = {"input": "hello"}
MENDS = {
    "upstream_unreachable": "nobody listens at its base_url; mend: start the endpoint, or correct base_url",
    "upstream_timeout": "it took longer than timeout_s; mend: a smaller model, or a larger timeout_s",
    "upstream_busy": "it has too many requests (429); mend: wait, or raise the account's limits",
    "upstream_failed": "it failed (5xx); mend: look into the endpoint's own log",
    "upstream_refused": "it refused the key, the address or the model; mend: correct key, base_url (ends in /v1) or id",
    "upstream_rejected": "it did not take the request (4xx); mend: check that the model is of this kind",
    "upstream_nonsense": "it did not answer as OpenAI's interface does; mend: correct base_url (ends in /v1)",
}
OTHER = "it broke off ({code}); mend: look into the endpoint's own log"


@click.group()
def ai() -> None:
    """Look after the AI behind the gateway."""


@ai.command("check")
@click.pass_obj
def check_command(settings: Settings) -> None:
    """Ask each model of the settings once, and say which answer. Exit code 1 when one does not.

    Chat and embedding models are asked a few words; pictures and sound would cost more and are only listed.
    """
    logging.getLogger("hub_config").addHandler(logging.NullHandler())  # what happens is said below
    try:
        routing = Routing.of(settings)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    candidates = [Candidate(upstream, model) for upstream in routing.upstreams for model in upstream.models]
    if not candidates:
        click.echo("No model is connected: the practice AI answers. docs/operators/ai.md says how to connect one.")
        return
    if not asyncio.run(_all_answer(routing, candidates)):
        raise click.exceptions.Exit(1)


async def _all_answer(routing: Routing, candidates: list[Candidate]) -> bool:
    answered = True
    for candidate in candidates:
        name = f"{candidate.upstream.name}  {candidate.model.id} ({candidate.model.kind})"
        began = time.monotonic()
        try:
            asked = await _asked(candidate)
        except UpstreamError as error:
            answered = False
            click.echo(f"{name}: no answer: {MENDS.get(error.code, OTHER.format(code=error.code))}")
        else:
            click.echo(f"{name}: {f'answered in {time.monotonic() - began:.1f} s' if asked else 'not asked'}")
    await routing.close()
    return answered


async def _asked(candidate: Candidate) -> bool:
    """Whether the model was asked, and then it has answered. Raises UpstreamError."""
    upstream, model = candidate.upstream, {"model": candidate.model.id}
    if candidate.model.kind == "chat":
        await upstream.complete(QUESTION | model)
    elif candidate.model.kind == "embeddings":
        await upstream.answer("embeddings", lambda read: bool(read["data"][0]["embedding"]), json=TEXT | model)
    else:
        return False
    return True
