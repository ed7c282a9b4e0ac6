"""Identify the ledgers of sheets and their columns, by Chinese name or English id."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from data.workbook.archive.structure import SheetPart
from data.workbook.cells.value_texts import CellValue, plain_name, shown
from data.workbook.rows import Fault
from models.ledger import Column, Ledger
from models.registry import LEDGERS
from models.text import N_, sentence

IGNORED = "#"
EXAMPLE = "#示例"
"""Begins the note of a row that shows how to fill in a sheet, and is not read."""
KEPT_BY_WPS = "WpsReserved_"
SET_ASIDE = re.compile(r"[\s*＊]+|[(（]万元[)）]")
HEADER_LOOKED_FOR = 15
NAMED_BY_A_HEADER = 3
"""From so many columns on that it names, a row below the first is the header."""

UNKNOWN_SHEET = N_(
    "There is no ledger of this name. Use a name from the template, or let the name of the sheet "
    "begin with # to keep it as a note."
)
DOUBLE_SHEET = N_("The sheet “{other}” is the same ledger. Put all rows on one sheet.")
UNKNOWN_COLUMN = N_(
    "This ledger has no such column. Use a header from the template, or let the header begin with "
    "# to keep the column as a note."
)
DOUBLE_COLUMN = N_("This column is given twice, first as “{other}”. Keep one of the two.")
HEADER_ELSEWHERE = N_(
    "The headers stand in row {row}. Delete the rows above them, so that the headers are in row 1."
)
MISSING_COLUMN = N_("The column “{column}” is required but missing. Add it to the header row.")


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A sheet that holds the rows of a ledger."""

    at: int
    part: SheetPart
    ledger: type[Ledger]


@dataclass(slots=True)
class ColumnPlaces:
    """The positions of the columns of a sheet, counted from 0.

    `unnamed` have no header, `notes` are the author's own. Columns under a faulty header are left
    out, and their content is ignored.
    """

    at: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)
    notes: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    @property
    def nothing_named(self) -> bool:
        """Whether the header row has no column names at all, known or unknown."""
        return not self.at and not self.faults


def is_note(name: str) -> bool:
    """Whether a sheet or column of this name is its author's own and is ignored."""
    return plain_name(name).startswith(IGNORED)


def heading(text: str) -> str:
    """A heading for comparison: without white space, line breaks, stars and the unit 万元."""
    return SET_ASIDE.sub("", plain_name(text))


def sheet_places(
    parts: Sequence[SheetPart], is_blank: Callable[[int], bool]
) -> tuple[list[SheetPlace], list[Fault]]:
    """The sheets that are ledgers, and a fault for each that is unknown or repeated.

    Charts are ignored, and so are unknown sheets that WPS adds or that are blank; `is_blank` is
    called with the position of a sheet.
    """
    names = {plain_name(name): each for each in LEDGERS for name in (each.id(), each.SHEET.zh)}
    places: dict[str, SheetPlace] = {}
    faults = []
    for at, part in enumerate(parts):
        if part.chart or is_note(part.name):
            continue
        ledger = names.get(plain_name(part.name))
        if ledger is None:
            if part.hidden and plain_name(part.name).startswith(KEPT_BY_WPS) or is_blank(at):
                continue
            faults.append(Fault(part.name, None, None, None, sentence(UNKNOWN_SHEET)))
        elif first := places.get(ledger.id()):
            wrong = sentence(DOUBLE_SHEET, other=first.part.name)
            faults.append(Fault(part.name, None, None, None, wrong))
        else:
            places[ledger.id()] = SheetPlace(at, part, ledger)
    return list(places.values()), faults


def column_places(
    sheet: str, ledger: type[Ledger], header: Iterable[CellValue], wrong: Mapping[int, Fault]
) -> ColumnPlaces:
    """The columns named in the `header` row; `wrong` are the unreadable header cells."""
    names = _column_names(ledger)
    places = ColumnPlaces()
    for at, value in enumerate(header):
        name = shown(value) or ""
        column = names.get(heading(name))
        if at in wrong:
            places.faults.append(wrong[at])
        elif not plain_name(name):
            places.unnamed.append(at)
        elif is_note(name):
            places.notes.add(at)
        elif column is None:
            places.faults.append(Fault(sheet, 1, name, name, sentence(UNKNOWN_COLUMN)))
        elif column.id in places.at:
            double = sentence(DOUBLE_COLUMN, other=places.headers[column.id])
            places.faults.append(Fault(sheet, 1, name, name, double))
        else:
            places.at[column.id], places.headers[column.id] = at, name
    return places


def header_elsewhere(
    sheet: str, ledger: type[Ledger], lines: Iterable[Sequence[CellValue]]
) -> Fault | None:
    """The fault of a sheet whose header is in one of `lines`, which begin with row 2."""
    names = _column_names(ledger)
    for row, line in enumerate(lines, start=2):
        named = {names[each] for each in map(_heading_of, line) if each in names}
        if len(named) >= NAMED_BY_A_HEADER:
            return Fault(sheet, row, None, None, sentence(HEADER_ELSEWHERE, row=row))
    return None


def _heading_of(value: CellValue) -> str:
    return heading(shown(value) or "")


def _column_names(ledger: type[Ledger]) -> dict[str, Column]:
    return {heading(name): each for each in ledger.columns for name in (each.id, each.zh)}


def missing_columns(sheet: str, ledger: type[Ledger], places: ColumnPlaces) -> Iterator[Fault]:
    """A fault for each required column that the sheet lacks."""
    for column in ledger.columns:
        if column.required and column.id not in places.at:
            wrong = sentence(MISSING_COLUMN, column=column.label)
            yield Fault(sheet, 1, column.zh, None, wrong)
