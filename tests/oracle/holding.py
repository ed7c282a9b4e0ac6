"""Closures that lasted a year, counted independently."""

from datetime import date

from tests.oracle import forms
from tests.oracle.district import YEAR, District, Row
from tests.oracle.findings import TYPES
from tests.oracle.forms import Form


def figures(district: District, day: date, units: set[str]) -> dict[str, Form]:
    closures = [
        (finding, event["on_date"])
        for finding in district.of(units, "findings")
        for event in district.where("rectification_events", finding=finding["code"])
        if event["action"] == "CLOSE"
        and event["on_date"] + YEAR <= day < event["on_date"] + 2 * YEAR
    ]
    return {
        f"fix_held{suffix}": forms.share(
            sum(_held(district, *each) for each in fitting), len(fitting)
        )
        for suffix, fitting in (
            ("", closures),
            *((f":{kind}", [c for c in closures if c[0]["rect_type"] == kind]) for kind in TYPES),
        )
    }


def _held(district: District, finding: Row, closed_on: date) -> bool:
    again = [
        event["on_date"]
        for event in district.where("rectification_events", finding=finding["code"])
        if event["action"] == "REOPEN"
    ]
    again += [each["issued_on"] for each in district.where("findings", repeat_of=finding["code"])]
    return not any(closed_on < day <= closed_on + YEAR for day in again)
