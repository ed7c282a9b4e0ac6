"""How long others who want to write wait beside long work."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from sqlalchemy import Engine

from data.store.database import waiting_told, writing

PAUSE = 0.2
"""Seconds between two attempts to write."""


@contextmanager
def others_wait(engine: Engine) -> Iterator[Callable[[], float]]:
    """A function that tells the longest wait, in s, of one who writes nothing again and again."""
    waits, over = [0.0], Event()

    def write() -> None:
        with waiting_told(lambda _holder: None):
            while not over.wait(PAUSE):
                since = time.perf_counter()
                with writing(engine):
                    waits.append(time.perf_counter() - since)

    other = Thread(target=write)
    other.start()
    try:
        yield lambda: max(waits)
    finally:
        over.set()
        other.join()
