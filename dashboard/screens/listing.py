"""The list behind a figure: its rows a page at a time, and the whole of it as a workbook."""

from collections.abc import Sequence
from io import BytesIO

import streamlit as st

from dashboard import address, formats, reads
from dashboard.edge import AddressError
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import ledger_columns, ways
from dashboard.widgets.downloads import hand_out
from dashboard.widgets.drawing import heading
from dashboard.widgets.silence import not_entered
from dashboard.widgets.tables import table as draw_table
from dashboard.widgets.tiles import definition
from data.access.permission import Action
from data.figures.catalogue import Figure, Quantity, Way
from data.figures.lines import Line
from data.figures.reading import FEN, rounded
from data.figures.rows import Side, sides
from data.workbook import writing
from models.ledger import Column, Kind, Number, Text
from models.text import N_, sentence

PAGE = 100
"""Rows shown at a time."""
NO_SUCH_FIGURE = N_("There is no figure “{name}”.")
SIDES = {
    Side.VALUE: N_("Rows counted"),
    Side.NUMERATOR: N_("Numerator"),
    Side.DENOMINATOR: N_("Denominator"),
}


def asked() -> tuple[Figure, str]:
    """The figure and bucket that the address asks for; `AddressError` for what is not there."""
    named, bucket = address.of_page("figure"), address.of_page("bucket")
    figure = reads.catalogue().get(named)
    known = figure and (not bucket or any(bucket == part.id for part in figure.buckets))
    if not figure or not known:
        raise AddressError(sentence(NO_SUCH_FIGURE, name=f"{named} {bucket}".strip()[:60]))
    return figure, bucket


def title_of(figure: Figure, bucket: str) -> str:
    """What a figure and its bucket are called."""
    part = next((name(part.label) for part in figure.buckets if part.id == bucket), "")
    return f"{_(figure.name)} · {part}" if part else _(figure.name)


def listing(view: View) -> None:
    """The list that the address asks for: figure, definition, rows, download."""
    figure, bucket = asked()
    title = title_of(figure, bucket)
    ways.trail(ways.steps_to(view), title)
    reading = reads.of(view.scope).get(f"{figure.id}:{bucket}" if bucket else figure.id)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.metric(title, formats.text(reading), help=definition(figure), width="content")
        if reading and (parts := formats.of_denominator(reading)):
            st.caption(parts, width="content")
    st.caption(_(figure.definition))
    if reading and not reading.known:
        not_entered(view, reading.id)
        return
    side = _side(figure)
    length = reads.length_of_rows(view.scope, figure.id, bucket, side)
    if not length:
        st.info(_("No row counts here on {day}.", day=view.as_of))
        return
    first = _first(length)
    found = reads.page_of_rows(
        view.scope,
        figure.id,
        bucket,
        side,
        first=first,
        most=PAGE,
        names_in_full=view.names_in_full,
    )
    heading(
        _(SIDES[side]),
        _("{n} rows on {day}; click a row to see more of it", n=length, day=view.as_of),
    )
    table(view, found, figure)
    _download(view, figure, bucket, side, title)


def table(view: View, found: Sequence[Line], figure: Figure) -> None:
    """Rows: unit, what they are about, days overdue or value, columns, codes."""
    columns = columns_of(found)
    parts = ledger_columns.parts(columns)
    rows = [line.values for line in found]
    cells: ledger_columns.Cells = {
        _("Unit"): [line.unit_name or _("District") for line in found],
    }
    if columns:
        cells |= ledger_columns.cells(parts.about, rows)
    else:
        cells[_("Ledger")] = [name(line.ledger.SHEET) for line in found]
        cells[_("About")] = [subject(line) for line in found]
    value = formats.unit_of(figure).capitalize()
    if figure.by_due_date:
        due = [line.row.due_on for line in found]
        cells[_("Overdue (days)")] = [day and (view.as_of - day).days for day in due]
        cells[_("Present limit")] = due
    elif figure.quantity is not Quantity.ROWS:
        cells[value] = [value_of(figure, line) for line in found]
    cells |= ledger_columns.cells(parts.rest, rows)
    cells[_("Since")] = [line.row.since for line in found]
    cells |= ledger_columns.cells(parts.last, rows)
    settings = ledger_columns.settings(parts, cells)
    if figure.quantity is Quantity.MONEY:
        settings[value] = st.column_config.NumberColumn(format=ledger_columns.TWO_PLACES)
    draw_table(
        cells,
        key="listing-rows",
        says=_(figure.name),
        on_pick=lambda row: lead(found[row]),
        columns=settings,
        tall=True,
    )


def columns_of(found: Sequence[Line]) -> tuple[Column, ...]:
    """The columns that all rows have and that say something; none where ledgers are mixed."""
    if len({line.row.ledger for line in found}) != 1:
        return ()
    return tuple(
        column
        for column in found[0].ledger.columns
        if column.id != "unit" and any(line.values.get(column.id) is not None for line in found)
    )


def subject(line: Line) -> str:
    """What a row is about, in words."""
    return " · ".join(formats.shown(column, value) for column, value in line.subject())


def value_of(figure: Figure, line: Line) -> float:
    """What a row adds to the figure, in the unit that stands above it."""
    scale = {Quantity.MONEY: 10_000 * FEN, Quantity.POINTS: 100}.get(figure.quantity, 1)
    if line.row.side is Side.DENOMINATOR and figure.way is not Way.SHARE:
        scale = 1
    return float(rounded(line.row.value / scale, 6))


def _side(figure: Figure) -> Side:
    offered = sides(figure)
    if len(offered) == 1:
        return offered[0]
    wanted = address.of_page("side")
    chosen = st.segmented_control(
        _("Which rows"),
        offered,
        default=next((side for side in offered if side == wanted), offered[0]),
        format_func=lambda side: _(SIDES[side]),
        required=True,
        key="listing-side",
        label_visibility="collapsed",
    )
    return chosen or offered[0]


def _first(length: int) -> int:
    pages = -(-length // PAGE)
    if pages < 2:
        return 0
    page = st.pagination(pages, key="listing-page")
    return (int(page or 1) - 1) * PAGE


def lead(line: Line) -> None:
    """From a click on a row: on to the finding it is about, else to its unit."""
    if line.row.ledger == "findings":
        ways.to_finding(line.row.key)
    elif "finding" in line.values:
        ways.to_finding(str(line.values["finding"]))
    elif line.row.unit:
        ways.to_unit(line.row.unit)


def _download(view: View, figure: Figure, bucket: str, side: Side, title: str) -> None:
    if not view.viewer.may(Action.EXPORT):
        return

    def produce() -> bytes:
        found = reads.page_of_rows(
            view.scope,
            figure.id,
            bucket,
            side,
            first=0,
            most=None,
            names_in_full=view.names_in_full,
        )
        return workbook(found, figure, title)

    hand_out(
        _("Download the list (.xlsx)"),
        produce,
        subject=f"{figure.id}:{bucket} {view.scope.node} {view.as_of}",
        file_name=f"{title} {view.as_of}.xlsx".replace("/", "-"),
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="listing-download",
    )


def workbook(found: Sequence[Line], figure: Figure, title: str) -> bytes:
    """The list as a workbook of one sheet; texts stay texts."""
    columns = columns_of(found)
    headers: list[tuple[str, Kind]] = [(_("Unit code"), Text()), (_("Unit"), Text())]
    headers += [(name(column.label), Text()) for column in columns]
    if not columns:
        headers += [(_("Ledger"), Text()), (_("About"), Text())]
    headers += [(_("Since"), Text()), (formats.unit_of(figure).capitalize(), Number(places=6))]
    rows = []
    for line in found:
        about = (
            [formats.shown(column, line.values.get(column.id)) for column in columns]
            if columns
            else [name(line.ledger.SHEET), subject(line)]
        )
        value = round(value_of(figure, line) * 100)
        rows.append([line.row.unit, line.unit_name, *about, line.row.since.isoformat(), value])
    target = BytesIO()
    writing.table(target, _sheet_name(title), headers, rows)
    return target.getvalue()


def _sheet_name(title: str) -> str:
    """Excel allows 31 signs, and not all of them."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31]
