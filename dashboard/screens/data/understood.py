"""How an own ledger was read, sheet by sheet, and its totals."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard.i18n import _, name, say
from dashboard.markdown import literal
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.own_ledgers.entering.agreement import SideBySide
from data.own_ledgers.layout.column_labels import label
from data.own_ledgers.words.stated import StatedFile, StatedSheet
from data.own_ledgers.words.sum_names import sum_label
from models.text import NOTHING

LINES_SHOWN = 300


def show_sums(stated: StatedFile) -> None:
    """Draw the totals of each sheet's cells beside the totals of the values read from them."""
    lines = [(sheet, each) for sheet in stated.sheets for each in sheet.sums.names]
    if not lines:
        return
    heading(_("Sums"), _("added up from the cells of the sheet, and from the rows as read"))
    table(
        {
            _("Sheet"): [sheet.sheet for sheet, _each in lines],
            _("Adds up to"): [name(sum_label(each)) for _sheet, each in lines],
            _("On the sheet"): [_number(sheet.sums.theirs.get(each)) for sheet, each in lines],
            _("As read"): [_number(sheet.sums.ours.get(each)) for sheet, each in lines],
        },
        key="understood-sums",
        says=_("Sums"),
    )


def show_agreement(sums: Sequence[SideBySide], key: str) -> None:
    """Draw the totals of the sheets beside the figures of the same day."""
    if not sums:
        return
    table(
        {
            _("Adds up to"): [name(sum_label(each.name)) for each in sums],
            _("On the sheet"): [_number(each.theirs) for each in sums],
            _("As kept"): [_number(each.ours) for each in sums],
        },
        key=key,
        says=_("Sums"),
    )


def show_sheets(stated: StatedFile) -> None:
    """Draw the columns of each sheet with their ledger columns, ignored columns and skipped
    rows."""
    for at, sheet in enumerate(stated.sheets):
        with st.expander(literal(_("What was understood of “{sheet}”", sheet=sheet.sheet))):
            _show_sheet(sheet, f"understood-{at}")


def _show_sheet(sheet: StatedSheet, key: str) -> None:
    rows = _(", ").join(map(str, sheet.header_rows))
    message = _("Header in rows {rows}.", rows=rows)
    if sheet.carried_down:
        message += " " + _("Carried down from the row above: {n}.", n=sheet.carried_down)
    st.caption(message)
    columns, left_out, passed_over = st.columns(3)
    with columns:
        heading(_("Columns"), _("theirs and ours"))
        table(
            {
                _("Theirs"): [each.theirs for each in sheet.columns],
                _("Ours"): [name(label(each.ledger, each.column)) for each in sheet.columns],
            },
            key=f"{key}-columns",
            says=_("Columns"),
        )
    with left_out:
        heading(_("Not kept"), _("columns, and how many cells of them are filled"))
        table(
            {
                _("Theirs"): [each.theirs for each in sheet.not_kept],
                _("Cells"): [each.cells for each in sheet.not_kept],
            },
            key=f"{key}-not-kept",
            says=_("Not kept"),
        )
    with passed_over:
        heading(_("Passed over"), _("rows that are none of the ledger, and why"))
        shown = sheet.passed_over[:LINES_SHOWN]
        table(
            {
                _("Row"): [each.row for each in shown],
                _("Why"): [say(each.why) for each in shown],
            },
            key=f"{key}-passed-over",
            says=_("Passed over"),
        )
        if len(shown) < len(sheet.passed_over):
            st.caption(_("The first {n} of {all} rows.", n=len(shown), all=len(sheet.passed_over)))


def _number(value: int | Decimal | None) -> str:
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else f"{value.normalize():,f}"
