"""Audit projects of a sheet: matched by name and unit, or added; days of their reports."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from data.ledgers.rows import fetch_by
from data.own_ledgers.entering.issued_codes import IssuedCodes
from data.own_ledgers.entering.rows_to_enter import place
from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.words import stated as own
from data.own_ledgers.words.days import read_day
from data.own_ledgers.words.stated import Proposal, QuestionKind, StatedRow
from data.own_ledgers.words.written import plain
from models.audit import Project, Source
from models.text import N_, sentence

ISSUED_WHEN = N_(
    "On which day were the findings of “{project}” issued? Answer like 2026-03-31; without an "
    "answer they are known from {as_of} on."
)
NO_PROJECT = N_(
    "On which day were the findings without a project issued? Answer like 2026-03-31; without an "
    "answer they are known from {as_of} on."
)


class ProjectRows:
    """The stored projects of some units, those of stored findings, and those that the sheet adds.

    A finding that another unit took over keeps the project of the unit that was audited.
    """

    def __init__(
        self, taking: TakingSheet, units: Sequence[str], of_findings: Collection[str]
    ) -> None:
        self.taking = taking
        order = ("code", "name", "unit")
        kept = list(fetch_by(taking.connection, Project, order, "unit", units))
        others = sorted({*of_findings} - {code for code, _, _ in kept})
        kept += fetch_by(taking.connection, Project, order, "code", others)
        self._names: dict[str, str] = {code: name for code, name, _ in kept}
        self._codes: dict[tuple[str, str], str] = {
            (plain(name), unit): code for code, name, unit in kept
        }
        self._issued = IssuedCodes(self._names, "P")

    def name_of(self, code: str | None) -> str:
        """The name of a stored project; empty for None."""
        return self._names.get(code or "", "")

    def issue_days(self, rows: Sequence[StatedRow]) -> dict[str, date]:
        """The day of issue of each project's findings, by project as written; asked once per
        project.

        Only the first sheet asks: findings that a later one adds arose since the sheet before it.
        """
        if self.taking.last and self.taking.last < self.taking.as_of:
            return {}
        without: dict[str, list[StatedRow]] = defaultdict(list)
        for row in rows:
            if "issued_on" not in row.values:
                without[str(row.values.get(own.PROJECT_NAME) or "")].append(row)
        as_of = self.taking.as_of
        days = {}
        for project, those in without.items():
            answer = self.taking.ask(
                QuestionKind.ISSUED_ON,
                (self.taking.form, plain(project)),
                those,
                value=project,
                proposals=[Proposal(as_of.isoformat(), as_of.isoformat())],
                asks=sentence(
                    ISSUED_WHEN if project else NO_PROJECT,
                    project=project,
                    as_of=as_of.isoformat(),
                ),
                optional=True,
                free=True,
            )
            day = read_day(answer, year=as_of.year) if answer else None
            if day:
                days[project] = day.day
        return days

    def code(self, row: StatedRow, unit: str, issued: date) -> str | None:
        """The code of the row's project at `unit`; the project is added if it is not stored yet."""
        name = row.values.get(own.PROJECT_NAME)
        if not name:
            return None
        key = plain(name), unit
        if key not in self._codes:
            code = self._issued.issue(unit, issued.year)
            self._codes[key] = code
            values = {
                "code": code,
                "name": name,
                "unit": unit,
                "source": row.values.get(own.PROJECT_SOURCE) or Source.OTHER.value,
                "planned_on": issued,
                "started_on": issued,
                "completed_on": issued,
            }
            text = self.taking.to_enter.put("projects", place(row), values)
            for column in ("planned_on", "started_on", "completed_on"):
                # Use the day of issue of the findings; nothing more is known of the project.
                self.taking.to_enter.marks["projects", text, column] = (self.taking.as_of, None)
        return self._codes[key]
