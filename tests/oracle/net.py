"""The supervision net and the two responsible subjects, counted independently."""

from datetime import date

from tests.oracle import forms
from tests.oracle.district import District, Row, by, holds, in_last_year
from tests.oracle.forms import Form

ELEMENTS = ("GRID", "DUTIES", "TASKS", "MECHANISMS")
GROUP = ("GROUP_LEADER", "GROUP_DISCIPLINE", "GROUP_PERSONNEL", "GROUP_FINANCE", "GROUP_AUDIT")


def figures(district: District, day: date, units: set[str]) -> dict[str, Form]:
    grid = [unit["code"] for unit in district.in_grid(units, day)]
    firms = [unit["code"] for unit in district.in_grid(units, day) if unit["kind"] == "SOE"]
    whole = len(grid)

    def of_grid(fits: list[bool]) -> Form:
        return forms.share(sum(fits), whole)

    def met(unit: str, element: str) -> bool:
        return has_element(district, unit, element, day)

    def post(unit: str, role: str) -> bool:
        return in_post(district, unit, role, day)

    return {
        "units": forms.number(whole),
        "grid_coverage": of_grid([all(met(unit, each) for each in ELEMENTS) for unit in grid]),
        **{
            f"grid_coverage:{each}": of_grid([met(unit, each) for unit in grid])
            for each in ELEMENTS
        },
        "dual_responsibility": of_grid(
            [post(unit, "PRINCIPAL") and post(unit, "AUDITOR") for unit in grid]
        ),
        "institution_rate": of_grid([_independent(district, unit, day) for unit in grid]),
        "group_rate": of_grid([all(post(unit, role) for role in GROUP) for unit in grid]),
        "chief_auditor_rate": forms.share(
            sum(post(unit, "CHIEF_AUDITOR") for unit in firms), len(firms)
        ),
        **_duties(district, day, units),
    }


def has_element(district: District, unit: str, element: str, day: date) -> bool:
    rows = district.where("grid_elements", unit=unit, element=element)
    return any(holds(row["met_on"], row["lapsed_on"], day) for row in rows)


def in_post(district: District, unit: str, role: str, day: date) -> bool:
    rows = district.where("appointments", unit=unit, role=role)
    return any(holds(row["from_on"], row["until_on"], day) for row in rows)


def _independent(district: District, unit: str, day: date) -> bool:
    rows = district.where("institutions", unit=unit, form="INDEPENDENT")
    return any(holds(row["from_on"], row["until_on"], day) for row in rows)


def _duties(district: District, day: date, units: set[str]) -> dict[str, Form]:
    items = {item["code"]: item for item in district.lists["duty_items"]}
    due = [
        duty
        for duty in district.of(units, "duties")
        if duty["item"] in items and in_last_year(duty["due_on"], day)
    ]
    done = [duty for duty in due if by(duty["done_on"], day)]
    on_time = [duty for duty in done if duty["done_on"] <= duty["due_on"]]

    def weight(duties: list[Row], subject: str) -> int:
        return sum(
            int(items[duty["item"]]["weight"])
            for duty in duties
            if subject in ("", items[duty["item"]]["subject"])
        )

    return {
        (f"{name}:{subject}" if subject else name): forms.share(
            weight(part, subject), weight(due, subject)
        )
        for name, part in (("duty_rate", done), ("duty_on_time", on_time))
        for subject in ("", "PRINCIPAL", "AUDITOR")
    }
