"""Columns of findings in the list behind a figure: status, days overdue, limits, what is next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dashboard import reads, status
from dashboard.act_words import ToBeDone
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
from dashboard.screens.rectification.ledger import why_no_days
from dashboard.status import Status
from dashboard.widgets import lists
from data.figures.catalogue import Figure
from data.figures.lines import Line
from data.figures.moved import Moved
from data.findings import lines as finding_lines
from data.findings.lines import FindingLine
from models.rectification import Finding, PublicStatus, State

Standings = Mapping[str, FindingLine]
"""Findings as of a day by their code."""


def standings_of(view: View, rows: Sequence[Line]) -> dict[str, FindingLine]:
    """Return the findings among `rows` as of the day, by their code."""
    codes = tuple(line.row.key for line in rows if line.ledger is Finding)
    found = reads.ask(finding_lines.lines_of, view.scope, codes) if codes else ()
    return {each.finding.code: each for each in found}


def status_column(figure: Figure, standings: Standings) -> list[lists.Column[Line]]:
    """Return the column of the status of findings, unless there are none, or all that a figure
    counts by their limit are overdue."""
    if figure.by_due_date and all(_is_late(each) for each in standings.values()):
        return []
    if not standings:
        return []

    def of(line: Line) -> Status | None:
        if (found := standings.get(line.row.key)) is None:
            return None
        return status.of_finding(found.status, State(found.standing.state))

    return [lists.Column("status", _("Status"), of, lists.Kind.STATUS)]


def limit_columns(view: View, figure: Figure, standings: Standings) -> list[lists.Column[Line]]:
    """Return the columns of days overdue and of the present limit of findings.

    There are none for rows of other ledgers, and no days while no finding is overdue.
    """
    if not figure.by_due_date and not standings:
        return []

    def days(line: Line) -> int | None:
        if line.row.due_on and line.moved is not Moved.GONE:
            return (view.as_of - line.row.due_on).days
        found = standings.get(line.row.key)
        return found.days_over(view.as_of) if found and _is_late(found) else None

    def limit(line: Line) -> Cell:
        return _limit(line, standings)

    def why(line: Line) -> str:
        found = standings.get(line.row.key)
        return why_no_days(found, view.as_of) if found else ""

    columns: list[lists.Column[Line]] = []
    if figure.by_due_date or any(_is_late(each) for each in standings.values()):
        columns.append(
            lists.Column(
                "overdue",
                _("Overdue (days)"),
                days,
                lists.Kind.WHOLE,
                late=True,
                card=_("overdue by {n} days", n="{n}"),
                without=why,
            )
        )
    return [
        *columns,
        lists.Column(
            "limit",
            _("Present limit"),
            limit,
            lists.Kind.DAY,
            card=_("Present limit {day}", day="{n}"),
        ),
    ]


def says_next(standings: Standings) -> bool:
    """Return whether something is to be done about one of the findings."""
    return any(each.next_act for each in standings.values())


def next_columns(view: View, standings: Standings) -> list[lists.Column[Line]]:
    """Return the columns of what is to be done next about findings, by whom and until when; none if
    nothing is to be done."""
    if not says_next(standings):
        return []

    def of(line: Line, unit_name: str = "") -> ToBeDone | None:
        found = standings.get(line.row.key)
        return next_acts.of_line(view, found, unit_name) if found else None

    return next_acts.columns(view, of, lambda line: of(line, line.unit_name))


def on_cards(columns: Sequence[lists.Column[Line]]) -> list[lists.Column[Line]]:
    """Return the columns that say what a finding is about, as a card of a phone shows them."""
    return [replace(each, card="{n}") for each in columns]


def original_limit(
    shown: lists.Column[Line], lines: Sequence[Line], standings: Standings
) -> Iterator[lists.Column[Line]]:
    """Yield the columns of the original limit, which `shown` shows of a ledger row.

    On screen it stands only where the present limit differs, in the workbook always.
    """

    def moved_from(line: Line) -> Cell:
        original = shown.value(line)
        return None if original == _limit(line, standings) else original

    if any(moved_from(line) for line in lines):
        yield replace(
            shown,
            id="moved_from",
            heading=_("Original limit"),
            value=moved_from,
            file=False,
            spare=True,
        )
    yield replace(shown, screen=False)


def _is_late(found: FindingLine) -> bool:
    return found.status is PublicStatus.UNRECTIFIED


def _limit(line: Line, standings: Standings) -> date | None:
    """Return the present limit of a finding."""
    found = standings.get(line.row.key)
    return found.standing.due if found else line.row.due_on
