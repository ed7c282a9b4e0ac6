"""Read rows of a ledger of special funds: projects, and the money paid out and spent so far."""

from collections.abc import Iterator
from decimal import Decimal

from data.own_ledgers.rows.draft import Draft
from data.own_ledgers.rows.row_days import day_of
from data.own_ledgers.rows.row_money import money_of
from data.own_ledgers.rows.row_units import units_of
from data.own_ledgers.rows.row_values import RowValues
from data.own_ledgers.words import stated
from data.own_ledgers.words.stated import StatedRow
from models.fund import FundKind
from models.text import N_, sentence

MORE_SPENT = N_("More was spent than disbursed.")


def rows(row: RowValues) -> Iterator[StatedRow]:
    """The fund project of one row."""
    name, units = row.text("name"), units_of(row)
    if not name or row.left_out:
        return
    draft = Draft("fund_projects")
    draft.put("name", name)
    draft.put("unit", units[0] if units else None)
    if not row.is_blank("code"):
        draft.put(stated.CODE_AS_WRITTEN, row.text("code"))
    draft.put_or_assume("kind", row.word("kind", "fund_kind", map(str, FundKind)), row)
    if written := row.text("kind"):
        draft.words["kind"] = written
    for column in (
        "approved",
        stated.DISBURSED,
        stated.SPENT,
        stated.DISBURSED_NOW,
        stated.SPENT_NOW,
    ):
        amount = money_of(row, column)
        draft.put(column, amount if isinstance(amount, Decimal) else None)
    draft.put_day_or_as_of("approved_on", day_of(row, "approved_on"), row)
    draft.put_day("finish_on", day_of(row, "finish_on", happened=False))
    disbursed, spent = draft.values.get(stated.DISBURSED), draft.values.get(stated.SPENT)
    if disbursed is not None and spent is not None and spent > disbursed:
        row.sheet.warn(row.number, row.theirs("spent"), str(spent), sentence(MORE_SPENT))
    row.sheet.sums["fund_projects"] += 1
    yield draft.stated(row)
