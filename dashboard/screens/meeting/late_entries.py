"""Entries made after a freeze: the figures that have changed by them, and the rows that caused
it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import address, clock, formats, ledger_values, reads
from dashboard.charts.status_colours import Tone
from dashboard.edge import AddressError
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.screens.listing import title_of
from dashboard.widgets import asked, tiles, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.place import look
from dashboard.widgets.tables import table
from data.figures import changes
from data.figures.catalogue import Figure
from data.ledgers.personal import key_without_names, without_names
from data.ledgers.rows import key_of_text
from data.meetings import differences, late_entries
from data.meetings.differences import Difference, Moved
from data.meetings.freezes import FreezeLine
from data.meetings.late_entries import Entered, Late, LateRow
from data.scope import Scope
from models.kinds import Refers
from models.registry import BY_ID
from models.text import N_, NOTHING, sentence

SHOWN = 100
LEDGERS = 6
FIGURES = 10
"""Figures that are shown before the viewer asks for all."""
NO_SUCH_FIGURE = N_("“{text}” is no figure.")
UNMOVED = N_("Every figure is still what was frozen.")
DAYS_OF_LISTS = N_("No ledger row was entered since; a reference list was replaced.")


def line_of(view: View) -> FreezeLine | None:
    """Return the freeze of the view, else the latest freeze; None if there is none."""
    return view.frozen or next(iter(reads.freezes_kept()), None)


def late_entries_page(view: View, line: FreezeLine) -> None:
    """Draw the figures that differ, the reasons for one of them, and all rows entered since."""
    _in_one_sentence(view, line)
    asked.tabs(
        {
            "figures": (_("What it did to the figures"), lambda: _what_differs(view, line)),
            "rows": (_("Entered after the freeze"), lambda: _late_rows(view, line)),
        }
    )


def _scopes(view: View, line: FreezeLine) -> tuple[Scope, Scope]:
    """Return the frozen scope, and the scope with what is known today about the same day."""
    frozen = view.scope.on(line.as_of).as_frozen(line.number)
    return frozen, frozen.as_frozen(None)


def _compared(view: View, line: FreezeLine) -> tuple[Sequence[Moved], Entered]:
    """Return the figures that differ today, and what was entered since the freeze."""
    frozen, known = _scopes(view, line)
    moved = differences.moved(reads.figures_of(frozen), reads.figures_of(known))
    return moved, reads.ask_now(late_entries.entered, known, line.import_number)


@still
def _in_one_sentence(view: View, line: FreezeLine) -> None:
    st.caption(
        _(
            "Frozen for {meeting}, version {n}, figures of {day}; compared with what is known"
            " now of the same day.",
            meeting=literal(line.meeting_name),
            n=line.version,
            day=line.as_of,
        )
    )
    moved, entered = _compared(view, line)
    _say(moved, entered.rows)


@still
def _what_differs(view: View, line: FreezeLine) -> None:
    moved, entered = _compared(view, line)
    late = entered.rows
    if not moved:
        _figures(moved, late)
        return
    listed, causes = st.columns(2)
    with listed:
        _figures(moved, late)
    with causes:
        _differences(view, _scopes(view, line)[0], _chosen(moved), late)
        _by_ledger(entered.concerning, line)


def _say(moved: Sequence[Moved], late: Sequence[LateRow]) -> None:
    """Draw how many figures differ, and how many are worse or better."""
    found = [change for each in moved if (change := changes.change(each.known, each.frozen))]
    worth = [change.good for change in found]
    tone = Tone.BAD if any(change.grave for change in found) else None
    pieces = [
        matters.piece(
            _("{n} figures differ from what was frozen", n=len(moved)) if moved else _(UNMOVED)
        ),
        *(matters.piece(_("for the worse {n}", n=n), tone) for n in [worth.count(False)] if n),
        *(matters.piece(_("for the better {n}", n=n), Tone.GOOD) for n in [worth.count(True)] if n),
        matters.piece(_("rows entered, changed or removed since: {n}", n=len(late))),
    ]
    said = board.region("say", matters.sentence(pieces), name=_("In one sentence"), plain=True)
    board.board("late-say", [said], layout="stack", look=look())


def _figures(moved: Sequence[Moved], late: Sequence[LateRow]) -> None:
    heading(
        _("Figures that are another now"),
        _("the worse first, parts after their figures; click one to see which rows make it so"),
    )
    if not moved:
        st.caption(
            _(UNMOVED)
            if not late
            else _("Every figure is still what was frozen, though rows were entered since.")
        )
        return
    ordered = _in_order(moved)
    table(
        {
            _("Figure"): [_title(each.key) for each in ordered],
            _("As frozen"): [formats.text(each.frozen) for each in ordered],
            _("As known now"): [formats.text(each.known) for each in ordered],
            _("Change"): [_change(each) for each in ordered],
        },
        key="late-figures",
        first=FIGURES,
        says=_("Figures that are another now"),
        on_pick=lambda row: address.put_of_page("moved", ordered[row].key),
    )


def _change(moved: Moved) -> Cell:
    """Return the mark of the change."""
    change = changes.change(moved.known, moved.frozen)
    return tiles.cell_of(moved.known.figure, change) if change else NOTHING


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
    return chosen_figures[0] if chosen_figures else _in_order(moved)[0]


def _in_order(moved: Sequence[Moved]) -> list[Moved]:
    """Return the worse ones first, and among each figures before their buckets."""

    def place(each: Moved) -> tuple[bool, bool]:
        change = changes.change(each.known, each.frozen)
        return change is None or change.good is not False, ":" in each.key

    return sorted(moved, key=place)


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
    rows_apart = differences.differences(then, now, late, frozen)
    if not rows_apart and (because := differences.made_known(moved, late)):
        st.caption(_made_known(moved, because))
        return
    shown = rows_apart[:SHOWN]
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
    )
    if len(rows_apart) > SHOWN:
        st.caption(_("{shown} of {n} are shown.", shown=SHOWN, n=len(rows_apart)))


def _made_known(moved: Moved, because: Sequence[LateRow]) -> str:
    """Return why a figure is known, or no longer, although it counts the same rows."""
    ledgers = _(", ").join(dict.fromkeys(name(BY_ID[each.ledger].SHEET) for each in because))
    if moved.known.known:
        return _(
            "Not entered as frozen; known since rows of {ledgers} were entered, of which it counts"
            " none.",
            ledgers=ledgers,
        )
    return _("Not entered any more: rows of {ledgers} were changed or removed.", ledgers=ledgers)


def _by_ledger(late: Sequence[LateRow], line: FreezeLine) -> None:
    """Draw how many rows of each ledger were entered, changed and removed since the freeze, of
    those about its day or earlier."""
    counted = late_entries.by_ledger(late)
    if not counted:
        return
    heading(
        _("Entered, changed or removed since"),
        _("rows about {day} or earlier, by ledger", day=line.as_of),
    )
    cells: dict[str, list[object]] = {
        _("Ledger"): [name(BY_ID[ledger].SHEET) for ledger in counted]
    }
    for way in Late:
        if any(of[way] for of in counted.values()):
            cells[name(way.label)] = [of[way] for of in counted.values()]
    table(
        cells,
        key="late-ledgers",
        first=LEDGERS,
        says=_("Entered, changed or removed since"),
        onward=lambda _row: board.way("late", tab="rows"),
    )


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
        late=name(first.late.label),
        ledger=name(BY_ID[first.ledger].SHEET),
        key=_key(first, in_full),
        number=first.import_number,
        at=clock.local(first.at),
    )
    return _("{why}, and {n} more", why=text, n=len(others)) if others else text


def _row_key(difference: Difference, in_full: bool) -> str:
    """Return a row's key in words, with list codes as names; names of persons are masked unless
    `in_full`."""
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
    )
    if len(late) > SHOWN:
        st.caption(_("{shown} of {n} are shown.", shown=SHOWN, n=len(late)))


def _key(row: LateRow, in_full: bool, units: Mapping[str, str] | None = None) -> str:
    """Return a row's key in words, with unit names from `units`; names of persons may be masked."""
    form = row.now or row.before or {}
    columns = BY_ID[row.ledger].key_columns()
    parts = (_shown(row, form, column.id, in_full) for column in columns)
    return " · ".join((units or {}).get(part, part) for part in parts)


def _units_of(row: LateRow) -> Iterator[str]:
    """Yield the codes of the units in the key of a row."""
    form = row.now or row.before or {}
    for column in BY_ID[row.ledger].key_columns():
        of_units = isinstance(column.kind, Refers) and column.kind.ledger == "units"
        if of_units and form.get(column.id):
            yield str(form[column.id])


def _values(row: LateRow, in_full: bool) -> Iterator[str]:
    """Yield the columns that changed, with their old and new values."""
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
