"""What an operator reads of a setting that cannot be used: key, value, what was allowed, and the mend."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo


class SettingsError(ValueError):
    """A setting that cannot be used; the text names key, value, what was allowed and the mend."""


def sentence(settings: type[BaseModel], sources: Mapping[str, str], prefix: str, error: Mapping[str, Any]) -> str:
    """One of pydantic's errors in words. `sources` tells of a key where it was found; never shows a secret."""
    cause = (error.get("ctx") or {}).get("error")
    if isinstance(cause, SettingsError):
        return str(cause)
    first, *rest = error["loc"] or ("",)
    owner, field = settings, settings.model_fields.get(str(first))
    source = sources.get(str(first), prefix + str(first).upper())
    for part in rest:
        if isinstance(part, int):
            source += f"[{part + 1}]"
        else:
            owner = _table(field) or owner
            field, source = owner.model_fields.get(part), f"{source}.{part}"
    if field is None:
        return f"{source}: unknown key; allowed: {', '.join(sorted(owner.model_fields))}; mend: remove or rename it"
    if error["type"] == "missing":
        return f"{source} is missing; allowed: {field.description}; mend: set {source}"
    value = _shown(field, error["input"])
    return f"{source} = {value}: {error['msg']}; allowed: {field.description}; mend: correct {source} or remove it"


def _table(field: FieldInfo | None) -> type[BaseModel] | None:
    """The tables that a field holds several of."""
    held = get_args(field.annotation)[:1] if field else ()
    return held[0] if held and isinstance(held[0], type) and issubclass(held[0], BaseModel) else None


def _shown(field: FieldInfo, value: object) -> str:
    if SecretStr in get_args(field.annotation):
        return "(hidden)"
    return repr(value) if isinstance(value, str | int | float | bool) else f"({type(value).__name__})"
