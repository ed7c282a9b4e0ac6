"""Charts of the overview, also used by the wall: map, trend, overdue bands, statuses by type."""

from collections.abc import Mapping

from dashboard import formats, reads
from dashboard.charts import coverage, rectification
from dashboard.charts.axis_start import axis_start
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import course, headlines, ways
from dashboard.widgets.drawing import draw, still
from dashboard.widgets.silence import text_if_empty
from models.days import month_ends
from models.rectification import PublicStatus, RectType
from models.rules.rectification import OVERDUE_BANDS

TREND_MONTHS = 24


def coverage_map(view: View) -> None:
    """Draw each subdistrict with the share of its units that are covered; a click leads to its
    units."""
    shares = reads.by_group(view.scope, "subdistrict", "grid_coverage")
    nobody = _("none of yours") if view.scope.limited else _("no units")
    places = reads.references().codes["subdistricts"]
    tiles = []
    known = {}
    for code, row in places.items():
        reading = shares.get(code, {}).get("grid_coverage")
        if reading and reading.exact is not None:
            known[row["name"].removesuffix("街道")] = reading
        tiles.append(
            {
                "code": code,
                "name": row["name"].removesuffix("街道"),
                "tile_row": float(row["tile_row"]),
                "tile_column": float(row["tile_column"]),
                "share": formats.share(reading),
                "text": formats.text(reading),
                "count": formats.of_denominator(reading) if reading else nobody,
            }
        )
    draw(
        coverage.tile_map,
        tiles,
        key="overview-map",
        title=headlines.least_reading(
            known,
            subject=_(reads.figure("grid_coverage").name),
            otherwise=_("Grid coverage by subdistrict"),
        ),
        says=_("share of units with all four elements"),
        hint=_("click to see the units"),
        texts={"share": _("Units covered"), "unknown": _("No units")},
        on_choose=lambda code: ways.go("coverage", node=f"subdistrict:{code}"),
        options={"rows": 1 + max(int(row["tile_row"]) for row in places.values())},
    )


def due_trend(view: View, height: int, *, titled: bool = True) -> None:
    """Draw the due rectification rate over two years; `height` in pixels.

    Unless `titled`, the title only names the figure, for a place that states the result itself.
    """
    days = month_ends(view.as_of, TREND_MONTHS)
    by_day = {
        day: readings["due_rect_rate"]
        for day, readings in reads.by_day(view.scope, days, "due_rect_rate").items()
    }
    wanted = course.target(view, "due_rect_rate")
    shares = {day: formats.share(reading) for day, reading in by_day.items()}
    months = [
        {
            "month": day,
            "share": shares[day],
            "text": reading.text,
            "target": wanted.share if wanted else None,
        }
        for day, reading in by_day.items()
    ]
    message = course.course(by_day, wanted)
    shown = [*shares.values(), wanted.share if wanted else None]
    draw(
        rectification.trend,
        months if message else [],
        key="overview-trend",
        title=(message if titled else "") or _("Due rectification rate"),
        says=_("share of findings due, at the end of each of {n} months", n=TREND_MONTHS),
        empty=text_if_empty(view, "due_rect_rate", _("Nothing has been due so far.")),
        texts={"target": _("Target")},
        options={"height": height, "lowest": axis_start(shown)},
    )


def overdue_bands(view: View) -> None:
    """Draw the number of overdue findings by how long they have been overdue."""
    readings = reads.figures_of(view.scope)
    counted = {
        band.id: int(readings[f"overdue:{band.id}"].numerator or 0)
        for band in OVERDUE_BANDS
        if readings["overdue"].known
    }
    draw(
        rectification.bands,
        [{"band": band, "value": value} for band, value in counted.items()]
        if any(counted.values())
        else [],
        key="overview-bands",
        title=_long_overdue(counted),
        says=_("number of findings by days overdue"),
        empty=text_if_empty(view, "overdue", _("Nothing is overdue on {day}.", day=view.as_of)),
        texts=band_texts(),
    )


def _long_overdue(counted: Mapping[str, int]) -> str:
    """Return a title that says how many findings are overdue by more than the first band; `counted`
    has their number by band."""
    short = OVERDUE_BANDS[0]
    if not any(counted.values()) or short.after is None:
        return _("Overdue")
    return _(
        "{n} of {all} overdue findings by more than {days} days",
        n=sum(counted.values()) - counted[short.id],
        all=sum(counted.values()),
        days=short.after - 1,
    )


def band_texts() -> dict[str, str]:
    """Return the names of the bands of days overdue."""
    return {band.id: name(band.label) for band in OVERDUE_BANDS}


@still
def rectification_side(view: View) -> None:
    """Draw findings by type and public status (改, the second half of 审 and 改)."""
    readings = reads.figures_of(view.scope)
    parts = {
        PublicStatus.RECTIFIED: "rectified",
        PublicStatus.IN_PROGRESS: "in_progress",
        PublicStatus.UNRECTIFIED: "unrectified",
    }
    rows = [
        {
            "name": name(rect_type.label),
            "status": str(status),
            "value": int(readings[f"{figure}:{rect_type}"].numerator or 0),
        }
        for rect_type in RectType
        for status, figure in parts.items()
        if readings["required"].known
    ]
    draw(
        rectification.status_by_type,
        rows if any(row["value"] for row in rows) else [],
        key="overview-rectification",
        title=_("Second half: rectification"),
        says=_(
            "{required} to rectify = {rectified} rectified + {in_progress} in progress"
            " + {unrectified} unrectified",
            required=readings["required"].text,
            **{figure: readings[figure].text for figure in parts.values()},
        ),
        empty=text_if_empty(view, "required", _("No findings so far.")),
        texts={
            **{str(status): name(status.label) for status in PublicStatus},
            "findings": _("Findings"),
        },
    )
