"""The state of units, worst first: light, overdue, longest overdue, due rate, late reports,
grade."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import formats, reads, status
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, table
from dashboard.elements.board import Part
from dashboard.elements.table import Cell
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.status import tone_of_limit
from data.figures.reading import Reading, Readings
from data.figures.units import UnitLine
from data.mechanisms import ratings
from models.rules.light import Light
from models.text import NOTHING

FIGURES = ("overdue", "overdue_days_max", "due_rect_rate", "reports_late")


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit with its light, its readings of FIGURES, and its latest grade ("" if none)."""

    unit: UnitLine
    readings: Readings
    grade: str

    @property
    def wants(self) -> bool:
        """Whether the unit needs attention."""
        return self.unit.light not in (None, Light.GREEN)

    @property
    def longest(self) -> int:
        """Days by which the longest overdue finding is late; 0 if none is."""
        reading = self.readings.get("overdue_days_max")
        return int(reading.exact) if reading and reading.exact is not None else 0


def standings(view: View) -> list[UnitStanding]:
    """Return the units in the grid, the worst light first, then the longest overdue."""
    readings_by_unit = reads.by_unit(view.scope, *FIGURES)
    grades = reads.ask(ratings.latest_grades, view.scope)
    lights = list(Light)
    return sorted(
        (
            UnitStanding(unit, readings_by_unit.get(unit.code, {}), grades.get(unit.code, ""))
            for unit in reads.units(view.scope)
            if unit.light is not None
        ),
        key=lambda each: (
            lights.index(each.unit.light or Light.GREY),
            -each.longest,
            each.unit.code,
        ),
    )


def columns() -> list[Part]:
    """Return the columns of a table of units."""
    return [
        table.column(_("Light")),
        table.column(_("Unit"), leads=True, day=True),
        table.column(_("Overdue findings"), number=True),
        table.column(_("Longest overdue"), number=True),
        table.column(_("Due rate"), number=True),
        table.column(_("Late reports"), number=True),
        table.column(_("Grade"), number=True),
    ]


def row(standing: UnitStanding, *after_light: Cell, last: Sequence[Cell] = ()) -> Part:
    """Return the unit as a table row with a link to its page; `after_light` are cells of further
    columns behind the first, `last` of columns behind all."""
    silent = standing.unit.light in (None, Light.GREY)
    cells: Sequence[Cell] = (
        status.of_light(standing.unit.light),
        *after_light,
        standing.unit.name,
        _counted(standing.readings.get("overdue"), silent=silent),
        longest(standing),
        _rate(standing.readings.get("due_rect_rate")),
        _counted(standing.readings.get("reports_late"), silent=silent),
        grade(standing),
        *last,
    )
    return table.row(cells, board.way("unit", node=f"unit:{standing.unit.code}"))


def _counted(reading: Reading | None, *, silent: bool) -> Cell:
    """Return a number, marked if it is above 0; "—" if it is not known.

    Of a silent unit, 0 is not known, but what is owed and has not come in is.
    """
    count = int(reading.numerator or 0) if reading and reading.known else 0
    if count:
        return str(count), Tone.BAD
    return NOTHING if silent or (reading and not reading.known) else "0"


def _rate(reading: Reading | None) -> str:
    """Return a share; "—" if it is not known, for the light and its reason say why."""
    return formats.text(reading) if reading and reading.known else NOTHING


def longest(standing: UnitStanding) -> Cell:
    """Return by how many days the longest overdue finding is late; "—" if none is."""
    days = standing.longest
    return (_("{n} days", n=days), tone_of_limit(-days)) if days else NOTHING


def grade(standing: UnitStanding) -> Cell:
    """Return the latest grade, in its tone if it is below what is required."""
    if not standing.grade:
        return NOTHING
    tone = status.of_grade(standing.grade).tone
    return (standing.grade, tone) if tone in (Tone.BAD, Tone.WARN) else standing.grade
