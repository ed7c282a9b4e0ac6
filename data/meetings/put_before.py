"""The meetings that matters were put to before: by referral of a finding, or by a decision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select
from sqlmodel import col

from data.matters import NO_GRADE_RULE, SILENT_RULE, About, Matter
from data.meetings import held
from data.meetings.held import DecisionLine
from data.scope import Scope
from data.store.ordering import by_bytes
from models.days import YEAR
from models.rectification import Escalation, Finding, Step
from models.work import DecisionState, Meeting, MeetingKind

MOST_DECISIONS = 10_000
NAMED_BY = ("title", "category", "project", "task")
"""The values of a matter's text that name its subject."""
WORDS_OF_UNITS: Mapping[str, tuple[str, ...]] = {
    NO_GRADE_RULE: ("内控", "内部控制", "internal control"),
    SILENT_RULE: ("应报数据", "data that are due"),
}
"""The words by which a decision on a unit names a matter without a subject of its own."""


@dataclass(frozen=True, slots=True)
class PutBefore:
    """The meeting that a matter was put to, and what became of its decision.

    `meeting`, `name` and `met_on` are empty for a referral after which no meeting of the committee
    is entered; `referred_on` is empty and `state` filled for a noted decision.
    """

    meeting: str = ""
    name: str = ""
    met_on: date | None = None
    referred_on: date | None = None
    state: DecisionState | None = None


Subject = tuple[About, str]


def put_before(
    connection: Connection, scope: Scope, listed: Sequence[Matter]
) -> Mapping[Subject, PutBefore]:
    """By kind and subject, the meeting that each of the matters `listed` was put to last.

    A finding was put to the committee by a referral (提请委员会), any matter by a decision that
    names it: the words of a decision contain the title of the finding, the category, the project or
    the task, and its unit is the matter's. A decision counts from the day on which the finding was
    issued, on other matters for a year. Matters put to no meeting are left out.
    """
    found = dict(_referred(connection, scope, listed))
    decisions = held.decided(connection, scope, (), MOST_DECISIONS).lines
    past = [line for line in decisions if line.met_on <= scope.as_of]
    issued = _issued_on(connection, listed)
    for matter in listed:
        key = (matter.about, matter.subject)
        last = _last(line for line in past if _decides(line, matter, scope, issued))
        referred = found.get(key)
        if last and (referred is None or not referred.met_on or last.met_on >= referred.met_on):
            found[key] = PutBefore(last.meeting, last.meeting_name, last.met_on, state=last.state)
    return found


def _last(lines: Iterable[DecisionLine]) -> DecisionLine | None:
    return max(lines, key=lambda line: (line.met_on, line.meeting, line.number), default=None)


def _decides(line: DecisionLine, matter: Matter, scope: Scope, issued: Mapping[str, date]) -> bool:
    if matter.unit and line.unit != matter.unit:
        return False
    known_from = issued.get(matter.subject) if matter.about is About.FINDING else None
    if known_from and line.met_on < known_from:
        return False
    if not known_from and (scope.as_of - line.met_on).days >= YEAR:
        return False
    named = [str(matter.what.values[key]) for key in NAMED_BY if matter.what.values.get(key)]
    words = named or WORDS_OF_UNITS.get(matter.rule, ())
    return any(word.lower() in line.text.lower() for word in words)


def _findings(listed: Sequence[Matter]) -> list[str]:
    return [matter.subject for matter in listed if matter.about is About.FINDING]


def _issued_on(connection: Connection, listed: Sequence[Matter]) -> Mapping[str, date]:
    wanted = select(col(Finding.code), col(Finding.issued_on)).where(
        col(Finding.code).in_(_findings(listed))
    )
    return {code: issued_on for code, issued_on in connection.execute(wanted)}


def _referred(
    connection: Connection, scope: Scope, listed: Sequence[Matter]
) -> Iterator[tuple[Subject, PutBefore]]:
    """The findings referred to the committee by the day, with its next meeting from then on."""
    wanted = (
        select(col(Escalation.finding), func.max(col(Escalation.issued_on)))
        .where(
            col(Escalation.finding).in_(_findings(listed)),
            col(Escalation.step) == Step.COMMITTEE,
            col(Escalation.issued_on) <= scope.as_of,
        )
        .group_by(col(Escalation.finding))
    )
    referrals = connection.execute(wanted).all()
    if not referrals:
        return
    meetings = connection.execute(
        select(col(Meeting.code), col(Meeting.name), col(Meeting.on_date))
        .where(col(Meeting.kind) == MeetingKind.COMMITTEE)
        .order_by(col(Meeting.on_date), by_bytes(Meeting.code))
    ).all()
    for finding, referred_on in referrals:
        following = next((each for each in meetings if each.on_date >= referred_on), None)
        yield (
            (About.FINDING, finding),
            PutBefore(following.code, following.name, following.on_date, referred_on)
            if following
            else PutBefore(referred_on=referred_on),
        )
