"""Why a second prompt does better: what it says that the first did not, and what the reply made of it."""

from collections.abc import Iterable

from autograders.rules.parts import find_parts
from autograders.wording import PARTS
from course.lesson import Fragment
from hub_config.services.ai.practice import wording as w
from hub_config.services.ai.practice.fragments import asks_for_table, condition_of


def compared(fragments: Iterable[Fragment], before: str, after: str) -> tuple[str, ...]:
    """A sentence for each thing that the later prompt brought into the reply, in the reply's order.

    They quote only what the learner wrote. The same thing, which several fragments may hang on, is said once.
    """
    fragments = tuple(fragments)
    old, new = find_parts(before), find_parts(after)
    reasons = []
    for fragment in fragments:
        earlier, later = condition_of(fragment, before, old), condition_of(fragment, after, new)
        if later.met and not earlier.met:
            reasons.append(_reason(fragment, later.wording))
    if any(f.as_table for f in fragments) and asks_for_table(after) and not asks_for_table(before):
        reasons.append(w.BROUGHT_TABLE)
    return tuple(dict.fromkeys(reasons))


def _reason(fragment: Fragment, wording: str) -> str:
    if fragment.part is not None:
        return w.BROUGHT_PART.format(part=PARTS[fragment.part], wording=wording)
    if fragment.figure is not None:
        return w.BROUGHT_FIGURE.format(figure=w.FIGURES[fragment.figure], wording=wording)
    return w.BROUGHT_FACT.format(wording=wording)
