"""The ledger of findings: search, filters, a page of rows, and the whole list as a workbook."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import address, ledger_values, reads, status
from dashboard.frame.view import View
from dashboard.i18n import _, language, name
from dashboard.markdown import literal
from dashboard.screens import next_acts
from dashboard.screens.overview.charts import band_texts
from dashboard.screens.rectification import new_since
from dashboard.status import Status
from dashboard.widgets import asked, lists, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.lists import Column, Kind
from dashboard.widgets.silence import draw_if_not_entered
from data.figures.reading import WAN
from data.findings import ledger as finding_ledger
from data.findings.ledger import FindingFilter
from data.findings.lines import FindingLine
from models.audit import Source
from models.choice import Choice
from models.rectification import PublicStatus, RectType, Severity, State

IN_FILE = 20_000
"""The most rows written to one workbook."""
AT_FIRST = 25
"""Findings of a page shown at first."""


@still
def ledger(view: View) -> None:
    """Draw the findings that match the address, the worst first; a click leads to the finding."""
    if draw_if_not_entered(view, "required", _("Findings")):
        return
    wanted = _wanted()
    _filters()
    sizes = reads.ask(finding_ledger.counts, view.scope, wanted)
    length = sum(sizes)
    if not length:
        st.info(
            _(
                "No finding fits on {day}. Take a filter away, or choose another day.",
                day=view.as_of,
            )
        )
        return
    heading(
        _in_words(length, finding_ledger.overdue_of(wanted, sizes)),
        _says(view, whole=wanted == FindingFilter()),
    )
    if wanted.alike:
        shown = _("Only the kind “{category}”, issued in the last year", category=wanted.alike)
        st.caption(literal(shown))

    def fetch(first: int, most: int | None) -> Sequence[FindingLine]:
        read = finding_ledger.findings_on_page
        return reads.ask(read, view.scope, wanted, sizes, first, most or length)

    lists.paged(
        new_since.with_mark(view, columns(view)),
        length,
        fetch,
        key="ledger-rows",
        says=_("Findings"),
        onward=lambda line: ways.finding_way(line.finding.code),
        first=AT_FIRST,
    )
    label = _("Download the first {n} of the list (.xlsx)", n=IN_FILE) if length > IN_FILE else ""
    lists.download(
        view,
        columns(view),
        lambda: fetch(0, IN_FILE),
        title=_("Findings"),
        key="ledger",
        label=label,
        file_name=_("Findings {day}.xlsx", day=view.as_of),
    )


def _says(view: View, *, whole: bool) -> str:
    """Return the day and order of the list; of the `whole` one also how many are newly overdue."""
    says = _("on {day}, the worst first; click one to see its history", day=view.as_of)
    new = len(new_since.newly_overdue(view)) if whole else 0
    if not new:
        return says
    since = _("newly overdue since {day}: {n}", day=view.since, n=new)
    return _("; ").join((since, says))


def _in_words(length: int, late: int) -> str:
    """Return a title with the number of findings, and of those that are overdue."""
    if late:
        return _("Findings: {n}, of them {late} overdue", n=length, late=late)
    return _("Findings: {n}", n=length)


def rows(view: View, lines: Sequence[FindingLine], *, key: str) -> None:
    """Draw findings as a table; a click leads to the finding."""
    lists.draw(
        columns(view),
        lines,
        key=key,
        says=_("Findings"),
        onward=lambda line: ways.finding_way(line.finding.code),
    )


def columns(view: View) -> list[Column[FindingLine]]:
    """Return the columns of lists of findings, for the screen and the workbook."""
    return [
        Column("status", _("Status"), status_of, Kind.STATUS),
        Column("state", _("State"), _state, screen=False),
        Column(
            "overdue",
            _("Overdue (days)"),
            lambda line: overdue(line, view),
            Kind.WHOLE,
            late=True,
            card=_("overdue by {n} days", n="{n}"),
            without=lambda line: why_no_days(line, view.as_of),
        ),
        Column("unit_code", _("Unit code"), lambda line: line.finding.unit, screen=False),
        Column("unit", _("Unit"), lambda line: line.unit_name),
        Column("finding", _("Finding"), lambda line: line.finding.title, width="large", card="{n}"),
        *next_acts.columns(
            view,
            lambda line: next_acts.of_line(view, line),
            lambda line: next_acts.of_line(view, line, line.unit_name),
        ),
        Column(
            "severity",
            _("Severity"),
            lambda line: name(Severity(line.finding.severity).label),
            card="{n}",
        ),
        Column(
            "type", _("Type"), lambda line: name(RectType(line.finding.rect_type).label), spare=True
        ),
        Column("issued", _("Issued"), lambda line: line.finding.issued_on, Kind.DAY, screen=False),
        Column(
            "limit",
            _("Present limit"),
            lambda line: line.standing.due,
            Kind.DAY,
            card=_("Present limit {day}", day="{n}"),
        ),
        # On screen it is shown only if it differs from the present limit beside it.
        Column("moved_from", _("Original limit"), _moved_from, Kind.DAY, file=False, spare=True),
        Column(
            "original",
            _("Original limit"),
            lambda line: line.finding.due_on,
            Kind.DAY,
            screen=False,
        ),
        Column("moves", _("Times moved"), lambda line: line.moved, Kind.WHOLE, screen=False),
        Column("amount", _("Amount"), lambda line: line.finding.amount, Kind.MONEY, spare=True),
        Column(
            "put_right", _("Amount rectified"), lambda line: line.put_right, Kind.MONEY, spare=True
        ),
        Column("source", _("Source"), lambda line: name(line.source.label), spare=True),
        Column("item", _("Content item"), _item, screen=False),
        Column("marks", _("Marks"), marks, width="medium", file=False),
        Column(
            "instructed",
            _("Leaders' instructions"),
            lambda line: line.finding.instructed,
            screen=False,
        ),
        Column("repeats", _("Repeats"), lambda line: line.finding.repeat_of, screen=False),
        Column("code", _("Finding code"), lambda line: line.finding.code, Kind.CODE, spare=True),
    ]


def _state(line: FindingLine) -> str:
    return name(State(line.standing.state).label)


def _moved_from(line: FindingLine) -> date | None:
    return line.finding.due_on if line.finding.due_on != line.standing.due else None


def _item(line: FindingLine) -> str | None:
    item = line.finding.item
    return ledger_values.listed_name("content_items", item) if item else None


def status_of(line: FindingLine) -> Status:
    """Return the public status of a finding, with its internal state if that says more."""
    return status.of_finding(line.status, State(line.standing.state))


def overdue(line: FindingLine, view: View) -> int | None:
    """Return the days overdue; None for a finding that is not overdue."""
    late = line.status is PublicStatus.UNRECTIFIED
    return line.days_over(view.as_of) if late else None


def why_no_days(line: FindingLine, day: date) -> str:
    """Return why no days overdue are counted on `day` though the limit has passed, else ""."""
    return status.why_no_days(line.status, State(line.standing.state), line.days_over(day))


def marks(line: FindingLine) -> str:
    """Return the special marks of a finding: leaders' instructions, a repeat, a moved time
    limit."""
    holds_by_mark = {
        _("leaders' instructions"): line.finding.instructed,
        _("repeat"): line.finding.repeat_of,
        _("limit moved ({n}×)", n=line.moved): line.moved,
    }
    return " · ".join(mark for mark, holds in holds_by_mark.items() if holds)


def _words(choices: type[Choice]) -> dict[str, str]:
    return {str(each): name(each.label) for each in choices}


def _items() -> dict[str, str]:
    return {
        code: ledger_values.listed_name("content_items", code)
        for code in reads.references().codes["content_items"]
    }


def _wanted() -> FindingFilter:
    return FindingFilter(
        text=address.of_page("text")[:100],
        status=asked.choice("status", _words(PublicStatus)),
        state=asked.choice("state", _words(State)),
        severity=asked.choice("severity", _words(Severity)),
        rect_type=asked.choice("type", _words(RectType)),
        source=asked.choice("source", _words(Source)),
        item=asked.choice("item", _items()),
        band=asked.choice("band", band_texts()),
        age=asked.choice("age", age_texts()),
        instructed=asked.is_on("instructed"),
        repeat=asked.is_on("repeat"),
        moved=asked.is_on("moved"),
        amount_from=asked.whole_number("amount") * WAN,
        alike=address.of_page(ALIKE)[:100],
    )


def age_texts() -> dict[str, str]:
    """Return the names of the bands of days for which findings have been open."""
    return {
        "0-30": _("to 30 days"),
        "31-90": _("31–90"),
        "91-180": _("91–180"),
        "181-365": _("181–365"),
        "366+": _("over a year"),
    }


MORE = ("state", "age", "type", "source", "item", "amount", "instructed", "repeat", "moved")
"""Filters that are hidden until a button is pressed."""
ALIKE = "alike"
"""The parameter for a category: only its findings issued in the last year, as links ask for."""


def _filters() -> None:
    names = ("text", "status", "band", "severity", *MORE)
    with asked.filters("ledger", *names, horizontal=True, vertical_alignment="bottom"):
        asked.text("text", _("Search"), _("Part of the finding, its code or its unit"))
        asked.select("status", _("Status"), _words(PublicStatus))
        asked.select("band", _("Overdue by"), band_texts())
        asked.select("severity", _("Severity"), _words(Severity))
        reads.live(_more_filters)
        reads.live(lambda: st.button(_("Clear"), key="ledger-clear", on_click=_clear))


def _more_filters() -> None:
    in_use = sum(bool(address.of_page(each)) for each in MORE)
    label = _("More filters ({n} in use)", n=in_use) if in_use else _("More filters")
    popover = st.popover(label, key="ledger-more", on_change="rerun")
    if popover.open:
        with popover:
            _more()


def _more() -> None:
    asked.select("state", _("State"), _words(State))
    asked.select("age", _("Open for"), age_texts())
    asked.select("type", _("Type"), _words(RectType))
    asked.select("source", _("Source"), _words(Source))
    asked.select("item", _("Content item"), _items())
    # The address holds the amount in 万元 in every language.
    if language().startswith("zh"):
        asked.number("amount", _("Amount from (10,000 yuan)"))
    else:
        asked.number("amount", _("Amount from (thousand yuan)"), times=10)
    asked.switch("instructed", _("With leaders' instructions"))
    asked.switch("repeat", _("Repeats an earlier finding"))
    asked.switch("moved", _("Not overdue only because a limit was moved"))


def _clear() -> None:
    for each in ("text", "status", "band", "severity", *MORE, ALIKE, asked.PAGE):
        address.put_of_page(each, None)
