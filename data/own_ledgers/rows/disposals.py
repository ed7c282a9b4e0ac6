"""Read rows of a ledger of assets and bodies cleared and put to use again: 清理盘活."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from data.own_ledgers.rows.draft import Draft
from data.own_ledgers.rows.row_days import NO_DAY, day_of, limit_of
from data.own_ledgers.rows.row_money import money_of
from data.own_ledgers.rows.row_units import units_of
from data.own_ledgers.rows.row_values import RowValues
from data.own_ledgers.words import stated
from data.own_ledgers.words.stated import StatedRow
from data.own_ledgers.words.written import plain
from models.disposal import DisposalKind, Method

DONE, OPEN = "DONE", "OPEN"
POSTS = re.compile("编|岗位")


def rows(row: RowValues) -> Iterator[StatedRow]:
    """The disposal of one row."""
    name, units = row.text("name"), units_of(row)
    if not name or row.left_out:
        return
    draft = Draft("disposals")
    draft.put("name", name)
    draft.put("unit", units[0] if units else None)
    if not row.is_blank("code"):
        draft.put(stated.CODE_AS_WRITTEN, row.text("code"))
    draft.put_or_assume("kind", _kind(row), row)
    draft.put("quantity", _quantity(row, draft.values.get("kind")))
    value = money_of(row, "value")
    draft.put("value", value if isinstance(value, Decimal) else None)
    draft.put_day_or_as_of("found_on", day_of(row, "found_on"), row)
    _done(draft, row)
    _found_before_done(draft)
    _due(draft, row)
    row.sheet.sums["disposals"] += 1
    row.sheet.sums["done"] += "done_on" in draft.values
    yield draft.stated(row)


def _quantity(row: RowValues, kind: object) -> int | None:
    """The number of items; 编制数 counts only where posts are what is idle."""
    if POSTS.search(row.theirs("quantity")) and kind != DisposalKind.IDLE_POST:
        return None
    return row.count("quantity") or None


def _kind(row: RowValues) -> str | None:
    """The kind from its column, else from the sheet's name, a line above the table, the row's
    name, or the heading of the name column."""
    if row.sheet.has("kind"):
        return row.word("kind", "disposal_kind", map(str, DisposalKind))
    said = (row.sheet.name, *row.sheet.above, row.text("name"), row.theirs("name"))
    codes = (row.sheet.phrases.code("disposal_kind", each or "") for each in said)
    return next(filter(None, codes), None)


def _found_before_done(draft: Draft) -> None:
    """Set the day it was found to the day it was done, if the sheet does not give one."""
    found, done = draft.values.get("found_on"), draft.values.get("done_on")
    if found and done and done < found and "found_on" in draft.known_as_of:
        draft.values["found_on"] = done


def _due(draft: Draft, row: RowValues) -> None:
    read = limit_of(row, "due_on")
    if read is None:
        return
    if read.limit.on:
        draft.put("due_on", read.limit.on)
    else:
        # Count from the day it was found, since disposals have no day of issue.
        days = read.limit.days_from_issue or row.sheet.defaults.immediate
        if found := draft.values.get("found_on"):
            draft.put("due_on", found + timedelta(days))
        draft.assumed.add("due_on")
    if read.words:
        draft.words["due_on"] = read.words


def _done(draft: Draft, row: RowValues) -> None:
    state = row.word("state", "disposal_state", (DONE, OPEN))
    day = day_of(row, "done_on")
    undecided = plain(row.raw("method")) in NO_DAY
    method = None if undecided else row.word("method", "disposal_method", map(str, Method))
    recovered = money_of(row, "recovered")
    draft.put(
        "recovered",
        draft.values.get("value") if recovered == stated.ALL else recovered,
    )
    if state == OPEN or (state is None and day is None):
        # A planned way of disposal does not mean that it was carried out.
        return
    draft.put_day_or_as_of("done_on", day, row)
    draft.put("method", method)
