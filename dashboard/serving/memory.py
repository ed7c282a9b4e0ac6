"""Gives memory back to the operating system once large uploads are done with."""

import ctypes
import gc
from threading import Lock, Thread

_giving = Lock()


def give_back() -> None:
    """Collect garbage and return free memory to the system, in a thread of its own.

    The C library keeps what each thread has freed for that thread. Takes a few tenths of a second;
    does nothing if it is under way.
    """
    if _giving.acquire(blocking=False):
        Thread(target=_give_back, name="gridlight-memory", daemon=True).start()


def _give_back() -> None:
    try:
        gc.collect()
        # Only glibc has it.
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
    finally:
        _giving.release()
