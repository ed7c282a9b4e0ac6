"""Resolve references to units by name, against arriving and stored units, before rows are keyed.

A reference is the code of a unit, its name if no other unit has it, or one of its other names.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from data.ledgers.belonging import referred_ledger
from data.ledgers.rows import fetch, fetch_by
from data.workbook.cells.value_texts import plain_name
from data.workbook.rows import FAULTY, Content, Fault, SheetRows
from models.grid import Unit, UnitName
from models.text import N_, Sentence, sentence

BORNE_BY_SEVERAL = N_(
    "Several units bear this name: {units}. Enter the code of the one that is meant."
)
NO_LONGER_USED = N_(
    "This name of unit {unit} has not been used since {day}. Enter the code or the present name."
)
SHOWN_CODES = 5


class UnitNames:
    """The names of units, and the unit that each means on a day."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._units: dict[str, set[str]] = {}
        self._others: dict[str, tuple[str, date | None]] = {}

    def add(self, code: str, name: str) -> None:
        """Add the name of a unit."""
        self._units.setdefault(plain_name(name), set()).add(code)

    def add_other(self, code: str, name: str, until_on: date | None) -> None:
        """Add another name of a unit, used until the day before `until_on`."""
        self._others[plain_name(name)] = (code, until_on)

    def code_of(self, name: str) -> str | Sentence | None:
        """The code of the unit that `name` means, the reason why it is not clear, or None if
        unknown."""
        codes = set(self._units.get(name, ()))
        other, until_on = self._others.get(name, (None, None))
        in_use = until_on is None or until_on > self._day
        if other is not None and in_use:
            codes.add(other)
        if len(codes) > 1:
            shown = "、".join(sorted(codes)[:SHOWN_CODES])
            return sentence(BORNE_BY_SEVERAL, units=shown)
        if codes:
            return codes.pop()
        if other is not None and until_on is not None:
            return sentence(NO_LONGER_USED, unit=other, day=until_on.isoformat())
        return None


def resolve_unit_names(connection: Connection, content: Content, day: date) -> None:
    """Replace names of units by codes, as an import on `day` understands them.

    A name of several units or one no longer in use is a fault; an unknown name is left as it is.
    """
    if not any(_named(connection, content)):
        return
    names = UnitNames(day)
    others = [sheet for sheet in content.sheets if sheet.ledger is UnitName]
    _add_units(connection, content, names)
    _add_kept_others(connection, others, names)
    for sheet in others:
        _resolve(connection, content, sheet, names)
        for _, row in sheet.named():
            unit, name, until_on = row.get("unit"), row.get("name"), row.get("until_on")
            if isinstance(unit, str) and isinstance(name, str):
                names.add_other(unit, name, until_on if isinstance(until_on, date) else None)
    for sheet in content.sheets:
        if sheet.ledger is not UnitName:
            _resolve(connection, content, sheet, names)


def _references(sheet: SheetRows) -> Iterator[int]:
    """The positions of the columns of `sheet` that refer to units."""
    for at, name in enumerate(sheet.present):
        if referred_ledger(sheet.ledger.column(name)) == Unit.id():
            yield at


def _named(connection: Connection, content: Content) -> Iterator[set[str]]:
    """The references that are not codes of units, by column that refers to units."""
    for sheet in content.sheets:
        for at in _references(sheet):
            yield _not_codes(connection, content, sheet, at)


def _not_codes(connection: Connection, content: Content, sheet: SheetRows, at: int) -> set[str]:
    references = {values[at] for _, values in sheet.rows}
    wanted = {each for each in references if isinstance(each, str)} - _arriving_codes(content)
    if not wanted:
        return wanted
    return wanted - {code for (code,) in fetch_by(connection, Unit, ("code",), "code", wanted)}


def _arriving_codes(content: Content) -> set[str]:
    codes: set[str] = set()
    for sheet in content.sheets:
        if sheet.ledger is Unit and "code" in sheet.present:
            at = sheet.present.index("code")
            codes.update(code for _, values in sheet.rows if isinstance(code := values[at], str))
    return codes


def _add_units(connection: Connection, content: Content, names: UnitNames) -> None:
    arriving: dict[str, str] = {}
    for sheet in content.sheets:
        if sheet.ledger is Unit and {"code", "name"} <= set(sheet.present):
            for _, row in sheet.named():
                if isinstance(code := row["code"], str) and isinstance(name := row["name"], str):
                    arriving[code] = name
    kept: Any = fetch(connection, Unit, ("code", "name"))
    for code, name in (dict(kept) | arriving).items():
        names.add(code, name)


def _add_kept_others(
    connection: Connection, sheets: Collection[SheetRows], names: UnitNames
) -> None:
    arriving_names = {row.get("name") for sheet in sheets for _, row in sheet.named()}
    for unit, name, until_on in fetch(connection, UnitName, ("unit", "name", "until_on")):
        if name not in arriving_names:
            names.add_other(unit, name, until_on)


def _resolve(connection: Connection, content: Content, sheet: SheetRows, names: UnitNames) -> None:
    for at in _references(sheet):
        meant = {
            name: code
            for name in _not_codes(connection, content, sheet, at)
            if (code := names.code_of(name)) is not None
        }
        if meant:
            content.faults += replace_references(sheet, at, meant)


def replace_references(
    sheet: SheetRows, at: int, meant: Mapping[str, str | Sentence]
) -> Iterator[Fault]:
    """Replace names by codes in the column at position `at`; add a fault where the code is
    unknown."""
    header = sheet.headers[sheet.present[at]]
    for place, (row, values) in enumerate(sheet.rows):
        name = values[at]
        if not isinstance(name, str) or name not in meant:
            continue
        code: object = meant[name]
        if isinstance(code, Sentence):
            yield Fault(sheet.name, row, header, name, code)
            code = FAULTY
        sheet.rows[place] = (row, (*values[:at], code, *values[at + 1 :]))
