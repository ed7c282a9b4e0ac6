"""The ledger of findings: search, filters, a page of rows, the whole as a workbook."""

from collections.abc import Sequence
from io import BytesIO

import streamlit as st

from dashboard import address, formats, reads, status
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.overview.charts import band_texts
from dashboard.status import Status
from dashboard.widgets import asked, ways
from dashboard.widgets.downloads import hand_out
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.access.permission import Action
from data.figures.reading import WAN
from data.findings import ledger as finding_ledger
from data.findings.ledger import Counts, Wanted
from data.findings.lines import FindingLine
from data.workbook import writing
from models.audit import Source
from models.choice import Choice
from models.ledger import Day, Flag, Kind, Money, Text, Whole
from models.rectification import PublicStatus, RectType, Severity, State

ROWS = 100
"""Rows shown at a time."""
IN_FILE = 20_000
"""Rows written to one workbook."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ledger(view: View) -> None:
    """The findings that the address asks for, the worst first; a click leads to the finding."""
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
    page = asked.page(-(-length // ROWS))
    lines = reads.ask(finding_ledger.page, view.scope, wanted, sizes, (page - 1) * ROWS, ROWS)
    heading(
        _("Findings"),
        _("{n} on {day}, the worst first; click one to see its history", n=length, day=view.as_of),
    )
    rows(view, lines, key="ledger-rows")
    _download(view, wanted, sizes)


def rows(view: View, lines: Sequence[FindingLine], *, key: str) -> None:
    """Findings as a table; a click leads to the finding."""
    table(
        {
            _("Status"): [status_of(line) for line in lines],
            _("Overdue (days)"): [overdue(line, view) for line in lines],
            _("Unit"): [line.unit_name for line in lines],
            _("Finding"): [line.finding.title for line in lines],
            _("Severity"): [name(Severity(line.finding.severity).label) for line in lines],
            _("Type"): [name(RectType(line.finding.rect_type).label) for line in lines],
            _("Limit"): [line.standing.due for line in lines],
            _("Original limit"): [
                line.finding.due_on if line.finding.due_on != line.standing.due else None
                for line in lines
            ],
            _("Amount (10,000 yuan)"): [_wan(line.finding.amount) for line in lines],
            _("Amount rectified (10,000 yuan)"): [_wan(line.put_right) for line in lines],
            _("Source"): [name(line.source.label) for line in lines],
            _("Marks"): [marks(line) for line in lines],
            _("Finding code"): [line.finding.code for line in lines],
        },
        key=key,
        says=_("Findings"),
        onward=lambda row: ways.finding_way(lines[row].finding.code),
        columns={
            _("Amount (10,000 yuan)"): st.column_config.NumberColumn(format="%.2f"),
            _("Amount rectified (10,000 yuan)"): st.column_config.NumberColumn(format="%.2f"),
            _("Marks"): st.column_config.TextColumn(width=180),
        },
        tall=True,
    )


def status_of(line: FindingLine) -> Status:
    """The public status of a finding, and its state where it says more."""
    return status.of_finding(line.status, State(line.standing.state))


def overdue(line: FindingLine, view: View) -> int | None:
    """Days overdue; None for what is not."""
    late = line.status is PublicStatus.UNRECTIFIED
    return line.days_over(view.as_of) if late else None


def marks(line: FindingLine) -> str:
    """What sets a finding apart: leaders' instructions, a repeat, a moved limit."""
    said = {
        _("leaders' instructions"): line.finding.instructed,
        _("repeat"): line.finding.repeat_of,
        _("limit moved ({n}×)", n=line.moved): line.moved,
    }
    return " · ".join(mark for mark, holds in said.items() if holds)


def _wan(fen: int | None) -> float | None:
    return None if fen is None else fen / WAN


def _words(choices: type[Choice]) -> dict[str, str]:
    return {str(each): name(each.label) for each in choices}


def _items() -> dict[str, str]:
    return {
        code: formats.listed_name("content_items", code)
        for code in reads.references().codes["content_items"]
    }


def _wanted() -> Wanted:
    return Wanted(
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
        amount_from=asked.whole("amount") * WAN,
    )


def age_texts() -> dict[str, str]:
    """What the spans of days are called since which findings have stood open."""
    return {
        "0-30": _("to 30 days"),
        "31-90": _("31–90"),
        "91-180": _("91–180"),
        "181-365": _("181–365"),
        "366+": _("over a year"),
    }


MORE = ("state", "age", "type", "source", "item", "amount", "instructed", "repeat", "moved")
"""Filters that stand behind a button."""


def _filters() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="ledger-filters"):
        asked.text("text", _("Search"), _("Part of the finding, its code or its unit"))
        asked.select("status", _("Status"), _words(PublicStatus))
        asked.select("band", _("Overdue by"), band_texts())
        asked.select("severity", _("Severity"), _words(Severity))
        in_use = sum(bool(address.of_page(each)) for each in MORE)
        label = _("More filters ({n} in use)", n=in_use) if in_use else _("More filters")
        popover = st.popover(label, key="ledger-more", on_change="rerun")
        if popover.open:
            with popover:
                _more()
        st.button(_("Clear"), key="ledger-clear", on_click=_clear)


def _more() -> None:
    asked.select("state", _("State"), _words(State))
    asked.select("age", _("Open for"), age_texts())
    asked.select("type", _("Type"), _words(RectType))
    asked.select("source", _("Source"), _words(Source))
    asked.select("item", _("Content item"), _items())
    asked.number("amount", _("Amount from (10,000 yuan)"))
    asked.switch("instructed", _("With leaders' instructions"))
    asked.switch("repeat", _("Repeats an earlier finding"))
    asked.switch("moved", _("Not overdue only because a limit was moved"))


def _clear() -> None:
    for each in ("text", "status", "band", "severity", *MORE, asked.PAGE):
        address.put_of_page(each, None)


def _download(view: View, wanted: Wanted, sizes: Counts) -> None:
    if not view.viewer.may(Action.EXPORT):
        return

    def produce() -> bytes:
        lines = reads.ask(finding_ledger.page, view.scope, wanted, sizes, 0, IN_FILE)
        return workbook(view, lines)

    label = _("Download the list (.xlsx)")
    if sum(sizes) > IN_FILE:
        label = _("Download the first {n} of the list (.xlsx)", n=IN_FILE)
    hand_out(
        label,
        produce,
        subject=f"ledger {view.scope.node} {view.as_of}",
        file_name=_("Findings {day}.xlsx", day=view.as_of),
        mime=XLSX,
        key="ledger-download",
    )


def workbook(view: View, lines: Sequence[FindingLine]) -> bytes:
    """Findings as a workbook of one sheet; texts stay texts."""
    headers: list[tuple[str, Kind]] = [
        (_("Finding code"), Text()),
        (_("Unit code"), Text()),
        (_("Unit"), Text()),
        (_("Finding"), Text()),
        (_("Status"), Text()),
        (_("State"), Text()),
        (_("Overdue (days)"), Whole()),
        (_("Severity"), Text()),
        (_("Type"), Text()),
        (_("Source"), Text()),
        (_("Content item"), Text()),
        (_("Amount (10,000 yuan)"), Money()),
        (_("Amount rectified (10,000 yuan)"), Money()),
        (_("Issued"), Day()),
        (_("Original limit"), Day()),
        (_("Limit"), Day()),
        (_("Times moved"), Whole()),
        (_("Leaders' instructions"), Flag()),
        (_("Repeats"), Text()),
    ]
    target = BytesIO()
    writing.table(target, _("Findings"), headers, (_cells(view, line) for line in lines))
    return target.getvalue()


def _cells(view: View, line: FindingLine) -> list[object]:
    finding = line.finding
    status = line.status.label if line.status else State.VOIDED.label
    return [
        finding.code,
        finding.unit,
        line.unit_name,
        finding.title,
        name(status),
        name(State(line.standing.state).label),
        overdue(line, view),
        name(Severity(finding.severity).label),
        name(RectType(finding.rect_type).label),
        name(line.source.label),
        formats.listed_name("content_items", finding.item) if finding.item else None,
        finding.amount,
        line.put_right,
        finding.issued_on,
        finding.due_on,
        line.standing.due,
        line.moved,
        finding.instructed,
        finding.repeat_of,
    ]
