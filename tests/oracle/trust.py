"""How complete the ledgers are, counted unit by unit.

Every row has `entered_on`, the day of the import that brought it; the rows of `set_aside` have open
questions.
"""

from datetime import date
from typing import NamedTuple

from tests.oracle.district import YEAR, District, Row
from tests.oracle.known import DATED

DATED_BY = {
    **DATED,
    "duties": "due_on",
    "report_scores": "scored_on",
    "projects": "planned_on",
    "rectification_events": "on_date",
    "cross_reviews": "due_on",
    "assessments": "assessed_on",
    "fund_projects": "approved_on",
    "fund_flows": "on_date",
    "disposals": "found_on",
    "warnings": "raised_on",
    "escalations": "issued_on",
}
"""By ledger that units owe, the column with the day of a row; attendance has its training's."""
OWED = (*DATED_BY, "attendance")
COUNTS_FOR = {
    "cross_reviews": "reviewer",
    "content_checks": ("project", "projects"),
    "rectification_events": ("finding", "findings"),
    "escalations": ("finding", "findings"),
    "fund_flows": ("project", "fund_projects"),
}
"""Where a row does not name its unit in `unit`: the column, and the ledger that it refers to."""


class Entries(NamedTuple):
    """The units that owe rows, those with any, those with one entered in the last year, the latest
    day of an entry, the rows that wait, and the sign."""

    owing: int
    ever: int
    in_last_year: int
    latest: date | None
    waiting: int
    sign: str


def unit_of(district: District, ledger: str, row: Row) -> str:
    """The unit for which a row counts."""
    through = COUNTS_FOR.get(ledger, "unit")
    if isinstance(through, str):
        return str(row[through])
    column, referred = through
    return str(district.one(referred, code=row[column])["unit"])


def entries(
    district: District, day: date, units: set[str], ledger: str, *, of_nobody: bool = False
) -> Entries:
    """What `units` have entered of a ledger's rows dated by `day`.

    With `of_nobody` the rows set aside whose unit is not recognised wait, too.
    """
    days = _latest(district, day, units, ledger)
    owing = {unit["code"] for unit in district.in_grid(units, day)}
    lately = {unit for unit in owing if unit in days and days[unit] > day - YEAR}
    waiting = sum(
        row["ledger"] == ledger
        and row["as_of"] <= day
        and row["settled_at"] is None
        and (row["unit"] in units or (of_nobody and row["unit"] is None))
        for row in district.all("set_aside")
    )
    known = "●" if lately == owing and not waiting else "◐"
    sign = known if owing and days else "○"
    latest = max(days.values(), default=None)
    return Entries(len(owing), len(owing & days.keys()), len(lately), latest, waiting, sign)


def silent(district: District, day: date, units: set[str], ledger: str) -> set[str]:
    """The units that owe rows and have entered none in the last year."""
    days = _latest(district, day, units, ledger)
    owing = {unit["code"] for unit in district.in_grid(units, day)}
    return {unit for unit in owing if unit not in days or days[unit] <= day - YEAR}


def _latest(district: District, day: date, units: set[str], ledger: str) -> dict[str, date]:
    """By unit, the latest day on which a row dated by `day` was entered."""
    found: dict[str, date] = {}
    for row in district.all(ledger):
        unit = unit_of(district, ledger, row)
        if unit in units and _dated(district, ledger, row) <= day:
            found[unit] = max(row["entered_on"], found.get(unit, date.min))
    return found


def _dated(district: District, ledger: str, row: Row) -> date:
    if ledger == "attendance":
        trained: date = district.one("trainings", code=row["training"])["on_date"]
        return trained
    on: date = row[DATED_BY[ledger]]
    return on
