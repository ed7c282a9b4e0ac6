"""One unit: its light and why, what it owes, its findings on a time line, every ledger of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import formats, reads
from dashboard.charts import palette
from dashboard.charts import unit as unit_charts
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.widgets import ledger_columns, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import tiles
from data.coverage import light_reasons
from data.figures import units as unit_lines
from data.figures.units import UnitLine
from data.findings import spans
from data.findings.spans import FindingSpan
from data.ledgers import unit_ledgers
from data.ledgers.unit_ledgers import Rows
from data.nodes import Node
from models.grid import UnitKind
from models.rectification import PublicStatus
from models.registry import BY_ID
from models.text import N_

FOUND = 30
LANES = 25
FIGURES = ("overdue", "due_rect_rate", "report_quality", "duty_rate", "content_coverage")
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    N_("Findings"): ("findings", "rectification_events", "escalations"),
    N_("People and duties"): ("grid_elements", "appointments", "institutions", "duties"),
    N_("Reports"): ("reports", "report_scores"),
    N_("Audit and review"): (
        "projects",
        "content_checks",
        "cross_reviews",
        "guidance",
        "ratings",
        "assessments",
    ),
    N_("Money, disposals, warnings"): ("fund_projects", "fund_flows", "disposals", "warnings"),
}
"""The ledgers of a unit by the tab on which they stand."""


def of_own(view: View) -> View:
    """The view of the only unit where no more can be seen; else as it is."""
    found = reads.units(view.scope)
    if view.scope.node.is_unit or len(found) != 1:
        return view
    return replace(view, scope=view.scope.at(Node("unit", found[0].code)))


def choose(view: View) -> None:
    """Where no unit is looked at: look for one, the worst first."""
    wanted = st.text_input(
        _("Look for a unit"), key="unit-search", placeholder=_("Part of its name or code")
    )
    found = (
        reads.ask(unit_lines.search, view.scope, wanted, FOUND)
        if wanted
        else reads.units(view.scope)[:FOUND]
    )
    if not found:
        st.info(_("No unit fits. Try a part of its name or its code."))
        return
    heading(_("Units"), _("the worst light first, {n} at most; click one", n=FOUND))
    sectors = reads.sectors()
    table(
        {
            _("Light"): [light_of(unit) for unit in found],
            _("Unit"): [unit.name for unit in found],
            _("Code"): [unit.code for unit in found],
            _("Kind"): [name(UnitKind(unit.kind).label) for unit in found],
            _("Sector"): [sectors.get(unit.sector, unit.sector) for unit in found],
            _("Subdistrict"): [place_of(unit) for unit in found],
        },
        key="unit-choices",
        says=_("Units"),
        on_pick=lambda row: ways.to_unit(found[row].code),
    )


def light_of(unit: UnitLine) -> str:
    """A light as its sign and its word."""
    if unit.light is None:
        return formats.NOTHING
    return f"{palette.SHAPES[unit.light]} {name(unit.light.label)}"


def place_of(unit: UnitLine) -> str:
    """The subdistrict of a unit."""
    if unit.subdistrict is None:
        return formats.NOTHING
    return formats.listed_name("subdistricts", unit.subdistrict)


@still
def profile(view: View) -> None:
    """The head of the page: who it is, its light, its figures."""
    unit = reads.units(view.scope)[0]
    facts = [
        f"`{unit.code}`",
        name(UnitKind(unit.kind).label),
        ways.name_of_sector(unit.sector),
        place_of(unit),
        _("in the grid since {day}", day=unit.enrolled_on),
    ]
    st.markdown(f"## {light_of(unit)} · {unit.name}")
    st.caption(" · ".join(facts))
    if reasons := why(view, unit.code):
        st.markdown("\n".join(f"- {reason}" for reason in reasons))
    tiles(view, FIGURES)


def why(view: View, code: str) -> list[str]:
    """Why a unit stands in its light, first what decides."""
    scope = view.scope.at(Node("unit", code))
    return [say(reason) for reason in reads.ask(light_reasons.reasons, scope).get(code, ())]


def ledgers(view: View) -> None:
    """The time line, then every ledger of the unit, a tab a subject."""
    rows = reads.ask(unit_ledgers.of_unit, view.scope, names_in_full=view.names_in_full)
    titles = {_("Time line"): (), **{_(title): found for title, found in SUBJECTS.items()}}
    tabs = st.tabs(list(titles), key="unit-tabs", on_change="rerun")
    for tab, shown in zip(tabs, titles.values(), strict=True):
        if not tab.open:
            continue
        with tab:
            if shown:
                _tables(shown, rows)
            else:
                _time_line(view, rows)


def _tables(shown: tuple[str, ...], rows: Mapping[str, Rows]) -> None:
    found = [(ledger, rows[ledger]) for ledger in shown if rows.get(ledger)]
    if not found:
        st.info(_("Nothing has come in here."))
    for ledger, listed in found:
        _ledger_table(ledger, listed)


def _ledger_table(ledger: str, listed: Rows) -> None:
    parts = ledger_columns.parts(
        BY_ID[ledger],
        [
            column
            for column in BY_ID[ledger].columns
            if column.id != "unit" and any(row[column.id] is not None for row in listed)
        ],
    )
    heading(name(BY_ID[ledger].SHEET), _("{n} rows, the latest first", n=len(listed)))
    leads = "finding" if "finding" in listed[0] else "code" if ledger == "findings" else ""
    shown = ledger_columns.cells((*parts.about, *parts.rest, *parts.last), listed)
    table(
        shown,
        key=f"unit-{ledger}",
        says=name(BY_ID[ledger].SHEET),
        on_pick=(lambda at: ways.to_finding(str(listed[at][leads]))) if leads else None,
        columns=ledger_columns.settings(parts, shown),
    )


def _time_line(view: View, rows: Mapping[str, Rows]) -> None:
    findings = reads.ask(spans.spans, view.scope, LANES)
    events = [*_happenings(rows), *(_finding(span, view.as_of) for span in findings)]
    draw(
        unit_charts.timeline,
        events,
        key="unit-timeline",
        title=_("What happened"),
        says=_(
            "by day; findings from issue to closure, the {n} latest, with their time limit as a"
            " tick; click one",
            n=LANES,
        ),
        empty=_("Nothing has come in from this unit so far."),
        texts={
            "EVENT": _("Event"),
            **{str(status): name(status.label) for status in PublicStatus},
            "due": _("due"),
        },
        on_choose=lambda code: _lead(code, rows),
    )


def _lead(code: str, rows: Mapping[str, Rows]) -> None:
    if any(row["code"] == code for row in rows.get("findings", ())):
        ways.to_finding(code)


DAYS: Mapping[str, str] = {
    "grid_elements": "met_on",
    "appointments": "from_on",
    "reports": "submitted_on",
    "projects": "started_on",
    "cross_reviews": "completed_on",
    "guidance": "on_date",
    "ratings": "rated_on",
    "warnings": "raised_on",
    "disposals": "done_on",
    "fund_projects": "approved_on",
}
"""The ledgers on the time line, and the day on which a row of each stands."""


def _happenings(rows: Mapping[str, Rows]) -> Iterator[Mapping[str, object]]:
    for ledger, day in DAYS.items():
        sheet = BY_ID[ledger]
        about = [column for column in sheet.columns if column.id in ABOUT]
        for row in rows.get(ledger, ()):
            if row[day] is None:
                continue
            said = [formats.shown(each, row[each.id]) for each in about if row[each.id] is not None]
            yield _event(name(sheet.SHEET), row[day], " · ".join(said[:2]))


ABOUT = frozenset(
    {"element", "role", "year", "kind", "name", "topic", "round", "rule", "form", "veto"}
)
"""Columns that say in few words what a row is about."""


def _event(lane: str, day: date, text: str) -> Mapping[str, object]:
    return {
        "code": "",
        "lane": lane,
        "starts_on": day,
        "ends_on": None,
        "due_on": None,
        "state": "EVENT",
        "text": text,
    }


def _finding(span: FindingSpan, as_of: date) -> Mapping[str, object]:
    return {
        "code": span.code,
        "lane": f"{span.code} {span.title}"[:28],
        "starts_on": span.issued_on,
        "ends_on": span.closed_on or as_of,
        "due_on": span.due_on,
        "state": str(span.status),
        "text": span.title,
    }
