"""Lights, found by checking the reasons in order."""

from datetime import date

from tests.oracle.audit import grade
from tests.oracle.district import District, by
from tests.oracle.findings import standings
from tests.oracle.known import is_known
from tests.oracle.net import ELEMENTS, has_element
from tests.oracle.reports import late
from tests.oracle.warnings import warnings


def light(district: District, unit: str, day: date) -> str:
    """The light of a unit that is in the grid on `day`."""
    own = {unit}
    findings = standings(district, day, own)
    levels = {each.level for each in warnings(district, day) if each.open and each.unit == unit}
    over = max((each.days_over for each in findings), default=0)
    limits = {rule["code"]: int(rule["threshold"]) for rule in district.lists["light_rules"]}
    low = [f"{number}A" for number in range(6) if number <= limits["RATING"]]
    if over > limits["OVERDUE"] or "RED" in levels or grade(district, unit, day) in low:
        return "RED"
    if _silent(district, unit, day):
        return "GREY"
    if (
        over
        or any(each.due_soon for each in findings)
        or any(late(report, day) for report in district.of(own, "reports"))
        or "YELLOW" in levels
        or _too_few_elements(district, unit, day, limits["ELEMENTS"])
    ):
        return "YELLOW"
    return "GREEN"


def _too_few_elements(district: District, unit: str, day: date, least: int) -> bool:
    met = sum(has_element(district, unit, each, day) for each in ELEMENTS)
    return is_known(district, "grid_elements", day) and met < least


def _silent(district: District, unit: str, day: date) -> bool:
    own = {unit}
    heard = [
        *(row["met_on"] for row in district.of(own, "grid_elements")),
        *(row["from_on"] for row in district.of(own, "appointments")),
        *(row["submitted_on"] for row in district.of(own, "reports")),
        *(row["done_on"] for row in district.of(own, "duties")),
        *(
            event["on_date"]
            for finding in district.of(own, "findings")
            for event in district.where("rectification_events", finding=finding["code"])
        ),
    ]
    return not any(by(moment, day) for moment in heard)
