"""The one door to every score: notebook + lesson -> Grade, in this order: code tests, rules, judge.

The judge may come later: without one judged criteria wait, and `judged_grade` completes the grade.

A criterion is scored, waiting or failed. Waiting and failed cost the learner nothing: their points are None until
a judge or a teacher gives them, or the fault of ours is mended and the notebook is graded again.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from autograders import wording
from autograders.code_tests import CodeResult, run_code_tests
from autograders.judge.judge import Judge, versions
from autograders.judge.stage import judged
from autograders.models import Context, CriterionGrade, ExerciseGrade, Grade, Provenance
from autograders.rules.alike import is_alike
from autograders.rules.answers import answered, artefact_of, text_of
from autograders.rules.finding import Finding, not_done
from autograders.rules.gates import shut_gate
from autograders.rules.items import item_results
from autograders.rules.pictures import no_picture, picture_of, waits_for_teacher, with_written
from autograders.rules.registry import check
from autograders.rules.replies import is_open
from autograders.rules.teach_back import missing_idea
from course.catalog import LessonFolder
from course.criteria import AnyCriterion, Judged, PassesTests
from course.lesson import Exercise
from course.notebook import exercise_calls
from course.variants import drawn_exercises, variant_of

if TYPE_CHECKING:  # see code_tests
    from nbformat import NotebookNode

    from autograders.sandbox.executor import Executor

log = logging.getLogger(__name__)

Answer = Mapping[str, Any]


def grade(
    folder: LessonFolder,
    notebook: NotebookNode,
    context: Context,
    judge: Judge | None = None,
    executor: Executor | None = None,
) -> Grade:
    """Grade a submitted notebook.

    Without `judge` judged criteria wait; without `executor` code criteria wait. Cells that were deleted, copied or
    relabelled by the learner change nothing but the learner's own answers. Raises LessonError when the lesson has
    no variant as in `context`.
    """
    lesson = folder.lesson
    exercises = drawn_exercises(lesson, variant_of(lesson, context.role, context.variant))
    answers = submitted_answers(notebook, lesson.id, context)
    code = run_code_tests(folder, notebook, exercises, executor) if _has_code(exercises) else {}
    grades = {
        exercise.id: grade_exercise(exercise, answers.get(exercise.id), context, code)
        for exercise in exercises
        if exercise.graded
    }
    for exercise in exercises:
        if exercise.stands_in_for and exercise.id in grades:
            stand_in = grades.pop(exercise.id)
            grades[exercise.stands_in_for] = _better(grades[exercise.stands_in_for], stand_in)
    given = Grade(lesson=lesson.id, exercises=tuple(grades.values()), graded_at=datetime.now(UTC))
    return given if judge is None else asyncio.run(_with_judge(given, folder, notebook, context, judge))


async def judged_grade(
    given: Grade, folder: LessonFolder, notebook: NotebookNode, context: Context, judge: Judge
) -> Grade:
    """`given` with what waits for a judge scored. Inside `async with judge`. Raises LessonError as `grade`."""
    drawn = drawn_exercises(folder.lesson, variant_of(folder.lesson, context.role, context.variant))
    answers = submitted_answers(notebook, folder.lesson.id, context)
    done = await judged(given, {e.id: e for e in drawn}, answers, judge)
    return done.model_copy(update={"graded_at": datetime.now(UTC)})


async def _with_judge(
    given: Grade, folder: LessonFolder, notebook: NotebookNode, context: Context, judge: Judge
) -> Grade:
    async with judge:
        return await judged_grade(given, folder, notebook, context, judge)


def lesson_version(folder: LessonFolder) -> str:
    """Twelve hex digits that change when what a lesson is graded by changes."""
    material = sorted((folder.path / "material").glob("**/*.csv"))  # what values may hold
    files = (folder.path / "lesson.toml", folder.path / "lesson.ipynb", *material)
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:12]


def grade_exercise(
    exercise: Exercise,
    answer: Answer | None,
    context: Context,
    code: Mapping[str, CodeResult] | None = None,
) -> ExerciseGrade:
    """Grade one drawn exercise by code and rules; the step that `check` in the kit and a whole submission share."""
    given = answer or {}
    if exercise.kind == "make":
        given = with_written(given, context)
    alike = is_alike(exercise, given, context)
    missing = missing_idea(exercise, given) if exercise.kind == "teach_back" and answered(given) else None
    cap = context.caps.get(exercise.id)
    return ExerciseGrade(
        id=exercise.id,
        max=exercise.points,
        criteria=tuple(
            _as_waiting(c) if alike else _criterion(c, exercise, given, context, code or {}) for c in exercise.criterion
        ),
        items=item_results(exercise, given, context),
        artefact=artefact_of(given) if picture_of(given, context) else "",
        cells={} if alike else _cell_points(exercise, code or {}),
        follow_up={"idea": missing.id, "question": missing.follow_up} if missing else None,
        note=wording.SOLUTION_SEEN if cap is not None else "",
        cap=cap,
    )


def submitted_answers(notebook: NotebookNode, lesson_id: str, context: Context) -> dict[str, Answer]:
    """Exercise id -> answer: the first answer that stands in the notebook, else the learner's draft."""
    answers: dict[str, Answer] = {}
    for call in exercise_calls(notebook):
        lesson, _, exercise = call.exercise.partition("/")
        if lesson == lesson_id and call.answer is not None:
            answers.setdefault(exercise, call.answer)
    return {**context.answers, **answers}


def _has_code(exercises: list[Exercise]) -> bool:
    return any(exercise.kind == "code" for exercise in exercises)


def _better(code: ExerciseGrade, stand_in: ExerciseGrade) -> ExerciseGrade:
    """A code exercise and its stand-in count once: the one that earned more, under the code exercise's id."""
    if stand_in.points <= code.points:
        return code
    return stand_in.model_copy(update={"id": code.id})


def _criterion(
    criterion: AnyCriterion,
    exercise: Exercise,
    answer: Answer,
    context: Context,
    code: Mapping[str, CodeResult],
) -> CriterionGrade:
    if isinstance(criterion, PassesTests):
        return _by_code(criterion, code)
    if isinstance(criterion, Judged):
        return _before_judge(criterion, exercise, answer, context)
    try:
        finding = _made(criterion, exercise, answer, context) or check(criterion, exercise, answer, context)
        if criterion.on == "artefact" and (eyes := waits_for_teacher(answer, context, finding)):
            return _unscored(criterion, "waiting", eyes, Provenance(by="rule"))
    except Exception:  # a rule's bug must not take points: it is logged, shown as failed and can be graded again
        log.exception("rule of criterion %s/%s failed", exercise.id, criterion.id)
        return _unscored(criterion, "failed", wording.OUR_FAULT, Provenance(by="rule"))
    if is_open(criterion, exercise, context, finding):
        return _replies_unknown(criterion)
    return _scored(criterion, finding)


def _made(criterion: AnyCriterion, exercise: Exercise, answer: Answer, context: Context) -> Finding | None:
    """What is said of an artefact that is not there or holds nothing."""
    return no_picture(answer, context) if criterion.on == "artefact" else None


def _scored(criterion: AnyCriterion, finding: Finding) -> CriterionGrade:
    return CriterionGrade(
        id=criterion.id,
        points=round(finding.share * criterion.points, 2),
        max=criterion.points,
        status="scored",
        message=finding.message,
        evidence=finding.evidence,
        provenance=Provenance(by="rule"),
    )


def _by_code(criterion: PassesTests, code: Mapping[str, CodeResult]) -> CriterionGrade:
    results = [code[cell] for cell in criterion.cells if cell in code]
    if len(results) < len(criterion.cells):
        return _unscored(criterion, "waiting", wording.CODE_WAITS, Provenance(by="code"))
    if any(result.failed_by_us for result in results):
        return _unscored(criterion, "failed", wording.OUR_FAULT, Provenance(by="code"))
    total = sum(result.points for result in results)
    passed = sum(result.points for result in results if result.ok)
    failing = [result for result in results if not result.ok]
    return CriterionGrade(
        id=criterion.id,
        points=round(criterion.points * passed / total, 2),
        max=criterion.points,
        status="scored",
        message=criterion.missing.replace("{n}", str(len(failing))) if failing else wording.TESTS_PASS,
        evidence=next((result.learner_error for result in failing), ""),
        provenance=Provenance(by="code"),
    )


def _cell_points(exercise: Exercise, code: Mapping[str, CodeResult]) -> dict[str, float]:
    cells = [cell for c in exercise.criterion if isinstance(c, PassesTests) for cell in c.cells]
    return {cell: code[cell].points if code[cell].ok else 0.0 for cell in cells if cell in code}


def _before_judge(criterion: Judged, exercise: Exercise, answer: Answer, context: Context) -> CriterionGrade:
    done = bool(text_of(answer, criterion.on).strip())
    refused = shut_gate(criterion, exercise, answer, context) if done else not_done()
    if refused:  # empty, copied, off topic: no model is asked, and nobody has to read it
        return _scored(criterion, refused)
    if is_open(criterion, exercise, context, None):
        return _replies_unknown(criterion)
    prompt, rubric = versions(criterion, exercise)
    return _unscored(
        criterion,
        "waiting",
        wording.JUDGE_WAITS,
        Provenance(by="judge", prompt_version=prompt, rubric_version=rubric),
    )


def _as_waiting(criterion: AnyCriterion) -> CriterionGrade:
    """For the teacher to decide: learners may have worked together, so nothing is taken away."""
    return _unscored(criterion, "waiting", wording.LIKE_ANOTHER, Provenance(by="rule"))


def _replies_unknown(criterion: AnyCriterion) -> CriterionGrade:
    """A fault of ours: graded again when the record can be read, without a point taken meanwhile."""
    return _unscored(criterion, "failed", wording.REPLIES_UNKNOWN, Provenance(by="rule"))


def _unscored(criterion: AnyCriterion, status: Any, message: str, provenance: Provenance) -> CriterionGrade:
    return CriterionGrade(
        id=criterion.id, points=None, max=criterion.points, status=status, message=message, provenance=provenance
    )
