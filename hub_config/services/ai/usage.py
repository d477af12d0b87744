"""What the audit tells of use, cost and failures: by day, by person, by model, by reason."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, case, func, select

from hub_config.services.ai.audit import audit, listed
from hub_config.services.ai.quota import MICRO

REASONS = 8  # as many as are told, the most frequent ones
_a = audit.c
_real = ~_a.practice
_answered = _a.outcome.in_(("ok", "fallback"))
_by_practice = and_(_a.practice, _answered)
_failed = _a.outcome == "failed"
_SUMS = (
    func.count().label("requests"),
    func.sum(case((_failed, 1), else_=0)).label("failed"),
    func.sum(case((_by_practice, 1), else_=0)).label("practice"),
    func.sum(case((_real, _a.tokens_in + _a.tokens_out), else_=0)).label("tokens"),
    func.sum(_a.money).label("money"),
)


def usage(connection: Connection, today: date, days: int, class_id: str | None = None) -> dict[str, Any]:
    """The last so many days, today among them, of one class's learners or of everybody.

    `{"days": [...], "people": [...], "models": [...], "classes": [...], "reasons": [...]}`: the sums requests,
    failed, practice, tokens (of models) and money (VND), each list with a key of its own; days without use too.
    """
    first = today - timedelta(days=days - 1)
    where = [_a.day >= first, _a.day <= today, _a.outcome != "held"]  # what is held comes again, or never will
    if class_id is not None:
        where.append(func.instr(_a.classes, listed((class_id,))) > 0)

    def sums(*keys: Any) -> Sequence[Row[Any]]:
        return connection.execute(select(*keys, *_SUMS).where(*where).group_by(*keys)).all()

    by_day = {row.day: _told(row) for row in sums(_a.day)}
    span = [first + timedelta(days=number) for number in range(days)]
    answered = [_real, _answered]
    models = select(_a.model, *_SUMS).where(*where, *answered).group_by(_a.model)
    number = func.count().label("number")
    reasons = select(_a.code, number).where(*where, _a.outcome.in_(("failed", "fallback"))).group_by(_a.code)
    return {
        "days": [{"day": day.isoformat(), **by_day.get(day, NONE)} for day in span],
        "people": [{"caller": row.caller, "role": row.role, **_told(row)} for row in sums(_a.caller, _a.role)],
        "models": [{"model": row.model, **_told(row)} for row in connection.execute(models)],
        "reasons": [
            {"code": row.code, "number": row.number}
            for row in connection.execute(reasons.order_by(number.desc(), _a.code).limit(REASONS))
        ],
        "classes": _by_class(sums(_a.classes)),
    }


NONE = {"requests": 0, "failed": 0, "practice": 0, "tokens": 0, "money": 0.0}


def _told(row: Row[Any]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in NONE} | {"money": row.money / MICRO}


def _by_class(rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """Sums of each class; what somebody in two classes used counts in both, as their quotas do."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for class_id in filter(None, row.classes.split("|")):
            sums = found.setdefault(class_id, dict(NONE))
            for name, value in _told(row).items():
                sums[name] += value
    return [{"class": class_id, **sums} for class_id, sums in sorted(found.items())]
