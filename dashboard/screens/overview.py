"""The overview: the 1-2-4-6, the headline, matters to decide, audit and rectification."""

import streamlit as st

from dashboard import formats, reads
from dashboard.charts import audit, coverage, palette, rectification
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.screens.unit import light_of, why
from dashboard.widgets import ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import nothing, silent
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import tile
from data import matters
from data.figures import units
from data.matters import Matter
from models.audit import Source
from models.days import month_ends
from models.rectification import PublicStatus, RectType
from models.rules.light import Light
from models.rules.rectification import OVERDUE_BANDS

TREND_MONTHS = 24
TREND_HEIGHT = 56
WORST_UNITS = 4


@still
def four_blocks(view: View) -> None:
    """One net, two responsible subjects, four reports, six mechanisms: a figure and its parts."""
    net, subjects, reports, mechanisms = st.columns(4, border=True)
    with net:
        _block(view, _("One net"), "grid_coverage", "content_coverage")
    with subjects:
        _block(view, _("Two subjects"), "duty_rate", "dual_responsibility")
    with reports:
        _block(view, _("Four reports"), "report_quality", "reports_late")
    with mechanisms:
        _block(view, _("Six mechanisms"), "rating_3a", "warnings_open")


def _block(view: View, title: str, figure: str, beside: str) -> None:
    label = f"**{title}** {_(reads.figure(figure).name)}"
    other = formats.text(reads.of(view.scope).get(beside))
    tile(view, figure, label=label)
    st.caption(f"{_(reads.figure(beside).name)} {other}")


def coverage_map(view: View) -> None:
    """Each subdistrict with the share of its units that are covered; a click leads to its units."""
    shares = reads.by_group(view.scope, "subdistrict", "grid_coverage")
    nobody = _("none of yours") if view.scope.limited else _("no units")
    places = reads.references().codes["subdistricts"]
    tiles = []
    for code, row in places.items():
        reading = shares.get(code, {}).get("grid_coverage")
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
        title=_("Where the net holds"),
        says=_("share of units with all four elements"),
        hint=_("click to see the units"),
        texts={"share": _("Units covered"), "unknown": _("No units")},
        on_choose=lambda code: ways.go("coverage", node=f"subdistrict:{code}"),
        options={"rows": 1 + max(int(row["tile_row"]) for row in places.values())},
    )


@still
def headline(view: View) -> None:
    """The due rectification rate with its trend, overdue findings by band."""
    overdue, rate = st.columns(2)
    with overdue:
        tile(view, "overdue", label=_("Overdue"))
    with rate:
        tile(view, "due_rect_rate", label=_("Due rate"))
    # Two sums of money are too long for a tile of three.
    amount = reads.of(view.scope)["rect_rate_amount"]
    parts = formats.of_denominator(amount)
    if parts:
        said = _("Amount rate {share} ({parts})", share=formats.text(amount), parts=parts)
        ways.list_link(f"{said} ›", "rect_rate_amount")
    due_trend(view, TREND_HEIGHT)
    overdue_bands(view)


def due_trend(view: View, height: int) -> None:
    """The due rectification rate over two years; `height` in pixels."""
    days = month_ends(view.as_of, TREND_MONTHS)
    found = reads.by_day(view.scope, days, "due_rect_rate")
    months = [
        {
            "month": day,
            "share": formats.share(readings["due_rect_rate"]),
            "text": readings["due_rect_rate"].text,
            "target": None,
        }
        for day, readings in found.items()
    ]
    known = [month["share"] for month in months if month["share"] is not None]
    draw(
        rectification.trend,
        months if known else [],
        key="overview-trend",
        title=_("Due rectification rate"),
        says=_("share of findings due, at the end of each of {n} months", n=TREND_MONTHS),
        empty=nothing(view, "due_rect_rate", _("Nothing has been due so far.")),
        texts={"target": _("Target")},
        options={"height": height},
    )


def overdue_bands(view: View) -> None:
    """How many findings are overdue, by how long they have been so."""
    readings = reads.of(view.scope)
    counted = {
        band.id: int(readings[f"overdue:{band.id}"].numerator or 0) for band in OVERDUE_BANDS
    }
    draw(
        rectification.bands,
        [{"band": band, "value": value} for band, value in counted.items()]
        if any(counted.values())
        else [],
        key="overview-bands",
        title=_("Overdue"),
        says=_("number of findings by days overdue"),
        empty=nothing(view, "overdue", _("Nothing is overdue on {day}.", day=view.as_of)),
        texts=band_texts(),
    )


def band_texts() -> dict[str, str]:
    """What the bands of days overdue are called."""
    return {band.id: name(band.label) for band in OVERDUE_BANDS}


@still
def matters_to_decide(view: View) -> None:
    """The gravest matters, each with the rule that put it there."""
    heading(_("Five things that need a decision"), _("listed by written rules"))
    found = reads.ask(matters.matters, view.scope)
    if not found and not silent(view):
        said = _("By the rules, nothing needs a decision on {day}.", day=view.as_of)
        st.caption(nothing(view, "overdue", said))
    with st.container(gap="xxsmall", key="overview-matters"):
        for matter in found:
            _matter(matter)


def _matter(matter: Matter) -> None:
    sign = palette.SHAPES[matter.light]
    parts = (f"{sign} {name(matter.light.label)}", matter.unit_name, say(matter.what))
    called = " · ".join(part for part in parts if part)
    # The text stands beside its link, as the label of a link is cut where it does not fit.
    st.markdown(f"**{called}**  \n:gray[{_(matter.rule)}]")
    if matter.finding:
        ways.page_link(_("Open ›"), "finding", finding=matter.finding)
    elif matter.figure:
        ways.list_link(_("Open ›"), matter.figure, matter.bucket)
    else:
        ways.page_link(_("Open ›"), "unit", node=f"unit:{matter.unit}")


@still
def audit_side(view: View) -> None:
    """The first half, 审: findings by the audit they came from."""
    readings = reads.of(view.scope)
    rows = [
        {"name": name(source.label), "value": int(found)}
        for source in Source
        if (found := readings[f"required:source={source}"].numerator)
    ]
    draw(
        audit.by_source,
        sorted(rows, key=lambda row: -int(str(row["value"]))),
        key="overview-audit",
        title=_("First half: audit"),
        says=_(
            "number of findings by source; {running} projects running, plan {plan} completed",
            running=formats.text(readings["projects_running"]),
            plan=formats.text(readings["plan_completion"]),
        ),
        empty=_("No findings so far."),
    )


@still
def rectification_side(view: View) -> None:
    """The second half, 改: findings by type and public status."""
    readings = reads.of(view.scope)
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
        empty=_("No findings so far."),
        texts={
            **{str(status): name(status.label) for status in PublicStatus},
            "findings": _("Findings"),
        },
    )


def lights(view: View) -> None:
    """How many units stand in each light, and the worst of them."""
    counted = reads.ask(units.lights, view.scope)
    heading(
        _("Lights"),
        " · ".join(
            f"{palette.SHAPES[light]} {name(light.label)} {count}"
            for light, count in counted.items()
        ),
    )
    worst = [unit for unit in reads.units(view.scope) if unit.light not in (None, Light.GREEN)]
    if not worst:
        if not silent(view):
            st.caption(_("No unit stands in red, yellow or silent."))
        return
    shown = worst[:WORST_UNITS]
    table(
        {
            _("Light"): [light_of(unit) for unit in shown],
            _("Unit"): [unit.name for unit in shown],
            _("Why"): [why(view, unit.code)[0] for unit in shown],
        },
        key="overview-lights",
        says=_("Lights"),
        on_pick=lambda row: ways.to_unit(shown[row].code),
        columns={_("Why"): st.column_config.TextColumn(width="large")},
    )
    label = _("All {n} units ›", n=sum(counted.values()))
    ways.page_link(label, "coverage", tab="units")
