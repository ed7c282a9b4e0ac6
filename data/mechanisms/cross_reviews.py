"""Cross reviews by round, and self-checks that a cross review disproved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.ledgers.rows import key_of_text
from data.scope import Scope
from data.store.ordering import by_bytes
from models.audit import CheckResult, ContentCheck, Project, Source
from models.grid import Unit
from models.kept import KeptFact
from models.mechanism import CrossReview, ReviewState
from models.registry import BY_ID
from models.rules.audit import latest

AHEAD = timedelta(60)
"""A round is shown from this long before its first review is due."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round of reviews: when its first review is due, and the number of reviews in each state."""

    code: str
    due_on: date
    states: Mapping[ReviewState, int]

    @property
    def reviews(self) -> int:
        """The number of reviews that units of the scope owe in the round."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class Review:
    """A review of one unit by another, as of the day; `reviewer` owes it."""

    round: str
    reviewer: str
    reviewer_name: str
    reviewed: str
    reviewed_name: str
    due_on: date
    completed_on: date | None
    state: ReviewState


@dataclass(frozen=True, slots=True)
class Untrue:
    """An item that a unit's self-check called normal and a cross review called a problem."""

    unit: str
    unit_name: str
    item: str
    self_checked_on: date | None
    cross_checked_on: date
    project: str


def rounds(connection: Connection, scope: Scope) -> tuple[Round, ...]:
    """The rounds in which units of `scope` are reviewers, the latest first."""
    due_on = func.min(col(CrossReview.due_on))
    state = _state(scope.as_of)
    counts = [func.sum(case((state == place, 1), else_=0)) for place in range(len(_WORST_FIRST))]
    rows = connection.execute(
        select(col(CrossReview.round), due_on, *counts)
        .join(Unit, col(Unit.code) == col(CrossReview.reviewer))
        .where(scope.holds())
        .group_by(col(CrossReview.round))
        .having(due_on <= scope.as_of + AHEAD)
        .order_by(due_on.desc(), by_bytes(CrossReview.round).desc())
    )
    return tuple(
        Round(code, first, dict(zip(_WORST_FIRST, map(int, counted), strict=True)))
        for code, first, *counted in rows
    )


def reviews(connection: Connection, scope: Scope, code: str, most: int) -> tuple[Review, ...]:
    """At most `most` reviews of round `code` owed by units of `scope`: late, due, then done."""
    return _reviews(connection, scope, col(CrossReview.round) == code, most)


def late(connection: Connection, scope: Scope, most: int) -> tuple[Review, ...]:
    """At most `most` late reviews owed by units of `scope`, in any round, the oldest first."""
    return _reviews(connection, scope, _state(scope.as_of) == 0, most)


def _reviews(
    connection: Connection, scope: Scope, which: ColumnElement[bool], most: int
) -> tuple[Review, ...]:
    reviewed = aliased(Unit)
    state = _state(scope.as_of)
    rows = connection.execute(
        select(
            col(CrossReview.round),
            col(Unit.code),
            col(Unit.name),
            col(reviewed.code),
            col(reviewed.name),
            col(CrossReview.due_on),
            col(CrossReview.completed_on),
            state,
        )
        .select_from(CrossReview)
        .join(Unit, col(Unit.code) == col(CrossReview.reviewer))
        .join(reviewed, col(reviewed.code) == col(CrossReview.reviewed))
        .where(scope.holds(), which)
        .order_by(
            state,
            col(CrossReview.due_on),
            by_bytes(Unit.code),
            by_bytes(reviewed.code),
            by_bytes(CrossReview.round),
        )
        .limit(most)
    )
    return tuple(
        Review(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            row[5],
            row[6] if _WORST_FIRST[row[7]] is ReviewState.DONE else None,
            _WORST_FIRST[row[7]],
        )
        for row in rows
    )


_WORST_FIRST = (ReviewState.LATE, ReviewState.DUE, ReviewState.DONE)


def _state(day: date) -> ColumnElement[int]:
    """The position of a review's state in `_WORST_FIRST`; a review is not yet late on its due
    day."""
    return case(
        (col(CrossReview.completed_on) <= day, 2), (col(CrossReview.due_on) < day, 0), else_=1
    )


def untrue(connection: Connection, scope: Scope, most: int) -> tuple[Untrue, ...]:
    """At most `most` rows behind the figure `self_check_gap`, the latest first."""
    facts = connection.execute(
        select(col(KeptFact.unit), col(Unit.name), col(KeptFact.key))
        .join(Unit, col(Unit.code) == col(KeptFact.unit))
        .where(
            col(KeptFact.measure) == "self_check_untrue", alive(scope.as_of), facts_of_scope(scope)
        )
        .order_by(col(KeptFact.starts_on).desc(), by_bytes(KeptFact.unit), by_bytes(KeptFact.key))
        .limit(most)
    ).all()
    ledger = BY_ID[ContentCheck.id()]
    keys = [key_of_text(ledger, key) for _unit, _name, key in facts]
    own = _self_checks(connection, scope, {unit for unit, *_rest in facts})
    cross = _days(connection, {project for project, _item in keys})
    return tuple(
        Untrue(unit, name, item, own.get((unit, item)), cross[project, item], project)
        for (unit, name, _key), (project, item) in zip(facts, keys, strict=True)
    )


def _days(connection: Connection, projects: Iterable[str]) -> Mapping[tuple[str, str], date]:
    """By project and item, the day on which the item was checked."""
    rows = connection.execute(
        select(
            col(ContentCheck.project), col(ContentCheck.item), col(ContentCheck.checked_on)
        ).where(col(ContentCheck.project).in_(projects))
    )
    return {(project, item): checked_on for project, item, checked_on in rows}


def _self_checks(
    connection: Connection, scope: Scope, units: Iterable[str]
) -> Mapping[tuple[str, str], date]:
    """By unit and item, the day of the self-check that is compared."""
    columns = (ContentCheck.project, ContentCheck.item, ContentCheck.result)
    rows = connection.execute(
        select(*map(col, columns), col(ContentCheck.checked_on), col(Project.unit))
        .join(Project, col(Project.code) == col(ContentCheck.project))
        .where(
            col(Project.unit).in_(units),
            col(Project.source) == Source.SELF_CHECK,
            col(ContentCheck.checked_on) <= scope.as_of,
        )
    )
    by_pair: dict[tuple[str, str], list[ContentCheck]] = {}
    for row in rows:
        by_pair.setdefault((row.unit, row.item), []).append(row)  # type: ignore[arg-type]
    return {
        pair: check.checked_on
        for pair, checks in by_pair.items()
        for span, check in latest(checks)
        if scope.as_of in span and check.result == CheckResult.NORMAL
    }


def untrue_by_item(connection: Connection, scope: Scope) -> Mapping[str, tuple[int, int]]:
    """By content item, the number of self-checks disproved, and the number compared."""
    counted: dict[str, list[int]] = {}
    for place, measure in enumerate(("self_check_untrue", "self_check_compared")):
        keys = connection.scalars(
            select(col(KeptFact.key))
            .where(col(KeptFact.measure) == measure, alive(scope.as_of), facts_of_scope(scope))
            .order_by(by_bytes(KeptFact.key))
        )
        for key in keys:
            counted.setdefault(key.rpartition("|")[2], [0, 0])[place] += 1
    return {item: (untrue, compared) for item, (untrue, compared) in counted.items()}
