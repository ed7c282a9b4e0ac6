"""The rows behind a figure: one for each fact counted in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
)
from sqlmodel import col

from data.facts.known_since import unknown_sources
from data.figures.catalogue import Better, Figure, Quantity, Way
from data.figures.reading import alive, facts_of_scope, written
from data.scope import Scope
from data.store.ordering import by_bytes
from models.kept import KeptFact
from models.kinds import EARLIEST
from models.rectification import Finding
from models.rules.known import FINDINGS
from models.rules.rectification import UNRECTIFIED, day_number

Facts = Select[str, str, str, int, date, str]
"""A query for facts: their ledger, key, unit, value, first day and bucket."""


class Side(StrEnum):
    """Whether a row counts in the numerator or the denominator of a figure.

    `REST` rows count in the denominator of a share and not in its numerator.
    """

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row counted in a figure, alive since `since`.

    `value` is in stored units (1, a weight, hundredths of points, 分, days). The values of a side
    add up to the figure's number on that side; for "longest overdue" that is their maximum. `unit`
    is empty for the district's own rows. `bucket` is the path under which the row counts, `due_on`
    the present time limit of an overdue finding.
    """

    side: Side
    ledger: str
    key: str
    unit: str
    value: Fraction
    since: date
    bucket: str
    due_on: date | None = None

    def as_json(self, figure: Figure) -> dict[str, object]:
        """The row as `gridlight rows --json` prints it."""
        counted = self.side is Side.DENOMINATOR and figure.way is not Way.SHARE
        value = int(self.value) if counted else written(self.value, figure)
        return {
            "side": str(self.side),
            "ledger": self.ledger,
            "key": self.key,
            "unit": self.unit,
            "value": value,
        }


def rows_behind(
    connection: Connection, scope: Scope, figure: Figure, bucket: str = ""
) -> list[FigureRow]:
    """Every row of `scope` counted in `figure` or its `bucket`, ordered by side, unit and key."""
    return [
        row
        for side in sides(figure)
        for row in rows_on_page(connection, scope, figure, bucket, side)
    ]


def sides(figure: Figure) -> tuple[Side, ...]:
    """The sides on which rows count in `figure`."""
    if figure.way in (Way.COUNT, Way.SUM, Way.AGE_MAX):
        return (Side.VALUE,)
    return (Side.NUMERATOR, Side.DENOMINATOR)


def listed(figure: Figure) -> tuple[Side, ...]:
    """The sides that have a list of their own, the one that needs action first.

    A share of money has no rest: no set of rows makes up the difference.
    """
    if figure.way is not Way.SHARE or figure.quantity is Quantity.MONEY:
        return sides(figure)
    if figure.better is Better.LOWER:
        return (Side.NUMERATOR, Side.REST, Side.DENOMINATOR)
    return (Side.REST, Side.NUMERATOR, Side.DENOMINATOR)


def rows_on_page(
    connection: Connection,
    scope: Scope,
    figure: Figure,
    bucket: str,
    side: Side,
    *,
    first: int = 0,
    most: int | None = None,
    urgent_first: bool = False,
) -> Iterator[FigureRow]:
    """At most `most` rows of one side of a figure, from index `first` on.

    The longest overdue come first, then the greatest values; ties are ordered by unit, key and
    every other displayed column, so that the order is total. With `urgent_first`, findings that
    all count alike (`has_urgent_order`) begin with the overdue ones too, the longest first; the
    whole list is then sorted for each page.
    """
    statement = _facts(connection, scope, figure, bucket, side)
    if statement is None:
        return
    weight = col(KeptFact.value)
    before: list[ColumnElement[bool] | ColumnElement[int]] = []
    if urgent_first and has_urgent_order(figure):
        statement, due = _with_days_due(statement, scope)
        before = [due.is_(None), due]
    elif most:
        statement = _first_ones(connection, statement, figure, first + most)
    ordered = statement.order_by(
        *before,
        weight if figure.by_due_date else weight.desc(),
        by_bytes(KeptFact.unit),
        by_bytes(KeptFact.key),
        by_bytes(KeptFact.ledger),
        col(KeptFact.starts_on),
        by_bytes(KeptFact.bucket),
    )
    for fact in connection.execute(ordered.offset(first).limit(most)):
        value = _value(figure, side, fact.value, fact.bucket, scope.as_of)
        due_on = EARLIEST + timedelta(fact.value) if figure.by_due_date else None
        yield FigureRow(
            side, fact.ledger, fact.key, fact.unit, value, fact.starts_on, fact.bucket, due_on
        )


def has_urgent_order(figure: Figure) -> bool:
    """Whether the rows of `figure` are findings, each counted as one, of which some may be
    overdue."""
    counts_findings = figure.known_by == FINDINGS and figure.quantity is Quantity.ROWS
    return counts_findings and figure.way in (Way.COUNT, Way.SHARE) and not figure.by_due_date


def _with_days_due(facts: Facts, scope: Scope) -> tuple[Facts, ColumnElement[int]]:
    """`facts` joined to the overdue findings, and the number of the day on which each was due,
    NULL for all others.

    They are looked up within the unit: an index has units, but not keys.
    """
    late = (
        select(col(KeptFact.unit), col(KeptFact.key), col(KeptFact.value))
        .where(_counting(scope, (UNRECTIFIED,), ("",)))
        .subquery()
    )
    is_finding = col(KeptFact.ledger) == Finding.id()
    is_same = and_(late.c.unit == col(KeptFact.unit), late.c.key == col(KeptFact.key))
    return facts.outerjoin(late, and_(is_finding, is_same)), late.c.value


def _first_ones(connection: Connection, facts: Facts, figure: Figure, number: int) -> Facts:
    """Those of `facts` among which are the first `number` in the order of a list, and few more.

    The index has weights and units, so the many facts behind these need not be looked up to be put
    in order.
    """
    weight, unit = col(KeptFact.value), by_bytes(KeptFact.unit)
    last = connection.execute(
        facts.with_only_columns(weight, col(KeptFact.unit))
        .order_by(weight if figure.by_due_date else weight.desc(), unit)
        .offset(number - 1)
        .limit(1)
    ).first()
    if last is None:
        return facts
    before = weight < last.value if figure.by_due_date else weight > last.value
    return facts.where(or_(before, and_(weight == last.value, unit <= last.unit)))


def length(connection: Connection, scope: Scope, figure: Figure, bucket: str, side: Side) -> int:
    """The number of rows on one side of a figure."""
    statement = _facts(connection, scope, figure, bucket, side)
    if statement is None:
        return 0
    return connection.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _facts(
    connection: Connection, scope: Scope, figure: Figure, bucket: str, side: Side
) -> Facts | None:
    """The query for the facts on one side; None where the figure does not exist or is unknown."""
    if figure.district and not scope.whole_district:
        return None
    if figure.known_by and figure.known_by in unknown_sources(connection, scope.as_of):
        return None
    return select(
        col(KeptFact.ledger),
        col(KeptFact.key),
        col(KeptFact.unit),
        col(KeptFact.value),
        col(KeptFact.starts_on),
        col(KeptFact.bucket),
    ).where(_counted(scope, figure, bucket, side))


def _counted(scope: Scope, figure: Figure, bucket: str, side: Side) -> ColumnElement[bool]:
    """The condition for the facts on one side."""
    measures, of_bucket = figure.measures(bucket), figure.within_bucket(bucket)
    part = figure.of_denominator(bucket)
    if side is Side.DENOMINATOR and figure.way is Way.SHARE:
        return _counting(scope, figure.denominator, (part,))
    if side is not Side.REST:
        return _counting(scope, measures, of_bucket)
    pair = tuple_(*(getattr(KeptFact, name) for name in figure.paired_by))
    in_numerator = pair.in_(select(*pair.clauses).where(_counting(scope, measures, of_bucket)))
    # Facts that count in the numerator themselves need not be looked up to be left out.
    known = measures if of_bucket == (part,) else ()
    others = tuple(each for each in figure.denominator if each not in known)
    # SQLite answers NOT IN for several columns by reading all of them for each row left over, since
    # NULL might be among them; CASE takes unknown for no.
    return and_(
        _counting(scope, others, (part,)),
        case((in_numerator, false()), else_=true()),
    )


def _counting(
    scope: Scope, measures: tuple[str, ...], parts: tuple[str, ...]
) -> ColumnElement[bool]:
    """The condition for facts of `measures`, alive in `scope`, in any of the buckets `parts`."""
    return and_(
        col(KeptFact.measure).in_(measures),
        alive(scope.as_of),
        facts_of_scope(scope),
        or_(*(within(part) for part in parts)),
    )


def within(bucket: str) -> ColumnElement[bool]:
    """The condition for facts that have `bucket` as a part of their path; "" is a part of all."""
    path = col(KeptFact.bucket)
    if not bucket:
        return true()
    return or_(
        path == bucket,
        path.startswith(f"{bucket}/", autoescape=True),
        path.endswith(f"/{bucket}", autoescape=True),
        path.contains(f"/{bucket}/", autoescape=True),
    )


def _value(figure: Figure, side: Side, kept: int, bucket: str, as_of: date) -> Fraction:
    if side is Side.DENOMINATOR and figure.way is not Way.SHARE:
        return Fraction(1)
    match figure.way:
        case Way.COUNT:
            return Fraction(1)
        case Way.AGE_MEAN | Way.AGE_MAX:
            return Fraction(day_number(as_of) - kept)
        case Way.RATIO_MEAN:
            return Fraction(10_000 * kept, int(bucket.removeprefix("full=")))
        case Way.SHARE if figure.quantity is Quantity.ROWS:
            return Fraction(1)
    return Fraction(kept)
