"""Samples of a lesson: answers with the points they must get.

samples/NAME.toml: exercise (an id, or "*" with one answer table for each exercise), role, variant, min, max, note, and
[answer], or [code] with "grade id of a solution cell" = "source". Of a `make` exercise [answer] holds a design, and a
picture of samples/pictures/ to lay it over, or a file of them to hand in as it is. NAME begins with pass_, fail_, lazy_
or attack_.
Points are those without a judge: judged criteria wait and count 0.
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from nbformat import NotebookNode
from pydantic import Field, ValidationError

from autograders.grade import grade, grade_exercise
from autograders.models import Context, ExerciseGrade, Picture
from autograders.sandbox.executor import Executor
from course.catalog import LessonFolder
from course.criteria import Strict
from course.errors import LessonError, explained
from course.notebook import exercise_calls, with_answer
from course.variants import drawn_exercise, variant_of

Meaning = Literal["pass", "fail", "lazy", "attack"]
MADE_OF = {"design", "file"}
MEANINGS: tuple[Meaning, ...] = ("pass", "fail", "lazy", "attack")


class SampleFile(Strict):
    """A sample's TOML."""

    exercise: str
    role: str
    variant: str
    min: float = Field(ge=0)
    max: float = Field(ge=0)
    note: str
    answer: dict[str, Any] = Field(default_factory=dict)
    code: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """A sample with the name of its file and what the name says it is."""

    name: str
    meaning: Meaning
    file: SampleFile


@dataclass(frozen=True)
class Outcome:
    """A sample graded: the grade of each exercise it touches, and its answers and artefacts as they were made."""

    sample: Sample
    grades: tuple[ExerciseGrade, ...]
    answered: SampleFile
    artefacts: dict[str, Picture]

    @property
    def points(self) -> float:
        return sum(g.points for g in self.grades)

    @property
    def max(self) -> float:
        return sum(g.max for g in self.grades)

    @property
    def problem(self) -> str:
        """What is wrong with the score, "" when it is as named."""
        low, high = self.sample.file.min, self.sample.file.max
        if low <= self.points <= high:
            return ""
        lines = [f"{c.id} {c.points}/{c.max:g}" for g in self.grades for c in g.criteria]
        return f"sample {self.sample.name}: {self.points:g} points, not {low:g} to {high:g} ({', '.join(lines)})"


def read_samples(folder: LessonFolder) -> list[Sample]:
    """All samples of a lesson. Raises LessonError naming file and key."""
    return [_read(path) for path in sorted((folder.path / "samples").glob("*.toml"))]


def _read(path: Path) -> Sample:
    prefix = path.stem.partition("_")[0]
    meaning = next((m for m in MEANINGS if m == prefix), None)
    if meaning is None:
        raise LessonError(f"{path}: the name begins with {prefix!r}; allowed: {', '.join(m + '_' for m in MEANINGS)}")
    try:
        file = SampleFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        raise LessonError(explained(str(path), error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LessonError(f"{path}: not valid TOML in UTF-8: {error}") from error
    return Sample(path.stem, meaning, file)


def graded(folder: LessonFolder, sample: Sample, executor: Executor | None) -> Outcome:
    """Grade a sample through the same functions as a submission. Raises LessonError for unknown ids."""
    file, artefacts = with_made(folder, sample.file)
    context = Context(role=file.role, variant=file.variant, artefacts=artefacts)
    if file.code or file.exercise == "*":
        whole = grade(folder, answered_notebook(folder, file), context, None, executor)
        wanted = [g for g in whole.exercises if file.exercise in ("*", g.id)]
        return Outcome(sample, tuple(wanted), file, artefacts)
    exercise = drawn_exercise(folder.lesson, file.exercise, variant_of(folder.lesson, file.role, file.variant))
    return Outcome(sample, (grade_exercise(exercise, file.answer, context),), file, artefacts)


def with_made(folder: LessonFolder, file: SampleFile) -> tuple[SampleFile, dict[str, Picture]]:
    """The sample with what its answers would have made: a poster of each `design`, or a `file` handed in as it is."""
    if file.exercise != "*" and not MADE_OF & file.answer.keys():
        return file, {}
    from autograders.made_samples import made  # brings Pillow, and few lessons make pictures

    artefacts: dict[str, Picture] = {}
    answers = file.answer if file.exercise == "*" else {file.exercise: file.answer}
    done = {id_: made(folder.path / "samples" / "pictures", answer, artefacts) for id_, answer in answers.items()}
    answer = done if file.exercise == "*" else done[file.exercise]
    return file.model_copy(update={"answer": answer}), artefacts


def answered_notebook(folder: LessonFolder, file: SampleFile) -> NotebookNode:
    """The lesson's notebook as a learner with these answers would submit it."""
    notebook = copy.deepcopy(folder.notebook)
    answers = file.answer if file.exercise == "*" else {file.exercise: file.answer}
    for call in exercise_calls(notebook):
        answer = answers.get(call.exercise.partition("/")[2])
        if answer:
            cell = notebook.cells[call.cell]
            cell.source = with_answer(cell.source, answer)
    write_code(notebook, file.code)
    return notebook


def write_code(notebook: NotebookNode, code: Mapping[str, str]) -> None:
    """Put sources into the notebook's code cells, by their grade ids."""
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if cell.cell_type == "code" and grade_id in code:
            cell.source = code[grade_id]


def graded_samples(folder: LessonFolder, executor: Executor | None) -> Sequence[Outcome]:
    """Every sample of a lesson, graded."""
    return [graded(folder, sample, executor) for sample in read_samples(folder)]
