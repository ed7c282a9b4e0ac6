"""Refuse a file that was returned before, until something in it has changed."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from data.collection.checking import FileOfUnit
from data.collection.periods import Period
from data.collection.refusals import CollectionRefusedError
from data.own_ledgers.layout.apart import OpenedFile, open_apart
from data.own_ledgers.layout.files import Grid
from data.store.database import reading
from models.collection import FileState, SentFile
from models.text import N_

NOT_MENDED = N_(
    "This file says the same as number {number}, which was returned: “{reason}” Change what was "
    "criticised, then send it again. Nothing was sent."
)


@dataclass(frozen=True, slots=True)
class _Returned:
    number: int
    name: str
    sha256: str
    reason: str
    content: bytes


Open = Callable[[Path], OpenedFile]


def open_cells(path: Path) -> OpenedFile:
    """The cells of the file at `path`, whether or not it is a Gridlight workbook."""
    return open_apart(path, is_ours=False)


def require_mended(
    engine: Engine, file: FileOfUnit, period: Period, open_file: Open = open_cells
) -> None:
    """Raise `CollectionRefusedError` if a file says the same as one of its unit that was returned.

    Files are the same if their cells are: saving a workbook again changes its bytes alone.
    """
    with reading(engine) as connection:
        returned = list(_returned(connection, file.unit, period))
    if not returned:
        return
    here = _cells(file.name, file.content, open_file)
    for each in returned:
        same = each.sha256 == file.digest or (
            here is not None and here == _cells(each.name, each.content, open_file)
        )
        if same:
            raise CollectionRefusedError(NOT_MENDED, number=each.number, reason=each.reason)


def _returned(connection: Connection, unit: str, period: Period) -> Iterable[_Returned]:
    """The files of a unit and a month that were returned, if nothing was taken in since."""
    columns = (
        col(SentFile.number),
        col(SentFile.file_name),
        col(SentFile.sha256),
        col(SentFile.reason),
        col(SentFile.state),
    )
    found: list[tuple[int, str, str, str]] = []
    statement = select(*columns).where(
        col(SentFile.unit) == unit, col(SentFile.period) == str(period)
    )
    for number, name, sha256, reason, state in connection.execute(
        statement.order_by(col(SentFile.number))
    ):
        if state == FileState.TAKEN_IN.value:
            found.clear()
        elif state == FileState.RETURNED.value:
            found.append((number, name, sha256, reason or ""))
    for number, name, sha256, reason in found:
        content = connection.scalar(
            select(col(SentFile.content)).where(col(SentFile.number) == number)
        )
        yield _Returned(number, name, sha256, reason, bytes(content or b""))


def _cells(
    name: str, content: bytes, open_file: Open
) -> list[tuple[str, list[list[object]]]] | None:
    """The cells of a file by sheet; None if it cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        # The name as sent may be too long or odd for a file system; its ending says what it is.
        path = Path(folder) / f"file{Path(name).suffix[:8]}"
        path.write_bytes(content)
        found = open_file(path)
    return None if found.unreadable else [_of_sheet(each) for each in found.sheets]


def _of_sheet(grid: Grid) -> tuple[str, list[list[object]]]:
    return grid.sheet, [list(line) for line in grid.lines]
