"""What was entered after a freeze: the figures that are known otherwise now, and the rows that
made the difference."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import address, clock, formats, ledger_values, reads
from dashboard.edge import AddressError
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.screens.listing import title_of
from dashboard.widgets import asked, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import change_in_words
from data.figures import changes
from data.figures.catalogue import Figure
from data.ledgers.personal import key_without_names, without_names
from data.ledgers.rows import key_of_text
from data.meetings import late_entries
from data.meetings.freezes import FreezeLine
from data.meetings.late_entries import Difference, LateRow, Moved
from data.scope import Scope
from models.ledger import Refers
from models.registry import BY_ID
from models.text import N_, NOTHING, sentence

SHOWN = 100
NO_SUCH_FIGURE = N_("“{text}” is no figure.")
DAYS_OF_LISTS = N_("No ledger row was entered since; a reference list was replaced.")


def line_of(view: View) -> FreezeLine | None:
    """The freeze that is looked at, else the latest; None before the first."""
    return view.frozen or next(iter(reads.freezes_kept()), None)


def late_entries_page(view: View, line: FreezeLine) -> None:
    """The figures that differ, why one of them does, and all that was entered since."""
    _what_differs(view, line)
    with st.container(border=True):
        _late_rows(view, line)


def _scopes(view: View, line: FreezeLine) -> tuple[Scope, Scope]:
    """The view as it was frozen, and what is known now of the same day."""
    frozen = view.scope.on(line.as_of).as_frozen(line.number)
    return frozen, frozen.as_frozen(None)


@still
def _what_differs(view: View, line: FreezeLine) -> None:
    frozen, known = _scopes(view, line)
    late = reads.ask_now(late_entries.entered, known, line.import_number).rows
    st.caption(
        _(
            "Frozen for {meeting}, version {n}, figures of {day}; compared with what is known"
            " now of the same day.",
            meeting=literal(line.meeting_name),
            n=line.version,
            day=line.as_of,
        )
    )
    moved = late_entries.moved(reads.figures_of(frozen), reads.figures_of(known))
    with st.container(border=True):
        _figures(moved, late)
    if moved:
        with st.container(border=True):
            _differences(view, frozen, _chosen(moved), late)


def _figures(moved: Sequence[Moved], late: Sequence[LateRow]) -> None:
    heading(
        _("{n} figures differ from what was frozen", n=len(moved))
        if moved
        else _("Figures that are another now"),
        _("click one to see which rows make the difference"),
    )
    if not moved:
        st.success(
            _("Every figure is still what was frozen.")
            if not late
            else _("Every figure is still what was frozen, though rows were entered since.")
        )
        return
    table(
        {
            _("Figure"): [_title(each.key) for each in moved],
            _("As frozen"): [formats.text(each.frozen) for each in moved],
            _("As known now"): [formats.text(each.known) for each in moved],
            _("Change"): [_change(each) for each in moved],
        },
        key="late-figures",
        says=_("Figures that are another now"),
        on_pick=lambda row: address.put_of_page("moved", moved[row].key),
        tall=True,
    )


def _change(moved: Moved) -> str:
    change = changes.change(moved.known, moved.frozen)
    if change is None:
        return NOTHING
    text = change_in_words(moved.known.figure, change)
    if change.good is None:
        return text
    return " · ".join((text, _("for the better") if change.good else _("for the worse")))


def _title(key: str) -> str:
    figure, bucket = _named(key)
    return title_of(figure, bucket)


def _named(key: str) -> tuple[Figure, str]:
    named, _colon, bucket = key.partition(":")
    return reads.figure(named), bucket


def _chosen(moved: Sequence[Moved]) -> Moved:
    key = address.of_page("moved")
    chosen_figures = [each for each in moved if each.key == key]
    if key and not chosen_figures and key.partition(":")[0] not in reads.catalogue():
        raise AddressError(sentence(NO_SUCH_FIGURE, text=key[:40]))
    return chosen_figures[0] if chosen_figures else moved[0]


def _differences(view: View, frozen: Scope, moved: Moved, late: Sequence[LateRow]) -> None:
    figure, bucket = _named(moved.key)
    heading(
        title_of(figure, bucket),
        _(
            "{before} as frozen, {now} as known now",
            before=formats.text(moved.frozen),
            now=formats.text(moved.known),
        ),
    )
    then = reads.rows_behind(frozen, figure.id, bucket)
    now = reads.rows_behind(frozen.as_frozen(None), figure.id, bucket)
    differences = late_entries.differences(then, now, late, frozen)
    shown = differences[:SHOWN]
    units = reads.unit_names(tuple(sorted({each.row.unit for each in shown})))
    table(
        {
            _("Counted"): [
                _("only as frozen") if each.was_frozen else _("only now") for each in shown
            ],
            _("Unit"): [units.get(each.row.unit, "") or _("District") for each in shown],
            _("Ledger"): [name(BY_ID[each.row.ledger].SHEET) for each in shown],
            _("Record"): [_row_key(each, view.names_in_full) for each in shown],
            _("Why"): [_why(each, view.names_in_full) for each in shown],
        },
        key="late-differences",
        says=_("Rows that make the difference"),
        columns={_("Why"): st.column_config.TextColumn(width="large")},
        onward=lambda row: _onward(shown[row]),
        tall=True,
    )
    if len(differences) > SHOWN:
        st.caption(_("{shown} of {n} are shown.", shown=SHOWN, n=len(differences)))


def _why(difference: Difference, in_full: bool) -> str:
    if moved := difference.moved:
        unit, number = (moved.before or {}).get("name", moved.key), moved.import_number
        if difference.was_frozen:
            return _("{unit} belonged here until import {number}", unit=unit, number=number)
        return _("{unit} belongs here since import {number}", unit=unit, number=number)
    if not difference.causes:
        return _(DAYS_OF_LISTS)
    first, *others = difference.causes
    text = _(
        "{late}: {ledger} {key}, import {number} on {at:%Y-%m-%d}",
        late=first.late.label,
        ledger=BY_ID[first.ledger].SHEET,
        key=_key(first, in_full),
        number=first.import_number,
        at=clock.local(first.at),
    )
    return _("{why}, and {n} more", why=text, n=len(others)) if others else text


def _row_key(difference: Difference, in_full: bool) -> str:
    """What names a row, in words: codes of lists by their names, persons masked unless in full."""
    ledger = BY_ID[difference.row.ledger]
    values = key_of_text(ledger, key_without_names(ledger, difference.row.key, in_full=in_full))
    columns = zip(ledger.key_columns(), values, strict=True)
    return " · ".join(ledger_values.shown(column, value) for column, value in columns)


def _onward(difference: Difference) -> Part | None:
    if difference.row.ledger == "findings":
        return ways.finding_way(difference.row.key)
    return ways.unit_way(difference.row.unit)


def _late_rows(view: View, line: FreezeLine) -> None:
    _frozen, known = _scopes(view, line)
    entered = reads.ask_now(late_entries.entered, known, line.import_number)
    concerning, everything = len(entered.concerning), len(entered.rows)
    heading(
        _("Entered, changed or removed since"),
        _(
            "{n} rows about {day} or earlier, the latest first; {all} in all",
            n=concerning,
            day=known.as_of,
            all=everything,
        ),
    )
    if concerning < everything:
        asked.switch("all", _("Also what happened after that day"))
    _rows(view, line)


@still
def _rows(view: View, line: FreezeLine) -> None:
    _frozen, known = _scopes(view, line)
    entered = reads.ask_now(late_entries.entered, known, line.import_number)
    late = entered.rows if asked.is_on("all") else entered.concerning
    if not late:
        st.caption(_("Nothing was entered for these units since the figures were frozen."))
        return
    shown = late[:SHOWN]
    units = reads.unit_names(tuple(sorted({code for each in shown for code in _units_of(each)})))
    table(
        {
            _("What"): [name(each.late.label) for each in shown],
            _("Ledger"): [name(BY_ID[each.ledger].SHEET) for each in shown],
            _("Record"): [_key(each, view.names_in_full, units) for each in shown],
            _("Values"): [_("; ").join(_values(each, view.names_in_full)) for each in shown],
            _("Import"): [each.import_number for each in shown],
            _("Taken in"): [f"{clock.local(each.at):%Y-%m-%d %H:%M}" for each in shown],
            _("File"): [each.file_name or _("row taken out") for each in shown],
            _("Reason"): [each.reason for each in shown],
        },
        key="late-rows",
        says=_("Entered, changed or removed since"),
        columns={_("Values"): st.column_config.TextColumn(width="large")},
        tall=True,
    )
    if len(late) > SHOWN:
        st.caption(_("{shown} of {n} are shown.", shown=SHOWN, n=len(late)))


def _key(row: LateRow, in_full: bool, units: Mapping[str, str] | None = None) -> str:
    """The key in words, units by their names in `units`; the names of persons may be masked."""
    form = row.now or row.before or {}
    columns = BY_ID[row.ledger].key_columns()
    parts = (_shown(row, form, column.id, in_full) for column in columns)
    return " · ".join((units or {}).get(part, part) for part in parts)


def _units_of(row: LateRow) -> Iterator[str]:
    """The codes of the units in the key of a row."""
    form = row.now or row.before or {}
    for column in BY_ID[row.ledger].key_columns():
        of_units = isinstance(column.kind, Refers) and column.kind.ledger == "units"
        if of_units and form.get(column.id):
            yield str(form[column.id])


def _values(row: LateRow, in_full: bool) -> Iterator[str]:
    """The columns that are others, with what stood in them and what stands."""
    for column in BY_ID[row.ledger].columns:
        if column.key or column.id not in row.changed():
            continue
        before = _shown(row, row.before, column.id, in_full)
        now = _shown(row, row.now, column.id, in_full)
        yield f"{name(column.label)} {before} → {now}"


def _shown(row: LateRow, form: Mapping[str, Any] | None, column: str, in_full: bool) -> str:
    ledger = BY_ID[row.ledger]
    values = without_names(ledger, form or {}, in_full=in_full)
    return ledger_values.shown(ledger.column(column), values.get(column))
