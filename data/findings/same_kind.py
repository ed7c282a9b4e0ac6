"""Findings of one category issued in the last year, which may lie in many units, and those of like
title in one unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, select, true
from sqlmodel import col

from data.figures.reading import alive
from data.findings.lines import FindingLine, lines
from data.nodes import DISTRICT, Node
from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import YEAR
from models.grid import Unit
from models.kept import KeptFact
from models.rectification import Finding
from models.rules.likeness import alike
from models.rules.rectification import UNRECTIFIED


@dataclass(frozen=True, slots=True)
class KindStanding:
    """The number of findings that require rectification, and of those rectified."""

    findings: int
    rectified: int


def issued_in_year(day: date) -> ColumnElement[bool]:
    """The SQL condition for findings issued in the year up to `day`."""
    issued = col(Finding.issued_on)
    return and_(issued > day - timedelta(YEAR), issued <= day)


def rectified(
    connection: Connection, scope: Scope, categories: Sequence[str]
) -> Mapping[str, KindStanding]:
    """By category, how many findings of `scope` issued in the last year must be rectified, and how
    many of them are; voided ones are not counted."""
    if not categories:
        return {}
    not_closed = _counts_as(scope, "unrectified", "in_progress")
    is_open = func.coalesce(func.sum(case((not_closed, 1), else_=0)), 0)
    wanted = (
        select(col(Finding.category), func.count(), is_open)
        .where(
            col(Finding.category).in_(categories),
            issued_in_year(scope.as_of),
            _of_units(scope),
            ~_counts_as(scope, "flow_voided"),
        )
        .group_by(col(Finding.category))
    )
    return {
        str(category): KindStanding(count, count - int(still_open))
        for category, count, still_open in connection.execute(wanted)
    }


def most_pressing(
    connection: Connection, scope: Scope, categories: Sequence[str]
) -> Mapping[str, str]:
    """By category, the code of the most pressing finding of `scope` among those issued in the last
    year and not rectified: overdue the longest, else with the earliest limit. Categories without
    such a finding are left out."""
    if not categories:
        return {}
    measure = col(KeptFact.measure)
    place = func.row_number().over(
        partition_by=col(Finding.category),
        order_by=(
            case((measure == UNRECTIFIED, 0), else_=1),
            # Of an overdue finding this is its limit, of the others the same for all.
            col(KeptFact.value),
            col(Finding.due_on),
            by_bytes(Finding.code),
        ),
    )
    ranked = (
        select(col(Finding.category), col(Finding.code), place.label("place"))
        .join(
            KeptFact,
            and_(col(KeptFact.unit) == col(Finding.unit), col(KeptFact.key) == col(Finding.code)),
        )
        .where(
            col(Finding.category).in_(categories),
            issued_in_year(scope.as_of),
            _of_units(scope),
            measure.in_((UNRECTIFIED, "in_progress")),
            alive(scope.as_of),
        )
        .subquery()
    )
    first = select(ranked.c.category, ranked.c.code).where(ranked.c.place == 1)
    return {str(category): code for category, code in connection.execute(first)}


def of_like_title(connection: Connection, scope: Scope, code: str) -> tuple[FindingLine, ...]:
    """The other findings of the unit of finding `code` with a like title, the latest first; voided
    ones and those issued after the day of `scope` are left out.

    They are looked for at any node the viewer may see; empty if the finding is out of reach.
    """
    seen = scope.at(Node(DISTRICT))
    its = (
        select(col(Finding.unit), col(Finding.title))
        .join(Unit, col(Unit.code) == col(Finding.unit))
        .where(col(Finding.code) == code, seen.holds())
    )
    if (found := connection.execute(its).first()) is None:
        return ()
    unit, title = found
    others = connection.execute(
        select(col(Finding.code), col(Finding.title))
        .where(
            col(Finding.unit) == unit,
            col(Finding.code) != code,
            col(Finding.issued_on) <= scope.as_of,
            ~_counts_as(scope, "flow_voided"),
        )
        .order_by(col(Finding.issued_on).desc(), by_bytes(Finding.code))
    )
    codes = [each.code for each in others if alike(title, each.title)]
    return lines(connection, codes, scope.as_of)


def _of_units(scope: Scope) -> ColumnElement[bool]:
    """The SQL condition for findings of units of `scope`."""
    if scope.whole_district:
        return true()
    return col(Finding.unit).in_(select(col(Unit.code)).where(scope.holds()))


def _counts_as(scope: Scope, *measures: str) -> ColumnElement[bool]:
    """The SQL condition for findings that count in one of `measures` on the day of `scope`.

    Looked for among the facts of the finding's unit: the findings of a category are few, those that
    count in a measure are many.
    """
    return exists().where(
        col(KeptFact.unit) == col(Finding.unit),
        col(KeptFact.key) == col(Finding.code),
        col(KeptFact.measure).in_(measures),
        alive(scope.as_of),
    )
