"""The present state of rectification: the three statuses, the rates, overdue findings, moved
limits."""

from collections.abc import Mapping

import streamlit as st

from dashboard import reads
from dashboard.charts import rectification as charts
from dashboard.elements.board import way
from dashboard.elements.figure import figure as figure_of
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.overview.charts import band_texts
from dashboard.screens.ranking import rankings
from dashboard.screens.rectification.ledger import age_texts
from dashboard.widgets import ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.panels import panel
from dashboard.widgets.silence import text_if_empty
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import beyond_due_soon, row_of_figures, row_of_tiles, tile
from data.figures.reading import Readings
from data.findings import ages, ledger, statuses
from data.findings.ledger import FindingFilter
from models.choice import Choice
from models.rectification import PublicStatus, Severity
from models.rules.rectification import OVERDUE_BANDS
from models.text import N_

RATES: Mapping[str, str] = {
    "due_rect_rate": N_("Counts what is due by its present limit. The headline."),
    "rect_rate": N_("Counts everything, due or not."),
    "on_time_rate": N_("Counts as done only what was submitted by the limit then in force."),
    "on_time_rate_strict": N_("The same by the original limit, however often it was moved."),
    "rect_rate_amount": N_("Counts money instead of findings; a part put right counts."),
}
"""The rates, each with what sets it apart."""
STATUSES = ("required", "rectified", "in_progress", "unrectified")
RANKED = (
    "due_rect_rate",
    "on_time_rate_strict",
    "rect_rate_amount",
    "overdue",
    "overdue_original",
    "repeat_rate",
    "reopened",
    "fix_held",
)
"""The figures by which units are compared."""
MOVED_SHOWN = 30


@still
def now(view: View) -> None:
    """Draw the number of findings by status, the rates, and overdue findings by unit and
    duration."""
    _figures(view)
    left, right = st.columns(2, border=True)
    with left:
        _overdue(view)
        st.space("xsmall")
        _split(view, "severity", _("By severity"))
    with right:
        _split(view, "source", _("By source"))
        st.space("xsmall")
        _split(view, "type", _("By type of rectification"))


def _figures(view: View) -> None:
    _statement(view)
    _rates(view)


def in_words(view: View) -> str:
    """Return the three statuses as a sum, in words."""
    readings = reads.figures_of(view.scope)
    return _(
        "{required} to rectify = {rectified} rectified + {in_progress} in progress"
        " + {unrectified} unrectified",
        **{key: readings[key].text for key in STATUSES},
    )


def _statement(view: View) -> None:
    heading(
        _("The three statuses"),
        _(
            "{sum}; what waits for the reviewer or is suspended counts as in progress",
            sum=in_words(view),
        ),
    )
    row_of_figures(view, (*STATUSES, "under_review", "suspended"), key="rectification-statuses")


def _rates(view: View) -> None:
    heading(_("The rates side by side"), _("each with its denominator and what is different in it"))
    rates = [tile(view, figure, note=_(difference)) for figure, difference in RATES.items()]
    row_of_tiles("rectification-rates", rates)


def _overdue(view: View) -> None:
    readings = reads.figures_of(view.scope)
    rows = [
        {
            "code": band.id,
            "band": band.id,
            "word": name(band.label),
            "value": int(readings[f"overdue:{band.id}"].numerator or 0),
        }
        for band in OVERDUE_BANDS
        if readings["overdue"].known
    ]
    draw(
        charts.bands,
        rows if any(row["value"] for row in rows) else [],
        key="rectification-bands",
        title=_overdue_in_words(readings),
        says=_("number of findings by days overdue"),
        hint=_("click to see them"),
        on_choose=lambda band: ways.go("list", figure="overdue", bucket=band),
        columns={"word": _("Days overdue"), "value": _("Findings")},
        texts=band_texts(),
        empty=text_if_empty(view, "overdue", _("Nothing is overdue on {day}.", day=view.as_of)),
    )
    shown = [tile(view, key) for key in ("overdue", "overdue_days_mean", "overdue_days_max")]
    due_soon = readings["due_soon"]
    beyond = beyond_due_soon(view) if due_soon.known and not due_soon.numerator else ""
    row_of_tiles("rectification-overdue", [*shown, tile(view, "due_soon", note=beyond)])


def _overdue_in_words(readings: Readings) -> str:
    """Return a title with the number of overdue findings and of those overdue the longest."""
    overdue = int(readings["overdue"].numerator or 0)
    if not overdue or not readings["overdue"].known:
        return _("Overdue")
    longest = [
        (band, overdue_in_band)
        for band in OVERDUE_BANDS
        if (overdue_in_band := int(readings[f"overdue:{band.id}"].numerator or 0))
    ][-1]
    return _(
        "{n} findings overdue, {longest} of them {band}",
        n=overdue,
        longest=longest[1],
        band=longest[0].label,
    )


def status_texts() -> dict[str, str]:
    """Return the texts of charts that split findings by status: the statuses and the axis title."""
    words = {str(status): name(status.label) for status in PublicStatus}
    return {**words, "findings": _("Findings")}


def _split(view: View, dimension: str, title: str) -> None:
    statuses_by_code = reads.ask(statuses.statuses, view.scope, dimension)
    draw(
        charts.status_by_type,
        [
            {
                "code": f"{code} {status}",
                "name": name(code.label),
                "status": str(status),
                "word": name(status.label),
                "value": value,
            }
            for code, by_status in _with_findings(dimension, statuses_by_code).items()
            for status, value in by_status.items()
        ],
        key=f"rectification-{dimension}",
        title=_most_unrectified(title, statuses_by_code),
        says=_("number of findings by public status"),
        hint=_("click to see them"),
        on_choose=lambda chosen: _to_ledger(dimension, chosen),
        columns={"name": title, "word": _("Status"), "value": _("Findings")},
        texts=status_texts(),
        empty=text_if_empty(view, "required", _("No findings so far.")),
    )


def _most_unrectified(title: str, statuses_by_code: statuses.Statuses) -> str:
    """Return a title that names where the most findings are unrectified, including ties."""
    late = {
        code: by_status[PublicStatus.UNRECTIFIED] for code, by_status in statuses_by_code.items()
    }
    most = max(late.values(), default=0)
    worst = [name(code.label) for code, number in late.items() if number == most]
    if not most:
        return title
    if len(worst) == 1:
        return _("{title}: the most unrectified in {part}, {n}", title=title, part=worst[0], n=most)
    return _(
        "{title}: the most unrectified, {n} each, in {parts}",
        title=title,
        n=most,
        parts=_(", ").join(worst),
    )


def _to_ledger(dimension: str, chosen: str) -> None:
    code, _space, status = chosen.partition(" ")
    ways.go("rectification", tab="ledger", status=status, **{dimension: code})


def _with_findings(
    dimension: str, statuses_by_code: statuses.Statuses
) -> Mapping[Choice, Mapping[PublicStatus, int]]:
    """Return the codes that have findings: severities from the gravest, sources by unrectified
    findings."""
    some = {
        code: by_status for code, by_status in statuses_by_code.items() if any(by_status.values())
    }
    if dimension == "severity":
        return dict(reversed(some.items()))
    if dimension == "source":
        late = PublicStatus.UNRECTIFIED
        return dict(sorted(some.items(), key=lambda each: -each[1][late]))
    return some


@still
def units(view: View) -> None:
    """Draw the units of one kind, ranked by a chosen figure."""
    rankings(view, RANKED)


@still
def dates(view: View) -> None:
    """Draw overdue findings by original and by present limits, and those hidden by a moved
    limit."""
    wanted = FindingFilter(moved=True)
    sizes = reads.ask(ledger.counts, view.scope, wanted)
    moved = figure_of(
        "",
        str(sum(sizes)),
        says=_("Not overdue only because a limit was moved"),
        definition=_(
            "Findings still being rectified whose original limit has passed, and which"
            " count as in progress because it was moved."
        ),
        onward=way("rectification", tab="ledger", moved="1") if sum(sizes) else None,
    )
    row_of_tiles(
        "rectification-moved-figures",
        [tile(view, "overdue"), tile(view, "overdue_original"), moved],
    )
    by_part, age = st.columns(2, border=True)
    with by_part:
        _dates_by_part(view)
    with age:
        _ages(view)
    with panel():
        _moved(view, sizes)


def _dates_by_part(view: View) -> None:
    kind = "sector" if view.scope.node.is_district and view.viewer.units is None else "unit"
    readings_by_part = reads.by_group(view.scope, kind, "overdue", "overdue_original")
    names = (
        reads.sectors() if kind == "sector" else {u.code: u.name for u in reads.units(view.scope)}
    )
    numbers = {
        names.get(code, code): (
            int(readings["overdue_original"].numerator or 0),
            int(readings["overdue"].numerator or 0),
        )
        for code, readings in readings_by_part.items()
    }
    codes = {names.get(code, code): f"{kind}:{code}" for code in readings_by_part}
    late = {part: both for part, both in numbers.items() if any(both)}
    widest = sorted(late, key=lambda part: late[part][1] - late[part][0])[:MOVED_SHOWN]
    rows = [
        {
            "code": codes.get(part, ""),
            "name": part,
            "original": late[part][0],
            "present": late[part][1],
        }
        for part in widest
    ]
    draw(
        charts.dates_honestly,
        rows,
        key="rectification-dates",
        title=_(
            "{original} overdue by the original limits, {present} by the present ones",
            original=reads.figures_of(view.scope)["overdue_original"].text,
            present=reads.figures_of(view.scope)["overdue"].text,
        ),
        says=_("number of overdue findings by either; the widest gap on top"),
        hint=_("click to see them"),
        on_choose=lambda node: ways.go("list", node=node, figure="overdue_original"),
        columns={
            "name": _("Part"),
            "original": _("By the original limit"),
            "present": _("By the present limit"),
        },
        texts={
            "original": _("By the original limit"),
            "present": _("By the present limit"),
            "findings": _("Findings"),
        },
        empty=text_if_empty(
            view, "overdue", _("Nothing is overdue by either limit on {day}.", day=view.as_of)
        ),
    )


def _ages(view: View) -> None:
    counts_by_age = reads.ask(ages.ages, view.scope)
    names = age_texts()
    draw(
        charts.ages,
        [
            {"code": span, "name": names[span], "value": count}
            for span, count in counts_by_age.items()
        ]
        if any(counts_by_age.values())
        else [],
        key="rectification-ages",
        title=_stood_long(counts_by_age),
        says=_("number of findings not closed, by days since their issue"),
        hint=_("click to see them"),
        on_choose=lambda span: ways.go("rectification", tab="ledger", age=span),
        columns={"name": _("Days since the issue"), "value": _("Findings")},
        empty=text_if_empty(view, "required", _("No finding stands open.")),
    )


def _stood_long(found: Mapping[str, int]) -> str:
    """Return a title with the number of findings that have been open the longest."""
    total, *_shorter, longest = sum(found.values()), *found.values()
    if not total:
        return _("How long open findings have stood")
    return _("{longest} of {n} open findings have stood over a year", longest=longest, n=total)


def _moved(view: View, sizes: ledger.Counts) -> None:
    heading(
        _("What only a moved limit hides"),
        _("the longest past the original limit come first, {n} at most", n=MOVED_SHOWN),
    )
    lines = reads.ask(
        ledger.findings_on_page, view.scope, FindingFilter(moved=True), sizes, 0, MOVED_SHOWN
    )
    if not lines:
        message = _("No finding is kept from being overdue by a moved limit.")
        st.caption(text_if_empty(view, "overdue", message))
        return
    table(
        {
            _("Unit"): [line.unit_name for line in lines],
            _("Finding"): [line.finding.title for line in lines],
            _("Original limit"): [line.finding.due_on for line in lines],
            _("Present limit"): [line.standing.due for line in lines],
            _("Days past the original"): [
                (view.as_of - line.finding.due_on).days for line in lines
            ],
            _("Times moved"): [line.moved for line in lines],
            _("Severity"): [name(Severity(line.finding.severity).label) for line in lines],
        },
        key="rectification-moved",
        says=_("What only a moved limit hides"),
        onward=lambda row: ways.finding_way(lines[row].finding.code),
        late=(_("Days past the original"),),
    )
