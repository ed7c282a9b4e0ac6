"""The titles of agenda slides: a one-line conclusion from the figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import formats
from dashboard.i18n import _
from data.figures import targets
from data.figures.changes import change
from data.figures.reading import Reading, Readings, rounded
from data.figures.targets import Target
from data.findings.lines import FindingLine
from data.meetings.held import DecisionLine
from data.tasks.key_tasks import TaskLine
from models.freeze import AgendaScreen
from models.rules.light import Light
from models.work import DecisionState

Headline = Callable[[Readings], str]


def headline(screen: AgendaScreen, readings: Readings) -> str:
    """The conclusion for `screen`; empty if its figures are unknown or there is none.

    A node without units in the grid has none: that nothing is late there means nothing.
    """
    if not _number(readings, "units"):
        return ""
    made = HEADLINES.get(screen)
    return made(readings) if made else ""


def of_lights(lights: Mapping[Light, int], readings: Readings) -> str:
    """How many units are red and findings overdue, or that all are silent; empty without lights."""
    if not any(lights.values()):
        return ""
    if lights.get(Light.GREY, 0) == sum(lights.values()):
        return _("Nothing has come in from {n} of {n} units", n=lights[Light.GREY])
    if _number(readings, "overdue") is None:
        red = lights.get(Light.RED, 0)
        return _("{red} units red", red=red) if red else ""
    return _(
        "{red} units red, {overdue} findings overdue",
        red=lights.get(Light.RED, 0),
        overdue=_text(readings, "overdue"),
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure on the day of comparison: its reading, None if unknown, and the day."""

    reading: Reading | None
    on: date


def of_trend(
    first: Reading | None,
    last: Reading | None,
    months: int,
    wanted: Target | None = None,
    compared: Compared | None = None,
) -> str:
    """From which to which value the due rectification rate went, and how far it is from its target.

    Empty if either is unknown; without a target `wanted` only the way is told. Where it has gone
    the other way since the day of comparison, that is told instead of the target.
    """
    if first is None or last is None or first.exact is None or last.exact is None:
        return ""
    values_of_message = {"n": months, "first": formats.text(first), "last": formats.text(last)}
    # The target stands on the chart below; the title would not fit a line with it.
    if turned := _turned(first, last, compared, values_of_message):
        return turned
    if last.text == first.text:
        way = _("Due rectification rate in {n} months: unchanged at {last}", **values_of_message)
    elif last.exact > first.exact:
        way = _(
            "Due rectification rate in {n} months: up from {first} to {last}", **values_of_message
        )
    else:
        way = _(
            "Due rectification rate in {n} months: down from {first} to {last}", **values_of_message
        )
    short = targets.points_short(last, wanted) if wanted else None
    if wanted is None or short is None:
        return way
    if not short:
        return _("{way}; target of {target} reached", way=way, target=wanted.text)
    return _(
        "{way}; {points} points short of {target}",
        way=way,
        points=rounded(short, 1),
        target=wanted.text,
    )


def _turned(
    first: Reading, last: Reading, compared: Compared | None, way: Mapping[str, object]
) -> str:
    """The title of a rate that went against its way since the day of comparison; empty if it did
    not. `way` has the values of the message."""
    moved = change(last, compared.reading) if compared and compared.reading else None
    if compared is None or moved is None or last.exact is None or first.exact is None:
        return ""
    turn = {"points": rounded(abs(moved.amount), 1), "day": compared.on}
    if moved.good is False and last.exact > first.exact:
        return _(
            "Due rate from {first} to {last} in {n} months, down {points} points since {day}",
            **way,
            **turn,
        )
    if moved.good and last.exact < first.exact:
        return _(
            "Due rate from {first} to {last} in {n} months, up {points} points since {day}",
            **way,
            **turn,
        )
    return ""


def of_late_tasks(lines: Sequence[TaskLine]) -> str:
    """How many key tasks are late, and which the longest; empty if none is."""
    late = [line for line in lines if line.days_late]
    if not late:
        return ""
    worst = max(late, key=lambda line: (line.days_late, -line.number))
    return _(
        "{n} key tasks late, the longest by {days} days: {number} {task}",
        n=len(late),
        days=worst.days_late,
        number=worst.number,
        task=worst.name,
    )


def of_longest(line: FindingLine | None, days: int, called: str) -> str:
    """The unit with the longest overdue finding, and the days; `called` is the unit's name."""
    if line is None:
        return _("No finding is overdue")
    return _("The longest overdue: {unit}, {days} days", unit=called, days=days)


def of_decisions(lines: Sequence[DecisionLine]) -> str:
    """How many decisions are done and how many overdue; empty without decisions."""
    if not lines:
        return ""
    done = sum(line.done_on is not None for line in lines)
    overdue = sum(line.state is DecisionState.OVERDUE for line in lines)
    return _(
        "{done} of {n} decisions done, {overdue} overdue", done=done, n=len(lines), overdue=overdue
    )


def of_matters(count: int) -> str:
    """How many matters need a decision."""
    return _("{n} matters for the committee to decide", n=count) if count else ""


def _text(readings: Readings, figure: str) -> str:
    return formats.text(readings.get(figure))


def _number(readings: Readings, figure: str) -> int | None:
    reading = readings.get(figure)
    if reading is None or not reading.known or reading.numerator is None:
        return None
    return int(reading.numerator)


def _difference(readings: Readings, figure: str) -> tuple[int, int] | None:
    """The denominator minus the numerator, and the denominator; None where there is none."""
    reading = readings.get(figure)
    if reading is None or not reading.known or reading.numerator is None:
        return None
    if not reading.denominator:
        return None
    return reading.short, reading.denominator


def _coverage(readings: Readings) -> str:
    lacking = _difference(readings, "grid_coverage")
    if lacking is None:
        return ""
    missing, units = lacking
    if not missing:
        return _("All {units} units have the four elements", units=units)
    return _("{n} of {units} units lack one of the four elements", n=missing, units=units)


def _responsibilities(readings: Readings) -> str:
    lacking = _difference(readings, "dual_responsibility")
    if lacking is None:
        return ""
    missing, units = lacking
    if not missing:
        return _("Both responsible subjects are in post in all {units} units", units=units)
    return _(
        "{n} of {units} units lack one of the two responsible subjects", n=missing, units=units
    )


def _reports(readings: Readings) -> str:
    late = _number(readings, "reports_late")
    quality = readings.get("report_quality")
    if late is None:
        return ""
    if quality is None or quality.exact is None:
        return _("{n} reports late", n=late)
    return _("{n} reports late; quality {points} points", n=late, points=formats.text(quality))


def _overdue(readings: Readings) -> str:
    overdue = _number(readings, "overdue")
    if overdue is None:
        return ""
    if not overdue:
        return _("No finding is overdue")
    days = _text(readings, "overdue_days_max")
    return _("{n} findings overdue, by {days} days at most", n=overdue, days=days)


def _mechanisms(readings: Readings) -> str:
    warnings = _number(readings, "warnings_open")
    return "" if warnings is None else _("{n} warnings not dealt with", n=warnings)


def _tasks(readings: Readings) -> str:
    late = _number(readings, "tasks_late")
    if late is None:
        return ""
    return _("{n} key tasks late", n=late) if late else _("No key task is late")


def _funds(readings: Readings) -> str:
    idle = _number(readings, "fund_idle")
    if idle is None:
        return ""
    return _("{amount} idle", amount=formats.fen(idle)) if idle else _("No idle funds")


def _disposals(readings: Readings) -> str:
    late = _number(readings, "disposals_late")
    if late is None:
        return ""
    return _("{n} disposals late", n=late) if late else _("No disposal is late")


HEADLINES: Mapping[AgendaScreen, Headline] = {
    AgendaScreen.COVERAGE: _coverage,
    AgendaScreen.RESPONSIBILITIES: _responsibilities,
    AgendaScreen.REPORTS: _reports,
    AgendaScreen.OVERDUE: _overdue,
    AgendaScreen.UNIT: _overdue,
    AgendaScreen.MECHANISMS: _mechanisms,
    AgendaScreen.TASKS: _tasks,
    AgendaScreen.FUNDS: _funds,
    AgendaScreen.DISPOSALS: _disposals,
}
