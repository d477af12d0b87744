"""Functions and types of public modules, handed over by name: `len`, `str.upper`, `math.sqrt`, `numpy.mean`.

What is sealed from what: the learner's process gets the name only, and its own copy of the function.
"""

from __future__ import annotations

import importlib
from operator import attrgetter

from . import wire

_MODULES = {"builtins", "math", "operator", "_operator", "statistics", "numpy", "pandas", "string", "datetime"}
_NUMBER = -1  # of no object that the learner's process keeps


def public_function(value: object) -> wire.Reference | None:
    """A reference by name to a function or type that anybody can import; None for anything else."""
    if not callable(value):
        return None
    owner = getattr(value, "__objclass__", value)
    module = getattr(owner, "__module__", None) or "numpy"  # ufuncs of older releases do not say
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", "")
    if not isinstance(module, str) or module.partition(".")[0] not in _MODULES:
        return None
    reference = wire.Reference(_NUMBER, module, str(name), True)
    try:
        return reference if named(reference) is value else None
    except (ImportError, AttributeError):
        return None


def named(reference: wire.Reference) -> object:
    """What a reference by name means here. Raises ImportError, AttributeError."""
    return attrgetter(reference.name)(importlib.import_module(reference.type_name))


def is_by_name(reference: wire.Reference) -> bool:
    """Whether a reference stands for something public, and not for an object of the learner's process."""
    return reference.number == _NUMBER
