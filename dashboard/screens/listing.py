"""The list behind a figure, a page at a time, and the whole list as a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import streamlit as st

from dashboard import address, formats, ledger_values, reads, report_words, status
from dashboard.edge import AddressError
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import listing_findings, listing_moved, listing_said, listing_sides
from dashboard.widgets import ledger_columns, lists, panels, trust, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tiles import row_of_tiles, tile
from data.figures.catalogue import Figure, Quantity, Way
from data.figures.lines import Line
from data.figures.moved import MovedRows
from data.figures.reading import FEN, Reading, rounded
from data.figures.rows import Side, listed
from data.findings.lines import FindingLine
from data.mechanisms import warning_signals
from models.grid import Unit
from models.kinds import Note, Refers
from models.ledger import Column
from models.rectification import Finding
from models.report import Report
from models.rules.warning import MEASURES
from models.text import N_, sentence
from models.warning import Warning as WarningSignal

NO_SUCH_FIGURE = N_("There is no figure “{name}”.")


def asked() -> tuple[Figure, str]:
    """Return the figure and bucket in the address; raises AddressError if they do not exist."""
    named, bucket = address.of_page("figure"), address.of_page("bucket")
    figure = reads.catalogue().get(named)
    known = figure and (not bucket or any(bucket == part.id for part in figure.buckets))
    if not figure or not known:
        raise AddressError(sentence(NO_SUCH_FIGURE, name=f"{named} {bucket}".strip()[:60]))
    return figure, bucket


def title_of(figure: Figure, bucket: str) -> str:
    """Return the title of a figure or its bucket."""
    part = next((name(part.label) for part in figure.buckets if part.id == bucket), "")
    return f"{_(figure.name)} · {part}" if part else _(figure.name)


def _value(view: View, figure: Figure, bucket: str) -> None:
    """Draw the tile of the figure with its change, or that it is not known; it leads nowhere."""
    shown = tile(view, figure.id, bucket, label=title_of(figure, bucket), tells_trust=False)
    row_of_tiles("listing-figure", [{**shown, "way": None}])


@still
def listing(view: View) -> None:
    """Draw the list in the address: figure, definition, rows, download."""
    figure, bucket = asked()
    title = title_of(figure, bucket)
    ways.trail(ways.steps_to(view), title)
    reading = reads.figures_of(view.scope).get(f"{figure.id}:{bucket}" if bucket else figure.id)
    value, about = st.columns([2, 7], vertical_alignment="center")
    with value:
        _value(view, figure, bucket)
    with about:
        if reading is None or reading.known:
            listing_said.say(view, figure, bucket)
        with panels.on_a_desk("listing-about"):
            _explain(view, figure)
    _rows(view, figure, bucket, title, reading)
    with panels.on_a_phone("listing-about"):
        _explain(view, figure)


def _explain(view: View, figure: Figure) -> None:
    st.caption(_(figure.definition))
    trust.say(view, figure.id)


def _rows(view: View, figure: Figure, bucket: str, title: str, reading: Reading | None) -> None:
    """Draw the choice of lists, the rows and their download; without rows, why there are none."""
    if reading and not reading.known:
        draw_if_not_entered(view, reading.id)
        return
    several = len(listed(figure)) > 1
    with st.container(horizontal=True, key="listing-choices") if several else nullcontext():
        side = listing_sides.chosen(view, figure, bucket)
        length = reads.length_of_rows(view.scope, figure.id, bucket, side)
        moved = listing_moved.since_then(view, figure, bucket, side, length)
        moved_only = listing_moved.chosen(view, moved, length)
    if moved and moved_only:
        _moved_rows(view, figure, side, title, moved, length)
        return
    if not length:
        listing_sides.draw_none(view, figure, bucket, side)
        return

    standings: dict[str, FindingLine] = {}
    urgent_first = length <= lists.SORTABLE

    def fetch(first: int, most: int | None) -> Sequence[Line]:
        rows = reads.page_of_rows(
            view.scope,
            figure.id,
            bucket,
            side,
            first=first,
            most=most,
            names_in_full=view.names_in_full,
            urgent_first=urgent_first,
        )
        standings.update(listing_findings.standings_of(view, rows))
        return listing_moved.marked(rows, moved)

    columns = columns_of(view, figure, side, fetch(0, lists.PAGE), standings)
    columns = listing_moved.with_mark(view, columns, moved if moved and moved.new else None)
    if any(column.id == "overdue" for column in columns):
        says = _("{n} on {day}, longest overdue first; click one", n=length, day=view.as_of)
    else:
        says = _("{n} on {day}; click one", n=length, day=view.as_of)
    heading(listing_sides.name_of(figure, side), says)
    lists.paged(columns, length, fetch, key="listing-rows", says=_(figure.name), onward=onward)
    lists.download(
        view,
        columns,
        lambda: fetch(0, None),
        title=title,
        key="listing",
        subject=f"{figure.id}:{bucket} {side}",
    )


def _moved_rows(
    view: View, figure: Figure, side: Side, title: str, moved: MovedRows, length: int
) -> None:
    """Draw the rows that came and went, with how they stand now, and their download."""
    rows = reads.lines_moved(view.scope, moved, names_in_full=view.names_in_full)
    standings = listing_findings.standings_of(view, rows)
    columns = columns_of(view, figure, side, rows, standings)
    columns = listing_moved.with_mark(view, columns, moved)
    heading(listing_sides.name_of(figure, side), listing_moved.says(view, moved, length))
    lists.paged(
        columns,
        len(rows),
        lambda first, most: rows[first : None if most is None else first + most],
        key="listing-moved",
        says=_(figure.name),
        onward=onward,
    )
    lists.download(
        view,
        columns,
        lambda: rows,
        title=f"{title} {view.since}",
        key="listing-moved",
        subject=f"{figure.id} {side} since {view.since}",
    )


def columns_of(
    view: View,
    figure: Figure,
    side: Side,
    lines: Sequence[Line],
    standings: Mapping[str, FindingLine] | None = None,
) -> list[lists.Column[Line]]:
    """Return the columns of a list: unit, status, subject, days overdue or value, start day, codes.

    `lines` are the first rows; they determine the ledger and which columns have values.
    `standings` has the findings by code as of the day; it is filled as rows are fetched, and if it
    is empty there are no columns of status, limit and what is to be done next.
    """
    standings = standings or {}
    known = filled_columns(lines)
    parts = ledger_columns.parts(known)
    about: list[lists.Column[Line]] = [_of_ledger(column) for column in parts.about]
    if not known:
        about = [
            lists.Column("ledger", _("Ledger"), lambda line: name(line.ledger.SHEET)),
            lists.Column("about", _("About"), subject, width="large"),
        ]
    return [
        lists.Column("unit_code", _("Unit code"), lambda line: line.row.unit, screen=False),
        lists.Column("unit", _("Unit"), lambda line: line.unit_name or _("District")),
        *_of_warnings(figure, lines),
        *listing_findings.status_column(figure, standings),
        *(listing_findings.on_cards(about) if standings else about),
        *listing_findings.limit_columns(view, figure, standings),
        *listing_findings.next_columns(view, standings),
        *_counted(figure, side),
        *(each for column in parts.rest for each in _of_rest(column, lines, standings)),
        *_since(figure, side),
        *(_of_ledger(column) for column in parts.last),
    ]


def _of_rest(
    column: Column, lines: Sequence[Line], standings: Mapping[str, FindingLine]
) -> Iterator[lists.Column[Line]]:
    """Yield what a list shows of a ledger column that is read."""
    shown = _of_ledger(column)
    if column in Finding.columns and column.id == "due_on":
        yield from listing_findings.original_limit(shown, lines, standings)
    else:
        yield replace(shown, spare=shown.spare or listing_findings.says_next(standings))


def _of_warnings(figure: Figure, lines: Sequence[Line]) -> list[lists.Column[Line]]:
    """Return the columns that say how grave a warning is and by which rule it was raised.

    Rows of the warnings' own ledger say so themselves.
    """
    own = all(line.ledger is WarningSignal for line in lines)
    if own or not set(figure.numerator) & set(MEASURES):
        return []
    return [
        lists.Column(
            "level",
            _("Level"),
            lambda line: status.of_level(warning_signals.level_of(line)),
            lists.Kind.STATUS,
        ),
        lists.Column(
            "rule",
            _("Rule"),
            lambda line: ledger_values.listed_name("warning_rules", warning_signals.rule_of(line)),
        ),
    ]


def _counted(figure: Figure, side: Side) -> list[lists.Column[Line]]:
    """Return the column of what a row adds to the figure, with its unit; none for rows counted and
    for days overdue."""
    if figure.by_due_date:
        return []
    if figure.quantity is Quantity.ROWS:
        return []
    if figure.quantity is Quantity.MONEY:
        counted = side is Side.DENOMINATOR and figure.way is not Way.SHARE
        if not counted:
            return [
                lists.Column(
                    "value", _("Sum counted"), lambda line: int(line.row.value), lists.Kind.MONEY
                )
            ]
    heading_ = formats.unit_of(figure).capitalize()
    return [
        lists.Column(
            "value", heading_, lambda line: value_of(figure, line), lists.Kind.DECIMAL, places=2
        )
    ]


def _since(figure: Figure, side: Side) -> list[lists.Column[Line]]:
    """Return the column of the day from which a row counts.

    For an overdue finding this is the day after its time limit, not the first day of its band.
    """
    if side is Side.REST:
        return []
    if figure.by_due_date:
        return [
            lists.Column(
                "since",
                _("Overdue since"),
                lambda line: line.row.due_on and line.row.due_on + timedelta(1),
                lists.Kind.DAY,
                # On screen the limit and the days past it say the same.
                screen=False,
            )
        ]
    return [lists.Column("since", _("Since"), lambda line: line.row.since, lists.Kind.DAY)]


def _of_ledger(column: Column) -> lists.Column[Line]:
    kind = ledger_columns.kind_of(column)
    return lists.Column(
        f"c-{column.id}",
        name(column.label),
        lambda line: ledger_columns.cell(column, line.values.get(column.id)),
        kind,
        width=ledger_columns.width_of(column),
        places=ledger_columns.places_of(column),
        screen=_on_screen(column),
        spare=ledger_columns.is_spare(column),
    )


def _on_screen(column: Column) -> bool:
    """Whether a list shows a column on screen; the workbook has all of them.

    Notes are left to the page of the row: here they would push the codes off the screen. Codes of
    sectors and units say nothing to a reader, and a unit's name stands first anyway.
    """
    match column.kind:
        case Note():
            return False
        case Refers(ledger=ledger):
            return ledger not in ("sectors", "units")
    return column not in Unit.columns or column.id != "name"


def filled_columns(lines: Sequence[Line]) -> tuple[Column, ...]:
    """Return the ledger columns with values in some row; none if the rows are from several
    ledgers."""
    if len({line.row.ledger for line in lines}) != 1:
        return ()
    return tuple(
        column
        for column in lines[0].ledger.columns
        if column.id != "unit" and any(line.values.get(column.id) is not None for line in lines)
    )


def subject(line: Line) -> str:
    """Return the subject of a row in words; of a report its year and kind."""
    if line.row.ledger == Report.id() and line.values:
        kind, year, number = (line.values[column] for column in ("kind", "year", "number"))
        return report_words.title_of(kind, year, number)
    return " · ".join(ledger_values.shown(column, value) for column, value in line.subject())


def value_of(figure: Figure, line: Line) -> float:
    """Return what a row adds to the figure, in the unit of the column's heading."""
    scale = {Quantity.MONEY: 10_000 * FEN, Quantity.POINTS: 100}.get(figure.quantity, 1)
    if line.row.side is Side.DENOMINATOR and figure.way is not Way.SHARE:
        scale = 1
    return float(rounded(line.row.value / scale, 6))


def onward(line: Line) -> Part | None:
    """Return the link of a row: to its finding, else to its unit."""
    if line.row.ledger == "findings":
        return ways.finding_way(line.row.key)
    if line.values.get("finding"):
        return ways.finding_way(str(line.values["finding"]))
    return ways.unit_way(line.row.unit)
