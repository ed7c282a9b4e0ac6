"""Tell own ledgers from Gridlight workbooks, and open them, in a separate process with limits."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from data.own_ledgers.layout.files import DEFAULT_LIMITS, Broken, Grid, grids
from data.workbook.apart import TooMuchError, answer_apart, give_answer
from data.workbook.archive.container import OLE, UnreadableError, opened
from data.workbook.archive.limits import Limits
from data.workbook.archive.signature import Signature, signature_of
from data.workbook.archive.structure import structure
from data.workbook.cells.value_texts import plain_name
from data.workbook.packing import Packing
from data.workbook.reading_turns import Bounds, bounds_in_force
from models.registry import LEDGERS
from models.text import Label, Sentence

OF_A_WORKBOOK = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file opened once: whether it is a Gridlight workbook, and its sheets if not.

    `unreadable` says why there are no sheets. `signature` says which unit a Gridlight workbook was
    written for; `ledgers` are the ids of the ledgers it has sheets for.
    """

    is_ours: bool
    sheets: list[Grid] = field(default_factory=list)
    unreadable: Sentence | None = None
    signature: Signature | None = None
    ledgers: frozenset[str] = frozenset()
    last_reading: list[tuple[object, object]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )
    """What was read of it last, after what was asked; see `data.own_ledgers.reading_apart`."""

    def grids(self, _path: Path, _limits: Limits) -> list[Grid]:
        """The sheets, without opening the file again; raises `UnreadableError`."""
        if self.unreadable is not None:
            raise UnreadableError(self.unreadable)
        return self.sheets


PACKING = Packing(OpenedFile, Grid, Broken, Signature, Sentence, Label)


def open_apart(
    path: Path,
    *,
    is_ours: bool | None = None,
    limits: Limits = DEFAULT_LIMITS,
    bounds: Bounds | None = None,
) -> OpenedFile:
    """Open the file at `path`; `is_ours` is what the user said of it, None to find out.

    A Gridlight workbook is only recognized, not read.
    """
    bounds = bounds or bounds_in_force()
    try:
        asked = (path, is_ours, limits, bounds)
        found = answer_apart("data.own_ledgers.layout.apart", asked, bounds, PACKING)
        return cast("OpenedFile", found)
    except TooMuchError as error:
        return OpenedFile(is_ours=False, unreadable=error.sentence)


def is_workbook_of_ours(path: Path, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Whether the file at `path` is a Gridlight workbook: one of its sheets is a ledger.

    True also for an .xlsx file that cannot be opened, since the workbook reader reports why.
    """
    with path.open("rb") as file:
        start = file.read(len(OLE))
    if start[:2] != b"PK":
        return path.suffix.lower() in OF_A_WORKBOOK and start != OLE
    try:
        return bool(_ledgers_of(path, limits))
    except UnreadableError:
        return True


def _ledgers_of(path: Path, limits: Limits) -> frozenset[str]:
    """The ids of the ledgers for which the workbook at `path` has sheets."""
    ids = {plain_name(name): each.id() for each in LEDGERS for name in (each.id(), each.SHEET.zh)}
    names = {plain_name(sheet.name) for sheet in structure(opened(path, limits)).sheets}
    return frozenset(ids[each] for each in names & ids.keys())


def open_file(path: Path, is_ours: bool | None, limits: Limits) -> OpenedFile:
    """Like `open_apart`, but in this process and without limits of memory and time."""
    if is_workbook_of_ours(path, limits) if is_ours is None else is_ours:
        return OpenedFile(
            is_ours=True,
            signature=_signature(path, limits),
            ledgers=_known_ledgers(path, limits),
        )
    try:
        return OpenedFile(is_ours=False, sheets=grids(path, limits))
    except UnreadableError as error:
        return OpenedFile(is_ours=False, unreadable=error.sentence)


def _signature(path: Path, limits: Limits) -> Signature | None:
    try:
        return signature_of(opened(path, limits))
    except UnreadableError:
        return None  # The reader of workbooks says why it cannot be read.


def _known_ledgers(path: Path, limits: Limits) -> frozenset[str]:
    """The ledgers of a workbook; none if its reader will refuse it."""
    try:
        return _ledgers_of(path, limits)
    except UnreadableError:
        return frozenset()


def answer(asked: tuple[Path, bool | None, Limits, Bounds]) -> OpenedFile:
    """The result that the separate process writes; from here on it is held to its bounds."""
    path, is_ours, limits, _bounds = asked
    return open_file(path, is_ours, limits)


if __name__ == "__main__":
    give_answer(answer, PACKING)
