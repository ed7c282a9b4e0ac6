"""Clearing and revitalising: found, cleared, recovered, late."""

from collections.abc import Iterable, Mapping
from datetime import date

import streamlit as st

from dashboard import address, formats, reads
from dashboard.charts import disposals as charts
from dashboard.elements import board
from dashboard.elements.figure import figure as figure_of
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import disposals_said
from dashboard.screens.disposals_listed import listing
from dashboard.screens.disposals_said import FIGURES
from dashboard.widgets import asked, headlines, trust, ways
from dashboard.widgets.drawing import draw, still
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_tiles, tile
from data.figures.reading import Reading
from data.money import disposals
from data.money.disposals import KindSums
from models.days import month_ends
from models.disposal import DisposalKind, DisposalState
from models.text import NOTHING

MONTHS = 24


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
    value = figure_of(
        "",
        formats.fen(whole.value_open),
        says=_("Value still to be dealt with"),
        of=_("{n} disposals open", n=whole.found - whole.done),
        definition=_(
            "Sum of the values of what was found and is not done; without a value it adds 0."
        ),
    )
    disposals_said.say(view)
    tells = not trust.is_said_once(view, FIGURES)
    shown = [tile(view, figure, tells_trust=tells) for figure in FIGURES]
    row_of_tiles("disposals-figures", [*shown, value])


def _went(view: View) -> None:
    trend(view)
    _ways(view)


def _kinds(view: View, kinds: Mapping[DisposalKind, KindSums]) -> None:
    progress(kinds)
    recovered, still_open = (
        _("{column} ({unit})", column=column, unit=formats.money_unit())
        for column in (_("Recovered"), _("Still open"))
    )
    table(
        {
            _("Kind of disposal"): [name(kind.label) for kind in kinds],
            _("Done of found"): [_rate(view, kind) for kind in kinds],
            _("Overdue"): [sums.late for sums in kinds.values()],
            _("Posts or items done"): [
                f"{sums.quantity_done}/{sums.quantity_found}" for sums in kinds.values()
            ],
            recovered: [formats.money_number(sums.recovered) for sums in kinds.values()],
            still_open: [formats.money_number(sums.value_open) for sums in kinds.values()],
        },
        key="disposals-sums",
        says=_("How far each kind is cleared"),
        onward=lambda row: board.way("disposals", kind=str(list(kinds)[row])),
        columns={
            title: st.column_config.NumberColumn(format=f"%.{formats.money_places()}f")
            for title in (recovered, still_open)
        },
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
    recovered = formats.money_texts(sums.recovered for sums in counts_by_method.values())
    draw(
        charts.by_method,
        [
            {
                "code": str(method),
                "name": name(method.label),
                "value": sums.done,
                "text": f"{sums.done} · {amount}",
            }
            for (method, sums), amount in zip(counts_by_method.items(), recovered, strict=True)
        ],
        key="disposals-methods",
        title=headlines.most(
            {name(method.label): sums.done for method, sums in counts_by_method.items()},
            subject=_("Disposals done"),
            otherwise=_("How it was done"),
        ),
        says=_(
            "number of disposals done in each way · money recovered in {unit}",
            unit=formats.money_unit(),
        ),
        hint=_("click to see them one by one"),
        on_choose=_narrow_to_method,
        columns={"name": _("Way"), "text": _("Done · recovered")},
        empty=_("Nothing is done so far."),
    )
