"""Which figures are known: the rows that some unit of the district must have entered by the day."""

from collections.abc import Iterator
from datetime import date

from tests.oracle.district import District
from tests.oracle.forms import Form

UNKNOWN: Form = {"value": None, "text": "—", "known": False}
DATED = {
    "grid_elements": "met_on",
    "appointments": "from_on",
    "institutions": "from_on",
    "content_checks": "checked_on",
    "guidance": "on_date",
    "ratings": "rated_on",
    "reports": "due_on",
    "findings": "issued_on",
}
NEEDS = {
    "grid_coverage": "grid_elements",
    "dual_responsibility": "appointments",
    "group_rate": "appointments",
    "chief_auditor_rate": "appointments",
    "institution_rate": "institutions",
    "content_coverage": "content_checks",
    "content_problems": "content_checks",
    "guidance_coverage": "guidance",
    "training_coverage": "attendance",
    "training_people": "attendance",
    "rating": "ratings",
    "rating_3a": "ratings",
    "reports_late": "reports",
    **dict.fromkeys(
        (
            *("required", "rectified", "in_progress", "unrectified"),
            *("rect_rate", "due_rect_rate", "on_time_rate", "on_time_rate_strict"),
            *("amount_required", "amount_rectified", "rect_rate_amount"),
            *("overdue", "overdue_days_mean", "overdue_days_max", "overdue_original"),
            *("due_soon", "under_review", "suspended", "repeat_rate", "rect_days_mean"),
            *("reopened", "transferred", "fix_held", "rules_built", "persons_handled"),
        ),
        "findings",
    ),
}


def is_known(district: District, source: str, day: date) -> bool:
    """Whether any unit has a row of `source` dated by `day`."""
    return any(first <= day for first in _dates(district, source))


def _dates(district: District, source: str) -> Iterator[date]:
    if source == "hearings":
        yield from (row["due_on"] for row in district.where("duties", item="P2"))
    elif source == "attendance":
        for row in district.all("attendance"):
            yield district.one("trainings", code=row["training"])["on_date"]
    else:
        yield from (row[DATED[source]] for row in district.all(source))


def without_unknown(district: District, day: date, figures: dict[str, Form]) -> dict[str, Form]:
    """`figures`, with those unknown on `day` replaced."""
    known = {source: is_known(district, source, day) for source in {*DATED, "attendance"}}

    def holds(key: str) -> bool:
        return known.get(NEEDS.get(key.partition(":")[0], ""), True)

    return {key: form if holds(key) else UNKNOWN for key, form in figures.items()}
