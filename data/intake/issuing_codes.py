"""Give codes to the rows of a starter that have none, unless they match a stored row.

In a starter a row may leave its code empty, and other rows refer to it by its title or name. A row
that says the same as a stored one is that row; any other gets the next code.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from data.intake.unit_names import replace_references
from data.ledgers.belonging import referred_ledger
from data.ledgers.rows import fetch, fetch_by
from data.own_ledgers.entering.issued_codes import IssuedCodes
from data.workbook.cells.starter_codes import ISSUED, telling_columns
from data.workbook.cells.value_texts import plain_name
from data.workbook.rows import FAULTY, Content, Fault, SheetRows
from models.audit import Project
from models.disposal import Disposal
from models.fund import FundProject
from models.grid import Sector, Unit
from models.kinds import Day
from models.ledger import Ledger
from models.rectification import Finding
from models.text import N_, Sentence, sentence
from models.work import Meeting

SAID_TWICE = N_(
    "Row {row} says the same, and neither has a code. Enter the code of each, or keep one of them."
)
SEVERAL_KEPT = N_("What is kept as {codes} says the same. Enter the code of the one that is meant.")
SEVERAL_CALLED_SO = N_("{codes} have this name. Enter the code of the one that is meant.")
MARKS: Mapping[type[Ledger], str] = {
    Finding: "",
    Project: "P",
    FundProject: "F",
    Disposal: "D",
}
"""By ledger, the letters before the number in a code that is issued."""
OF_UNITS = tuple(each for each in ISSUED if each not in (Sector, Unit))
"""The ledgers whose rows belong to a unit or to the district."""
SHOWN_CODES = 5
Telling = tuple[object, ...]


def issue_codes(
    connection: Connection, content: Content, day: date, ledgers: Collection[type[Ledger]]
) -> None:
    """Give codes to the rows of `ledgers` in a starter that have none, and to references to them.

    References to units must already be codes if rows of a ledger are told apart by unit. Rows that
    cannot be told apart are faults.
    """
    if not content.is_starter:
        return
    for ledger in (each for each in ISSUED if each in ledgers):
        for sheet in content.sheets:
            if sheet.ledger is ledger and "code" in sheet.present:
                content.faults += _issue(connection, sheet, day)
        if ledger is not Unit:
            _resolve_names(connection, content, ledger)


def _issue(connection: Connection, sheet: SheetRows, day: date) -> Iterator[Fault]:
    ledger, at = sheet.ledger, sheet.present.index("code")
    telling = telling_columns(ledger)
    if not set(telling) <= set(sheet.present):
        return
    places = [sheet.present.index(each) for each in telling]
    without = [n for n, (_, values) in enumerate(sheet.rows) if values[at] is None]
    if not without:
        return
    kept = _kept(connection, sheet, telling, places, without)
    codes = IssuedCodes(
        {code for (code,) in fetch(connection, ledger, ("code",))}
        | {str(values[at]) for _, values in sheet.rows if isinstance(values[at], str)},
        MARKS.get(ledger, ""),
    )
    first: dict[Telling, int] = {}
    for n in without:
        row, values = sheet.rows[n]
        code: object = FAULTY
        told = _plain([values[each] for each in places])
        if FAULTY not in told:
            known = kept.get(told, [])
            wrong: Sentence | None = None
            if told in first:
                wrong = sentence(SAID_TWICE, row=first[told])
            elif len(known) > 1:
                wrong = sentence(SEVERAL_KEPT, codes="、".join(sorted(known)[:SHOWN_CODES]))
            if wrong is not None:
                yield Fault(sheet.name, row, sheet.headers["code"], None, wrong)
            else:
                code = known[0] if known else _next(codes, sheet, values, day)
            first.setdefault(told, row)
        sheet.rows[n] = (row, (*values[:at], code, *values[at + 1 :]))


def _kept(
    connection: Connection,
    sheet: SheetRows,
    telling: Sequence[str],
    places: Sequence[int],
    without: Sequence[int],
) -> Mapping[Telling, list[str]]:
    """The codes of stored rows that rows without a code may match, by the values that identify
    them."""
    first = {sheet.rows[n][1][places[0]] for n in without} - {FAULTY, None}
    found: dict[Telling, list[str]] = defaultdict(list)
    columns = ("code", *telling)
    rows: Any = (
        fetch_by(connection, sheet.ledger, columns, telling[0], first)
        if telling[0] == "unit"
        else fetch(connection, sheet.ledger, columns)
    )
    for code, *said in rows:
        found[_plain(said)].append(code)
    return found


def _plain(said: Sequence[object]) -> Telling:
    return tuple(plain_name(each) if isinstance(each, str) else each for each in said)


def _next(codes: IssuedCodes, sheet: SheetRows, values: Sequence[object], day: date) -> str:
    named = dict(zip(sheet.present, values, strict=True))
    days = (named.get(each.id) for each in sheet.ledger.columns if isinstance(each.kind, Day))
    year = next((each.year for each in days if isinstance(each, date)), day.year)
    ledger = sheet.ledger
    if ledger is Sector:
        return codes.next_of("S", 2)
    if ledger is Unit:
        return codes.next_of("U", 3)
    if "unit" in telling_columns(ledger):
        return codes.issue(str(named["unit"]), year)
    return codes.next_of(f"{'M' if ledger is Meeting else 'T'}-{year}-", 2)


def _resolve_names(connection: Connection, content: Content, ledger: type[Ledger]) -> None:
    """Replace titles and names by codes in the references of other rows to `ledger`."""
    about = telling_columns(ledger)[-1 if "unit" in telling_columns(ledger) else 0]
    places = [
        (sheet, at)
        for sheet in content.sheets
        for at, name in enumerate(sheet.present)
        if referred_ledger(sheet.ledger.column(name)) == ledger.id()
    ]
    said = {
        value
        for sheet, at in places
        for _, values in sheet.rows
        if isinstance(value := values[at], str)
    }
    if not said:
        return
    arriving = {
        str(row["code"]): row.get(about)
        for sheet in content.sheets
        if sheet.ledger is ledger and "code" in sheet.present
        for _, row in sheet.named()
        if isinstance(row["code"], str)
    }
    kept_codes = {code for (code,) in fetch_by(connection, ledger, ("code",), "code", said)}
    left = said - set(arriving) - kept_codes
    if not left:
        return
    called: dict[str, set[str]] = defaultdict(set)
    kept: Any = fetch(connection, ledger, ("code", about))
    for code, name in (dict(kept) | arriving).items():
        if isinstance(name, str):
            called[plain_name(name)].add(code)
    meant = {each: _meant(called[plain_name(each)]) for each in left if called[plain_name(each)]}
    for sheet, at in places:
        content.faults += replace_references(sheet, at, meant)


def _meant(codes: Collection[str]) -> str | Sentence:
    if len(codes) == 1:
        return next(iter(codes))
    return sentence(SEVERAL_CALLED_SO, codes="、".join(sorted(codes)[:SHOWN_CODES]))
