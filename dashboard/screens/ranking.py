"""Units of one kind ranked by a figure, with notes on what limits the comparison."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats, reads
from dashboard.charts import ranking as charts
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import asked, trust, ways
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from data.figures.catalogue import Figure, Way
from data.figures.ranking import RankedUnit
from models.grid import UnitKind
from models.rules.ranking import ENOUGH, Basis
from models.text import NOTHING

CHARTED = 20
"""The most units in the chart; the table has them all."""
OF_CASES = (Way.SHARE, Way.MEAN, Way.AGE_MEAN, Way.RATIO_MEAN)
"""Kinds of figure that are computed from a number of cases; the others are plain numbers."""


def rankings(view: View, figures: Sequence[str]) -> None:
    """Draw the ranking by one of `figures`, which is kept in the address under `by`."""
    names = {figure: _(reads.figure(figure).name) for figure in figures}
    ranking(view, asked.pick("by", _("Ranked by"), names))


def ranking(view: View, figure: str, bucket: str = "") -> None:
    """Draw the units of one kind ranked by `figure`, the worst first; a click leads to the unit.

    The kind is kept in the address under `kind`.
    """
    entry = reads.figure(figure)
    if view.viewer.units is not None:
        st.info(_("Units are compared by those who may see all of a sector or of the district."))
        return
    if view.scope.node.is_unit:
        st.info(_("Units are compared where several may be seen: choose a sector or the district."))
        return
    if draw_if_not_entered(view, f"{figure}:{bucket}" if bucket else figure):
        return
    ranking_read = reads.ranking(view.scope, figure, bucket)
    kinds = {str(kind): name(kind.label) for kind in UnitKind if str(kind) in ranking_read}
    if not kinds:
        st.info(_("No unit stood in the grid here on {day}.", day=view.as_of))
        return
    kind = asked.pick("kind", _("Kind of units"), kinds)
    units = ranking_read[kind]
    st.caption(_rule(entry))
    trust.say(view, figure)
    chart, rows = st.columns([2, 3], border=True)
    with chart:
        _chart(entry, [unit for unit in units if unit.place.basis is not Basis.NOTHING])
    with rows:
        _table(entry, kinds[kind], units)


def _rule(entry: Figure) -> str:
    order = _("Units are ranked inside their kind only; the best has rank 1, equal ones share it.")
    if entry.way not in OF_CASES:
        return order
    few = _("With fewer than {n} cases a unit is shown and not ranked.", n=ENOUGH)
    return f"{order} {few}"


def _chart(entry: Figure, units: Sequence[RankedUnit]) -> None:
    shown = units[:CHARTED]
    title, says = _(entry.name), _("the worst {n} at most; click to see a unit", n=CHARTED)
    empty = _("No unit has a value here.")
    if entry.way is Way.SHARE:
        draw(
            charts.ranked_shares,
            [
                {
                    "code": unit.unit.code,
                    "name": unit.unit.name,
                    "share": formats.share(unit.reading),
                    "low": unit.interval[0] if unit.interval else None,
                    "high": unit.interval[1] if unit.interval else None,
                    "text": _with_cases(unit),
                    "basis": str(unit.place.basis),
                }
                for unit in shown
            ],
            key="ranking-chart",
            title=title,
            says=says,
            texts={str(basis): name(basis.label) for basis in (Basis.RANKED, Basis.FEW)},
            empty=empty,
            on_choose=ways.to_unit,
        )
        st.caption(_("The pale rule shows where the share may lie by chance (95 %, Wilson)."))
        return
    draw(
        charts.ranked_numbers,
        [
            {
                "code": unit.unit.code,
                "name": unit.unit.name,
                "value": float((unit.reading.exact if unit.reading else None) or 0),
                "text": _with_basis(unit),
            }
            for unit in shown
        ],
        key="ranking-chart",
        title=title,
        says=says,
        empty=empty,
        on_choose=ways.to_unit,
    )


def _table(entry: Figure, kind: str, units: Sequence[RankedUnit]) -> None:
    counted = sum(unit.place.basis is Basis.RANKED for unit in units)
    says = _("{n} ranked of {all}; the worst first, without data last", n=counted, all=len(units))
    heading(kind, says)
    cells: dict[str, list[object]] = {
        _("Unit"): [unit.unit.name for unit in units],
        _("Rank"): [_rank(unit, counted) for unit in units],
        _(entry.name): [_value(unit) for unit in units],
    }
    if entry.way in OF_CASES:
        of_two = entry.way is Way.SHARE
        cells[_("Cases") if of_two else _("Number of cases")] = [_cases(unit) for unit in units]
    if any(unit.interval for unit in units):
        cells[_("95 % interval")] = [_interval(unit) for unit in units]
    table(
        cells,
        first=CHARTED,
        key="ranking-rows",
        says=f"{_(entry.name)} {kind}",
        onward=lambda row: ways.unit_way(units[row].unit.code),
    )


def _rank(unit: RankedUnit, counted: int) -> str:
    place = unit.place
    if place.rank is None:
        return name(place.basis.label)
    rank = f"{place.rank}/{counted}"
    return _("{rank} tied", rank=rank) if place.tied else rank


def _value(unit: RankedUnit) -> str:
    if unit.place.basis is Basis.NOTHING:
        return NOTHING
    return formats.text(unit.reading) if unit.reading else "0"


def _cases(unit: RankedUnit) -> str:
    if unit.reading is None:
        return NOTHING
    share = unit.reading.figure.way is Way.SHARE
    return formats.of_denominator(unit.reading) if share else str(unit.sample)


def _with_basis(unit: RankedUnit) -> str:
    few = unit.place.basis is Basis.FEW
    return f"{_value(unit)} · {name(Basis.FEW.label)}" if few else _value(unit)


def _with_cases(unit: RankedUnit) -> str:
    return f"{_value(unit)} · {_cases(unit)}"


def _interval(unit: RankedUnit) -> str:
    if unit.interval is None:
        return NOTHING
    low, high = unit.interval
    return f"{low:.0%}–{high:.0%}"
