"""Tasks, trainings, meetings, counted independently."""

from datetime import date

from tests.oracle import forms
from tests.oracle.district import District, by, in_last_year
from tests.oracle.forms import Form

MEETINGS = ("COMMITTEE", "SPECIAL", "STUDY")
OF_DISTRICT = (
    "task_progress",
    "tasks_late",
    "meetings_held",
    *(f"meetings_held:{kind}" for kind in MEETINGS),
    "decisions_done",
)


def figures(district: District, day: date, units: set[str], *, whole: bool) -> dict[str, Form]:
    """The figures of work; `whole` says whether the node is the district."""
    attended = [
        row
        for row in district.of(units, "attendance")
        if in_last_year(district.one("trainings", code=row["training"])["on_date"], day)
        and row["people"] > 0
    ]
    grid = {unit["code"] for unit in district.in_grid(units, day)}
    return {
        "training_coverage": forms.share(len(grid & {row["unit"] for row in attended}), len(grid)),
        "training_people": forms.number(sum(row["people"] for row in attended)),
        **(_own(district, day) if whole else dict.fromkeys(OF_DISTRICT, forms.NOTHING)),
    }


def _own(district: District, day: date) -> dict[str, Form]:
    held = [row for row in district.all("meetings") if row["on_date"] <= day]
    due = [row for row in district.all("decisions") if row["due_on"] <= day]
    return {
        "task_progress": forms.mean(
            _percent(district, row["number"], day)
            for row in district.all("key_tasks")
            if row["start_on"] <= day
        ),
        "tasks_late": forms.count(
            row
            for row in district.all("key_tasks")
            if row["due_on"] < day and _percent(district, row["number"], day) < 100
        ),
        "meetings_held": forms.count(held),
        **{
            f"meetings_held:{kind}": forms.count(row for row in held if row["kind"] == kind)
            for kind in MEETINGS
        },
        "decisions_done": forms.share(sum(by(row["done_on"], day) for row in due), len(due)),
    }


def _percent(district: District, task: int, day: date) -> int:
    rows = [row for row in district.where("task_progress", number=task) if row["on_date"] <= day]
    return max(rows, key=lambda row: row["on_date"])["percent"] if rows else 0
