"""Is a lesson fit to be taught: its figures against their limits, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from pydantic import BaseModel

from autograders.challenge_check import challenge_problems
from autograders.code_tests import lesson_tests, material_file, run_order, values_for_tests
from autograders.lint import language_flaws
from autograders.samples import Outcome, graded_samples
from autograders.sandbox.executor import Executor, ExecutorUnavailable
from autograders.sandbox.sealable import made_by, read_by, unsealable
from course.catalog import LessonFolder
from course.criteria import Judged, PassesTests
from course.errors import LessonError
from course.lesson import Block, Exercise, judged_points
from course.measures import Measures, measured, typed_syllables
from course.notebook import exercise_calls
from course.variants import drawn_exercises

REMOTE = re.compile(r"(?:src|href)\s*=\s*[\"']https?://|\]\(https?://|https?://\S+\.(?:js|css|png|jpg|svg|csv)")
LAZY_LIMIT = 0.25
MIN_OFFLINE_SHARE = 0.6
MOST_SOUND_BYTES = 150_000
TYPED_KINDS = {"prompt", "text", "teach_back"}


class Report(BaseModel):
    """The figures of one lesson under the names of the benchmarks page, and its problems as sentences."""

    id: str
    ok: bool
    problems: list[str]
    syllables: int
    syllables_with_material: int
    syllables_before_action: int
    syllables_per_action: float
    sentence_mean: float
    sentence_longest: int
    typed: int
    terms: int
    first_check_cell: int
    cells: int
    exercises: int
    kinds: list[str]
    offline_points_share: float
    samples: int
    lazy_share_max: float
    roles: int
    variants_min: int


def check_lesson(folder: LessonFolder, executor: Executor | None) -> Report:
    """Measure a lesson, grade its samples, run it. Raises LessonError when its files cannot be read at all."""
    lesson = folder.lesson
    drawn = drawn_exercises(lesson, lesson.variant[0])
    counted = [e for e in drawn if e.graded and not e.stands_in_for]
    outcomes = graded_samples(folder, executor)
    lazy = [o.points / o.max for o in outcomes if o.sample.meaning == "lazy" and o.max]
    total = sum(e.points for e in counted)
    measures = measured(folder)
    per_role = [sum(v.role == role for v in lesson.variant) for role in lesson.roles]
    report = Report(
        id=lesson.id,
        ok=False,
        problems=[],
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
        lazy_share_max=round(max(lazy, default=1.0), 3),
        roles=len(lesson.roles),
        variants_min=min(per_role),
    )
    report.problems = [
        *_past_limits(report, measures, challenge=lesson.is_challenge),
        *_notebook_problems(folder, drawn),
        *challenge_problems(folder, drawn),
        *(flaw.sentence for flaw in language_flaws(folder)),
        *(o.problem for o in outcomes if o.problem),
        *_sample_problems([e for e in drawn if e.graded], outcomes),
        *_unsealable_tests(folder.notebook),
        *_run_problems(folder, executor),
    ]
    report.ok = not report.problems
    return report


def _past_limits(report: Report, measures: Measures, *, challenge: bool) -> list[str]:
    more = 2 if challenge else 1  # a level challenge may take twice the syllables
    at_most = [
        ("syllables of prose", report.syllables, 800 * more),
        ("syllables with material and replies", report.syllables_with_material, 1100 * more),
        ("syllables before the first action", report.syllables_before_action, 100),
        ("syllables per checked action", report.syllables_per_action, 150),
        ("syllables that must be typed", report.typed, 80 * more),
        ("mean sentence", report.sentence_mean, 15),
        (f"longest sentence ({measures.longest_sentence!r})", report.sentence_longest, 25),
        ("new terms", report.terms, 3),
        ("cell of the first checked answer", report.first_check_cell, 6),
        ("cells", report.cells, 20),
        ("graded exercises", report.exercises, 5),
        ("best lazy sample's share", report.lazy_share_max, LAZY_LIMIT - 0.001),
    ]
    at_least = [
        ("cells", report.cells, 10),
        ("graded exercises", report.exercises, 3),
        ("kinds of exercises", len(report.kinds), 2),
        ("share of points with no AI service", report.offline_points_share, MIN_OFFLINE_SHARE),
        ("roles", report.roles, 2),
        ("variants of each role", report.variants_min, 3),
    ]
    return [f"{name}: {value}, at most {limit}" for name, value, limit in at_most if value > limit] + [
        f"{name}: {value}, at least {limit}" for name, value, limit in at_least if value < limit
    ]


def _notebook_problems(folder: LessonFolder, drawn: Sequence[Exercise]) -> list[str]:
    problems = []
    lesson = folder.lesson
    called = [call.exercise for call in exercise_calls(folder.notebook)]
    for exercise in drawn:
        if called.count(f"{lesson.id}/{exercise.id}") != 1:
            problems.append(
                f"exercise {exercise.id!r} is called {called.count(f'{lesson.id}/{exercise.id}')} times, not once"
            )
    known = {f"{lesson.id}/{e.id}" for e in drawn}
    problems += [
        f"the notebook calls {name!r}, which lesson.toml does not have" for name in called if name not in known
    ]
    for number, cell in enumerate(folder.notebook.cells, 1):
        if cell.cell_type == "code" and (cell.get("outputs") or cell.get("execution_count")):
            problems.append(f"cell {number} holds stored outputs; clear them")
        if not cell.source.strip():
            problems.append(f"cell {number} is empty")
        if REMOTE.search(cell.source):
            problems.append(f"cell {number} reads from a remote address; ship the file in material/")
        if re.search(r"!\[\s*\]\(", cell.source):
            problems.append(f"cell {number}: a picture without alt text")
    problems += _cell_problems(folder, drawn)
    for exercise in drawn:
        for block in exercise.material:
            if block.kind == "table" and any(len(row) > 2 for row in block.rows):
                problems.append(f"exercise {exercise.id!r}: a table of more than 2 columns does not fit a phone")
            if problem := _file_problem(folder, block):
                problems.append(f"exercise {exercise.id!r}: {problem}")
    for path in (folder.path / "lesson.toml", folder.path / "lesson.ipynb"):
        if not unicodedata.is_normalized("NFC", path.read_text("utf-8")):
            problems.append(f"{path.name} is not in NFC; save it with composed characters")
    return problems


def _file_problem(folder: LessonFolder, block: Block) -> str:
    """What is wrong with the picture or sound of a block of material, "" when nothing is."""
    file = folder.path / "material" / block.src
    if not block.src:
        return ""
    if not file.is_file():
        return f"material/{block.src} is missing"
    if block.kind == "audio" and file.stat().st_size > MOST_SOUND_BYTES:
        size, most = file.stat().st_size // 1000, MOST_SOUND_BYTES // 1000
        return f"sound material/{block.src} has {size} kB, at most {most} on a phone's line; make it mono, 16 kbit/s"
    return ""


def _cell_problems(folder: LessonFolder, drawn: Sequence[Exercise]) -> list[str]:
    """nbgrader's cells must carry the points of lesson.toml, or formgrader would show another maximum."""
    points = {
        str(meta["grade_id"]): float(meta.get("points", 0))
        for cell in folder.notebook.cells
        if (meta := cell.metadata.get("nbgrader")) and meta.get("grade")
    }
    problems = []
    for exercise in drawn:
        if not exercise.graded or exercise.stands_in_for:
            continue
        cells = [id_ for c in exercise.criterion if isinstance(c, PassesTests) for id_ in c.cells] or [exercise.id]
        found = sum(points.get(id_, 0.0) for id_ in cells)
        if found != exercise.points:
            problems.append(f"cells {', '.join(cells)} carry {found:g} points, lesson.toml says {exercise.points:g}")
    return problems


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
        lost = {
            c.id for o in of_this for g in o.grades for c in g.criteria if c.points is not None and c.points < c.max
        }
        problems += [
            f"exercise {exercise.id!r}: no sample loses points in criterion {c.id!r}"
            for c in exercise.criterion
            if c.id not in lost and not isinstance(c, Judged)
        ]
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
