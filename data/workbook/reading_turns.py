"""For whom files are read at the moment: within which bounds, and when it is their turn.

Files are read in processes of their own. Few of them run at the same time, and one for an account,
so that nobody's slow files keep those of all others waiting.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import BoundedSemaphore, Lock
from weakref import WeakValueDictionary

AT_ONCE = 2
"""The most files that are read at the same time; each may take all the memory it is allowed."""
_places = BoundedSemaphore(AT_ONCE)
_of_account: WeakValueDictionary[str, Lock] = WeakValueDictionary()
"""By account, what its files hold one after the other; gone when none of them is read."""
_finding = Lock()


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of memory and time for reading one file."""

    memory: int = 2048
    """MiB of addresses, of which the program itself takes about 500."""
    seconds: int = 600
    answer: int = 512
    """MiB of what is read from it, which then stays in the memory of whoever asked."""

    def of_units(self, seconds: int) -> "Bounds":
        """The same for files of units, which are small: no more than `seconds`, and less memory."""
        return replace(
            self,
            memory=min(self.memory, OF_UNITS.memory),
            seconds=min(self.seconds, seconds),
            answer=min(self.answer, OF_UNITS.answer),
        )


OF_UNITS = Bounds(memory=1280, answer=128)
"""The most memory for a file of an account that sees only part of the district."""


@dataclass(frozen=True, slots=True)
class _Asking:
    account: str | None
    bounds: Bounds
    took: Callable[[int], None]


def _not_counted(_weight: int) -> None:
    """What is read for nobody in particular is not kept."""


_NOBODY = _Asking(None, Bounds(), _not_counted)
_asking: ContextVar[_Asking] = ContextVar("reading_for", default=_NOBODY)


class NoTurnError(Exception):
    """Other files were read for as long as one may wait."""


@contextmanager
def reading_for(
    account: str | None, bounds: Bounds, took: Callable[[int], None] = _not_counted
) -> Iterator[None]:
    """Within the block files are read for `account` and within `bounds`.

    `took` is called with the bytes that what was read takes in memory.
    """
    before = _asking.set(_Asking(account, bounds, took))
    try:
        yield
    finally:
        _asking.reset(before)


def bounds_in_force() -> Bounds:
    """The limits within which files are read here and now."""
    return _asking.get().bounds


def taken_into_memory(weight: int) -> None:
    """Say that `weight` bytes were read for whoever asks here and now."""
    _asking.get().took(weight)


@contextmanager
def turn(seconds: float) -> Iterator[None]:
    """A place among the files that are read at the same time; raises `NoTurnError`.

    Waits at most `seconds`: first while another file of the same account is read, which takes no
    place from others, then while `AT_ONCE` files are.
    """
    end = time.monotonic() + seconds
    account = _asking.get().account
    with ExitStack() as held:
        for each in (_own(account) if account is not None else Lock(), _places):
            if not each.acquire(timeout=max(0.0, end - time.monotonic())):
                raise NoTurnError
            held.callback(each.release)
        yield


def _own(account: str) -> Lock:
    with _finding:
        return _of_account.setdefault(account, Lock())
