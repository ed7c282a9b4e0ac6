"""What the committee asks of whom on an item of its agenda, from the figures shown there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.facts.known_since import unknown_sources
from data.figures import breakdown, units
from data.figures.catalogue import Figure, Quantity
from data.figures.reading import Reading, money_label
from data.mechanisms.guidance import departments
from data.meetings import held
from data.meetings.held import DecisionLine
from data.scope import Scope
from data.tasks import key_tasks
from models.freeze import AgendaScreen
from models.rules.light import Light
from models.rules.rectification import OVERDUE_BANDS
from models.text import N_, Label, Sentence, sentence
from models.work import DecisionState, TaskState

FIGURES: Mapping[AgendaScreen, str] = {
    AgendaScreen.COVERAGE: "grid_coverage",
    AgendaScreen.RESPONSIBILITIES: "dual_responsibility",
    AgendaScreen.REPORTS: "reports_late",
    AgendaScreen.RECTIFICATION: "overdue",
    AgendaScreen.OVERDUE: "overdue",
    AgendaScreen.UNIT: "overdue",
    AgendaScreen.LONGEST: "overdue_days_max",
    AgendaScreen.MECHANISMS: "warnings_open",
    AgendaScreen.FUNDS: "fund_idle",
    AgendaScreen.DISPOSALS: "disposals_late",
}
"""The figure of an item that says which units are called on."""
WORDS: Mapping[AgendaScreen, str] = {
    AgendaScreen.OPENING: N_(
        "Ask {whom} to say why the decision is overdue, to carry it out, and to report {by}."
    ),
    AgendaScreen.OVERVIEW: N_("Ask {whom} to rectify what made the light red, and to report {by}."),
    AgendaScreen.COVERAGE: N_("Ask {whom} to put the missing elements in place, and report {by}."),
    AgendaScreen.RESPONSIBILITIES: N_(
        "Ask {whom} to have both responsible subjects in post, and report {by}."
    ),
    AgendaScreen.REPORTS: N_("Ask {whom} to hand in the late reports {by}, and say why."),
    AgendaScreen.RECTIFICATION: N_(
        "Ask {whom} to have overdue findings rectified in their units, and to report {by}."
    ),
    AgendaScreen.OVERDUE: N_("Ask {whom} to rectify overdue findings, and to report {by}."),
    AgendaScreen.UNIT: N_("Ask {whom} to rectify overdue findings, and to report {by}."),
    AgendaScreen.LONGEST: N_(
        "Ask {whom} for the reasons; name who supervises, set a last time limit, hear it {by}."
    ),
    AgendaScreen.MECHANISMS: N_("Ask {whom} to deal with each open warning, and report {by}."),
    AgendaScreen.TASKS: N_("Ask {whom} to account for late key tasks, and catch up {by}."),
    AgendaScreen.FUNDS: N_("Ask {whom} to spend or return idle money, and report {by}."),
    AgendaScreen.DISPOSALS: N_("Ask {whom} to complete late disposals, and report {by}."),
    AgendaScreen.DECISIONS: N_("Ask {whom} to carry out each decision by its time limit."),
}
"""What is asked for on an item; `whom` and `by` are filled in where it is shown."""
SILENT_WORDS = N_("Ask {whom} to report all data that are due {by}.")
QUIET = N_("Of what is entered, nothing calls for action here.")
BEFORE_NEXT = N_("before the next meeting")
BEFORE_MEETING = N_("before the next meeting ({day})")
STILL_OPEN = (DecisionState.OVERDUE, DecisionState.OPEN)
COUNTED_BY: Mapping[AgendaScreen, str] = {
    AgendaScreen.REPORTS: "份",
    AgendaScreen.MECHANISMS: "条",
    AgendaScreen.TASKS: "项",
    AgendaScreen.DISPOSALS: "项",
    AgendaScreen.LONGEST: "天",
}
"""The Chinese counting word of what is counted on an item; findings have 个."""


@dataclass(frozen=True, slots=True)
class Called:
    """A unit or a department that is called on.

    `unit` is the code of a unit, "" for a department. `name` is "" for the district as a whole.
    `weight` is that by which the called are ordered, `told` what of it is written beside the name:
    a count, days or an amount of money; None if nothing is.
    """

    unit: str
    name: str
    weight: int
    told: Label | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked for on an item, and of whom, the gravest first.

    Without `called` nothing is asked for, and `words` say so; else they have a place for {whom}.
    """

    words: Sentence
    called: tuple[Called, ...] = ()


def call(
    connection: Connection,
    scope: Scope,
    screen: AgendaScreen,
    figure: Figure | None = None,
    meeting: str = "",
    met_on: date | None = None,
) -> Call | None:
    """What is asked of whom on the item `screen`; None if nothing is known there.

    `figure` is that of `FIGURES`, `meeting` and `met_on` the code and day of the meeting that is
    held, empty if none is known.
    """
    words = WORDS.get(screen)
    if words is None:
        return None
    called: Sequence[Called] | None
    match screen:
        case AgendaScreen.OPENING:
            called = _decisions_before(connection, scope, met_on or scope.as_of)
        case AgendaScreen.DECISIONS:
            called = _decisions_open(connection, scope, meeting)
        case AgendaScreen.OVERVIEW:
            words, called = _lights(connection, scope, words)
        case AgendaScreen.TASKS:
            called = _tasks(connection, scope)
        case _:
            called = _by_figure(connection, scope, screen, figure) if figure else None
            if screen is AgendaScreen.RECTIFICATION and called and figure:
                of_departments = _departments(connection, scope, figure)
                words = words if of_departments else WORDS[AgendaScreen.OVERDUE]
                called = of_departments or called
    if called is None:
        return None
    if not called:
        return Call(sentence(QUIET))
    by = _before_next(connection, scope, met_on or scope.as_of)
    return Call(sentence(words, by=by), tuple(sorted(called, key=_gravest_first)))


def _gravest_first(called: Called) -> tuple[int, str, str]:
    return -called.weight, called.unit, called.name


def _before_next(connection: Connection, scope: Scope, day: date) -> Sentence:
    following = held.committee_after(connection, scope, day)
    if following is None:
        return sentence(BEFORE_NEXT)
    return sentence(BEFORE_MEETING, day=following.on_date)


def _by_figure(
    connection: Connection, scope: Scope, screen: AgendaScreen, figure: Figure
) -> list[Called] | None:
    if figure.known_by in unknown_sources(connection, scope.as_of):
        return None
    if not any(units.lights(connection, scope).values()):
        return None
    readings_by_unit = breakdown.by_unit(connection, scope, [figure])
    lacking = {
        code: number
        for code, readings in readings_by_unit.items()
        if (number := _lacking(readings[figure.id]))
    }
    if screen is AgendaScreen.LONGEST and lacking:
        first = max(band.first for band in OVERDUE_BANDS if band.first <= max(lacking.values()))
        lacking = {code: days for code, days in lacking.items() if days >= first}
    names = units.names(connection, list(lacking))
    shares = bool(figure.denominator)
    return [
        Called(
            code, names.get(code, code), number, None if shares else _told(screen, figure, number)
        )
        for code, number in lacking.items()
    ]


def _lacking(reading: Reading) -> int:
    """What a unit has of a figure that counts faults, or lacks of one that is a share."""
    if not reading.known or reading.numerator is None:
        return 0
    if reading.figure.denominator:
        return reading.short
    return int(reading.numerator)


def _told(screen: AgendaScreen, figure: Figure, number: int) -> Label:
    return money_label(number) if figure.quantity is Quantity.MONEY else _count(screen, number)


def _count(screen: AgendaScreen, number: int) -> Label:
    in_english = f"{number} days" if screen is AgendaScreen.LONGEST else str(number)
    return Label(f"{number}{COUNTED_BY.get(screen, '个')}", in_english)


def _departments(connection: Connection, scope: Scope, figure: Figure) -> list[Called]:
    """The competent departments of the sectors; empty if one of these sectors has none."""
    by_sector = breakdown.by_group(connection, scope, "sector", [figure])
    leads = departments(connection)
    counted: dict[str, int] = {}
    for sector, readings in by_sector.items():
        if number := _lacking(readings[figure.id]):
            _name, lead = leads.get(sector, ("", None))
            if not lead:
                return []
            counted[lead] = counted.get(lead, 0) + number
    return _counted(AgendaScreen.RECTIFICATION, counted)


def _counted(screen: AgendaScreen, counted: Mapping[str, int]) -> list[Called]:
    return [Called("", name, number, _count(screen, number)) for name, number in counted.items()]


def _lights(
    connection: Connection, scope: Scope, words: str
) -> tuple[str, Sequence[Called] | None]:
    """The red units, the longest overdue first; the silent ones if none is red."""
    lines = [line for line in units.units(connection, scope) if line.light is not None]
    if not lines:
        return words, None
    for light, said in ((Light.RED, words), (Light.GREY, SILENT_WORDS)):
        if found := [line for line in lines if line.light is light]:
            return said, [Called(line.code, line.name, -at) for at, line in enumerate(found)]
    return words, ()


def _tasks(connection: Connection, scope: Scope) -> list[Called] | None:
    lines = key_tasks.tasks(connection, scope)
    if not lines:
        return None
    counted: dict[str, int] = {}
    for line in lines:
        if line.state is TaskState.LATE:
            counted[line.lead] = counted.get(line.lead, 0) + 1
    return _counted(AgendaScreen.TASKS, counted)


def _decisions_before(connection: Connection, scope: Scope, day: date) -> list[Called] | None:
    before = held.committee_before(connection, scope, day)
    decisions = held.decided_by(connection, scope, before.code) if before else ()
    if not decisions:
        return None
    return _of_decisions(line for line in decisions if line.state is DecisionState.OVERDUE)


def _decisions_open(connection: Connection, scope: Scope, meeting: str) -> list[Called] | None:
    decisions = held.decided_by(connection, scope, meeting) if meeting else ()
    if not decisions:
        return None
    return _of_decisions(line for line in decisions if line.state in STILL_OPEN)


def _of_decisions(lines: Iterable[DecisionLine]) -> list[Called]:
    """The units of decisions, those with the most first; without counts, as most have one."""
    counted: dict[tuple[str, str], int] = {}
    for line in lines:
        key = (line.unit, line.unit_name or "")
        counted[key] = counted.get(key, 0) + 1
    return [Called(unit, name, number) for (unit, name), number in counted.items()]
