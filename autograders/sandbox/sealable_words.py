"""The words that `sealable` goes by: what tests may do with copies of a learner's values, and what needs the process.

What is sealed from what: nothing, they are lists.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd

CONVENTIONAL_MODULES = {
    **{name: name for name in ("math", "random", "re", "json", "statistics", "datetime", "string", "itertools")},
    **{name: name for name in ("collections", "functools", "numpy", "pandas", "time", "matplotlib")},
    "np": "numpy",
    "pd": "pandas",
    "plt": "matplotlib.pyplot",
    "sns": "seaborn",
}
"""Names that stand for these modules in a learner's notebook as well."""

_IN_THE_LEARNERS_PROCESS = "it works in the learner's process; check values that functions return"
CLOSED_MODULES = {
    **dict.fromkeys(("inspect", "ast", "dis", "doctest"), "source and signatures stay there; check what functions do"),
    **dict.fromkeys(
        ("os", "pathlib", "glob", "shutil", "tempfile"),
        "files lie in the learner's home; have a function return what it wrote",
    ),
    **dict.fromkeys(("matplotlib", "seaborn", "plotly"), "plots stay there; have a function return what is drawn"),
    **dict.fromkeys(("warnings", "logging"), "warnings and logs stay there; have a function return or raise"),
    **dict.fromkeys(("unittest.mock", "mock", "builtins", "importlib"), "nothing can be replaced there"),
    **dict.fromkeys(("gc", "subprocess", "multiprocessing", "threading", "pickle", "ctypes"), _IN_THE_LEARNERS_PROCESS),
    **dict.fromkeys(("IPython.display", "ipywidgets", "IPython.get_ipython"), _IN_THE_LEARNERS_PROCESS),
}
"""Module -> why a test cannot use it, and the mend."""

CLOSED_SYS = {"sys.modules", "sys.stdin", "sys.argv", "sys.path", "sys.settrace", "sys.getrefcount", "sys._getframe"}

HISTORY = {"In", "Out", "_", "__", "___", "_i", "_ii", "_ih", "_oh", "get_ipython", "display", "exit", "quit"}
"""Names that only IPython has."""

CLOSED_CALLS = {
    **dict.fromkeys(("dir", "vars"), "names are not listed; write `'name' in globals()`"),
    **dict.fromkeys(("open",), "files lie in the learner's home; have a function return what it wrote"),
    **dict.fromkeys(("eval", "exec", "compile", "__import__"), "write out what is to be run"),
    **dict.fromkeys(("input",), "nobody answers; hand the value over as an argument"),
    **dict.fromkeys(("id",), "values are copies; compare them with =="),
    **dict.fromkeys(("setattr", "delattr"), "nothing can be replaced there; hand values over as arguments"),
}
"""Builtin -> the mend."""

FILE_CALLS = {"load", "loadtxt", "genfromtxt", "fromfile", "imread", "ExcelFile"} | {
    name for name in dir(pd) if name.startswith("read_")
}

ITERATORS = {"iter", "map", "filter", "zip", "reversed", "enumerate", "StringIO", "BytesIO", "Mock", "MagicMock"}
"""What these make cannot be handed over."""

_PLAIN: tuple[type, ...] = (
    *(bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, range),
    *(dt.datetime, dt.date, dt.time, dt.timedelta, Decimal, pd.Timestamp, pd.Timedelta),
    *(np.ndarray, np.float64, pd.DataFrame, pd.Series, pd.Index),
)
_CHANGING = {
    *("add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "push"),
    *("remove", "reverse", "setdefault", "setflags", "sort", "update"),
}
METHODS = {name for kind in _PLAIN for name in dir(kind) if callable(getattr(kind, name, None))} - _CHANGING
METHODS = {name for name in METHODS if not name.startswith("_")}
"""Methods of plain data that leave it as it is. Others are taken for methods of a learner's class."""

DATA_ATTRIBUTES = {
    *("shape", "columns", "index", "dtype", "dtypes", "size", "T", "ndim", "values", "loc", "iloc", "at", "iat"),
    *("empty", "str", "dt", "cat", "real", "imag", "year", "month", "day", "hour", "minute", "second", "names"),
    *("nlevels", "is_unique", "is_monotonic_increasing", "is_monotonic_decreasing", "__name__"),
}
"""Attributes of plain data; `name` and its like are left to learners' classes."""
