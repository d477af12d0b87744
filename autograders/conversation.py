"""What a learner asked the AI and what it said, as teachers see it; learners are not shown what was made up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta, timezone
from html import escape

from autograders import wording
from autograders.models import AiReply, prompt_sha256

_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Turn:
    """A reply with the prompt it answered, "" where nobody kept that; the record holds only its hash."""

    prompt: str
    reply: AiReply
    handed_in: bool


def turns(replies: Iterable[AiReply], prompt: str, others: Iterable[str] = ()) -> tuple[Turn, ...]:
    """The conversation, oldest first. `prompt` was handed in; `others` are prompts that are known from elsewhere."""
    known = {prompt_sha256(text): text for text in (*others, prompt) if text.strip()}
    return tuple(
        Turn(known.get(reply.prompt_sha256, ""), reply, bool(prompt.strip()) and reply.answers(prompt))
        for reply in replies
    )


def conversation_cell(replies: Iterable[AiReply], prompt: str) -> str:
    """Markdown for formgrader, which puts it into its page as it is: one line of HTML, everything else escaped."""
    said = "".join(
        f"<li>{_head(turn)}<pre style='white-space: pre-wrap'>{_text(turn.reply)}</pre></li>"
        for turn in turns(replies, prompt)
    )
    return f"<div><strong>{wording.CONVERSATION}</strong><ol>{said}</ol></div>"


def _head(turn: Turn) -> str:
    when = f"{turn.reply.at.astimezone(_VIETNAM):%H:%M, %d/%m/%Y}"
    to_what = wording.TO_PROMPT if turn.handed_in else wording.TO_EARLIER_PROMPT
    return f"<p>{_line(turn.reply.label)} · {when} · {to_what}</p>"


def _text(reply: AiReply) -> str:
    marked = f"<mark>{{}} <em>[{wording.MADE_UP}]</em></mark>"
    return "".join(marked.format(_line(text)) if made_up else _line(text) for text, made_up in reply.pieces)


def _line(text: str) -> str:
    """Escaped for HTML, and without a character that Markdown or MathJax reads; within <pre> it breaks as it did."""
    safe = escape(text)
    for sign in "\\`*_{}[]$~|\r\n":
        safe = safe.replace(sign, f"&#{ord(sign)};")
    return safe
