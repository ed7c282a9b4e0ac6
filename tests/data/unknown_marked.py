"""Districts that keep few ledgers, and what must not be said of what nobody entered.

Unknown figures get a number that no district has, to find code that shows or uses it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from data.figures.reading import Reading

MARK = 77_777
SHOWN = re.compile(r"77,?777|777\.77|7777\.7|7\.7777|7\.78")
"""The mark as a number, as money, as points, and in units of ten thousand."""
UNITS: dict[str, list[dict[str, Any]]] = {
    "sectors": [{}],
    "units": [
        {"code": "U1", "name": "第一小学", "kind": "AGENCY", "subdistrict": "120104001"},
        {"code": "U2", "name": "第一集团", "kind": "SOE", "subdistrict": "120104002"},
    ],
}
"""The ledgers of a district that has entered only its units."""
FEW_LEDGERS: dict[str, list[dict[str, Any]]] = {
    **UNITS,
    "duties": [{"unit": each, "done_on": date(2026, 3, 30)} for each in ("U1", "U2")],
    "fund_projects": [{"approved": 0}],
}
"""The ledgers of a district that has just begun."""
FINDINGS_ALONE: dict[str, list[dict[str, Any]]] = {
    **UNITS,
    "findings": [
        *(
            {"code": f"F{n}", "issued_on": date(2025, 1, 10), "due_on": date(2025, 3, 10)}
            for n in range(6)
        ),
        {"code": "G1", "unit": "U2"},
    ],
    "rectification_events": [
        *({"finding": f"F{n}", "on_date": date(2025, 2, 1), "action": "CLOSE"} for n in range(6)),
        {"finding": "G1", "on_date": date(2026, 2, 1), "action": "PROGRESS"},
    ],
}
"""The ledgers of a district that has entered only units, findings and their events."""

LEDGERS_OF: Mapping[str, Collection[str]] = {
    "units": UNITS.keys(),
    "few": FEW_LEDGERS.keys(),
    "findings": FINDINGS_ALONE.keys(),
}
"""The ledgers that hold rows, by the name of the district."""
CLAIMS: Mapping[str, str] = {
    "Every item was checked at every unit within the last year.": "content_checks",
    "No self-check of the last year proved untrue.": "content_checks",
    "Every post asked for is filled in every unit.": "appointments",
    "Every unit in the grid sent people to a training in the last year.": "attendance",
    "Every unit in the grid was guided in the last year.": "guidance",
    "Nothing is overdue on {day}.": "findings",
    "No finding is overdue": "findings",
    "No finding overdue or due soon, no report late, no warning open, grid elements met as"
    " required": "findings",
    "On {day}, no finding is overdue and nothing is missing or late.": "grid_elements",
    "No unit is red": "findings",
    "None of {n} units is red": "findings",
    "No letter waits for a reply on {day}.": "findings",
    "No letter waits for a reply.": "findings",
    "By the ladder, nothing is due on {day}.": "findings",
    "By the ladder, no finding is due for a further step.": "findings",
    "nothing to do today": "reports",
    "nothing to do on {day}": "reports",
    "On {day} no escalation step, reply, report or file is outstanding.": "reports",
    "No closure judged on this day came back.": "findings",
    "There is no finding to be rectified.": "findings",
    "No findings so far.": "findings",
    "No report is late on {day}.": "reports",
    "No report was due in the last year.": "reports",
    "No report has a score so far.": "report_scores",
    "All that was disbursed is spent.": "fund_flows",
    "No idle funds": "fund_flows",
    "Nothing was found to clear or revitalise by {day}.": "disposals",
    "No disposal is late": "disposals",
    "No cross review is late on {day}.": "cross_reviews",
    "No key task is late": "key_tasks",
    "No meeting was held by {day}.": "meetings",
    "By the rules, nothing needs a decision on {day}.": "ratings",
    "Go on reporting and rectifying in time.": "grid_elements",
}
"""What may be said only where a ledger holds rows, in English, by that ledger."""
HOLE = re.compile(r"\{[^}]*\}")


def claims(
    texts: Iterable[str], district: str, translated: Callable[[str], str] = str
) -> list[str]:
    """Those of `texts` that claim something of a ledger without rows in a district of LEDGERS_OF.

    `translated` gives a message of CLAIMS in the language of the texts.
    """
    said = [
        max(HOLE.split(translated(claim)), key=len)
        for claim, ledger in CLAIMS.items()
        if ledger not in LEDGERS_OF[district]
    ]
    return [text for text in texts if any(each in text for each in said)]


def mark(patch: pytest.MonkeyPatch) -> None:
    """Let every unknown reading have MARK on both sides; its text stays "—"."""
    begin, exact = Reading.__init__, Reading.exact

    def marked(
        reading: Reading,
        figure: Any,
        bucket: str,
        numerator: Fraction | None,
        denominator: int | None = None,
        known: bool = True,
    ) -> None:
        if known:
            begin(reading, figure, bucket, numerator, denominator)
        else:
            begin(reading, figure, bucket, Fraction(MARK), MARK, known=False)

    def of_known(reading: Reading) -> Fraction | None:
        return exact.fget(reading) if reading.known and exact.fget else None

    patch.setattr(Reading, "__init__", marked)
    patch.setattr(Reading, "exact", property(of_known))
