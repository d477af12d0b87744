"""Errors of lessons, worded for the person who writes one: file, key, value, what was allowed."""

from __future__ import annotations

from pydantic import ValidationError


class LessonError(ValueError):
    """A lesson cannot be read or does not hold together."""


def explained(where: str, error: ValidationError) -> str:
    """A pydantic error as lines "where: key = value: what is wrong", all of them."""
    lines = []
    for problem in error.errors(include_url=False):
        key = ".".join(str(part) for part in problem["loc"])
        message = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            message = "unknown key; remove it or correct its spelling"
        elif problem["type"] == "missing":
            message = "missing; add it"
        given = problem.get("input")
        shown = f" = {given!r}" if isinstance(given, str | int | float | bool) and problem["type"] != "missing" else ""
        lines.append(f"{where}: {key}{shown}: {message}" if key else f"{where}: {message}")
    return "\n".join(lines)
