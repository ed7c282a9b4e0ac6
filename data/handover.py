"""The handover list (交接清单) of a principal or internal auditor who leaves a unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from data.access.permission import Action, Viewer
from data.coverage import unentered
from data.figures.reading import alive, facts_of_scope
from data.findings.lines import FindingLine, lines
from data.letters import sent
from data.letters.sent import Sent
from data.meetings import held
from data.meetings.held import DecisionLine
from data.money import funds
from data.money.funds import FundLine
from data.owed import duties_owed, reports_owed
from data.responsibilities.in_charge import ANSWERABLE, Terms, terms
from data.scope import Scope
from data.store.ordering import by_bytes
from models.duty import PostRole
from models.grid import Unit
from models.kept import KeptFact
from models.rules.in_charge import Term, in_post, late_days
from models.rules.rectification import OPEN
from models.text import N_, TellingError
from models.work import DecisionState

LISTED = FINDINGS, REPORTS, DUTIES, DECISIONS, FUNDS = (
    "findings",
    "reports",
    "duties",
    "decisions",
    "fund_projects",
)
"""The ids of the ledgers whose open rows are listed; letters are about findings."""
MOST = 500
"""The most lines of one kind; a unit never has more open."""
NOT_ALLOWED = N_("This account may not take a handover list along: it names persons in full.")
NO_SUCH_POST = N_("There is no such post to hand over.")


class HandoverRefusedError(TellingError):
    """No list can be made; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A person's term in a post of a unit: ended on `day`, or still held on it unless `left`.

    `id` stands for it in addresses and logs, which must not contain the name. `taken_over_by` are
    those who took the post on that day or held it then.
    """

    id: str
    role: PostRole
    name: str
    since: date
    day: date
    left: bool
    taken_over_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding that is not closed: `late` days overdue, of which `late_under` in the leaver's
    term.

    `answerable` held the two posts when it was issued. `left` is the money not yet put right in 分,
    None if it has no amount.
    """

    line: FindingLine
    late: int
    late_under: int
    left: int | None
    answerable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwedReport:
    """A report not yet in; `late` is the days since its limit, 0 while that is ahead."""

    kind: str
    year: int
    number: int
    due_on: date
    late: int


@dataclass(frozen=True, slots=True)
class OwedDuty:
    """A duty not done; `late` is the days since its limit, 0 while that is ahead."""

    item: str
    due_on: date
    late: int


@dataclass(frozen=True, slots=True)
class Handover:
    """Everything open in a unit on the day of a handover.

    `unknown` holds the ids of those of LISTED of which nobody in the district has entered rows, so
    that an empty list does not mean that nothing is open.
    """

    unit: str
    unit_name: str
    leaving: Leaving
    findings: tuple[OpenFinding, ...]
    reports: tuple[OwedReport, ...]
    duties: tuple[OwedDuty, ...]
    letters: tuple[Sent, ...]
    decisions: tuple[DecisionLine, ...]
    funds: tuple[FundLine, ...]
    unknown: frozenset[str]

    @property
    def overdue(self) -> int:
        """The number of findings past their time limit."""
        return sum(1 for finding in self.findings if finding.late)

    @property
    def money_left(self) -> int | None:
        """The money not yet put right in all findings, in 分; None if none has an amount."""
        left = [finding.left for finding in self.findings if finding.left is not None]
        return sum(left) if left else None


def leavings(connection: Connection, scope: Scope, viewer: Viewer) -> tuple[Leaving, ...]:
    """The terms in the unit of `scope` for which a list can be made, the latest first.

    Names are in full. Raises `HandoverRefusedError` if the viewer may not see names or export
    files.
    """
    if not (viewer.may(Action.SEE_NAMES) and viewer.may(Action.EXPORT)):
        raise HandoverRefusedError(NOT_ALLOWED)
    seen = Scope(scope.node, scope.as_of, viewer.sectors, viewer.units, scope.frozen)
    held_posts = terms(connection, seen).get(seen.node.code) if seen.node.is_unit else None
    if held_posts is None:
        return ()
    found = [
        _leaving(role, held_posts[role], place, scope.as_of)
        for role in ANSWERABLE
        for place in range(len(held_posts[role]))
    ]
    return tuple(sorted(found, key=_latest_first))


def _latest_first(leaving: Leaving) -> tuple[object, ...]:
    days = -leaving.day.toordinal(), ANSWERABLE.index(leaving.role), -leaving.since.toordinal()
    return leaving.left, *days, leaving.id


def handover(connection: Connection, scope: Scope, viewer: Viewer, leaving_id: str) -> Handover:
    """What is open on the day of the leaving `leaving_id`, one of `leavings`.

    Raises `HandoverRefusedError`.
    """
    found = leavings(connection, scope, viewer)
    leaving = next((each for each in found if each.id == leaving_id), None)
    if leaving is None:
        raise HandoverRefusedError(NO_SUCH_POST)
    unit = scope.node.code
    then = Scope(scope.node, leaving.day, viewer.sectors, viewer.units, scope.frozen)
    posts = terms(connection, then)[unit]
    unit_name = connection.scalar(select(col(Unit.name)).where(col(Unit.code) == unit))
    return Handover(
        unit,
        unit_name or unit,
        leaving,
        tuple(_findings(connection, then, posts, leaving)),
        tuple(_reports(connection, then)),
        tuple(_duties(connection, then)),
        tuple(_letters(connection, then)),
        _decisions(connection, then),
        tuple(_funds(connection, then)),
        _unknown(connection, leaving.day),
    )


def _unknown(connection: Connection, day: date) -> frozenset[str]:
    since = unentered.first_days(connection)
    return frozenset(each for each in LISTED if not unentered.has_rows(since, each, day))


def _leaving(role: PostRole, posts: Sequence[Term], place: int, day: date) -> Leaving:
    term = posts[place]
    left = term.until_on is not None and term.until_on <= day
    on_day = term.until_on if left and term.until_on else day
    came = tuple(each.name for each in posts if each.from_on == on_day)
    there = came or in_post([*posts[:place], *posts[place + 1 :]], on_day)
    return Leaving(
        f"{role}:{term.from_on}:{place}",
        role,
        term.name,
        term.from_on,
        on_day,
        left,
        tuple(dict.fromkeys(there)) if left else (),
    )


def _findings(
    connection: Connection, scope: Scope, posts: Terms, leaving: Leaving
) -> Iterator[OpenFinding]:
    codes = connection.scalars(
        select(col(KeptFact.key))
        .where(col(KeptFact.measure).in_(OPEN), alive(scope.as_of), facts_of_scope(scope))
        .order_by(by_bytes(KeptFact.key))
    ).all()
    overdue = set(
        connection.scalars(
            select(col(KeptFact.key)).where(
                col(KeptFact.measure) == "unrectified", alive(scope.as_of), facts_of_scope(scope)
            )
        )
    )
    for line in sorted(lines(connection, codes, scope.as_of), key=lambda each: each.standing.due):
        due, finding = line.standing.due, line.finding
        is_late = finding.code in overdue
        under = late_days(posts[leaving.role], due, scope.as_of) if is_late else ()
        yield OpenFinding(
            line,
            line.days_over(scope.as_of) if is_late else 0,
            sum(each.days for each in under if each.name == leaving.name),
            finding.amount - (line.put_right or 0) if finding.amount else None,
            tuple(
                dict.fromkeys(
                    name for role in ANSWERABLE for name in in_post(posts[role], finding.issued_on)
                )
            ),
        )


def _reports(connection: Connection, scope: Scope) -> Iterator[OwedReport]:
    for kind, year, number, due_on, *_unit in connection.execute(reports_owed(scope)):
        yield OwedReport(kind, year, number, due_on, _late(due_on, scope.as_of))


def _duties(connection: Connection, scope: Scope) -> Iterator[OwedDuty]:
    for item, due_on, *_unit in connection.execute(duties_owed(scope)):
        yield OwedDuty(item, due_on, _late(due_on, scope.as_of))


def _letters(connection: Connection, scope: Scope) -> Iterator[Sent]:
    yield from (letter for letter in sent.letters(connection, scope) if letter.waits)
    yield from (step for step in sent.steps(connection, scope, MOST) if step.waits)


def _decisions(connection: Connection, scope: Scope) -> tuple[DecisionLine, ...]:
    return held.decided(connection, scope, (DecisionState.OVERDUE, DecisionState.OPEN), MOST).lines


def _funds(connection: Connection, scope: Scope) -> Iterator[FundLine]:
    """The projects whose approved money is not exactly spent."""
    found = funds.projects(connection, scope, funds.FundFilter(), MOST).worst
    return (line for line in found if line.spent != line.approved or line.unspent)


def _late(due_on: date, day: date) -> int:
    return max(0, (day - due_on).days)
