"""The time line of one unit: its findings as spans, what happened as marks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dashboard import ledger_values, reads
from dashboard.charts import unit as unit_charts
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import ways
from dashboard.widgets.drawing import draw, still
from data.findings import spans
from data.findings.spans import FindingSpan
from data.ledgers import unit_ledgers
from data.ledgers.unit_ledgers import Rows
from models.rectification import PublicStatus
from models.registry import LEDGERS

LANES = 25
"""The most findings with a lane of their own."""


@still
def time_line(view: View) -> None:
    """Draw the events of the unit by day, and its latest findings from issue to closure."""
    rows = reads.ask(unit_ledgers.of_unit, view.scope, names_in_full=view.names_in_full)
    findings = reads.ask(spans.spans, view.scope, LANES)
    events = [*_happenings(rows), *_findings(findings, view.as_of)]
    draw(
        unit_charts.timeline,
        events,
        key="unit-timeline",
        title=_("What happened"),
        says=_(
            "by day; findings from issue to closure, the {n} latest, with their time limit as a"
            " tick; click one",
            n=LANES,
        ),
        empty=_("Nothing has come in from this unit so far."),
        texts={"EVENT": _("Event"), **_texts()},
        on_choose=lambda code: _lead(code, rows),
    )


def of_findings(view: View, findings: Sequence[FindingSpan]) -> None:
    """Draw findings from issue to closure."""
    draw(
        unit_charts.timeline,
        list(_findings(findings, view.as_of)),
        key="unit-findings-line",
        title=_("The latest findings"),
        says=_("from issue to closure, the latest on top; the tick is the time limit; click one"),
        texts=_texts(),
        on_choose=ways.to_finding,
    )


def _texts() -> dict[str, str]:
    return {
        **{str(status): name(status.label) for status in PublicStatus},
        "due": _("due"),
    }


def _lead(code: str, rows: Mapping[str, Rows]) -> None:
    if any(row["code"] == code for row in rows.get("findings", ())):
        ways.to_finding(code)


def _happenings(rows: Mapping[str, Rows]) -> Iterator[Mapping[str, object]]:
    for ledger in LEDGERS:
        if ledger.TIME_LINE is None:
            continue
        day, words = ledger.TIME_LINE
        about = [column for column in ledger.columns if column.id in words]
        for row in rows.get(ledger.id(), ()):
            if row[day] is None:
                continue
            said = [
                ledger_values.shown(each, row[each.id])
                for each in about
                if row[each.id] is not None
            ]
            yield _event(name(ledger.SHEET), row[day], " · ".join(said[:2]))


def _event(lane: str, day: date, text: str) -> Mapping[str, object]:
    return {
        "code": "",
        "lane": lane,
        "starts_on": day,
        "ends_on": None,
        "due_on": None,
        "state": "EVENT",
        "text": text,
    }


def _findings(findings: Sequence[FindingSpan], as_of: date) -> Iterator[Mapping[str, object]]:
    """Return each finding from issue to closure; what is overdue only from its limit on as such."""
    for span in findings:
        drawn = {
            "code": span.code,
            "lane": f"{span.code} {span.title}",
            "starts_on": span.issued_on,
            "ends_on": span.closed_on or as_of,
            "due_on": span.due_on,
            "state": str(span.status),
            "text": span.title,
        }
        if span.status is PublicStatus.UNRECTIFIED and span.issued_on < span.due_on < as_of:
            yield {**drawn, "ends_on": span.due_on, "state": str(PublicStatus.IN_PROGRESS)}
            yield {**drawn, "starts_on": span.due_on}
        else:
            yield drawn
