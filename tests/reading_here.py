"""Read workbooks in the process of the test.

The product reads each in a process of its own, whose start takes longer than most tests. That it
does so, and that the result is the same, is tested in tests/data/workbook/test_apart.py and
tests/data/own_ledgers/layout/test_opening_apart.py.
"""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import pytest

import data.own_ledgers.layout.apart
import data.own_ledgers.reading_apart
import data.workbook.apart
from data.workbook.packing import Packing
from data.workbook.reading_turns import Bounds


@contextmanager
def reading_here() -> Iterator[None]:
    """Read files in this process within the block."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (
            data.workbook.apart,
            data.own_ledgers.layout.apart,
            data.own_ledgers.reading_apart,
        ):
            patch.setattr(module, "answer_apart", _answer)
        yield


def _answer(module: str, asked: object, _bounds: Bounds, packing: Packing) -> object:
    """The result of `module`, copied both ways as between two processes."""
    answered = import_module(module).answer(pickle.loads(pickle.dumps(asked)))
    return packing.unpack(packing.pack(answered))
