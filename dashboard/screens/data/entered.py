"""How complete the ledgers are, by sector, and the units that have entered nothing."""

import streamlit as st

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import trust, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.silence import draw_if_silent
from dashboard.widgets.tables import table
from data.coverage import entries
from models.registry import BY_ID
from models.rules.trust import Trust
from models.text import NOTHING

CHOSEN = "entered-ledger"


def entered(view: View) -> None:
    """Draw a table of ledgers by sectors; a click on a ledger lists the units without entries in
    it."""
    heading(_("Entered in the last year"), _("units out of those in the grid, by ledger"))
    if draw_if_silent(view):
        return
    _by_ledger(view)
    _not_entered(view)


@still
def _by_ledger(view: View) -> None:
    of_ledgers = reads.ask(entries.of_ledgers, view.scope, view.since)
    st.caption(
        _(
            "{complete} every unit, no row waits; {partial} some; {unknown} nothing entered",
            complete=Trust.COMPLETE.sign,
            partial=Trust.PARTIAL.sign,
            unknown=Trust.UNKNOWN.sign,
        )
    )
    present = {sector for line in of_ledgers for sector in line.by_sector}
    table(
        {
            _("Ledger"): [name(BY_ID[line.ledger].SHEET) for line in of_ledgers],
            _("All units"): [trust.cell(line.whole) for line in of_ledgers],
            **{
                called: [trust.cell(line.by_sector.get(code)) for line in of_ledgers]
                for code, called in reads.sectors().items()
                if code in present
            },
            _("Latest entry"): [line.whole.latest for line in of_ledgers],
            _("Corrected since {day}", day=view.since): [line.corrections for line in of_ledgers],
            _("Pending rows"): [line.whole.waiting for line in of_ledgers],
            _("Anomalous rows"): [line.odd for line in of_ledgers],
        },
        key="entered",
        says=_("Entered in the last year"),
        on_pick=lambda row: _choose(of_ledgers[row].ledger),
    )


def _choose(ledger: str) -> None:
    st.session_state[CHOSEN] = ledger


def _not_entered(view: View) -> None:
    chosen = st.selectbox(
        _("Who has entered nothing in"),
        entries.OWED,
        format_func=lambda ledger: name(BY_ID[ledger].SHEET),
        key=CHOSEN,
    )
    _lacking(view, chosen or entries.OWED[0])


@still
def _lacking(view: View, ledger: str) -> None:
    """Draw the units that entered nothing in `ledger` within the last year."""
    units = reads.ask(entries.not_entered, view.scope, ledger)
    if not units:
        st.caption(_("Every unit in the grid has entered something in the last year."))
        return
    sectors = reads.sectors()
    table(
        {
            _("Unit"): [unit.name for unit in units],
            _("Sector"): [sectors.get(unit.sector, unit.sector) for unit in units],
            _("Latest entry"): [str(unit.latest or NOTHING) for unit in units],
            _("Pending rows"): [unit.waiting for unit in units],
        },
        key="not-entered",
        says=_("Who has entered nothing in"),
        onward=lambda row: ways.unit_way(units[row].code),
    )
