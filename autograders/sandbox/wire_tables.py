"""numpy and pandas values for the wire: arrays as bytes with a plain dtype, tables column by column.

What is sealed from what: as in `wire`. Dtypes come from a fixed list, lengths must fit the bytes that came.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

_BYTES_KINDS = "biufcSUmM"
_LONGEST_RANGE = 10_000_000
_EXTENSION = ("string", "str", "category", "boolean", "datetime64[", "Int", "UInt", "Float")
_MARKS = {"NA": pd.NA, "NaT": pd.NaT}

Inner = Callable[[Any], Any]


def encode(value: object, inner: Inner) -> tuple[str, Any] | None:
    """(tag, content) for a numpy or pandas value, None for any other. `inner` encodes what lies inside."""
    for name, mark in _MARKS.items():
        if value is mark:
            return "mark", name
    kind = type(value)
    if isinstance(value, np.ndarray) and kind is np.ndarray:
        return _encode_array(value, inner)
    if isinstance(value, np.generic) and value.dtype.kind in _BYTES_KINDS:
        content = base64.b64encode(value.tobytes()).decode("ascii")
        return "scalar", [value.dtype.str, content]
    if isinstance(value, pd.Timestamp) and kind is pd.Timestamp:
        return "timestamp", [value.isoformat(), None if value.tz is None else str(value.tz)]
    if isinstance(value, pd.Timedelta) and kind is pd.Timedelta:
        return "pandas_timedelta", value.isoformat()
    if isinstance(value, pd.Series) and kind is pd.Series:
        return "series", [_column(value, inner), _index(value.index, inner), inner(value.name)]
    if isinstance(value, pd.DataFrame) and kind is pd.DataFrame:
        columns = [_column(value.iloc[:, place], inner) for place in range(value.shape[1])]
        return "frame", [columns, _index(value.index, inner), _index(value.columns, inner)]
    if isinstance(value, pd.Index) and kind.__module__.partition(".")[0] == "pandas":
        return "index", _index(value, inner)
    return None


def _encode_array(array: np.ndarray[Any, Any], inner: Inner) -> tuple[str, Any] | None:
    shape = list(array.shape)
    if array.dtype.kind in _BYTES_KINDS:
        content = base64.b64encode(array.tobytes()).decode("ascii")
        return "array", [array.dtype.str, shape, content]
    if array.dtype == object:
        return "objects", [shape, [inner(item) for item in array.ravel().tolist()]]
    return None


def _column(values: pd.Series[Any] | pd.Index[Any], inner: Inner) -> list[Any]:
    """[dtype name, content]: bytes where numpy has a plain dtype, single values otherwise."""
    dtype = values.dtype
    if isinstance(dtype, np.dtype) and dtype.kind in _BYTES_KINDS:
        return ["array", inner(np.asarray(values))]
    name = str(dtype)
    content = [inner(item) for item in values.tolist()]
    return [name if name.startswith(_EXTENSION) else "object", content]


def _index(index: pd.Index[Any], inner: Inner) -> list[Any]:
    if isinstance(index, pd.RangeIndex):
        return ["range", [index.start, index.stop, index.step], inner(index.name)]
    if isinstance(index, pd.MultiIndex):
        return ["multi", [inner(item) for item in index.tolist()], [inner(name) for name in index.names]]
    return ["flat", _column(index, inner), inner(index.name)]


def decode(tag: object, content: Any, inner: Inner) -> Any:
    """The value for a tag of `encode`. Raises ValueError, TypeError … for what `encode` never writes."""
    if tag == "mark":
        return _MARKS[content]
    if tag == "array":
        dtype, shape, text = content
        flat = np.frombuffer(base64.b64decode(text, validate=True), dtype=_plain_dtype(dtype))
        return flat.reshape(_shape(shape)).copy()
    if tag == "objects":
        shape, items = content
        flat = np.empty(len(items), dtype=object)
        for place, item in enumerate(items):
            flat[place] = inner(item)
        return flat.reshape(_shape(shape))
    if tag == "scalar":
        dtype, text = content
        return np.frombuffer(base64.b64decode(text, validate=True), dtype=_plain_dtype(dtype))[0]
    if tag == "timestamp":
        moment, zone = content
        stamp = pd.Timestamp(str(moment))
        return stamp.tz_convert(str(zone)) if zone is not None else stamp
    if tag == "pandas_timedelta":
        return pd.Timedelta(str(content))
    if tag == "series":
        values, index, name = content
        column = _read_column(values, inner)
        return pd.Series(column, index=_read_index(index, inner, len(column)), name=inner(name))
    if tag == "frame":
        return _read_frame(content, inner)
    if tag == "index":
        return _read_index(content, inner, None)
    raise ValueError(f"unknown tag {str(tag)[:40]!r}")


def _plain_dtype(text: object) -> np.dtype[Any]:
    dtype = np.dtype(str(text))
    if dtype.kind not in _BYTES_KINDS or dtype.itemsize == 0 or dtype.subdtype is not None:
        raise ValueError(f"dtype {str(text)[:40]!r} is not plain")
    return dtype


def _shape(shape: Any) -> tuple[int, ...]:
    found = tuple(int(length) for length in shape)
    if any(length < 0 for length in found):
        raise ValueError("negative length")
    return found


def _read_column(column: Any, inner: Inner) -> Any:
    dtype, content = column
    if dtype == "array":
        values = inner(content)
        if not isinstance(values, np.ndarray) or values.ndim != 1:
            raise ValueError("a column is an array of one dimension")
        return values
    items = [inner(item) for item in content]
    if dtype == "object" or not str(dtype).startswith(_EXTENSION):
        return pd.array(items, dtype=object)
    chosen: Any = str(dtype)
    return pd.array(items, dtype=chosen)


def _read_index(index: Any, inner: Inner, length: int | None) -> pd.Index[Any]:
    kind, content, name = index
    found: pd.Index[Any]
    if kind == "range":
        found = pd.RangeIndex.from_range(range(*map(int, content)), name=inner(name))
    elif kind == "multi":
        found = pd.MultiIndex.from_tuples([inner(item) for item in content], names=[inner(n) for n in name])
    elif kind == "flat":
        found = pd.Index(_read_column(content, inner), name=inner(name))
    else:
        raise ValueError("unknown kind of index")
    if len(found) > _LONGEST_RANGE or (length is not None and len(found) != length):
        raise ValueError(f"an index of {len(found)} labels")
    return found


def _read_frame(content: Any, inner: Inner) -> pd.DataFrame:
    columns, index, names = content
    read = [_read_column(column, inner) for column in columns]
    labels = _read_index(index, inner, len(read[0]) if read else None)
    header = _read_index(names, inner, len(read))
    frame = pd.DataFrame(dict(enumerate(read)), index=labels)
    frame.columns = header
    return frame
