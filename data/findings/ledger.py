"""The list of findings: searched, filtered, the worst first, page by page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, true
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope, totals_on
from data.figures.rows import within
from data.findings.ages import AGES
from data.findings.lines import FindingLine, lines
from data.findings.same_kind import issued_in_year
from data.scope import Scope
from data.store.ordering import by_bytes
from models.audit import Project, Source
from models.grid import Unit
from models.kept import KeptFact
from models.rectification import Finding, PublicStatus, State

LEAVES_OPEN = ("under_review", "suspended")
"""Measures of open findings on which the unit cannot act: under review or suspended."""
NOT_CLOSED = ("unrectified", "in_progress", "flow_voided")
"""The measures that together hold every issued finding that is not closed."""


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """The filters of the list of findings; empty ones do not filter.

    `text` is a part of title, code, category or unit. `amount_from` is in 分. `moved` selects
    findings that would be overdue by their original limit, but not by the present one. `age` is one
    of the spans AGES, and selects findings not closed. `alike` is a category, and selects its
    findings issued in the last year. Voided findings appear only if their state
    is selected.
    """

    text: str = ""
    status: str = ""
    state: str = ""
    severity: str = ""
    rect_type: str = ""
    source: str = ""
    item: str = ""
    band: str = ""
    age: str = ""
    instructed: bool = False
    repeat: bool = False
    moved: bool = False
    amount_from: int = 0
    alike: str = ""


@dataclass(frozen=True, slots=True)
class _Class:
    """A class of findings: those with a fact of `measure` and none of the measures `but`."""

    measure: str
    status: PublicStatus | None
    but: tuple[str, ...] = ()


UNRECTIFIED = _Class("unrectified", PublicStatus.UNRECTIFIED)
IN_PROGRESS = _Class("in_progress", PublicStatus.IN_PROGRESS)
RECTIFIED = _Class("rectified", PublicStatus.RECTIFIED)
REQUIRED = (UNRECTIFIED, IN_PROGRESS, RECTIFIED)
"""The classes of findings that require rectification (应整改), the worst first."""
BY_STATE: Mapping[str, tuple[_Class, ...]] = {
    State.RECTIFYING: (
        UNRECTIFIED,
        _Class("in_progress", PublicStatus.IN_PROGRESS, LEAVES_OPEN),
    ),
    State.REVIEWING: (_Class("under_review", PublicStatus.IN_PROGRESS),),
    State.SUSPENDED: (_Class("suspended", PublicStatus.IN_PROGRESS),),
    State.CLOSED: (RECTIFIED,),
    State.VOIDED: (_Class("flow_voided", None),),
}

Counts = tuple[int, ...]
"""The number of findings in each class searched, the worst class first."""


def counts(connection: Connection, scope: Scope, wanted: FindingFilter) -> Counts:
    """By class, the number of findings of `scope` that meet `wanted`; their sum is the list's
    length."""
    bucket = _bucket(wanted)
    totals = totals_on(connection, scope) if bucket is not None else {}
    return tuple(
        totals.get((each.measure, bucket), (0, 0))[0]
        if bucket == "" and not each.but or bucket and each in REQUIRED
        else _count(connection, scope, wanted, each)
        for each in _classes(wanted)
    )


def overdue_of(wanted: FindingFilter, sizes: Counts) -> int:
    """How many of the findings counted by `counts` are not rectified in time (未整改)."""
    return sum(
        size
        for each, size in zip(_classes(wanted), sizes, strict=True)
        if each.status is PublicStatus.UNRECTIFIED
    )


def _bucket(wanted: FindingFilter) -> str | None:
    """The bucket of facts that expresses all filters of `wanted`; None if rows must be queried."""
    more = replace(wanted, status="", state="", band="", rect_type="", severity="", source="")
    parts = _parts(wanted)
    if more != FindingFilter() or len(parts) > 1:
        return None
    return parts[0] if parts else ""


def _parts(wanted: FindingFilter) -> list[str]:
    """The buckets that express those filters of `wanted` that facts can answer."""
    severity = wanted.severity and f"severity={wanted.severity}"
    source = wanted.source and f"source={wanted.source}"
    return [part for part in (wanted.rect_type, source, severity, wanted.band) if part]


def findings_on_page(
    connection: Connection,
    scope: Scope,
    wanted: FindingFilter,
    sizes: Counts,
    first: int,
    most: int,
) -> tuple[FindingLine, ...]:
    """At most `most` findings from place `first` on; `sizes` are the `counts` of the same filter.

    The longest overdue come first, then those in progress by original limit, then the closed ones,
    the latest issued first.
    """
    codes = list(_codes(connection, scope, wanted, sizes, first, most))
    return lines(connection, codes, scope.as_of)


def not_rectified(
    connection: Connection, scope: Scope, most: int
) -> tuple[int, tuple[FindingLine, ...]]:
    """How many findings of `scope` are not yet rectified, and the worst of them, at most `most`.

    The longest overdue come first, then those in progress by original limit.
    """
    late, in_progress, _rectified = counts(connection, scope, FindingFilter())
    sizes = (late, in_progress, 0)
    found = findings_on_page(connection, scope, FindingFilter(), sizes, 0, most)
    return late + in_progress, found


def _codes(
    connection: Connection,
    scope: Scope,
    wanted: FindingFilter,
    sizes: Counts,
    first: int,
    most: int,
) -> Iterator[str]:
    for each, size in zip(_classes(wanted), sizes, strict=True):
        if first < size and most > 0:
            statement = _narrowed(_codes_of_class(scope, wanted, each), wanted, scope.as_of)
            ordered = statement.order_by(_worst_first(each), by_bytes(Finding.code))
            yield from connection.scalars(ordered.offset(first).limit(most))
        taken = min(max(size - first, 0), most)
        first, most = max(first - size, 0), most - taken


def _classes(wanted: FindingFilter) -> tuple[_Class, ...]:
    classes = BY_STATE.get(wanted.state, ()) if wanted.state else REQUIRED
    if wanted.band:
        classes = tuple(each for each in classes if each.measure == "unrectified")
    if wanted.moved:
        classes = tuple(each for each in classes if each.measure == "in_progress")
    if wanted.age:
        classes = tuple(each for each in classes if each is not RECTIFIED)
    return tuple(each for each in classes if not wanted.status or each.status == wanted.status)


def _count(connection: Connection, scope: Scope, wanted: FindingFilter, each: _Class) -> int:
    statement = _narrowed(_codes_of_class(scope, wanted, each), wanted, scope.as_of)
    return connection.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _codes_of_class(scope: Scope, wanted: FindingFilter, each: _Class) -> Select[str]:
    """The query for the codes of findings in `scope` of one class that meet `wanted`."""
    if each is RECTIFIED:
        # Most findings are closed, so excluding the others is several times faster.
        return select(col(Finding.code)).where(
            col(Finding.issued_on) <= scope.as_of,
            _of_scope(scope),
            col(Finding.code).not_in(_keys(scope, *NOT_CLOSED)),
        )
    statement: Select[str] = (
        select(col(Finding.code))
        .join(KeptFact, col(KeptFact.key) == col(Finding.code))
        .where(col(KeptFact.measure) == each.measure, alive(scope.as_of))
        .where(facts_of_scope(scope) if not scope.whole_district else true())
    )
    if each.measure in ("unrectified", "in_progress"):
        statement = statement.where(*(within(part) for part in _parts(wanted)))
    if each.but:
        statement = statement.where(col(Finding.code).not_in(_keys(scope, *each.but)))
    if wanted.moved:
        statement = statement.where(col(Finding.code).in_(_keys(scope, "overdue_original")))
    return statement


def _of_scope(scope: Scope) -> ColumnElement[bool]:
    """The SQL condition for findings of the scope's units."""
    if scope.whole_district:
        return true()
    return col(Finding.unit).in_(select(col(Unit.code)).where(scope.holds()))


def _keys(scope: Scope, *measures: str) -> Select[str]:
    return select(col(KeptFact.key)).where(
        col(KeptFact.measure).in_(measures), alive(scope.as_of), facts_of_scope(scope)
    )


def _narrowed(statement: Select[str], wanted: FindingFilter, day: date) -> Select[str]:
    """`statement`, narrowed by those filters of `wanted` that only rows of findings can answer."""
    if wanted.text:
        statement = statement.where(_says(wanted.text.strip()))
    if wanted.source:
        project = col(Finding.project)
        statement = statement.outerjoin(Project, col(Project.code) == project).where(
            func.coalesce(col(Project.source), str(Source.OTHER)) == wanted.source
        )
    for column, value in (
        (Finding.severity, wanted.severity),
        (Finding.rect_type, wanted.rect_type),
        (Finding.item, wanted.item),
    ):
        if value:
            statement = statement.where(col(column) == value)
    if wanted.age:
        place = [name for name, _last in AGES].index(wanted.age)
        last = AGES[place][1]
        if last is not None:
            statement = statement.where(col(Finding.issued_on) >= day - timedelta(last))
        if place:
            younger = timedelta(AGES[place - 1][1] or 0)
            statement = statement.where(col(Finding.issued_on) < day - younger)
    if wanted.instructed:
        statement = statement.where(col(Finding.instructed).is_(True))
    if wanted.repeat:
        statement = statement.where(col(Finding.repeat_of).is_not(None))
    if wanted.alike:
        category = col(Finding.category) == wanted.alike
        statement = statement.where(category, issued_in_year(day))
    if wanted.amount_from:
        statement = statement.where(col(Finding.amount) >= wanted.amount_from)
    return statement


def _says(text: str) -> ColumnElement[bool]:
    def has(column: Any) -> ColumnElement[bool]:
        return col(column).icontains(text, autoescape=True)

    units = select(col(Unit.code)).where(or_(has(Unit.code), has(Unit.name)))
    own = (has(Finding.title), has(Finding.code), has(Finding.category))
    return or_(*own, col(Finding.unit).in_(units))


def _worst_first(each: _Class) -> Any:
    match each:
        case _Class(measure="unrectified"):
            return col(KeptFact.value)
        case _Class(status=PublicStatus.IN_PROGRESS):
            return col(Finding.due_on)
    return col(Finding.issued_on).desc()
