"""Give unknown figures a number that no district has, to find code that shows or uses it."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from data.figures.reading import Reading

MARK = 77_777
SHOWN = re.compile(r"77,?777|777\.77|7777\.7|7\.7777|7\.78")
"""The mark as a number, as money, as points, and in units of ten thousand."""
FEW_LEDGERS: dict[str, list[dict[str, Any]]] = {
    "sectors": [{}],
    "units": [
        {"code": "U1", "name": "第一小学", "kind": "AGENCY", "subdistrict": "120104001"},
        {"code": "U2", "name": "第一集团", "kind": "SOE", "subdistrict": "120104002"},
    ],
    "duties": [{"unit": each, "done_on": date(2026, 3, 30)} for each in ("U1", "U2")],
    "fund_projects": [{"approved": 0}],
}
"""The ledgers of a district that has just begun."""
FINDINGS_ALONE: dict[str, list[dict[str, Any]]] = {
    "sectors": [{}],
    "units": [
        {"code": "U1", "name": "第一小学", "kind": "AGENCY", "subdistrict": "120104001"},
        {"code": "U2", "name": "第一集团", "kind": "SOE", "subdistrict": "120104002"},
    ],
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
