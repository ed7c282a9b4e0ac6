"""Warnings: those open, and by rule how many were raised, closed and found false."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Select, case, func, select
from sqlmodel import col

from data.figures.lines import Line, lines
from data.figures.reading import alive, facts_of_scope
from data.figures.rows import FigureRow, Side, within
from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import YEAR
from models.grid import Unit
from models.kept import KeptFact
from models.warning import Level, Verdict, WarningSource
from models.warning import Warning as WarningSignal


@dataclass(slots=True)
class RuleRecord:
    """The outcomes of one rule's warnings.

    `open`, by level, adds up to the figure `warnings_open`; `raised` and `done` to
    `warning_closure`. Verdicts and days are those of imported warnings raised in the last year, as
    known on the day.
    """

    open: dict[str, int] = field(default_factory=dict)
    raised: int = 0
    done: int = 0
    true: int = 0
    false: int = 0
    days_to_verify: list[int] = field(default_factory=list)
    days_to_close: list[int] = field(default_factory=list)


def open_ones(
    connection: Connection,
    scope: Scope,
    source: WarningSource | None,
    rule: str,
    most: int,
    new_since: date | None = None,
) -> tuple[Line, ...]:
    """At most `most` open warnings with their ledger rows: from `source`, unless None, and of
    `rule`, unless empty.

    Red ones come first, of these and of the others those raised after `new_since`, if given, then
    the oldest.
    """
    parts = ([f"source={source}"] if source else []) + ([f"rule={rule}"] if rule else [])
    asked = _gravest_first(scope, new_since).where(*map(within, parts)).limit(most)
    # Warnings need no names of persons.
    return lines(connection, _rows(connection, asked), names_in_full=False)


def gravest_by_unit(
    connection: Connection, scope: Scope, units: Collection[str]
) -> Mapping[str, Line]:
    """By unit, of the few `units` in `scope`, its open warning that `open_ones` has first."""
    asked = _gravest_first(scope).where(col(KeptFact.unit).in_(units))
    first: dict[str, FigureRow] = {}
    for row in _rows(connection, asked):
        first.setdefault(row.unit, row)
    found = lines(connection, list(first.values()), names_in_full=False)
    return {line.row.unit: line for line in found}


def _gravest_first(scope: Scope, new_since: date | None = None) -> Select[*tuple[Any, ...]]:
    """The query for the open warnings of `scope`, red ones first, of each level those raised after
    `new_since`, then the oldest."""
    is_red = case((within(Level.RED), 0), else_=1)
    is_new = case((col(KeptFact.starts_on) > (new_since or date.max), 0), else_=1)
    return (
        select(
            col(KeptFact.ledger),
            col(KeptFact.key),
            col(KeptFact.unit),
            col(KeptFact.value),
            col(KeptFact.starts_on),
            col(KeptFact.bucket),
        )
        .where(
            col(KeptFact.measure) == "warning_open",
            alive(scope.as_of),
            facts_of_scope(scope),
        )
        .order_by(
            is_red,
            is_new,
            col(KeptFact.starts_on),
            by_bytes(KeptFact.unit),
            by_bytes(KeptFact.key),
            by_bytes(KeptFact.bucket),
        )
    )


def _rows(connection: Connection, asked: Select[*tuple[Any, ...]]) -> list[FigureRow]:
    return [
        FigureRow(Side.VALUE, ledger, key, unit, Fraction(value), starts_on, bucket)
        for ledger, key, unit, value, starts_on, bucket in connection.execute(asked)
    ]


def level_of(line: Line) -> Level:
    """The level of an open warning."""
    return Level(_parts(line.row.bucket)[0])


def rule_of(line: Line) -> str:
    """The rule that raised an open warning."""
    return _parts(line.row.bucket)[2]


def by_rule(connection: Connection, scope: Scope) -> Mapping[str, RuleRecord]:
    """By rule code, the outcomes of its warnings in `scope`; rules without warnings are missing."""
    records: dict[str, RuleRecord] = {}
    facts = connection.execute(
        select(col(KeptFact.measure), col(KeptFact.bucket), func.count())
        .where(
            col(KeptFact.measure).in_(("warning_open", "warning_raised", "warning_done")),
            alive(scope.as_of),
            facts_of_scope(scope),
        )
        .group_by(col(KeptFact.measure), col(KeptFact.bucket))
        .order_by(by_bytes(KeptFact.bucket), by_bytes(KeptFact.measure))
    )
    for measure, bucket, count in facts:
        level, _source, rule = _parts(bucket)
        record = records.setdefault(rule, RuleRecord())
        if measure == "warning_open":
            record.open[level] = record.open.get(level, 0) + count
        elif measure == "warning_raised":
            record.raised += count
        else:
            record.done += count
    _add_verdicts(records, _signals(connection, scope), scope.as_of)
    return records


def _signals(connection: Connection, scope: Scope) -> Iterable[Any]:
    return connection.execute(
        select(
            col(WarningSignal.rule),
            col(WarningSignal.raised_on),
            col(WarningSignal.verdict),
            col(WarningSignal.verified_on),
            col(WarningSignal.closed_on),
        )
        .join(Unit, col(Unit.code) == col(WarningSignal.unit))
        .where(
            scope.holds(),
            col(WarningSignal.raised_on) > scope.as_of - timedelta(YEAR),
            col(WarningSignal.raised_on) <= scope.as_of,
        )
        .order_by(by_bytes(WarningSignal.rule), col(WarningSignal.raised_on))
    )


def _add_verdicts(records: dict[str, RuleRecord], signals: Iterable[Any], day: date) -> None:
    for signal in signals:
        record = records.setdefault(signal.rule, RuleRecord())
        if signal.verified_on and signal.verified_on <= day:
            record.true += signal.verdict == Verdict.TRUE
            record.false += signal.verdict == Verdict.FALSE
            record.days_to_verify.append((signal.verified_on - signal.raised_on).days)
        if signal.closed_on and signal.closed_on <= day:
            record.days_to_close.append((signal.closed_on - signal.raised_on).days)


def _parts(bucket: str) -> tuple[str, str, str]:
    """The level, source and rule in a warning's path of buckets."""
    level, source, rule = bucket.split("/")
    return level, source.removeprefix("source="), rule.removeprefix("rule=")
