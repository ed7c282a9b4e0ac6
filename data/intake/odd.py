"""Oddities of a workbook: reported as warnings, but no reason to refuse it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from data.intake.checks.arriving import Arriving, sound
from data.intake.checks.prospect import Prospect
from data.ledgers.rows import table_of
from data.workbook.cells.value_texts import plain_name
from data.workbook.rows import Fault
from models.grid import Unit
from models.kept import Import
from models.kinds import Money
from models.rectification import Finding
from models.text import N_, sentence

HUGE = 10_000
FAR_YEARS = 5
EARLY = date(2015, 1, 1)
MANY_EQUAL = 10
FEWER = 0.8

HUGE_AMOUNT = N_(
    "This is more than {times} times the median of this column. Is the amount in 万元, as the "
    "heading says, and not in 元?"
)
FAR_LIMIT = N_("This time limit lies more than {years} years ahead. Is the year right?")
EARLY_ISSUE = N_("This finding was issued before {year}. Is the year right?")
EQUAL_AMOUNTS = N_("{n} rows of this column hold the same amount. Was it filled down by mistake?")
SAME_MATTER = N_(
    "Finding {code} of the same unit has the same text. Is it one matter under two codes?"
)
SAME_NAME = N_("Unit {code} has the same name. Are they two units?")
FEWER_ROWS = N_("The last file of this sender held {last} rows, this one holds {n}. Is it whole?")
HIDDEN = N_("{n} rows of this sheet are hidden; they are taken in like the others.")


def oddities(prospect: Prospect, *, day: date, sender: str | None = None) -> Iterator[Fault]:
    """Everything odd about rows that are new or changed, each with its place as a fault has it.

    `sender` is written as `str(data.intake.senders.Sender)`; None = unknown.
    """
    for arriving in prospect.arriving.values():
        yield from _hidden(arriving)
        for column in arriving.ledger.columns:
            if isinstance(column.kind, Money):
                yield from _amounts(prospect, arriving, column.id)
    if findings := prospect.arriving.get(Finding.id()):
        yield from _days(findings, day)
        yield from _twice(prospect, findings, ("unit", "title"), SAME_MATTER)
    if units := prospect.arriving.get(Unit.id()):
        yield from _twice(prospect, units, ("name",), SAME_NAME)
    yield from _fewer(prospect, sender)


def _hidden(arriving: Arriving) -> Iterator[Fault]:
    if hidden := arriving.sheet.hidden_rows:
        message = sentence(HIDDEN, n=len(hidden))
        yield Fault(arriving.sheet.name, hidden[0], None, None, message)


def _amounts(prospect: Prospect, arriving: Arriving, column: str) -> Iterator[Fault]:
    pick = arriving.pick(column)
    rows = [(pick(placed[1]), placed) for _, placed in arriving.touched()]
    stated = [(amount, placed) for amount, placed in rows if sound(amount) and amount > 0]
    if not stated:
        return
    held = table_of(arriving.ledger).c[column]
    kept = prospect.connection.scalars(select(held).where(held > 0))
    usual = median([*kept, *(amount for amount, _ in stated)])
    for amount, placed in stated:
        if amount > HUGE * usual:
            yield arriving.fault(placed, column, HUGE_AMOUNT, times=HUGE)
    most, times = Counter(amount for amount, _ in stated).most_common(1)[0]
    if times >= MANY_EQUAL and times * 2 > len(stated):
        first = next(placed for amount, placed in stated if amount == most)
        yield arriving.fault(first, column, EQUAL_AMOUNTS, n=times)


def _days(findings: Arriving, day: date) -> Iterator[Fault]:
    pick = findings.pick("issued_on", "due_on")
    for _, placed in findings.touched():
        issued_on, due_on = pick(placed[1])
        if sound(due_on) and due_on.year - day.year > FAR_YEARS:
            yield findings.fault(placed, "due_on", FAR_LIMIT, years=FAR_YEARS)
        if sound(issued_on) and issued_on < EARLY:
            yield findings.fault(placed, "issued_on", EARLY_ISSUE, year=EARLY.year)


def _twice(
    prospect: Prospect, arriving: Arriving, columns: tuple[str, ...], message: str
) -> Iterator[Fault]:
    """New rows that equal a row of another code in all of `columns`, the last of which holds
    text."""
    table = table_of(arriving.ledger).c
    kept = prospect.connection.execute(select(table.code, *(table[each] for each in columns)))
    known: dict[tuple[Any, ...], str] = {}
    for code, *values in kept:
        known.setdefault(_plain(values), code)
    pick = arriving.pick("code", *columns)
    for placed in arriving.new():
        code, *values = pick(placed[1])
        if sound(tuple(values)) and known.setdefault(_plain(values), code) != code:
            yield arriving.fault(placed, columns[-1], message, code=known[_plain(values)])


def _plain(values: list[Any]) -> tuple[Any, ...]:
    *others, text = values
    return (*others, plain_name(str(text)).strip(" 。.；;，,"))


def _fewer(prospect: Prospect, sender: str | None) -> Iterator[Fault]:
    if sender is None:
        return
    last = prospect.connection.scalar(
        select(col(Import.counts))
        .where(col(Import.sender) == sender, col(Import.undoes).is_(None))
        .order_by(col(Import.number).desc())
        .limit(1)
    )
    before = sum(sum(counted.values()) for counted in (last or {}).values())
    rows = sum(len(arriving.rows) for arriving in prospect.arriving.values())
    if rows < FEWER * before:
        yield Fault(None, None, None, None, sentence(FEWER_ROWS, last=before, n=rows))
