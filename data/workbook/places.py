"""Which sheet is which ledger, and which column of it is which: by Chinese name or English id."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from data.workbook.cells import CellValue, shown, words
from data.workbook.rows import Fault
from data.workbook.structure import SheetPart
from models.ledger import Ledger
from models.registry import LEDGERS
from models.text import N_, sentence

IGNORED = "#"

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
MISSING_COLUMN = N_("The column “{column}” is required but missing. Add it to the header row.")


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A sheet that holds the rows of a ledger."""

    at: int
    part: SheetPart
    ledger: type[Ledger]


@dataclass(slots=True)
class ColumnPlaces:
    """Where the columns of a sheet stand, counted from 0.

    `unnamed` are those without a header; those under a header that is a note or has a fault are
    nowhere here, and what stands in them is passed over.
    """

    at: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def nothing_named(self) -> bool:
        """Whether the header row names no column, rightly or wrongly."""
        return not self.at and not self.faults


def is_note(name: str) -> bool:
    """Whether a sheet or column of this name is its author's own and is passed over."""
    return words(name).startswith(IGNORED)


def sheet_places(parts: Sequence[SheetPart]) -> tuple[list[SheetPlace], list[Fault]]:
    """The sheets that are ledgers, and a fault for each that is unknown or given twice."""
    names = {words(name): each for each in LEDGERS for name in (each.id(), each.SHEET.zh)}
    places: dict[str, SheetPlace] = {}
    faults = []
    for at, part in enumerate(parts):
        if is_note(part.name):
            continue
        ledger = names.get(words(part.name))
        if ledger is None:
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
    """The columns named in the `header` row; `wrong` are the header cells that cannot be read."""
    names = {words(name): each for each in ledger.columns for name in (each.id, each.zh)}
    places = ColumnPlaces()
    for at, value in enumerate(header):
        name = shown(value) or ""
        column = names.get(words(name))
        if at in wrong:
            places.faults.append(wrong[at])
        elif not words(name):
            places.unnamed.append(at)
        elif is_note(name):
            continue
        elif column is None:
            places.faults.append(Fault(sheet, 1, name, name, sentence(UNKNOWN_COLUMN)))
        elif column.id in places.at:
            double = sentence(DOUBLE_COLUMN, other=places.headers[column.id])
            places.faults.append(Fault(sheet, 1, name, name, double))
        else:
            places.at[column.id], places.headers[column.id] = at, name
    return places


def missing_columns(sheet: str, ledger: type[Ledger], places: ColumnPlaces) -> Iterator[Fault]:
    """A fault for each required column that the sheet does not have."""
    for column in ledger.columns:
        if column.required and column.id not in places.at:
            wrong = sentence(MISSING_COLUMN, column=column.label)
            yield Fault(sheet, 1, column.zh, None, wrong)
