"""Write a starter: a template with a few sheets, units by name, and examples that are not read."""

from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from data.reference.lists import References
from data.workbook.cells.explain import rules_in_words
from data.workbook.cells.starter_codes import PROPERTY, VALUE
from data.workbook.outgoing.starter_sheets import (
    A4,
    LedgerSheet,
    Lists,
    Offers,
    header_of,
    write_to_do,
)
from data.workbook.outgoing.template import (
    EXPLANATIONS,
    Say,
)
from data.workbook.outgoing.writing import Target, new_workbook
from models.grid import Sector, Unit, UnitName
from models.ledger import Ledger
from models.rectification import Finding, RectificationEvent
from models.registry import LEDGERS
from models.text import N_, Sentence, sentence

ALWAYS: tuple[type[Ledger], ...] = (Unit, UnitName)
"""The sheets with which a district begins, whatever else it wants to see first."""
WITH: Mapping[type[Ledger], tuple[type[Ledger], ...]] = {Finding: (RectificationEvent,)}
"""By ledger, those of little use without it."""

HOW_TO = (
    N_("Fill in one row for each matter. Row 1 holds the headers; they stay as they are."),
    N_("Row 2 of each sheet is an example and is not read. Begin in row 3."),
    N_("Columns with a star must be filled in every row. Amounts are in 万元."),
    N_("Units are given by name or code. Where there is a list, choose from it."),
    N_(
        "A code may be left empty; other rows then name that row by its title or name. The same row"
        " is met again by its unit and title."
    ),
    N_("Hold the pointer over a header, or choose a cell, to read what may be entered."),
)
MORE_ROWS = N_("A workbook is taken in whole or not at all; every fault is shown with its cell.")


def sheets_for(
    wanted: Iterable[type[Ledger]], offers: Offers, *, whole: bool
) -> list[type[Ledger]]:
    """The sheets of a starter for the `wanted` ledgers; only findings if none is wanted.

    A `whole` starter begins with the units, and with the sectors if none are stored yet.
    """
    chosen = set(wanted) or {Finding}
    chosen |= {more for each in chosen for more in WITH.get(each, ())}
    if whole:
        chosen |= {*ALWAYS, *(() if offers.keys.get(Sector.id()) else (Sector,))}
    first = [Sector, *ALWAYS]
    return [
        *(ledger for ledger in first if ledger in chosen),
        *(ledger for ledger in LEDGERS if ledger in chosen and ledger not in first),
    ]


def write(
    target: Target,
    ledgers: Sequence[type[Ledger]],
    offers: Offers,
    references: References,
    say: Say,
) -> None:
    """Write a starter with the sheets of `ledgers`; `say` translates the explanations."""
    with new_workbook(target, constant_memory=False) as book:
        properties = offers.signature.properties if offers.signature else {}
        for name, value in (properties | {PROPERTY: VALUE}).items():
            book.set_custom_property(name, value)
        explanations = book.add_worksheet(EXPLANATIONS)
        if offers.to_do:
            write_to_do(book, offers)
        sheets = [(ledger, book.add_worksheet(ledger.SHEET.zh)) for ledger in ledgers]
        lists = Lists(book, offers, references)
        _explain(book, explanations, ledgers, references, say, offers.signed)
        for ledger, sheet in sheets:
            LedgerSheet(book, sheet, ledger, lists, references, say).write(offers)
        lists.sheet.hide()
        sheets[0][1].activate()


def _explain(
    book: Workbook,
    sheet: Worksheet,
    ledgers: Sequence[type[Ledger]],
    references: References,
    say: Say,
    signed: str,
) -> None:
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, width in enumerate((16, 20, 80)):
        sheet.set_column(at, at, width, wrapped)
    sheet.write_string(0, 0, say(sentence(N_("How to fill in this workbook"))), bold)
    row = 1
    for text in filter(None, (signed, *(say(sentence(each)) for each in (*HOW_TO, MORE_ROWS)))):
        sheet.merge_range(row, 0, row, 2, text, wrapped)
        row += 1
    for ledger in ledgers:
        row += 1
        sheet.write_string(row, 0, ledger.SHEET.zh, bold)
        for column in ledger.columns:
            row += 1
            rules: Iterable[Sentence] = rules_in_words(ledger, column, references)
            sheet.write_string(row, 1, header_of(column), wrapped)
            sheet.write_string(row, 2, " ".join(map(say, rules)), wrapped)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
