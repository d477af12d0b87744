"""`hocai judge`: how far the LLM judge can be trusted."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from autograders.judge.agreement import Agreement
from autograders.judge.evaluate import Against, AttackReport, Evaluation, evaluate, readings
from autograders.judge.judge import LLMJudge
from autograders.judge.labelled import LabelledAnswer, LabelledFileError, read_labelled
from autograders.judge.undefended import UndefendedJudge
from course.errors import LessonError
from hub_config.services.campus.accounts import list_classes
from hub_config.services.campus.agreement import CriterionAgreement, class_agreement
from hub_config.services.campus.campus import Campus
from hub_config.settings import Settings

NO_KEY = "none"  # the client wants one, a local model does not


@click.group()
def judge() -> None:
    """Measure the LLM judge."""


@judge.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
@click.option("--model", help="A model of the endpoint; HOCAI_AI_MODEL when left out.")
@click.option("--base-url", help="An OpenAI-compatible API, ending in /v1; HOCAI_AI_BASE_URL when left out.")
@click.option("--votes", type=click.IntRange(1, 9), help="Readings that must agree; HOCAI_JUDGE_VOTES when left out.")
@click.option(
    "--against",
    type=click.Choice(["each", "mean", "first"]),
    default="each",
    show_default=True,
    help="Which of several raters the judge is compared with: each, their mean rounded, or the first by name.",
)
def evaluate_command(
    file: Path, as_json: bool, model: str | None, base_url: str | None, votes: int | None, against: Against
) -> None:
    """Compare the judge with the raters of FILE (JSONL), attack it, and measure what its defences cost.

    \b
    A line of FILE:
      {"task": "...", "criteria": [{"id": "clear", "question": "...", "levels": ["0: ...", "1: ..."]}],
       "answer": "...", "scores": {"rater": {"clear": 1}}, "attack": "the answer with an attack (optional)"}

    The key of the endpoint is HOCAI_AI_KEY.
    """
    settings = Settings.load(os.environ)
    url, name = base_url or settings.ai_base_url, model or settings.ai_model
    if not url or not name:
        raise click.UsageError("which model? give --base-url and --model, or set HOCAI_AI_BASE_URL and HOCAI_AI_MODEL")
    try:
        answers = read_labelled(file.read_text("utf-8").splitlines())
    except (LabelledFileError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file}: {error}") from None
    key = settings.ai_key.get_secret_value() if settings.ai_key else NO_KEY
    seconds, concurrency = settings.ai_timeout_s, settings.judge_concurrency
    ours = LLMJudge(url, key, name, seconds=seconds, votes=votes or settings.judge_votes, concurrency=concurrency)
    plain = UndefendedJudge(url, key, name, seconds=seconds, concurrency=concurrency)
    with _progress(readings(answers)) as read:
        found = asyncio.run(_evaluated(answers, ours, plain, against, read))
    if found.unread == readings(answers):
        raise click.ClickException(f"no reading succeeded: does {url} answer, with the model {name!r}?")
    click.echo(json.dumps(asdict(found), ensure_ascii=False) if as_json else "\n".join(_tables(found)))


@judge.command("agreement")
@click.option("--class", "class_id", metavar="ID", help="Only pairs of this class.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
def agreement_command(class_id: str | None, as_json: bool) -> None:
    """Compare the judge with this campus's teachers: their blind readings and the scores they changed."""
    with _campus() as campus:
        classes = [course.id for course in list_classes(campus.engine)]
        if class_id is not None and class_id not in classes:
            raise click.ClickException(f"No class {class_id!r}; there are {', '.join(classes) or 'none'}")
        found = class_agreement(campus, class_id)
    if as_json:
        click.echo(json.dumps([one.as_json() for one in found], ensure_ascii=False))
    elif not found:
        click.echo("There are no pairs yet: no teacher has read or changed what the judge scored.")
    else:
        click.echo("\n".join(_agreement_table(found)))


def _agreement_table(found: Sequence[CriterionAgreement]) -> Iterator[str]:
    yield _row("criterion", "who", "n", "QWK", "exact", "MAE")
    for one in found:
        yield "/".join(part for part in one.key if part)
        yield _agreement("", "all", one.ceiling.judge)
        for band, each in one.bands.items():
            yield _agreement("", band, each)
        if one.ceiling.teachers.n:
            yield _agreement("", "teachers", one.ceiling.teachers)
            yield f"{'':20} judge's share of the teachers' QWK: {_figure(one.ceiling.share)}"
        yield f"{'':20} from blind readings: {one.blind}, from changed scores: {one.changed}"


@contextlib.contextmanager
def _campus() -> Iterator[Campus]:
    try:
        campus = Campus.open(Settings.load(os.environ))
    except LessonError as error:
        raise click.ClickException(str(error)) from None
    yield campus
    campus.engine.dispose()


async def _evaluated(
    answers: Sequence[LabelledAnswer],
    ours: LLMJudge,
    plain: UndefendedJudge,
    against: Against,
    read: Callable[[], None],
) -> Evaluation:
    async with ours, plain:
        return await evaluate(answers, ours, plain, against=against, read=read)


@contextlib.contextmanager
def _progress(length: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr, so that stdout stays a table or JSON."""
    with click.progressbar(length=length, label="Reading", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _tables(found: Evaluation) -> Iterator[str]:
    yield f"Judge against {found.against} rater(s), by criterion and the rater's band"
    yield _row("criterion", "who", "n", "QWK", "exact", "MAE")
    for one in found.criteria:
        yield _agreement(one.criterion, "all", one.agreement)
        for band, agreement in one.bands.items():
            yield _agreement("", band, agreement)
        if one.ceiling.teachers.n:
            yield _agreement("", "rater-rater", one.ceiling.teachers)
            yield f"{'':20} judge's share of the raters' QWK: {_figure(one.ceiling.share)}"
        if one.waiting:
            yield f"{'':20} waiting for a teacher: {one.waiting} of {one.answers}"
    yield ""
    yield "Attack gain and clean drift, as shares of the highest level"
    yield _row("attack", "", "n", "defended", "undef.", "swayed")
    for name, attack in {"all": found.attack, **found.by_attack}.items():
        yield _attack(name, attack)
    drift, absolute = _figure(found.clean.drift), _figure(found.clean.absolute)
    yield f"clean drift (with minus without defences, n = {found.clean.n}): {drift}, absolute {absolute}"
    yield f"readings that failed: {found.unread} · tokens: {found.tokens}"


def _agreement(criterion: str, who: str, a: Agreement) -> str:
    return _row(criterion, who, str(a.n), _figure(a.qwk), _figure(a.exact), _figure(a.mae))


def _attack(name: str, a: AttackReport) -> str:
    return _row(name, "", str(a.n), _figure(a.gain), _figure(a.gain_undefended), f"{a.swayed}/{a.swayed_undefended}")


def _row(*cells: str) -> str:
    first, second, *rest = cells
    return f"{first:20} {second:12}" + "".join(f"{cell:>10}" for cell in rest)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
