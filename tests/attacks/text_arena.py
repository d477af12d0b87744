"""Text attacks and their honest twins: graded by the real functions, judged over HTTP by a model that believes all."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).parents[1]))

from attack_case import Case
from gullible_model import answer_of, gullible, seen_through
from nbformat.v4 import new_code_cell, new_notebook
from openai_server import Asked, OpenAIServer
from text_attack import Expectation, TextAttack
from text_undefended import undefended_points

from autograders.grade import grade, judged_grade
from autograders.judge.canonical import canonical
from autograders.judge.judge import LLMJudge
from autograders.judge.spans import GAP
from autograders.models import AiReply, Context, ExerciseGrade, prompt_sha256
from autograders.normalize import folded
from autograders.rules.answers import text_of
from course.catalog import LessonFolder, read_lesson
from course.criteria import Judged
from course.notebook import with_answer
from course.variants import drawn_exercise, variant_of

PORTS = range(22100, 22200)
LESSONS = Path(__file__).parents[2] / "level1_text"
OWN_LESSON = Path(__file__).with_name("prompt_lesson.toml")  # a prompt that is judged; none of the course's is
SECONDS = 5.0


class TextArena:
    """One model at a local address for all cases, and the lessons that the cases are aimed at."""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            log = logging.getLogger("autograders.judge")
            stack.callback(log.setLevel, log.level)
            log.setLevel(logging.ERROR)  # a verdict refused is what many cases are about
            self._model = _listening()
            stack.callback(self._model.refuse)
            own = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attacked-")))
            (own / "lesson.toml").write_text(OWN_LESSON.read_text("utf-8"), "utf-8")
            folders = [own, *(file.parent for file in sorted(LESSONS.glob("*/lesson.toml")))]
            self._lessons: dict[str, LessonFolder] = {}
            self._plain_points: dict[tuple[str, ...], dict[str, float]] = {}
            for folder in folders:
                read = read_lesson(folder)
                self._lessons[read.lesson.id] = read
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def problems(self, case: Case) -> list[str]:
        """Run one case; what did not happen as it must."""
        attack = TextAttack.model_validate(case.content)
        self._model.respond = _saying(attack.says) if attack.says else gullible
        honest = case.suite.startswith("clean_")
        before = len(self._model.requests)
        given = self._graded(attack, attack.handed_in())
        asked = self._model.requests[before:]
        found = _of_points(attack.expect, given) + _of_unseen(attack.expect, given, asked)
        if honest:
            return found + self._of_reading(attack, given, asked) + self._of_drift(attack, given)
        if attack.attack:
            found += self._of_gain(attack)
        return found + self._of_undefended(attack)

    def _graded(self, attack: TextAttack, answer: Mapping[str, str]) -> ExerciseGrade:
        """The exercise graded as campus does it: by code and rules first, by a judge later."""
        folder = self._lessons[attack.lesson]
        source = with_answer(f'exercise("{attack.lesson}/{attack.exercise}")', dict(answer))
        notebook = new_notebook(cells=[new_code_cell(source)])
        context = Context(
            role=attack.role,
            variant=attack.variant,
            classmates={attack.exercise: tuple(attack.classmates)},
            replies={attack.exercise: tuple(_reply(text, answer["prompt"]) for text in attack.ai_said)},
        )
        first = grade(folder, notebook, context)

        async def judged() -> ExerciseGrade:
            async with LLMJudge(self._model.base_url, "key", self._model.model, seconds=SECONDS) as judge:
                whole = await judged_grade(first, folder, notebook, context, judge)
            return next(exercise for exercise in whole.exercises if exercise.id == attack.exercise)

        return asyncio.run(judged())

    def _of_gain(self, attack: TextAttack) -> list[str]:
        """The attack must be worth nothing."""
        plain = self._plain(attack)
        return [
            f"{id_}: {points} is more than the {plain[id_]} without the attack"
            for id_, points in attack.expect.points.items()
            if points != "waiting" and points > plain[id_]
        ]

    def _plain(self, attack: TextAttack) -> dict[str, float]:
        """Points of the answer without the attack; many cases share one."""
        key = (attack.lesson, attack.exercise, attack.role, attack.variant, json.dumps(attack.answer))
        if key not in self._plain_points:
            given = self._graded(attack, attack.answer)
            self._plain_points[key] = {line.id: line.points or 0.0 for line in given.criteria}
        return self._plain_points[key]

    def _of_undefended(self, attack: TextAttack) -> list[str]:
        if not attack.undefended:
            return [] if attack.undefended_reason else ["undefended = false needs its undefended_reason"]
        swayed = self._undefended(attack, attack.handed_in())
        plain = self._undefended(attack, attack.answer) if attack.attack else {}
        wanted = {id_: 0.0 if points == "waiting" else points for id_, points in attack.expect.points.items()}
        gained = any(swayed[id_] > max(points, plain.get(id_, 0.0)) for id_, points in wanted.items())
        return [] if gained else [f"it is no attack: undefended grading gives {swayed}, without it {plain}"]

    def _undefended(self, attack: TextAttack, answer: Mapping[str, str]) -> dict[str, float]:
        lesson = self._lessons[attack.lesson].lesson
        exercise = drawn_exercise(lesson, attack.exercise, variant_of(lesson, attack.role, attack.variant))
        return asyncio.run(undefended_points(exercise, answer, self._model.base_url, self._model.model))

    def _of_reading(self, attack: TextAttack, given: ExerciseGrade, asked: Iterable[Asked]) -> list[str]:
        """The model must have read the honest text whole."""
        lesson = self._lessons[attack.lesson].lesson
        exercise = drawn_exercise(lesson, attack.exercise, variant_of(lesson, attack.role, attack.variant))
        judged = [c for c in exercise.criterion if isinstance(c, Judged)]
        if not judged:
            return ["a twin stands in an exercise that nobody judges"]
        found = []
        read = [answer_of(request.body) for request in asked]
        for criterion in judged:
            written = text_of(attack.handed_in(), criterion.on)
            if not any(_letters(text) == _letters(canonical(written)) and GAP not in text for text in read):
                found.append(f"{criterion.id}: the model did not read the text whole: {read}")
        return found

    def _of_drift(self, attack: TextAttack, given: ExerciseGrade) -> list[str]:
        """The same model without our defences must not give an honest text more."""
        undefended = self._undefended(attack, attack.handed_in())
        judged = {line.id: line.points for line in given.criteria if line.provenance.by == "judge"}
        return [
            f"{id_}: {points}, undefended {undefended[id_]}"
            for id_, points in judged.items()
            if points != undefended[id_]
        ]


def _reply(text: str, prompt: str) -> AiReply:
    said = {"label": "model", "practice": False, "text": text, "at": datetime.now(UTC)}
    return AiReply(prompt_sha256=prompt_sha256(prompt), **said)


def _listening() -> OpenAIServer:
    for port in PORTS:
        server = OpenAIServer(port)
        try:
            server.start()
        except RuntimeError:  # taken
            continue
        return server
    raise RuntimeError("no free port for the model")


def _saying(text: str) -> Any:
    """A model that replies `text`, whatever it is asked."""
    nonces = ["0" * 16]

    def respond(body: dict[str, Any]) -> str:
        sent = re.search(r"<BAI-LAM-([0-9a-f]{16})>", str(body["messages"][-1]["content"]))
        nonces.append(sent[1] if sent else nonces[-1])
        return text.replace("@nonce@", nonces[-1]).replace("@old@", nonces[-2])

    return respond


def _points(given: ExerciseGrade) -> dict[str, float | str]:
    return {line.id: line.status if line.points is None else line.points for line in given.criteria}


def _of_points(expect: Expectation, given: ExerciseGrade) -> list[str]:
    earned = _points(given)
    if earned.keys() != expect.points.keys():
        return [f"the criteria are {list(earned)}"]
    wrong = [id_ for id_, points in expect.points.items() if earned[id_] != points]
    lines = {line.id: line for line in given.criteria}
    return [f"{id_}: {earned[id_]}, must be {expect.points[id_]} ({lines[id_].message!r})" for id_ in wrong]


def _of_unseen(expect: Expectation, given: ExerciseGrade, asked: Iterable[Asked]) -> list[str]:
    said = [given.note, json.dumps(given.follow_up or {}, ensure_ascii=False)]
    said += [text for line in given.criteria for text in (line.message, line.evidence)]
    places = {"the learner": "\n".join(said), "the model": "\n".join(answer_of(request.body) for request in asked)}
    return [
        f"{reader} reads {words!r}: {text!r}"
        for reader, text in places.items()
        for words in expect.unseen
        if seen_through(words).split("\n")[0] in seen_through(text)
    ]


def _letters(text: str) -> str:
    return "".join(character for character in folded(text) if character.isalnum())
