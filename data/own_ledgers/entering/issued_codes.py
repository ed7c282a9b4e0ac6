"""Codes for rows whose own ledger has none: `unit-year-number`."""

import re
from collections.abc import Iterable

from models.kinds import CODE_LENGTH

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
ONLY_A_NUMBER = re.compile(r"[0-9]{1,4}")
ROOM = 12
"""Characters that year and number may take."""


def usable(written: str | None) -> str | None:
    """The sheet's own number if it can be a code: not a serial number, and without other
    characters."""
    if written is None or len(written) > CODE_LENGTH:
        return None
    if ONLY_A_NUMBER.fullmatch(written) or not CODE.fullmatch(written):
        return None
    return written


class IssuedCodes:
    """Issues unused codes of one ledger; `taken` are the used ones."""

    def __init__(self, taken: Iterable[str], mark: str = "") -> None:
        self.mark, self.taken = mark, set(taken)
        self._next: dict[str, int] = {}

    def issue(self, unit: str, year: int) -> str:
        """The next code of `unit` in `year`."""
        return self.next_of(f"{unit[: CODE_LENGTH - ROOM]}-{year}-{self.mark}", 3)

    def next_of(self, before: str, width: int) -> str:
        """The next code that begins with `before`, its number at least `width` digits wide."""
        number = self._next.get(before)
        if number is None:
            numbers = (each[len(before) :] for each in self.taken if each.startswith(before))
            number = max((int(each) for each in numbers if each.isdecimal()), default=0) + 1
        while (code := f"{before}{number:0{width}d}") in self.taken:
            number += 1
        self._next[before] = number + 1
        self.taken.add(code)
        return code

    def adopt(self, written: str | None) -> str | None:
        """The sheet's own number as a code, if it can be one and is unused; else None."""
        code = usable(written)
        if code is None or code in self.taken:
            return None
        self.taken.add(code)
        return code
