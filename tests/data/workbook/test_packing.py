"""What a process that read a stranger's file answers is unpacked, and nothing in it is run."""

import json
import pickle
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from data.own_ledgers.layout.files import Broken
from data.workbook.apart import PACKING
from data.workbook.packing import A_VALUE, NotPackedError, Packing, TooHeavyError, weight
from data.workbook.rows import FAULTY, Content, Fault, SheetRows
from models.rectification import Finding
from models.text import Label, Sentence, sentence

VALUES = (
    None,
    True,
    3,
    2.5,
    "汉\ud800\n",
    date(2026, 1, 2),
    datetime.fromisoformat("2026-01-02T03:04:05"),
    time(3, 4),
    timedelta(days=-1, seconds=5),
    Decimal("1.50"),
    frozenset({"a"}),
    ("x", ["y", ("z",)]),
    {"tuple": 1, 2: {"dict": "x"}},
)


def fault(message: str, **values: object) -> Fault:
    return Fault("表", 3, None, "x", Sentence(message, values))


def test_values_come_back_equal_and_of_their_types() -> None:
    packing = Packing(Broken)
    there = packing.unpack(packing.pack([*VALUES, Broken("#N/A")]))
    assert there[:-1] == list(VALUES)
    assert [type(each) for each in there[:-1]] == [type(each) for each in VALUES]
    assert (there[-1], type(there[-1])) == ("#N/A", Broken)


def test_a_content_comes_back_equal() -> None:
    rows = SheetRows(Finding, "问题", {"code": "编号"}, ("code",), [(2, ("a",)), (3, (FAULTY,))])
    said = sentence("{what} of {whom}", what=Label("甲", "A"), whom=sentence("nobody"))
    content = Content([rows], [Fault("问题", 3, "code", None, said)], is_starter=True)
    there = PACKING.unpack(PACKING.pack(content))
    assert there == content
    assert there.sheets[0].rows[1][1][0] is FAULTY


def test_what_is_of_no_class_of_a_packing_is_not_packed() -> None:
    with pytest.raises(TypeError, match="Finding"):
        PACKING.pack([Finding()])
    with pytest.raises(TypeError, match="Label"):
        Packing().pack(Label("甲", "A"))


@pytest.mark.parametrize(
    "answered",
    [
        pickle.dumps(Content()),
        b"",
        b"[",
        b'{"Broken":"x"}',
        b'{"os.system":"true"}',
        b'{"Fault":[1]}',
        b'{"Fault":{"tuple":3}}',
        b'{"day":"soon"}',
        b'{"decimal":"much"}',
        b'{"ledger":"no such"}',
        b'{"tuple":[],"dict":[]}',
        b"{}",
        b"[" * 100_000,
        b"9" * 10_000,
        b"\xff",
    ],
    ids=lambda each: repr(each[:24]),
)
def test_anything_else_is_refused(answered: bytes) -> None:
    with pytest.raises(NotPackedError):
        PACKING.unpack(answered)


@pytest.mark.parametrize(
    "message",
    ["{x.__class__}", "{x[0]}", "{x!r}", "{x:999999999}", "{x:{y}}", "{0}", "{", "{}"],
)
def test_a_message_that_would_show_more_than_its_values_is_refused(message: str) -> None:
    packed = PACKING.pack(fault("MARK", x="x", y="y"))
    with pytest.raises(NotPackedError):
        PACKING.unpack(packed.replace(b"MARK", json.dumps(message)[1:-1].encode()))


def test_messages_with_days_and_plurals_are_not_refused() -> None:
    said = fault("From {day:%Y-%m-%d}: {n: unit| units}, {{none}} of {names}", n=2)
    assert PACKING.unpack(PACKING.pack(said)) == said


@pytest.mark.parametrize(
    ("text", "bytes_in_memory"),
    [("a" * 1000, 1000), ("a" * 999 + "é", 1000), ("汉" * 1000, 2000), ("a" * 999 + "𠀀", 4000)],
    ids=["ascii", "latin", "chinese", "one wide character"],
)
def test_a_text_weighs_at_least_what_it_takes_in_memory(text: str, bytes_in_memory: int) -> None:
    assert weight(Packing().pack(text)) >= bytes_in_memory


def test_a_text_of_ascii_weighs_little_more_than_it_takes() -> None:
    assert weight(Packing().pack("a" * 1000)) == 1002


def test_every_value_weighs_whatever_it_is() -> None:
    assert weight(Packing().pack([0] * 1001)) >= 1000 * A_VALUE


def test_what_would_be_too_heavy_is_not_packed() -> None:
    heavy = "a" * 999 + "𠀀"
    assert Packing().pack(heavy, 4100)
    with pytest.raises(TooHeavyError):
        Packing().pack(heavy, 4000)
