"""The empty workbook for distribution: a sheet for every ledger, with its choices."""

from collections.abc import Callable

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from data.reference.lists import References
from data.workbook.cells.explain import GENERAL, choices_of, rules_in_words
from data.workbook.outgoing.writing import ROWS, Target, column_format, new_workbook, width_of
from models.kinds import Kind
from models.ledger import Ledger
from models.registry import LEDGERS
from models.text import N_, Sentence, sentence

EXPLANATIONS, CHOICES = "#说明", "#选项"
REQUIRED_FILL, OPTIONAL_FILL = "#F8CBAD", "#E7E6E6"
NOTE_SIZE = {"x_scale": 2.2, "y_scale": 1.4, "author": ""}

HEADERS = (N_("Sheet"), N_("Column"), N_("Id"), N_("Required"), N_("Key"), N_("What to enter"))
HEADER_WIDTHS = (14, 18, 18, 8, 8, 90)

Say = Callable[[Sentence], str]
Ranges = dict[Kind, str]
"""By kind, the range of the sheet of choices that lists its values."""


def write(
    target: Target,
    references: References,
    language: str,
    translate: Callable[[str], str] = str,
) -> None:
    """Write the template; its explanations are in `language`, translated by `translate`."""

    def say(text: Sentence) -> str:
        return text.say(translate, language)

    with new_workbook(target, constant_memory=False) as book:
        explanations = book.add_worksheet(EXPLANATIONS)
        sheets = [(ledger, book.add_worksheet(ledger.SHEET.zh)) for ledger in LEDGERS]
        ranges = _write_choices(book, references)
        _write_explanations(book, explanations, references, say)
        for ledger, sheet in sheets:
            _write_header(book, sheet, ledger, references, say)
            _set_columns(book, sheet, ledger, ranges)


def _write_header(
    book: Workbook, sheet: Worksheet, ledger: type[Ledger], references: References, say: Say
) -> None:
    formats = {
        required: book.add_format({"bold": True, "bg_color": fill, "border": 1, "valign": "top"})
        for required, fill in ((True, REQUIRED_FILL), (False, OPTIONAL_FILL))
    }
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(ledger.columns):
        sheet.write_string(0, at, column.zh, formats[column.required])
        must = sentence(N_("Required.") if column.required else N_("May be left empty."))
        lines = [must, *rules_in_words(ledger, column, references)]
        sheet.write_comment(0, at, "\n".join(map(say, lines)), NOTE_SIZE)


def _set_columns(book: Workbook, sheet: Worksheet, ledger: type[Ledger], ranges: Ranges) -> None:
    for at, column in enumerate(ledger.columns):
        number_format = column_format(column.kind)
        cell_format = book.add_format({"num_format": number_format}) if number_format else None
        sheet.set_column(at, at, width_of(column.kind), cell_format)
        if column.kind in ranges:
            rule = {"validate": "list", "source": ranges[column.kind]}
            # English codes are accepted too, so an entry not on the list only gets a warning.
            sheet.data_validation(1, at, ROWS - 1, at, {**rule, "error_type": "warning"})


def _write_choices(book: Workbook, references: References) -> Ranges:
    """Write a column of values and one of meanings for each kind with a list of choices."""
    sheet = book.add_worksheet(CHOICES)
    bold = book.add_format({"bold": True})
    ranges: Ranges = {}
    for ledger in LEDGERS:
        for column in ledger.columns:
            choices = choices_of(column.kind, references)
            if not choices or column.kind in ranges:
                continue
            at = 2 * len(ranges)
            sheet.write_string(0, at, column.zh, bold)
            for row, (value, meaning) in enumerate(choices, 1):
                sheet.write_string(row, at, value)
                sheet.write_string(row, at + 1, meaning)
            sheet.set_column(at, at + 1, 18)
            letters = xl_col_to_name(at)
            ranges[column.kind] = f"='{CHOICES}'!${letters}$2:${letters}${len(choices) + 1}"
    return ranges


def _write_explanations(book: Workbook, sheet: Worksheet, references: References, say: Say) -> None:
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, say(sentence(N_("How to fill in this workbook"))), bold)
    for row, message in enumerate(GENERAL, 1):
        sheet.write_string(row, 0, say(sentence(message)))
    start = len(GENERAL) + 2
    for at, (header, width) in enumerate(zip(HEADERS, HEADER_WIDTHS, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(start, at, say(sentence(header)), bold)
    row = start
    for ledger in LEDGERS:
        for column in ledger.columns:
            row += 1
            rules = " ".join(map(say, rules_in_words(ledger, column, references)))
            cells = (
                ledger.SHEET.zh,
                column.zh,
                column.id,
                _star(column.required),
                _star(column.key),
                rules,
            )
            for at, text in enumerate(cells):
                sheet.write_string(row, at, text, wrapped)


def _star(yes: bool) -> str:
    return "*" if yes else ""
