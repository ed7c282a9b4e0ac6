"""Guidance by the competent department and the audit bureau: how often, and units without any."""

import streamlit as st

from dashboard import address, formats, reads
from dashboard.charts import mechanisms as charts
from dashboard.elements import board
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import asked, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import draw_if_not_entered, draw_if_silent, text_if_empty
from dashboard.widgets.tables import table
from data.mechanisms import guidance as visits
from models.mechanism import GuidanceForm, GuidedBy
from models.text import NOTHING

SHOWN = 30
AT_FIRST, LATEST_AT_FIRST = 10, 14
"""Of the units without guidance, and of the latest guidance, those shown at first."""


@still
def guidance(view: View) -> None:
    """Draw coverage and forms, the departments, units without guidance, and the latest visits."""
    missing, latest = st.columns(2, border=True)
    with missing:
        _not_guided(view)
        st.space("xsmall")
        _departments(view)
        st.space("xsmall")
        _forms(view)
    with latest:
        _latest(view)


def _forms(view: View) -> None:
    counted = reads.ask(visits.counts, view.scope)
    total = sum(counted.values())
    of_form = {
        form: sum(counted.get((str(form), str(by)), 0) for by in GuidedBy) for form in GuidanceForm
    }
    draw(
        charts.guidance_forms,
        [
            {
                "code": str(form),
                "name": name(form.label),
                "by": str(by),
                "word": name(by.label),
                "value": counted.get((str(form), str(by)), 0),
            }
            for form in sorted(GuidanceForm, key=lambda each: -of_form[each])
            for by in GuidedBy
            if total
        ],
        key="guidance-forms",
        title=_("Units were guided {n} times in the last year", n=total)
        if total
        else _("Guidance of the last year"),
        says=_("number of times by form and by who guided, the most frequent first"),
        hint=_("click to see the latest"),
        on_choose=lambda form: address.put_of_page("form", form),
        columns={"name": _("Form"), "word": _("Guided by"), "value": _("Times")},
        empty=text_if_empty(
            view, "guidance_coverage", _("Nobody has guided a unit in the last year.")
        ),
        texts={**{str(by): name(by.label) for by in GuidedBy}, "times": _("Times")},
    )


def _departments(view: View) -> None:
    readings_by_sector = reads.by_group(view.scope, "sector", "guidance_coverage")
    heading(
        _("By competent department"), _("units guided in the last year of the units in the grid")
    )
    if not readings_by_sector:
        st.caption(_("No unit stood in the grid here on {day}.", day=view.as_of))
        return
    known = reads.ask(visits.departments)
    rows = sorted(
        readings_by_sector,
        key=lambda code: formats.share(readings_by_sector[code]["guidance_coverage"]) or 0,
    )
    readings = [readings_by_sector[code]["guidance_coverage"] for code in rows]
    table(
        {
            _("Sector"): [ways.name_of_sector(code) for code in rows],
            _("Competent department"): [
                known.get(code, (code, None))[1] or NOTHING for code in rows
            ],
            _("Guided"): [formats.of_denominator(reading) for reading in readings],
            _("Share"): [formats.text(reading) for reading in readings],
        },
        key="guidance-departments",
        says=_("By competent department"),
        onward=lambda row: board.way("mechanisms", node=f"sector:{rows[row]}", tab="guidance"),
    )


def _not_guided(view: View) -> None:
    if draw_if_not_entered(view, "guidance_coverage", _("Not guided in the last year")):
        return
    units_not_guided = reads.ask(visits.not_guided, view.scope, SHOWN)
    coverage = reads.figures_of(view.scope)["guidance_coverage"]
    missing = coverage.short
    heading(
        _("Not guided in the last year"),
        _(
            "{n} of {all} units, the longest without first; click one",
            n=len(units_not_guided),
            all=missing,
        )
        if units_not_guided
        else "",
    )
    if not units_not_guided:
        if not draw_if_silent(view):
            st.caption(_("Every unit in the grid was guided in the last year."))
        return
    sectors = reads.sectors()
    table(
        {
            _("Unit"): [unit.name for unit in units_not_guided],
            _("Sector"): [sectors.get(unit.sector, unit.sector) for unit in units_not_guided],
            _("Last guided"): [
                unit.last_on.isoformat() if unit.last_on else _("never guided")
                for unit in units_not_guided
            ],
            _("Days ago"): [
                (view.as_of - unit.last_on).days if unit.last_on else None
                for unit in units_not_guided
            ],
        },
        key="guidance-missing",
        says=_("Not guided in the last year"),
        onward=lambda row: ways.unit_way(units_not_guided[row].code),
        first=AT_FIRST,
        late=(_("Days ago"),),
    )


def _latest(view: View) -> None:
    if draw_if_not_entered(view, "guidance_coverage", _("Latest guidance")):
        return
    forms = {str(form): name(form.label) for form in GuidanceForm}
    asked.select("form", _("Form"), forms)
    form = asked.choice("form", forms)
    latest = reads.ask(visits.latest, view.scope, SHOWN)
    visits_of_form = [visit for visit in latest if form in ("", visit.form)]
    heading(
        _("Latest guidance"), _("the last {n} times; click to see the unit", n=len(visits_of_form))
    )
    if not visits_of_form:
        st.caption(_("No guidance is known here. Take in the sheet of guidance."))
        return
    table(
        {
            _("Date"): [visit.on_date for visit in visits_of_form],
            _("Unit"): [visit.unit_name for visit in visits_of_form],
            _("Guided by"): [name(GuidedBy(visit.by).label) for visit in visits_of_form],
            _("Form"): [name(GuidanceForm(visit.form).label) for visit in visits_of_form],
            _("Topic"): [visit.topic for visit in visits_of_form],
        },
        key="guidance-latest",
        says=_("Latest guidance"),
        first=LATEST_AT_FIRST,
        onward=lambda row: ways.unit_way(visits_of_form[row].unit),
    )
