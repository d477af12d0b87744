"""The wire: what goes in comes out, and nothing but plain values comes out."""

import datetime as dt
import json
import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from autograders.sandbox import wire

PLAIN = [
    None,
    True,
    0,
    -(2**70),
    10**400,
    1.5,
    float("inf"),
    "đường",
    b"\x00\xff",
    bytearray(b"ab"),
    [1, [2, "x"]],
    (1, (2,)),
    {1: "a", (1, 2): [None], "!": "tag", None: 0},
    {1, 2},
    frozenset({"a"}),
    2 - 3j,
    range(3, 9, 2),
    dt.datetime(2026, 11, 22, 8, 30, tzinfo=dt.UTC),
    dt.date(2026, 11, 22),
    dt.time(8, 30),
    dt.timedelta(days=1, seconds=3),
    Decimal("1.10"),
    pd.Timestamp("2026-11-22 08:00", tz="Asia/Ho_Chi_Minh"),
    pd.Timestamp("2026-11-22"),
    pd.Timedelta("1 days 02:00:00"),
    np.int32(7),
    np.float64(0.1),
    np.str_("ắ"),
    np.datetime64("2026-11-22"),
    np.bool_(True),
]


def carried(value: object) -> object:
    return wire.decode(json.loads(json.dumps(wire.encode(value))))


@pytest.mark.parametrize("value", PLAIN, ids=lambda value: f"{type(value).__name__}")
def test_a_plain_value_keeps_its_value_and_type(value: object) -> None:
    result = carried(value)
    assert type(result) is type(value)
    assert result == value


def test_nan_stays_nan() -> None:
    result = carried([math.nan, float("-inf")])
    assert isinstance(result, list)
    assert math.isnan(result[0])
    assert result[1] == -math.inf


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6).reshape(2, 3),
        np.array([1.5, np.nan]),
        np.array(["một", "hai"]),
        np.array(["2026-01-01"], dtype="datetime64[D]"),
        np.array([{"a": 1}, None, "x"], dtype=object),
        np.array(5),
        np.zeros((0, 3)),
        np.asfortranarray(np.arange(6).reshape(2, 3)),
    ],
    ids=lambda array: str(array.dtype),
)
def test_an_array_keeps_dtype_shape_and_values(array: np.ndarray) -> None:
    result = carried(array)
    assert isinstance(result, np.ndarray)
    assert result.dtype == array.dtype
    np.testing.assert_array_equal(result, array)
    assert result.flags.writeable


FRAMES = [
    pd.DataFrame({"xã": ["An Phú", None], "dân": [1200, 800], "tỉ lệ": [0.5, np.nan]}),
    pd.DataFrame({"a": [1, 2, 3]}, index=pd.Index(["x", "y", "z"], name="key")).groupby("a").sum(),
    pd.DataFrame({"d": pd.to_datetime(["2026-01-01", "2026-02-01"]), "k": pd.Categorical(["a", "b"])}),
    pd.DataFrame({"z": pd.to_datetime(["2026-01-01"]).tz_localize("Asia/Ho_Chi_Minh")}),
    pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "b": pd.array([True, None], dtype="boolean")}),
    pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "x"), ("a", "y")], names=["p", "q"])),
    pd.DataFrame([[1, 2]], columns=["same", "same"]),
    pd.DataFrame({"l": [[1, 2], {"a": 1}]}),
    pd.DataFrame(index=[1, 2]),
    pd.DataFrame(),
]


@pytest.mark.parametrize("frame", FRAMES, ids=range(len(FRAMES)))
def test_a_table_comes_back_equal(frame: pd.DataFrame) -> None:
    result = carried(frame)
    assert isinstance(result, pd.DataFrame)
    pd.testing.assert_frame_equal(result, frame, check_column_type=False)


def test_a_series_and_an_index_come_back_equal() -> None:
    series = pd.Series([3, 1], index=pd.date_range("2026-01-01", periods=2), name="số ca")
    result = carried(series)
    assert isinstance(result, pd.Series)
    pd.testing.assert_series_equal(result, series, check_freq=False)
    assert carried(pd.Index(["a", "b"])).equals(pd.Index(["a", "b"]))  # type: ignore[attr-defined]


def test_a_subclass_is_not_taken_for_its_plain_base() -> None:
    class Always(list):  # type: ignore[type-arg]
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None

    with pytest.raises(wire.NotPlainError, match="Always"):
        wire.encode([Always()])


def test_what_is_not_plain_travels_as_a_reference() -> None:
    message = wire.encode([len], lambda value: wire.Reference(4, "builtin", "len", True))
    [reference] = wire.decode(json.loads(json.dumps(message)))
    assert (reference.number, reference.name, reference.callable) == (4, "len", True)


def test_depth_and_size_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    deep: list[object] = []
    for _ in range(wire.DEPTH + 2):
        deep = [deep]
    with pytest.raises(wire.TooDeepError):
        wire.encode(deep)
    with pytest.raises(wire.TooDeepError):
        wire.decode([deep])
    with pytest.raises(wire.TooBigError):
        wire.encode(1 << wire.INTEGER_BITS)
    with pytest.raises(wire.TooBigError):
        wire.decode({"!": "int", "v": "0x" + "f" * wire.INTEGER_BITS})
    monkeypatch.setattr(wire, "ITEMS", 10)
    with pytest.raises(wire.TooBigError):
        wire.encode([0] * 11)
    with pytest.raises(wire.TooBigError):
        wire.decode([0] * 11)


FORGED = [
    {},
    {"!": "pickle", "v": "gASVAAAA"},
    {"!": ["dict"], "v": []},
    {"!": "dict", "v": [[[1], 2]]},
    {"!": "dict", "v": 5},
    {"!": "int", "v": "zz"},
    {"!": "range", "v": [0, 10**15, 1]},
    {"!": "array", "v": ["|O", [1], "AAAAAAAAAAA="]},
    {"!": "array", "v": ["<f8", [10**12], "AAAAAAAAAAA="]},
    {"!": "array", "v": ["V8", [1], "AAAAAAAAAAA="]},
    {"!": "array", "v": ["(3,)i4", [1], "AAAAAAAAAAA="]},
    {"!": "array", "v": ["<f8", [-1], "AAAAAAAAAAA="]},
    {"!": "scalar", "v": ["<f8", ""]},
    {"!": "decimal", "v": "ten"},
    {"!": "ref", "v": [1]},
    {"!": "timestamp", "v": ["2026-01-01", "Nowhere/Town"]},
    {"!": "frame", "v": [[], ["range", [0, 10**15, 1], None], ["range", [0, 0, 1], None]]},
    {"!": "series", "v": [["Int64", ["x"]], ["range", [0, 1, 1], None], None]},
    {"!": "series", "v": [["object", [1, 2]], ["range", [0, 1, 1], None], None]},
]


@pytest.mark.parametrize("message", FORGED, ids=lambda message: json.dumps(message)[:50])
def test_a_forged_message_is_refused_by_name(message: object) -> None:
    with pytest.raises(wire.WireError):
        wire.decode(message)
