"""Pauses Python's search for circular garbage while millions of rows pass through.

Rows, facts and balances refer to nothing that refers back, so the search would find nothing and
yet go through all of them again and again: it takes a third of an import.
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
