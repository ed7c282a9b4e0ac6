"""Read money from the cells of a row, and ask about unclear amounts."""

from decimal import Decimal

from data.own_ledgers.layout.columns import Planned
from data.own_ledgers.rows.row_values import NONE, RowValues
from data.own_ledgers.words.money import IN_WAN, Amount, read_amount
from data.own_ledgers.words.questions import LEAVE_OUT
from data.own_ledgers.words.stated import Proposal, QuestionKind
from data.own_ledgers.words.written import clean, plain
from data.workbook.cells.value_texts import CellValue
from models.text import N_, sentence

ROUNDED = N_("Amounts of this column have more decimals than one 分 and were rounded.")
MONEY_UNIT = N_("In which unit of money are the amounts of “{column}”?")
WHICH_AMOUNT = N_("How much money is “{value}”? Answer in 万元, or “-” for none.")


def money_of(row: RowValues, column: str) -> Decimal | str | None:
    """The amount in a cell in 万元, `ALL`, or None."""
    value = row.raw(column)
    if value == "":
        return None
    planned = row.columns(column)[0]
    amount = read_amount(value, planned.money_unit)
    if amount is not None and amount.needs_unit:
        amount = _in_asked_unit(row, planned, value)
    elif amount is None:
        amount = _asked_amount(row, planned, value)
    if amount is None:
        return None
    if amount.rounded:
        row.sheet.warn_once(row.number, planned.theirs, clean(value), sentence(ROUNDED))
    if isinstance(amount.value, Decimal):
        row.sheet.add_money(column, amount.value)
    return amount.value


def _in_asked_unit(row: RowValues, planned: Planned, value: CellValue) -> Amount | None:
    id_, answer = row.sheet.questions.ask(
        QuestionKind.MONEY_UNIT,
        (row.sheet.form.name, planned.theirs),
        sheet=row.sheet.name,
        value=planned.theirs,
        row=row.number,
        proposals=lambda: [Proposal(each, each) for each in ("万元", "元", "亿元", "千元")],
        asks=sentence(MONEY_UNIT, column=planned.theirs),
        column=planned.theirs,
        keep_as="form",
        keep=("money_units", planned.theirs),
    )
    if row.ask(id_, answer) is None:
        return None
    if answer not in IN_WAN:
        row.refuse(id_)
        return None
    return read_amount(value, answer)


def _asked_amount(row: RowValues, planned: Planned, value: CellValue) -> Amount | None:
    shown = clean(value)
    id_, answer = row.sheet.questions.ask(
        QuestionKind.MONEY_UNIT,
        ("amount", row.sheet.name, planned.theirs, plain(value)),
        sheet=row.sheet.name,
        value=shown,
        row=row.number,
        proposals=lambda: [Proposal(LEAVE_OUT, NONE)],
        asks=sentence(WHICH_AMOUNT, value=shown),
        column=planned.theirs,
    )
    if row.ask(id_, answer) is None or answer is None:
        return None
    amount = read_amount(answer, "万元")
    if amount is None:
        row.refuse(id_)
    return amount
