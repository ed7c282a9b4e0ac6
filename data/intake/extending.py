"""Enter a changed time limit as an event of extension instead of a correction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from data.intake.checks.arriving import Arriving
from data.intake.checks.prospect import Prospect
from data.ledgers.rows import ids
from data.workbook.rows import SheetRows
from models.rectification import Action, Finding, RectificationEvent


def extend(prospect: Prospect, extended: Mapping[str, date], day: date) -> None:
    """Turn changed time limits of findings into extensions, each granted on the day given for its
    code.

    The stored limit stays; the limit in the workbook becomes the new limit of an event on that day.
    Codes without a changed limit are left as they are, and so are extensions granted after the
    import's `day`. Faults of an event are reported at the row of its finding.
    """
    findings = prospect.arriving.get(Finding.id())
    if findings is None:
        return
    at = ids(Finding).index("due_on")
    wanted = {
        code: granted
        for code, granted in extended.items()
        if granted <= day
        and code in findings.before
        and findings.rows[code][1][at] != findings.before[code][at]
    }
    if not wanted:
        return
    events = _events(prospect, findings)
    numbers = _numbers(prospect, wanted)
    for code, granted in wanted.items():
        row, values = findings.rows[code]
        number = numbers.get((code, granted), 0) + 1
        event = {
            "finding": code,
            "on_date": granted,
            "number": number,
            "action": Action.EXTEND.value,
            "new_due_on": values[at],
        }
        whole = tuple(event.get(each) for each in ids(RectificationEvent))
        events.rows[events.key()(whole)] = (row, whole)
        kept = findings.before[code]
        findings.rows[code] = (row, (*values[:at], kept[at], *values[at + 1 :]))
        if findings.rows[code][1] == kept[: len(values)]:
            findings.equal.add(code)
            del findings.before[code]


def _events(prospect: Prospect, findings: Arriving) -> Arriving:
    """The arriving events; a new sheet for them if the workbook has none."""
    arriving = prospect.arriving.get(RectificationEvent.id())
    if arriving is None:
        headers = {each.id: each.zh for each in RectificationEvent.columns}
        sheet = SheetRows(RectificationEvent, findings.sheet.name, headers, ids(RectificationEvent))
        arriving = prospect.arriving[RectificationEvent.id()] = Arriving(sheet)
    return arriving


def _numbers(prospect: Prospect, wanted: Mapping[str, date]) -> dict[tuple[str, date], int]:
    """The highest event number of each finding and day."""
    numbers: dict[tuple[str, date], int] = {}
    columns = ("finding", "on_date", "number")
    rows: Any = prospect.all_by(RectificationEvent.id(), "finding", set(wanted), columns)
    for code, day, number in rows:
        numbers[code, day] = max(number, numbers.get((code, day), 0))
    return numbers
