"""Pause Python's garbage collector while millions of rows are processed.

Rows, facts and balances form no reference cycles, so the collector would find nothing; its repeated
searches would take a third of an import's time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Pause the garbage collector until the block ends."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
