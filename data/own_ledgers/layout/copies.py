"""Leave out sheets of a file that repeat the rows of others: copies, hidden sheets, earlier
months."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from data.own_ledgers.layout.as_of import as_of_day, year_of
from data.own_ledgers.layout.fitting import FittingSheet, lines_above
from data.own_ledgers.words.days import stretch_of
from data.own_ledgers.words.stated import FileWarning
from data.own_ledgers.words.written import plain
from models.text import N_, sentence

TELLING = ("text", "title", "name")
FEW, MOST = 3, 0.5
"""From so many rows on, and such a share of the shorter one, two sheets hold the same rows."""
DIGITS = re.compile("[0-9]+")
ANY_YEAR, DAYS_OF_A_MONTH = 2000, 31
HIDDEN = N_("This sheet is hidden; it is not read. Show it if it belongs to the ledger.")
SAME_ROWS = N_(
    "This sheet holds the rows of “{other}” once more, of the same day or an earlier one; it is "
    "not read. An earlier month is taken in before a later one, or as a file of its own."
)


@dataclass(slots=True)
class SheetsToRead:
    """The sheets to read: those `kept`, those of `earlier` months by day, and notes on the
    others."""

    kept: list[FittingSheet] = field(default_factory=list)
    earlier: dict[date, list[FittingSheet]] = field(default_factory=dict)
    warnings: list[FileWarning] = field(default_factory=list)

    @property
    def every(self) -> Iterator[FittingSheet]:
        """All sheets to be read."""
        yield from self.kept
        for those in self.earlier.values():
            yield from those


def without_copies(
    found: Sequence[FittingSheet],
    subjects: Sequence[str],
    file: str = "",
    taken_until: Mapping[str, date | None] | None = None,
) -> SheetsToRead:
    """The sheets to read, and notes on the others.

    Hidden sheets are left out if any sheet is visible. Of sheets on a subject in `subjects` with
    the same rows, the latest is read; among those of one day, that with most rows, else the first.
    A sheet whose own day, or that in the name of `file`, is earlier is read first if it is later
    than `taken_until`, the day of the last imported sheet of its form; without `taken_until` no
    earlier sheet is read.
    """
    made = SheetsToRead()
    shown = [each for each in found if not each.grid.hidden]
    if shown and len(shown) < len(found):
        said = sentence(HIDDEN)
        made.warnings = [
            FileWarning(each.grid.sheet, None, None, None, said)
            for each in found
            if each.grid.hidden
        ]
    left = shown or list(found)
    rows = {id(each): _rows(each) for each in left if each.form.subject in subjects}
    for each in left:
        same = [
            other
            for other in left
            if other is not each
            and other.form.subject == each.form.subject
            and id(each) in rows
            and (_alike(rows[id(each)], rows[id(other)]) or _are_months(each, other))
        ]
        later = [other for other in same if _goes_before(other, each, left, rows)]
        if not later:
            made.kept.append(each)
            continue
        day = _plain_day(each, file)
        is_month = day is not None and all(_day(other) != _day(each) for other in later)
        last = (taken_until or {}).get(each.form.name)
        if day and is_month and taken_until is not None and (last is None or last < day):
            made.earlier.setdefault(day, []).append(each)
        else:
            said = sentence(SAME_ROWS, other=later[0].grid.sheet)
            made.warnings.append(FileWarning(each.grid.sheet, None, None, None, said))
    return made


def _are_months(one: FittingSheet, other: FittingSheet) -> bool:
    """Whether two sheets are named after a month each and otherwise have the same title; they
    are then the same ledger, however few rows they share."""
    stretches = [stretch_of(each.grid.sheet, ANY_YEAR) for each in (one, other)]
    if not all(each and (each.last - each.first).days < DAYS_OF_A_MONTH for each in stretches):
        return False
    titles = {
        DIGITS.sub("", plain("".join(lines_above(each.grid, each.header)))) for each in (one, other)
    }
    return len(titles) == 1 and _day(one) != _day(other)


def _plain_day(sheet: FittingSheet, file: str) -> date | None:
    """The day in the sheet itself; for a sheet named after a month, the end of that month in the
    year found above the table or in the file name."""
    above = lines_above(sheet.grid, sheet.header)
    if day := as_of_day(above, sheet.grid.sheet, ""):
        return day
    if not (month := stretch_of(sheet.grid.sheet, ANY_YEAR)):
        return None
    year = year_of(above, None) or year_of([file], None)
    stretch = stretch_of(sheet.grid.sheet, year) if month and year else None
    return stretch.last if stretch else None


def _rows(sheet: FittingSheet) -> frozenset[tuple[str, str]]:
    """What identifies the rows of a sheet: the unit, and the subject of the row."""
    at = {
        match.column: heading.at
        for heading in reversed(sheet.header.headings)
        if (match := sheet.headings.find(heading.pieces))
    }
    texts = [at[column] for column in TELLING if column in at]
    whole = "" if "unit" in at else _of_sheet(sheet)
    return frozenset(
        (whole or plain(line[at["unit"]]), plain(line[texts[0]]))
        for line in sheet.grid.lines[sheet.header.end :]
        if texts and plain(line[texts[0]])
    )


def _of_sheet(sheet: FittingSheet) -> str:
    """For a sheet without a unit column: its title lines and name, without days."""
    name = sheet.grid.sheet
    named = "" if stretch_of(name, ANY_YEAR) else name
    return DIGITS.sub("", plain("".join((*lines_above(sheet.grid, sheet.header), named)))) or "-"


def _alike(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    both = len(one & other)
    if both and both == min(len(one), len(other)):
        return True
    return both >= FEW and both >= MOST * min(len(one), len(other))


def _goes_before(
    other: FittingSheet,
    sheet: FittingSheet,
    order: Sequence[FittingSheet],
    rows: Mapping[int, Collection[object]],
) -> bool:
    """Whether `other` is read instead of `sheet`: it has a later day, else more rows."""

    def rank(each: FittingSheet) -> tuple[date, int, int]:
        return _day(each) or date.min, len(rows[id(each)]), -order.index(each)

    return rank(other) > rank(sheet)


def _day(sheet: FittingSheet) -> date | None:
    """The day of a sheet; 9月 alone is enough to tell it from 10月."""
    above = lines_above(sheet.grid, sheet.header)
    if day := as_of_day(above, sheet.grid.sheet, ""):
        return day
    stretch = stretch_of(sheet.grid.sheet, year_of(above, None) or ANY_YEAR)
    return stretch.last if stretch else None
