"""Clearing and revitalising: found, cleared, recovered, late."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard import address, formats, reads, status
from dashboard.charts import disposals as charts
from dashboard.elements import board
from dashboard.elements.figure import figure as figure_of
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import disposals_said
from dashboard.screens.disposals_said import FIGURES
from dashboard.widgets import asked, headlines, trust, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_tiles, tile
from data.figures.reading import Reading
from data.money import disposals
from data.money.disposals import DisposalFilter, DisposalLine, KindSums
from models.days import month_ends
from models.disposal import DisposalKind, DisposalState, Method
from models.text import NOTHING

MONTHS = 24
FIRST, ROWS = 15, 100
"""The disposals shown at first, and when all are asked for."""


def disposals_page(view: View) -> None:
    """Draw the figures, then tabs: the disposals one by one, worst first; kinds and course."""
    _head(view)
    if _found(view):
        parts = {
            "list": (_("One by one"), listing),
            "course": (_("By kind and month"), _course),
        }
        asked.tabs_of_view(view, parts)


def _found(view: View) -> int:
    return sum(reads.ask(disposals.by_kind, view.scope).values(), KindSums()).found


@still
def _head(view: View) -> None:
    if draw_if_not_entered(view, "disposals_late"):
        st.info(_("Take in the sheet of disposals."))
        return
    if not _found(view):
        st.info(
            _(
                "Nothing was found to clear or revitalise here by {day}. Choose another node or"
                " day, or take in the sheet of disposals.",
                day=view.as_of,
            )
        )
        return
    _figures(view)


@still
def _course(view: View) -> None:
    """Draw the kinds, the trend by month, and the ways in which disposals were done."""
    kinds = reads.ask(disposals.by_kind, view.scope)
    left, right = st.columns([5, 4], border=True)
    with left:
        _kinds(view, kinds)
    with right:
        _went(view)


def _figures(view: View) -> None:
    whole = sum(reads.ask(disposals.by_kind, view.scope).values(), KindSums())
    recovered = reads.figures_of(view.scope)["assets_recovered"].numerator or 0
    unit = formats.unit_beside(max(recovered, whole.value_open))
    value = figure_of(
        "",
        unit.text(whole.value_open),
        says=_("Value still to be dealt with"),
        of=_("{n} disposals open", n=whole.found - whole.done),
        definition=_(
            "Sum of the values of what was found and is not done; without a value it adds 0."
        ),
    )
    disposals_said.say(view)
    tells = not trust.is_said_once(view, FIGURES)
    shown = [tile(view, figure, tells_trust=tells, unit=unit) for figure in FIGURES]
    row_of_tiles("disposals-figures", [*shown, value])


def _went(view: View) -> None:
    trend(view)
    _ways(view)


def _kinds(view: View, kinds: Mapping[DisposalKind, KindSums]) -> None:
    progress(kinds)
    table(
        {
            _("Kind of disposal"): [name(kind.label) for kind in kinds],
            _("Done of found"): [_rate(view, kind) for kind in kinds],
            _("Overdue"): [sums.late for sums in kinds.values()],
            _("Posts or items done"): [
                f"{sums.quantity_done}/{sums.quantity_found}" for sums in kinds.values()
            ],
            _("Recovered"): [formats.fen(sums.recovered) for sums in kinds.values()],
            _("Still open"): [formats.fen(sums.value_open) for sums in kinds.values()],
        },
        key="disposals-sums",
        says=_("How far each kind is cleared"),
        onward=lambda row: board.way("disposals", kind=str(list(kinds)[row])),
        tall=True,
        late=(_("Overdue"),),
    )


def progress(kinds: Mapping[DisposalKind, KindSums]) -> None:
    """Draw how much of what was found of each kind is cleared."""
    sums_by_kind = {kind: sums for kind, sums in kinds.items() if sums.found}
    draw(
        charts.disposal_progress,
        [
            {
                "code": f"{kind} {state}",
                "name": name(kind.label),
                "state": state,
                "value": value,
            }
            for kind, sums in sums_by_kind.items()
            for state, value in (
                ("DONE", sums.done),
                ("ONGOING", sums.ongoing),
                ("LATE", sums.late),
            )
        ],
        key="disposals-kinds",
        title=_late_in_words(sums_by_kind.values()),
        says=_("number of disposals found, by how they stand"),
        texts={
            **{str(state): name(state.label) for state in DisposalState},
            "disposals": _("Number of disposals"),
        },
        hint=_("click to see them one by one"),
        on_choose=_narrow_to_state,
    )


def _late_in_words(sums_of_kinds: Iterable[KindSums]) -> str:
    """Return a title with the number of late disposals out of those found."""
    whole = sum(sums_of_kinds, KindSums())
    if not whole.late:
        return _("{n} disposals found, none late", n=whole.found)
    return _("{late} of {n} disposals are late", late=whole.late, n=whole.found)


def _narrow_to_state(code: str) -> None:
    kind, _space, state = code.partition(" ")
    address.put_of_page("tab", None)
    address.put_of_page("kind", kind)
    address.put_of_page("state", state)
    address.put_of_page("method", None)


def _narrow_to_method(method: str) -> None:
    address.put_of_page("tab", None)
    address.put_of_page("method", method)
    address.put_of_page("kind", None)
    address.put_of_page("state", None)


def _rate(view: View, kind: DisposalKind) -> str:
    reading = reads.figures_of(view.scope)[f"disposal_rate:{kind}"]
    if not reading.denominator:
        return NOTHING
    return f"{reading.text} ({formats.of_denominator(reading)})"


def trend(view: View) -> None:
    """Draw the totals found and cleared, by month."""
    readings_by_day = reads.by_day(view.scope, month_ends(view.as_of, MONTHS), "disposal_rate")
    rates = {day: readings["disposal_rate"] for day, readings in readings_by_day.items()}
    series_names = {"FOUND": _("Found"), "DONE": _("Cleared")}
    draw(
        charts.found_against_cleared,
        [
            {
                "code": f"{series} {day}",
                "month": day,
                "series": series,
                "word": series_names[series],
                "value": int(value or 0),
            }
            for day, rate in rates.items()
            for series, value in (("FOUND", rate.denominator), ("DONE", rate.numerator))
        ],
        key="disposals-trend",
        title=_went_in_words(rates),
        says=_("numbers so far, at the end of each of {n} months; between them is open", n=MONTHS),
        hint=_("click a month to see its list"),
        on_choose=_to_month,
        columns={"month": _("Month"), "word": _("What it is"), "value": _("Number of disposals")},
        texts={**series_names, "disposals": _("Number of disposals")},
    )


def _went_in_words(rates: Mapping[date, Reading]) -> str:
    """Return a title that compares what is open now with the first month."""
    ordered = list(rates.values())
    first, last = (each.short for each in (ordered[0], ordered[-1]))
    if first == last:
        return _("Found and cleared: {n} open, as {months} months ago", n=last, months=MONTHS)
    return _(
        "Found and cleared: {n} open, {first} were {months} months ago",
        n=last,
        first=first,
        months=MONTHS,
    )


def _to_month(code: str) -> None:
    _series, _space, day = code.partition(" ")
    ways.go("list", figure="disposal_rate", as_of=day)


def _ways(view: View) -> None:
    counts_by_method = reads.ask(disposals.by_method, view.scope)
    draw(
        charts.by_method,
        [
            {
                "code": str(method),
                "name": name(method.label),
                "value": sums.done,
                "text": f"{sums.done} · {formats.fen(sums.recovered)}",
            }
            for method, sums in counts_by_method.items()
        ],
        key="disposals-methods",
        title=headlines.most(
            {name(method.label): sums.done for method, sums in counts_by_method.items()},
            subject=_("Disposals done"),
            otherwise=_("How it was done"),
        ),
        says=_("number of disposals done in each way · money recovered"),
        hint=_("click to see them one by one"),
        on_choose=_narrow_to_method,
        columns={"name": _("Way"), "text": _("Done · recovered")},
        empty=_("Nothing is done so far."),
    )


@still
def listing(view: View) -> None:
    """Draw the disposals that match the filters in the address, the worst first."""
    kinds = {str(kind): name(kind.label) for kind in DisposalKind}
    states = {str(state): name(state.label) for state in DisposalState}
    methods = {str(method): name(method.label) for method in Method}
    wanted = DisposalFilter(
        address.of_page("text").strip(),
        asked.choice("kind", kinds),
        asked.choice("state", states),
        asked.choice("method", methods),
    )
    count = reads.ask(disposals.count, view.scope, wanted)
    most = ROWS if asked.choice("rows", {"all": ""}) else FIRST
    heading(
        _("Disposals one by one"),
        _(
            "{shown} of {n}: the longest late first; money in {unit}; click one to see its unit",
            shown=min(count, most),
            n=count,
            unit=formats.money_unit(),
        ),
    )
    with asked.filters("disposals", "text", "kind", "state", "method"):
        search, kind, state, method = st.columns([2, 1, 1, 1])
        with search:
            asked.text("text", _("Look for"), _("Part of a name, code or unit"))
        with kind:
            asked.select("kind", _("Kind of disposal"), kinds)
        with state:
            asked.select("state", _("Standing"), states)
        with method:
            asked.select("method", _("Way"), methods)
    if not count:
        st.info(_("No disposal fits. Take a filter away."))
        return
    lines_table(reads.ask(disposals.lines, view.scope, wanted, most), key="disposals-list")
    if count > most == FIRST:
        asked.way(_("All {n} disposals ›", n=count), "disposals-all", rows="all")


def lines_table(lines: Sequence[DisposalLine], *, key: str, of_one_unit: bool = False) -> None:
    """Draw disposals with their state; `of_one_unit` leaves out the column of units."""
    value, recovered = _("Value found"), _("Recovered")
    done: dict[str, list[Cell]] = {
        recovered: [_money(line.recovered) for line in lines],
        _("Way"): [name(line.method.label) if line.method else None for line in lines],
        _("Done on"): [line.done_on for line in lines],
    }
    # Of open disposals these are empty.
    filled = {title: cells for title, cells in done.items() if any(cells)}
    table(
        {
            _("Standing"): [status.of_disposal(line.state) for line in lines],
            _("Days late"): [line.days or None for line in lines],
            _("What it is"): [line.name for line in lines],
            _("Kind of disposal"): [name(line.kind.label) for line in lines],
            **({} if of_one_unit else {_("Unit"): [line.unit_name for line in lines]}),
            _("Quantity"): [line.quantity for line in lines],
            value: [_money(line.value) for line in lines],
            _("Found on"): [line.found_on for line in lines],
            _("Time limit"): [line.due_on for line in lines],
            **filled,
            _("Code"): [line.code for line in lines],
        },
        key=key,
        says=_("Disposals one by one"),
        onward=None if of_one_unit else lambda row: ways.unit_way(lines[row].unit),
        columns={
            title: st.column_config.NumberColumn(format=f"%.{formats.money_places()}f")
            for title in (value, recovered)
        },
        tall=True,
        late=(_("Days late"),),
        cards={
            _("Days late"): _("late by {n} days", n="{n}"),
            _("Unit"): "{n}",
            _("Time limit"): _("Time limit {day}", day="{n}"),
        },
    )


def _money(amount: int | None) -> float | None:
    return None if amount is None else formats.money_number(amount)
