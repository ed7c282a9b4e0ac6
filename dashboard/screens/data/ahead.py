"""A preview of an import: figures before and after, and the rows of each ledger."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import formats, ledger_values
from dashboard.i18n import _, name
from dashboard.widgets import ledger_columns
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.figures.reading import Reading
from data.intake.preview import FigureAhead, LedgerPreview, NewRow, Preview
from data.intake.taken import Counts
from models.ledger import Ledger
from models.registry import BY_ID

ROWS_SHOWN = 1_000
"""The most new rows, and the most changed rows, of a ledger on the page."""


def show(preview: Preview | None, counts: Counts, key: str) -> None:
    """Draw the figures that would change, then each ledger with its new and changed rows."""
    if preview is None:
        return
    _show_figures(preview.figures, key)
    for each in preview.ledgers:
        if each.new or each.changed:
            _show_ledger(each, counts[each.ledger], f"{key}-{each.ledger}")


def _show_figures(figures: Sequence[FigureAhead], key: str) -> None:
    if not figures:
        return
    heading(_("Figures before and after"), _("of the whole district, on the day of the import"))
    table(
        {
            _("Figure"): [_(each.before.figure.name) for each in figures],
            _("Before"): [_written(each.before) for each in figures],
            _("After"): [_written(each.after) for each in figures],
            "": ["" if each.differs else _("stays") for each in figures],
        },
        key=f"{key}-figures",
        says=_("Figures before and after"),
    )


def _written(reading: Reading) -> str:
    """Return a figure as text, for a share with numerator and denominator."""
    sides = formats.of_denominator(reading) if reading.known else ""
    return f"{formats.text(reading)} ({sides})" if sides else formats.text(reading)


def _show_ledger(preview: LedgerPreview, counted: Mapping[str, int], key: str) -> None:
    ledger = BY_ID[preview.ledger]
    message = _(
        "{ledger}: {new} new, {changed} changed, {equal} equal",
        ledger=ledger.SHEET,
        **counted,
    )
    with st.expander(message, expanded=True):
        if preview.changed:
            _show_changed(ledger, preview, counted["changed"], key)
        if preview.new:
            _show_new(ledger, preview.new, counted["new"], key)


def _show_changed(ledger: type[Ledger], preview: LedgerPreview, many: int, key: str) -> None:
    lines = [(row, cell) for row in preview.changed[:ROWS_SHOWN] for cell in row.cells]
    columns = {each.id: each for each in ledger.columns}
    heading(_("Changed rows"))
    table(
        {
            _("Row of the sheet"): [row.row for row, _cell in lines],
            _("Key"): [row.key for row, _cell in lines],
            _("About"): [row.subject for row, _cell in lines],
            _("Column"): [name(columns[cell.column].label) for _row, cell in lines],
            _("Kept"): [
                ledger_values.shown(columns[cell.column], cell.before) for _row, cell in lines
            ],
            _("New"): [
                ledger_values.shown(columns[cell.column], cell.after) for _row, cell in lines
            ],
        },
        key=f"{key}-changed",
        says=_("Changed rows"),
    )
    _say_how_many(many)


def _show_new(ledger: type[Ledger], rows: Sequence[NewRow], many: int, key: str) -> None:
    shown = rows[:ROWS_SHOWN]
    filled = [
        each for each in ledger.columns if any(row.values[each.id] is not None for row in shown)
    ]
    parts = ledger_columns.parts(filled)
    cells = ledger_columns.cells(
        (*parts.about, *parts.rest, *parts.last), [row.values for row in shown]
    )
    heading(_("New rows"))
    table(
        {_("Row of the sheet"): [row.row for row in shown], **cells},
        key=f"{key}-new",
        says=_("New rows"),
        columns=ledger_columns.settings(parts, cells),
    )
    _say_how_many(many)


def _say_how_many(rows: int) -> None:
    if rows > ROWS_SHOWN:
        st.caption(_("The first {n} of {all} rows.", n=ROWS_SHOWN, all=rows))
