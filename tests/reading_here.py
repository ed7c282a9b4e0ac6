"""Workbooks read by the process of the test.

The program reads each in a process of its own, whose start takes longer than most tests. That it
does, and that the answer is the same, is tested in tests/data/workbook/test_apart.py and
tests/data/own_ledgers/test_opening_apart.py.
"""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import pytest

import data.own_ledgers.apart
import data.workbook.apart
from data.workbook.apart import Bounds


@contextmanager
def reading_here() -> Iterator[None]:
    """Within, no file is read in a process of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (data.workbook.apart, data.own_ledgers.apart):
            patch.setattr(module, "answer_apart", _answer)
        yield


def _answer(module: str, asked: object, _bounds: Bounds) -> object:
    """What `module` answers, copied both ways as it is between two processes."""
    answered = import_module(module).answer(pickle.loads(pickle.dumps(asked)))
    return pickle.loads(pickle.dumps(answered))
