"""Guidance by the competent department and the audit bureau: how often, and whom not."""

import streamlit as st

from dashboard import address, formats, reads
from dashboard.charts import mechanisms as charts
from dashboard.elements import board
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import asked, ways
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.silence import not_entered, nothing, silent
from dashboard.widgets.tables import table
from data.mechanisms import guidance as visits
from models.mechanism import GuidanceForm, GuidedBy

SHOWN = 30


def guidance(view: View) -> None:
    """Coverage and forms, the departments, the units that nobody guided, the latest visits."""
    forms, departments = st.columns(2, border=True)
    with forms:
        _forms(view)
    with departments:
        _departments(view)
    missing, latest = st.columns(2, border=True)
    with missing:
        _not_guided(view)
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
        empty=nothing(view, "guidance_coverage", _("Nobody has guided a unit in the last year.")),
        texts={**{str(by): name(by.label) for by in GuidedBy}, "times": _("Times")},
    )


def _departments(view: View) -> None:
    found = reads.by_group(view.scope, "sector", "guidance_coverage")
    heading(
        _("By competent department"), _("units guided in the last year of the units in the grid")
    )
    if not found:
        st.caption(_("No unit stood in the grid here on {day}.", day=view.as_of))
        return
    known = reads.ask(visits.departments)
    rows = sorted(found, key=lambda code: formats.share(found[code]["guidance_coverage"]) or 0)
    readings = [found[code]["guidance_coverage"] for code in rows]
    table(
        {
            _("Sector"): [known.get(code, (code, None))[0] for code in rows],
            _("Competent department"): [
                known.get(code, (code, None))[1] or formats.NOTHING for code in rows
            ],
            _("Guided"): [formats.of_denominator(reading) for reading in readings],
            _("Share"): [formats.text(reading) for reading in readings],
        },
        key="guidance-departments",
        says=_("By competent department"),
        onward=lambda row: board.way("mechanisms", node=f"sector:{rows[row]}", tab="guidance"),
    )


def _not_guided(view: View) -> None:
    if not_entered(view, "guidance_coverage", _("Not guided in the last year")):
        return
    found = reads.ask(visits.not_guided, view.scope, SHOWN)
    coverage = reads.of(view.scope)["guidance_coverage"]
    missing = (coverage.denominator or 0) - int(coverage.numerator or 0)
    heading(
        _("Not guided in the last year"),
        _("{n} of {all} units, the longest without first; click one", n=len(found), all=missing),
    )
    if not found:
        if not silent(view):
            st.caption(_("Every unit in the grid was guided in the last year."))
        return
    sectors = reads.sectors()
    table(
        {
            _("Unit"): [unit.name for unit in found],
            _("Sector"): [sectors.get(unit.sector, unit.sector) for unit in found],
            _("Last guided"): [
                unit.last_on.isoformat() if unit.last_on else _("never guided") for unit in found
            ],
            _("Days ago"): [
                (view.as_of - unit.last_on).days if unit.last_on else None for unit in found
            ],
        },
        key="guidance-missing",
        says=_("Not guided in the last year"),
        onward=lambda row: ways.unit_way(found[row].code),
        tall=True,
    )


def _latest(view: View) -> None:
    forms = {str(form): name(form.label) for form in GuidanceForm}
    asked.select("form", _("Form"), forms)
    form = asked.choice("form", forms)
    latest = reads.ask(visits.latest, view.scope, SHOWN)
    found = [visit for visit in latest if form in ("", visit.form)]
    heading(_("Latest guidance"), _("the last {n} times; click to see the unit", n=len(found)))
    if not found:
        st.caption(_("No guidance is known here. Take in the sheet of guidance."))
        return
    table(
        {
            _("Date"): [visit.on_date for visit in found],
            _("Unit"): [visit.unit_name for visit in found],
            _("Guided by"): [name(GuidedBy(visit.by).label) for visit in found],
            _("Form"): [name(GuidanceForm(visit.form).label) for visit in found],
            _("Topic"): [visit.topic for visit in found],
        },
        key="guidance-latest",
        says=_("Latest guidance"),
        onward=lambda row: ways.unit_way(found[row].unit),
    )
