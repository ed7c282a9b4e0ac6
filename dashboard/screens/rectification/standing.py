"""The present state of rectification: the three statuses, the rates, overdue findings."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard import reads
from dashboard.charts import rectification as charts
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.overview.charts import band_texts
from dashboard.screens.ranking import rankings
from dashboard.screens.rectification import new_since, said, status_bar
from dashboard.screens.rectification.ledger import columns
from dashboard.widgets import lists, panels, trust, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import text_if_empty
from dashboard.widgets.tiles import beyond_due_soon, row_of_tiles, tile
from data.figures.reading import Readings
from data.findings import ledger, statuses
from data.findings.ledger import FindingFilter
from models.choice import Choice
from models.rectification import PublicStatus
from models.rules.rectification import OVERDUE_BANDS
from models.text import N_

RATES: Mapping[str, str] = {
    "due_rect_rate": N_("Counts what is due by its present limit. The headline."),
    "rect_rate": N_("Counts everything, due or not."),
    "on_time_rate": N_("Counts as done only what was submitted by the limit then in force."),
    "on_time_rate_strict": N_("By the original limit: what was moved counts as due as well."),
    "rect_rate_amount": N_("Counts money instead of findings; a part rectified counts."),
}
"""The rates, each with what sets it apart."""
APART: Mapping[str, str] = {
    "due_rect_rate": N_("present limits"),
    "rect_rate": N_("due or not"),
    "on_time_rate": N_("limits then in force"),
    "on_time_rate_strict": N_("not moved"),
    "rect_rate_amount": N_("in money"),
}
"""The same in a few words beside the name, for a small screen."""
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
LONGEST_SHOWN = 8
LONGEST_COLUMNS = ("overdue", "unit", "finding", "next", "severity", "limit")


@still
def now(view: View) -> None:
    """Draw a sentence, the findings by status, the rates, and what is overdue: how long, the
    longest, and of which kinds. On a phone the rates stand below the longest overdue."""
    said.say(view)
    status_bar.draw(view, _tile(view, "required"))
    with panels.on_a_desk("rectification-rates"):
        _rates(view, "rectification-rates")
    left, right = st.columns([3, 2], border=True)
    with left:
        _longest(view)
        with panels.on_a_phone("rectification-rates"):
            _rates(view, "rectification-rates-below")
        st.space("xsmall")
        _overdue(view)
    with right:
        _split(view, "source", _("By source"))
        st.space("xsmall")
        _split(view, "severity", _("By severity"), legend=False)
        st.space("xsmall")
        _split(view, "type", _("By type of rectification"), legend=False)


def _tile(view: View, figure: str, note: str = "", apart: str = "") -> Part:
    """Return the tile of a figure; the sentence above says who has entered no findings."""
    tells = not trust.is_said_once(view, said.OF_FINDINGS)
    return tile(view, figure, note=note, apart=apart, tells_trust=tells)


def _rates(view: View, key: str) -> None:
    rates = [
        _tile(view, figure, note=_(difference), apart=_(APART[figure]))
        for figure, difference in RATES.items()
    ]
    row_of_tiles(key, rates)


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
    shown = [_tile(view, key) for key in ("overdue", "overdue_days_mean", "overdue_days_max")]
    due_soon = readings["due_soon"]
    beyond = beyond_due_soon(view) if due_soon.known and not due_soon.numerator else ""
    row_of_tiles("rectification-overdue", [*shown, _tile(view, "due_soon", note=beyond)])


def _longest(view: View) -> None:
    """Draw the findings that are overdue the longest, each a link to its history."""
    wanted = FindingFilter(status=str(PublicStatus.UNRECTIFIED))
    sizes = reads.ask(ledger.counts, view.scope, wanted)
    found = reads.ask(ledger.findings_on_page, view.scope, wanted, sizes, 0, LONGEST_SHOWN)
    if not found:
        return
    heading(
        _("Overdue the longest"),
        _("{n} of {all}; click one to see its history", n=len(found), all=sum(sizes)),
    )
    lists.draw(
        new_since.with_mark(
            view,
            [
                replace(each, spare=each.id == "limit")
                for each in columns(view)
                if each.id in LONGEST_COLUMNS
            ],
        ),
        found,
        key="rectification-longest",
        says=_("Overdue the longest"),
        onward=lambda line: ways.finding_way(line.finding.code),
    )


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


def _split(view: View, dimension: str, title: str, *, legend: bool = True) -> None:
    """Draw findings by status and one of their kinds; charts below the first need no legend."""
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
        options={"legend": legend},
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
