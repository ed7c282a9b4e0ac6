"""Idle money of major funds: how long it has been idle, by project."""

import streamlit as st

from dashboard import formats, reads
from dashboard.charts import funds as charts
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import next_acts
from dashboard.screens.funds import project_next
from dashboard.screens.funds.projects import called
from dashboard.widgets import ways
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.silence import text_if_empty
from dashboard.widgets.tables import table
from data.money.funds import Projects
from models.rules.fund import AGES

MOST_IDLE = 5
"""Idle projects in the list."""


def age_texts() -> dict[str, str]:
    """Return the names of the bands of days for which money has been idle."""
    return {
        "0-89": _("under 90 days, not idle"),
        "90-180": _("90 to 180 days"),
        "181-365": _("181 to 365 days"),
        "366+": _("366 days and more"),
    }


def idle_money(view: View, projects: Projects) -> None:
    """Draw how long money has been idle, and the projects with most of it."""
    ages_of_idle(view, projects)
    idle = [line for line in projects.worst if line.idle]
    if not idle:
        return
    shown = idle[:MOST_IDLE]
    places = formats.places_of(line.idle for line in shown)
    amount = _("Idle, {unit}", unit=formats.money_unit())
    heading(
        _("The most idle projects"),
        _(
            "the most money first, {n} of {of} projects; click to see the unit",
            n=len(shown),
            of=len(idle),
        ),
    )
    st.caption(next_acts.sentence(view, project_next.all_idle(view)))
    table(
        {
            _("Project"): [called(line, projects) for line in shown],
            _("Unit"): [line.unit_name for line in shown],
            amount: [formats.money_number(line.idle) for line in shown],
        },
        key="funds-most-idle",
        says=_("The most idle projects"),
        onward=lambda row: ways.unit_way(shown[row].unit),
        columns={amount: st.column_config.NumberColumn(format=f"%.{places}f")},
        watched=(amount,),
        cards={_("Unit"): "{n}", amount: f"{{n}} {formats.money_unit()}"},
    )
    ways.list_link(_("All idle projects ›"), "fund_idle")


def _idle_in_words(found: Projects) -> str:
    """Return a title with the idle money, and how much of it has been idle for over a year."""
    idle, longest = sum(found.lying[1:]), found.lying[-1]
    if not any(found.lying):
        return _("Disbursed and not yet spent")
    if not idle:
        return _("Nothing that was disbursed is idle for 90 days or more")
    if not longest:
        return _(
            "{amount} idle for 90 days or more, nothing for over a year", amount=formats.fen(idle)
        )
    return _(
        "{amount} idle for 90 days or more, {longest} of it for over a year",
        amount=formats.fen(idle),
        longest=formats.fen(longest),
    )


def _to_lying(band: str) -> None:
    # Money counts as idle after 90 days; below that only the list of money disbursed applies.
    ways.go("list", figure="fund_disbursed" if band == AGES[0][0] else "fund_idle")


def _nothing_lies(view: View) -> str:
    disbursed = reads.figures_of(view.scope)["fund_disbursed"]
    if disbursed.known and disbursed.numerator:
        return _("All that was disbursed is spent.")
    return text_if_empty(view, "fund_disbursed", _("Nothing is disbursed so far."))


def ages_of_idle(view: View, projects: Projects) -> None:
    """Draw money that was disbursed and not yet spent, by how long ago it was disbursed: the
    longest idle first, what is not idle yet last."""
    called, texts = age_texts(), formats.money_texts(projects.lying)
    draw(
        charts.idle_by_age,
        [
            {
                "code": band,
                "name": called[band],
                "place": place,
                "value": formats.money_number(projects.lying[place]),
                "text": texts[place] if projects.lying[place] else "0",
            }
            for place, (band, _first, _after) in reversed(tuple(enumerate(AGES)))
        ]
        if any(projects.lying)
        else [],
        key="funds-idle",
        title=_idle_in_words(projects),
        says=_(
            "in {unit}, by days since it was disbursed; the oldest money is spent first",
            unit=formats.money_unit(),
        ),
        hint=_("click to see the list"),
        on_choose=_to_lying,
        columns={
            "name": _("Days since it was disbursed"),
            "text": _("{column} ({unit})", column=_("Money"), unit=formats.money_unit()),
        },
        empty=_nothing_lies(view),
    )
