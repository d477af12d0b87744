"""Is a lesson fit to be taught: its figures against their limits, and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from pydantic import Field

from autograders.challenge_check import challenge_problems
from autograders.code_tests import lesson_tests, material_file, run_order, values_for_tests
from autograders.doors import HandIn, differing_doors
from autograders.lazy import LIMIT, LazyOutcome, lazy_outcomes
from autograders.lesson_files import file_problems
from autograders.lesson_limits import Figures, past_limits
from autograders.lesson_reach import unreachable
from autograders.lint import language_flaws
from autograders.same_runs import SameRuns
from autograders.samples import Outcome, graded_samples
from autograders.sandbox.executor import Executor, ExecutorUnavailable
from autograders.sandbox.sealable import made_by, read_by, unsealable
from course.catalog import LessonFolder
from course.errors import LessonError
from course.lesson import Exercise, judged_points
from course.measures import Measures, measured, typed_syllables
from course.variants import drawn_exercises

TYPED_KINDS = {"prompt", "text", "teach_back"}


class Report(Figures):
    """A lesson's figures; its problems, which it fails for; and notes, which it does not. Both are sentences."""

    id: str
    ok: bool
    problems: list[str]
    notes: list[str] = Field(default_factory=list)


def check_lesson(folder: LessonFolder, executor: Executor | None, hand_in: HandIn | None = None) -> Report:
    """Measure a lesson, grade its samples and lazy answers, compare the doors, run it.

    `hand_in` is what campus does; without it the doors are not compared. Raises LessonError when the lesson's files
    cannot be read at all.
    """
    lesson = folder.lesson
    executor = None if executor is None else SameRuns(executor)
    drawn = drawn_exercises(lesson, lesson.variant[0])
    outcomes = graded_samples(folder, executor)
    lazy = list(lazy_outcomes(lesson))
    measures = measured(folder)
    figures = _figures(folder, drawn, measures, outcomes, lazy)
    problems = [
        *past_limits(figures, lesson.id, measures.longest_sentence),
        *_lazy_problems(lazy, outcomes),
        *file_problems(folder, drawn),
        *challenge_problems(folder, drawn),
        *(flaw.sentence for flaw in language_flaws(folder)),
        *(o.problem for o in outcomes if o.problem),
        *_sample_problems([e for e in drawn if e.graded], outcomes),
        *unreachable(folder, outcomes),
        *_unsealable_tests(folder.notebook),
    ]
    if hand_in is not None:
        try:
            problems += differing_doors(folder, outcomes, hand_in, executor)
        except LessonError as error:  # cells that do not fit lesson.toml are named above, and here by nbgrader
            problems.append(str(error))
    problems += _run_problems(folder, executor)
    return Report(**figures.model_dump(), id=lesson.id, ok=not problems, problems=problems, notes=_lazy_notes(lazy))


def unreadable(lesson_id: str, error: LessonError) -> Report:
    """The report of a lesson whose files cannot be read: no figures, and what is wrong with them."""
    return Report(id=lesson_id, ok=False, problems=str(error).splitlines())


def _figures(
    folder: LessonFolder,
    drawn: Sequence[Exercise],
    measures: Measures,
    outcomes: Sequence[Outcome],
    lazy: Sequence[LazyOutcome],
) -> Figures:
    lesson = folder.lesson
    counted = [e for e in drawn if e.graded and not e.stands_in_for]
    total = sum(e.points for e in counted)
    shares = [o.points / o.max for o in outcomes if o.sample.meaning == "lazy" and o.max]
    shares += [o.share for o in lazy if o.limited]
    return Figures(
        syllables=measures.prose,
        syllables_with_material=measures.everything,
        syllables_before_action=measures.before_action,
        syllables_per_action=measures.per_action,
        sentence_mean=measures.sentence_mean,
        sentence_longest=measures.sentence_longest,
        typed=_typed(drawn, outcomes),
        terms=len(lesson.terms),
        first_check_cell=measures.first_check_cell,
        cells=measures.cells,
        exercises=len(counted),
        kinds=sorted({e.kind for e in counted}),
        offline_points_share=round(1 - sum(map(judged_points, counted)) / total, 3) if total else 0.0,
        samples=len(outcomes),
        lazy_share_max=round(max(shares, default=1.0), 3),
        roles=len(lesson.roles),
        variants_min=min(sum(v.role == role for v in lesson.variant) for role in lesson.roles),
    )


def _lazy_problems(lazy: Sequence[LazyOutcome], outcomes: Sequence[Outcome]) -> Iterator[str]:
    mend = "add a gate (docs/rules.md), or let points hang on what the lesson teaches"
    for (exercise, name), found in _by_answer(o for o in lazy if o.limited and o.share >= LIMIT):
        best = max(found, key=lambda one: one.points)
        where = ", ".join(one.variant for one in found)
        yield f"exercise {exercise!r}: lazy answer ({name}) earns {best.points:g} of {best.max:g} in {where}; {mend}"
    for outcome in outcomes:
        if outcome.sample.meaning == "lazy" and outcome.max and outcome.points / outcome.max >= LIMIT:
            earned = f"earns {outcome.points:g} of {outcome.max:g}"
            yield f"sample {outcome.sample.name}: a lazy answer {earned}; {mend}"


def _lazy_notes(lazy: Sequence[LazyOutcome]) -> list[str]:
    """Lazy answers that would reach a model, and a prompt that says nothing and earns a good deal."""
    notes = []
    for (exercise, name), found in _by_answer(o for o in lazy if not o.limited and o.share >= LIMIT):
        best = max(found, key=lambda one: one.points)
        notes.append(f"exercise {exercise!r}: {name} earns {best.points:g} of {best.max:g}; the gate on_topic stops it")
    judged: dict[tuple[str, str], list[str]] = defaultdict(list)
    for outcome in lazy:
        for criterion in outcome.asks_judge:
            judged[outcome.exercise, criterion].append(outcome.name)
    for (exercise, criterion), names in judged.items():
        through = ", ".join(dict.fromkeys(names))
        notes.append(f"exercise {exercise!r}, criterion {criterion!r}: its gates let through to a model: {through}")
    return notes


def _by_answer(lazy: Iterator[LazyOutcome]) -> list[tuple[tuple[str, str], list[LazyOutcome]]]:
    found: dict[tuple[str, str], list[LazyOutcome]] = defaultdict(list)
    for outcome in lazy:
        found[outcome.exercise, outcome.name].append(outcome)
    return list(found.items())


def _sample_problems(graded: Sequence[Exercise], outcomes: Sequence[Outcome]) -> list[str]:
    problems = []
    for exercise in graded:
        of_this = [o for o in outcomes if o.sample.file.exercise == exercise.id]
        counts = {m: sum(o.sample.meaning == m for o in of_this) for m in ("pass", "fail", "lazy", "attack")}
        needed = {"pass": 1, "fail": 2, "lazy": 1, "attack": 1 if judged_points(exercise) else 0}
        problems += [
            f"exercise {exercise.id!r}: {counts[m]} {m}_ samples, at least {n}"
            for m, n in needed.items()
            if counts[m] < n
        ]
        if exercise.kind in TYPED_KINDS and not any(_undiacritic(o) for o in of_this if o.sample.meaning == "pass"):
            problems.append(f"exercise {exercise.id!r}: no pass_ sample without diacritics")
    return problems


def _undiacritic(outcome: Outcome) -> bool:
    text = "".join(str(value) for value in outcome.sample.file.answer.values())
    return text.isascii()


def _typed(drawn: Sequence[Exercise], outcomes: Sequence[Outcome]) -> int:
    """What a learner must type at least: for each exercise its shortest passing sample."""
    total = 0
    for exercise in drawn:
        if exercise.stands_in_for or not exercise.graded:
            continue
        passing = [
            typed_syllables(exercise, o.sample.file.answer)
            for o in outcomes
            if o.sample.meaning == "pass" and o.sample.file.exercise == exercise.id
        ]
        total += min(passing, default=0)
    return total


def _unsealable_tests(notebook: NotebookNode) -> list[str]:
    """Test cells that would have to run in the learner's process, where the learner's code decides what they say."""
    tests = lesson_tests(notebook)
    plain = TransformerManager().transform_cell  # what IPython makes of magics
    learners = [cell for cell in notebook.cells if cell.cell_type == "code" and cell not in tests.values()]
    own, problems = {"variant"}, []  # `values_for_tests` go by that name
    try:
        used = set[str]().union(*(read_by(plain(cell.source)) for cell in learners))
        for grade_id, test in tests.items():
            problems += [f"test cell {grade_id!r}, {text}" for text in unsealable(test.source, own=own, used=used)]
            own |= made_by(test.source)
    except SyntaxError as error:
        problems.append(f"a code cell does not compile: {error}")
    return problems


def _run_problems(folder: LessonFolder, executor: Executor | None) -> list[str]:
    """Does the notebook with its own solutions run top to bottom, sealed and with no network, tests and all."""
    if executor is None:
        return []
    lesson = folder.lesson
    exercises = drawn_exercises(lesson, lesson.variant[0])
    cells = run_order(folder.notebook, lesson_tests(folder.notebook))
    values = {"variant": values_for_tests(exercises)}
    try:
        outcomes = executor.run(cells, values=values, files=material_file(lesson.id, exercises))
    except ExecutorUnavailable as reason:
        raise LessonError(f"{folder.path}: cannot be run here: {reason}") from reason
    return [f"{o.id} fails when run with the lesson's own solutions: {o.error}" for o in outcomes if not o.ok]
