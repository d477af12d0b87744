"""Drawing a variant for a learner, and filling the `{{…}}` of an exercise with its values.

`{{name}}` alone gives the value as it is (a list stays a list); inside a text it is printed. Filters:
`date` 12/03/2027 · `day_month` 12/3 · `official` ngay 12 thang 3 nam 2027 · `weekday` thu Sau · `number` 1.234,5.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateRuntimeError
from jinja2.environment import TemplateExpression
from jinja2.sandbox import SandboxedEnvironment
from pydantic import ValidationError

from course.errors import LessonError, explained
from course.lesson import Exercise, Lesson, Role, Variant
from course.wording import OFFICIAL_DATE, WEEKDAYS

ALONE = re.compile(r"^\{\{([^{}]*)\}\}$")


def number_text(value: float) -> str:
    """1234.5 -> "1.234,5", as Vietnamese papers print it; whole numbers without decimals."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


def _official(day: date) -> str:
    """The date of an official paper: days below 10 and months 1 and 2 take a leading zero (Nghi dinh 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return OFFICIAL_DATE.format(day=f"{day.day:02d}", month=month, year=day.year)


def _filter(name: str, wanted: type | tuple[type, ...], printed: Callable[[Any], str]) -> Callable[[Any], str]:
    """A filter that names what it was given when that is not what it can print."""

    def checked(value: Any) -> str:
        if isinstance(value, StrictUndefined):
            return str(value)  # raises UndefinedError, which names the value
        if not isinstance(value, wanted):
            raise TemplateRuntimeError(f"|{name} cannot print {value!r}")
        return printed(value)

    return checked


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.filters |= {
        "date": _filter("date", date, lambda d: f"{d:%d/%m/%Y}"),
        "day_month": _filter("day_month", date, lambda d: f"{d.day}/{d.month}"),
        "official": _filter("official", date, _official),
        "weekday": _filter("weekday", date, lambda d: WEEKDAYS[d.weekday()]),
        "number": _filter("number", (int, float), number_text),
    }
    return environment


ENVIRONMENT = _environment()


@lru_cache(maxsize=20_000)  # compiling takes a hundred times as long as filling, and a lesson is drawn for each learner
def _template(text: str) -> Template:
    return ENVIRONMENT.from_string(text)


@lru_cache(maxsize=20_000)
def _expression(text: str) -> TemplateExpression:
    return ENVIRONMENT.compile_expression(text, undefined_to_none=False)


def fill(value: Any, values: Mapping[str, Any]) -> Any:
    """`value` with every `{{…}}` in it filled; containers are walked. Raises jinja2.TemplateError for unknown names."""
    if isinstance(value, str) and "{{" in value:
        alone = ALONE.match(value.strip())
        if alone:
            result = _expression(alone[1])(**values)
            return str(result) if isinstance(result, StrictUndefined) else result
        return _template(value).render(**values)
    if isinstance(value, dict):
        return {key: fill(item, values) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [fill(item, values) for item in value]
    return value


def draw(lesson: Lesson, learner: str, role: Role | None, attempt: int = 0) -> Variant:
    """The variant a learner gets: of the own role where the lesson stands in it, else of the lesson's first.

    The same learner always gets the same one; `attempt` counts new tries and moves on to the next.
    """
    chosen = role if role in lesson.roles else lesson.roles[0]
    variants = [v for v in lesson.variant if v.role == chosen]
    digest = hashlib.sha256(f"{lesson.id}\0{learner}".encode()).digest()
    return variants[(digest[0] + attempt) % len(variants)]


def variant_of(lesson: Lesson, role: str, id_: str) -> Variant:
    """The variant with this key. Raises LessonError when the lesson has none such."""
    for variant in lesson.variant:
        if (variant.role, variant.id) == (role, id_):
            return variant
    allowed = ", ".join(f"{v.role}/{v.id}" for v in lesson.variant)
    raise LessonError(f"lesson {lesson.id}: no variant {role}/{id_}; it has {allowed}")


def drawn_exercise(lesson: Lesson, exercise_id: str, variant: Variant) -> Exercise:
    """One exercise with the texts of a variant, drawn once. Raises LessonError naming what is wrong."""
    raw = next((e for e in lesson.exercise if e.get("id") == exercise_id), None)
    if raw is None:
        allowed = ", ".join(str(e.get("id")) for e in lesson.exercise)
        raise LessonError(f"lesson {lesson.id}: no exercise {exercise_id!r}; it has {allowed}")
    place = (id(raw), id(variant))
    if place not in lesson._drawn:
        lesson._drawn[place] = (raw, variant, _draw_exercise(lesson, raw, variant))
    return lesson._drawn[place][2]


def _draw_exercise(lesson: Lesson, raw: Mapping[str, Any], variant: Variant) -> Exercise:
    key = (variant.role, variant.id)
    own: dict[str, Any] = next((v["values"] for v in raw.get("variant", ()) if (v["role"], v["id"]) == key), {})
    where = f"lesson {lesson.id}, exercise {raw['id']!r}, variant {variant.role}/{variant.id}"
    values = {**variant.values, **own}
    try:
        filled = fill({key: item for key, item in raw.items() if key != "variant"}, values)
    except TemplateError as error:
        raise LessonError(f"{where}: {error.message}; values are {', '.join(sorted(values))}") from error
    try:
        return Exercise.model_validate({**filled, "values": values, "in_sitting": lesson.is_challenge})
    except ValidationError as error:
        raise LessonError(explained(where, error)) from error


def drawn_exercises(lesson: Lesson, variant: Variant) -> list[Exercise]:
    """All exercises of a lesson, drawn, in the order of the file."""
    return [drawn_exercise(lesson, raw["id"], variant) for raw in lesson.exercise]
