"""What the practice AI says where it cannot help: one sentence that names what would."""

from hub_config.services.ai.practice import wording as w
from hub_config.services.ai.practice.request import Request
from hub_config.services.ai.practice.tables.wording import ASKS, NEEDS_TABLE, SORT
from hub_config.services.ai.practice.vocabulary import search

FIRST = ("translation",)  # stands though a tool could do something with the text
LONGEST_READ = 1000  # characters


def edge_first(request: Request) -> str | None:
    """The sentence for what no tool may try, such as a translation of a text that could also be summed up."""
    return _edge(request.order, FIRST)


def edge(request: Request) -> str:
    """The sentence for a prompt that no tool applies to."""
    said = request.prompt[:LONGEST_READ]
    asks = (*ASKS.values(), SORT)
    if request.grid is None and search(w.TABLE_SAID, said) and any(search(pattern, said) for pattern in asks):
        return NEEDS_TABLE
    return beyond(request) or w.CANNOT


def beyond(request: Request) -> str | None:
    """The sentence for something that is known to be beyond its reach."""
    return _edge(request.prompt[:LONGEST_READ], tuple(w.BEYOND))


def _edge(said: str, names: tuple[str, ...]) -> str | None:
    return next((w.EDGES[name] for name in names if search(w.BEYOND[name], said)), None)
