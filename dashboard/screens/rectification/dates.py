"""The dates of rectification: original and moved limits, and how long findings have been open."""

from collections.abc import Mapping

import streamlit as st

from dashboard import reads
from dashboard.charts import rectification as charts
from dashboard.elements.board import way
from dashboard.elements.figure import figure as figure_of
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.rectification.ledger import age_texts
from dashboard.widgets import ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.panels import panel
from dashboard.widgets.silence import text_if_empty
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_tiles, tile
from data.findings import ages, ledger
from data.findings.ledger import FindingFilter
from models.rectification import Severity

LONG = "366+"
"""The span of ages that stands out."""
MOVED_SHOWN = 30


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
            {"code": span, "name": names[span], "value": count, "long": span == LONG}
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
