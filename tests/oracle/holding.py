"""Closures that lasted a year, counted independently."""

from datetime import date

from tests.oracle import forms
from tests.oracle.district import YEAR, District, Row
from tests.oracle.findings import TYPES, source_of
from tests.oracle.forms import Form


def figures(district: District, day: date, units: set[str]) -> dict[str, Form]:
    closures = _judged(district, day, units)
    return {
        f"fix_held{suffix}": forms.share(
            sum(_held(district, *each) for each in fitting), len(fitting)
        )
        for suffix, fitting in (
            ("", closures),
            *((f":{kind}", [c for c in closures if c[0]["rect_type"] == kind]) for kind in TYPES),
        )
    }


def by_part(
    district: District, day: date, units: set[str], part: str
) -> dict[str, tuple[int, int]]:
    """By unit, category, source or severity of the finding, the closures judged and those that
    lasted."""
    found: dict[str, list[bool]] = {}
    for finding, closed_on in _judged(district, day, units):
        code = source_of(district, finding) if part == "source" else finding[part]
        if code:
            found.setdefault(code, []).append(_held(district, finding, closed_on))
    return {code: (len(held), sum(held)) for code, held in found.items()}


def worst(parts: dict[str, tuple[int, int]], most: int) -> list[tuple[str, int, int]]:
    """Those with closures that did not last: the most first, then those with the most judged."""
    lost = [(code, judged, held) for code, (judged, held) in parts.items() if held < judged]
    return sorted(lost, key=lambda each: (each[2] - each[1], -each[1], each[0]))[:most]


def _judged(district: District, day: date, units: set[str]) -> list[tuple[Row, date]]:
    return [
        (finding, event["on_date"])
        for finding in district.of(units, "findings")
        for event in district.where("rectification_events", finding=finding["code"])
        if event["action"] == "CLOSE"
        and event["on_date"] + YEAR <= day < event["on_date"] + 2 * YEAR
    ]


def _held(district: District, finding: Row, closed_on: date) -> bool:
    again = [
        event["on_date"]
        for event in district.where("rectification_events", finding=finding["code"])
        if event["action"] == "REOPEN"
    ]
    again += [each["issued_on"] for each in district.where("findings", repeat_of=finding["code"])]
    return not any(closed_on < day <= closed_on + YEAR for day in again)
