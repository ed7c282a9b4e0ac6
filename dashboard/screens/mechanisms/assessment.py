"""Yearly performance assessment of internal audit: by indicator, and unit by unit."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import streamlit as st

from dashboard import act_words, reads
from dashboard.act_words import ToBeDone
from dashboard.charts import mechanisms as charts
from dashboard.charts.axis_start import axis_ends
from dashboard.charts.status_colours import Tone, step_of
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import next_acts
from dashboard.widgets import headlines, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.panels import panel
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_figures
from data.figures.reading import rounded
from data.mechanisms import assessments
from data.mechanisms.assessments import BANDS, AssessedUnit, Indicator, Indicators
from data.reference.usual_names import usual
from models.rules import extremes
from models.text import N_

SHOWN = 50
AT_FIRST = 6
"""Of these, those shown at first."""
NAMED = 2
"""The most indicators that a unit is asked to improve."""
LOW = 80
"""The percent of full points below which a score is low."""
MEANS = N_("share of full points, mean of {n} units; the axis begins at {least} %")
MEANS_COMPARED = N_(
    "share of full points, mean of {n} units; against {year} in percentage points: {up} up, {down}"
    " down; the axis begins at {least} %"
)
SIDES = {"EXCELLENT": "GOOD", "PASS": "FAIR"}
"""Bands that count as another one in the chart of indicators, which tells below the line from above
it, and the lowest."""
TONES = (Tone.BAD, Tone.WARN)
"""The tones of shares of full points in the two lowest steps: below 60% and below 80%."""


@still
def assessment(view: View) -> None:
    """Draw the units, the weakest first, beside the distribution of units, then the indicators
    against the year before, each unit by indicator, and what of rectification is assessed."""
    indicators = reads.ask(assessments.indicators, view.scope)
    if indicators.year is None:
        st.info(_("No assessment is known here. Take in the sheet of assessments."))
    else:
        units = reads.ask(assessments.units, view.scope, SHOWN)
        weak, spread = st.columns([3, 2], border=True)
        with weak:
            _weakest(view, units)
        with spread:
            _spread(indicators, indicators.year)
        with panel():
            _means(indicators, indicators.year)
        with panel():
            _by_indicator(units)
    row_of_figures(
        view,
        ("fix_held", "due_rect_rate", "on_time_rate"),
        key="assessment-figures",
    )


def _means(indicators: Indicators, year: int) -> None:
    means = [each.now.mean for each in indicators.indicators]
    before = [each.before.mean for each in indicators.indicators]
    shown = [None if share is None else float(share) for share in (*means, *before)]
    ends = axis_ends([*shown, LOW / 100])
    texts = {
        "FAIL": _("Year {year} ({part})", year=year, part=_band_texts()["FAIL"]),
        "FAIR": _("Year {year} (below {low} %)", year=year, low=LOW),
        "GOOD": _("Year {year} ({low} % and more)", year=year, low=LOW),
        "line": f"{LOW}%",
    }
    moves = [more for each in indicators.indicators if (more := _more(each))]
    compared = any(share is not None for share in before)
    if compared:
        texts["before"] = _("Year {year}", year=year - 1)
    draw(
        charts.indicators,
        [
            {
                "code": "assessment_mean",
                "name": name(usual(each.name)),
                "share": float(each.now.mean or 0),
                "before": None if each.before.mean is None else float(each.before.mean),
                "text": percent(each.now.mean),
                "change": None if (more := _more(each)) is None else _number(more),
                "changed": "" if more is None else changed(more),
                "short": _short(each),
                "band": SIDES.get(each.now.band, each.now.band),
            }
            for each in indicators.indicators
        ],
        key="assessment-indicators",
        title=against_the_line(
            {name(usual(each.name)): each.now.mean for each in indicators.indicators}
        ),
        says=_(
            MEANS_COMPARED if compared else MEANS,
            year=year - 1,
            up=sum(more > 0 for more in moves),
            down=sum(more < 0 for more in moves),
            least=round(ends[0] * 100),
            n=max((each.now.units for each in indicators.indicators), default=0),
        ),
        texts=texts,
        options={
            "bands": _occurring(
                SIDES.get(each.now.band, each.now.band) for each in indicators.indicators
            ),
            "ends": ends,
            "line": LOW / 100,
        },
        hint=_("click to see the units"),
        on_choose=_to_list,
        columns={
            "name": _("Indicator"),
            "text": _("Mean"),
            "short": _("Below the line (pp)"),
            "changed": _("Change (pp)"),
        },
    )


def against_the_line(means: Mapping[str, Fraction | None]) -> str:
    """Return a title that says how many indicators are below the line at `LOW` percent, which is
    the furthest from it and by how much; of none, which is the lowest."""
    lowest = extremes.least(means)
    if lowest is None:
        return _("By indicator")
    below = sum(mean is not None and mean * 100 < LOW for mean in means.values())
    where = headlines.named(lowest.keys)
    points = abs(_number(Fraction(lowest.value) - Fraction(LOW, 100)))
    if not below:
        return _(
            "No indicator is below {low} %; the lowest, {where}, is {points} points above it",
            low=LOW,
            where=where,
            points=points,
        )
    return _(
        "Indicators below {low} %: {n} of {of}, the furthest {where} by {points} points",
        low=LOW,
        n=below,
        of=len(means),
        where=where,
        points=points,
    )


def _short(indicator: Indicator) -> str:
    """Return the percentage points that an indicator lacks to the line; "" if it lacks none."""
    mean = indicator.now.mean
    if mean is None or mean * 100 >= LOW:
        return ""
    return _("{points} short", points=_number(Fraction(LOW, 100) - mean))


def _more(indicator: Indicator) -> Fraction | None:
    """Return the change of an indicator's mean since the year before; None if either is unknown."""
    now, before = indicator.now.mean, indicator.before.mean
    return None if now is None or before is None else now - before


def _occurring(found: Iterable[str]) -> tuple[str, ...]:
    """Return the bands among `found`, the lowest first."""
    held = set(found)
    return tuple(band for band, _lowest in reversed(BANDS) if band in held)


def _spread(indicators: Indicators, year: int) -> None:
    worst = _worst_band(indicators.indicators)
    ordered = sorted(
        indicators.indicators, key=lambda each: -each.now.bands[worst[0]] if worst else 0
    )
    bands = _occurring(
        band for each in indicators.indicators for band, units in each.now.bands.items() if units
    )
    draw(
        charts.point_bands,
        [
            {
                "code": "assessment_mean",
                "name": name(usual(each.name)),
                "band": band,
                "word": _band_texts()[band],
                "value": each.now.bands[band],
            }
            for each in ordered
            for band in bands
        ],
        key="assessment-bands",
        title=_most_below(ordered, worst),
        says=_("number of units in {year} by the part of full points they reach", year=year),
        texts={**_band_texts(), "units": _("Units")},
        options={"bands": bands},
        hint=_("click to see the units"),
        on_choose=_to_list,
        columns={"name": _("Indicator"), "word": _("Band"), "value": _("Units")},
    )


def _worst_band(indicators: Sequence[Indicator]) -> tuple[str, int] | None:
    """Return the lowest band that has any units and the percent below which it is; None if all
    units are in the highest."""
    for (band, _lowest), (_above, limit) in zip(BANDS[:0:-1], BANDS[-2::-1], strict=True):
        if any(each.now.bands[band] for each in indicators):
            return band, limit
    return None


def _most_below(indicators: Sequence[Indicator], worst: tuple[str, int] | None) -> str:
    """Return a title that names the indicator with the most units in the band `worst`."""
    if worst is None:
        return _("No unit is below {n} % of any indicator", n=BANDS[0][1])
    band, limit = worst
    return headlines.most(
        {name(usual(each.name)): each.now.bands[band] for each in indicators},
        subject=_("Units below {n} %", n=limit),
        otherwise=_("By indicator"),
    )


def _to_list(figure: str) -> None:
    ways.go("list", figure=figure)


def _band_texts() -> dict[str, str]:
    texts = {}
    for place, (band, lowest) in enumerate(BANDS):
        if not place:
            texts[band] = _("{n} % and more", n=lowest)
        elif lowest:
            texts[band] = _("{n} % to {below} %", n=lowest, below=BANDS[place - 1][1])
        else:
            texts[band] = _("below {n} %", n=BANDS[place - 1][1])
    return texts


def _weakest(view: View, units: Sequence[AssessedUnit]) -> None:
    """Draw the units by their share of full points, with the indicators in which they are low."""
    low = reads.ask(assessments.below, view.scope, LOW)
    years = {unit.year for unit in units}
    heading(
        _("Units below {low} % of full points: {n}", low=LOW, n=low)
        if low
        else _("No unit is below {low} % of full points", low=LOW),
        _("percent of full points in {year}, the lowest first; click one", year=max(years))
        if len(years) == 1
        else _("percent of full points in the latest assessed year, the lowest first; click one"),
    )
    cells: dict[str, list[Cell]] = {
        _("Unit"): [unit.name for unit in units],
        _("Total (%)"): [_toned(unit.part) for unit in units],
        _("Since the year before (pp)"): [
            None if unit.before is None else _moved(unit.part - unit.before) for unit in units
        ],
        next_acts.heading(): [next_acts.cell(view, next_of(view, unit)) for unit in units],
    }
    if len(years) > 1:
        cells[_("Year")] = [unit.year for unit in units]
    table(
        cells,
        key="assessment-weakest",
        says=_("Assessed units, the weakest first"),
        onward=lambda row: ways.unit_way(units[row].code),
        columns={
            _("Total (%)"): st.column_config.NumberColumn(format="%.1f"),
            _("Since the year before (pp)"): st.column_config.NumberColumn(format="%+.1f"),
            _("Year"): st.column_config.NumberColumn(format="%d"),
        },
        first=max(AT_FIRST, min(low, SHOWN)),
        cards={
            _("Total (%)"): "{n}%",
            _("Since the year before (pp)"): _("{n} pp on the year before", n="{n}"),
            next_acts.heading(): next_acts.card(),
        },
    )
    if len(units) == SHOWN:
        ways.list_link(_("All assessed units ›"), "assessment_mean")


def next_of(view: View, unit: AssessedUnit) -> ToBeDone | None:
    """Return what a unit below `LOW` percent of full points has to do next, by the committee's next
    meeting; None of other units."""
    weakest = lowest(unit)
    if unit.part * 100 >= LOW or not weakest:
        return None
    what = _(act_words.IMPROVE, indicators=weakest)
    return next_acts.by_next_meeting(view, what, _("the unit"))


def lowest(unit: AssessedUnit, most: int = NAMED) -> str | None:
    """Return the indicators in which a unit is the lowest, of those below 80%, at most `most`."""
    low = sorted((part, each) for each, part in unit.by_indicator.items() if part * 100 < LOW)
    return _(", ").join(f"{name(usual(each))} {percent(part)}" for part, each in low[:most]) or None


def _by_indicator(units: Sequence[AssessedUnit]) -> None:
    """Draw the share of full points of each unit in each indicator."""
    columns = list(dict.fromkeys(each for unit in units for each in unit.by_indicator))
    heading(_("Unit by indicator"), _("percent of full points, the weakest units first"))
    parts = {
        name(usual(column)): [unit.by_indicator.get(column) for unit in units] for column in columns
    }
    cells: dict[str, list[Cell]] = {
        _("Unit"): [unit.name for unit in units],
        **{
            title: [None if part is None else _toned(part) for part in of_column]
            for title, of_column in parts.items()
        },
    }
    table(
        cells,
        key="assessment-units",
        says=_("Unit by indicator"),
        onward=lambda row: ways.unit_way(units[row].code),
        columns=dict.fromkeys(parts, st.column_config.NumberColumn(format="%.1f")),
        first=AT_FIRST,
    )


def _toned(part: Fraction) -> Cell:
    """Return a share in percent; one below 80% is coloured, one below 60% is red."""
    step = step_of(float(part))
    return _number(part), TONES[step] if step < len(TONES) else None


def _moved(change: Fraction) -> Cell:
    """Return a change in percentage points; a fall is red."""
    return _number(change), Tone.BAD if change < 0 else None


def _number(part: Fraction) -> float:
    return float(rounded(part * 100, 1))


def changed(more: Fraction) -> str:
    """Return a change of a share in percentage points, with its direction as a sign."""
    points = _number(more)
    return f"▲ {points}" if points > 0 else f"▼ {-points}" if points < 0 else _("±0")


def percent(part: Fraction | None) -> str:
    """Return a mean share of full points in percent, with one decimal place."""
    return f"{rounded((part or Fraction(0)) * 100, 1)}%"
