"""Who answers for the matters put to the committee, and until when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.figures import units
from data.findings.lines import lines
from data.matters import About
from data.meetings import held
from data.meetings.drafts import ACT_IF_RECTIFIED, Draft
from data.nodes import DISTRICT, Node
from data.scope import Scope


@dataclass(frozen=True, slots=True)
class Answering:
    """The bodies that answer for a matter, and until when; empty and None if that is not known."""

    who: tuple[str, ...]
    until: date | None


def of_drafts(
    connection: Connection, scope: Scope, drafts: Sequence[Draft]
) -> tuple[Answering, ...]:
    """Who answers for each of `drafts`, and until when: the day ahead that a rule sets for its
    finding, else that of the next meeting."""
    departments = units.departments_of(
        connection, sorted({draft.matter.unit for draft in drafts if draft.matter.unit})
    )
    limits = dict(_limits(connection, scope, drafts))
    meets_on = next_meeting_on(connection, scope)
    return tuple(
        Answering(_who(draft, departments), limits.get(draft.matter.subject, meets_on))
        for draft in drafts
    )


def next_meeting_on(connection: Connection, scope: Scope) -> date | None:
    """The day of the next meeting; None if none is entered or the viewer may not see it."""
    meetings = held.ahead(connection, scope.at(Node(DISTRICT)), 1)
    return meetings[0].on_date if meetings else None


def _who(draft: Draft, departments: Mapping[str, str]) -> tuple[str, ...]:
    """The competent department of the one unit of a matter; without it, the units that it concerns,
    or the body that leads the task; none if it is for other units than these."""
    if draft.act == ACT_IF_RECTIFIED:
        return ()
    if department := departments.get(draft.matter.unit):
        return (department,)
    return draft.units or tuple(filter(None, (draft.matter.lead,)))


def _limits(
    connection: Connection, scope: Scope, drafts: Sequence[Draft]
) -> Iterator[tuple[str, date]]:
    """By finding, the day ahead by which a rule asks for what presses most about it."""
    codes = [draft.matter.subject for draft in drafts if draft.matter.about is About.FINDING]
    for line in lines(connection, codes, scope.as_of):
        act = line.next_act
        if act and act.until and act.until > scope.as_of:
            yield line.finding.code, act.until
