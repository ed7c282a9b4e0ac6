"""Check cross reviews: each by a CROSS project of the reviewed unit, never mutual within a
round."""

from collections.abc import Iterator

from data.intake.checks.arriving import Arriving, Placed, sound
from data.intake.checks.prospect import Prospect
from data.ledgers.rows import Key
from data.workbook.rows import Fault
from models.audit import Source
from models.registry import BY_ID
from models.text import N_

MUTUAL = N_(
    "In round {round} this unit already reviews the reviewing one. Two units may not review each "
    "other in one round."
)
NOT_CROSS = N_("Project {project} is not a cross review. Name a project of that kind.")
OTHER_UNIT = N_("Project {project} is one of another unit. Name a project of the reviewed unit.")
STILL_USED = N_(
    "A row of “{ledger}” needs this project as a cross review of unit {unit}. Change that row in "
    "the same workbook, or leave the project as it is."
)
COLUMNS = ("unit", "source")


def mutual_reviews(prospect: Prospect) -> Iterator[Fault]:
    """A fault at the later row of each pair of units that review each other in one round."""
    reviews = prospect.arriving.get("cross_reviews")
    if reviews is None:
        return
    turned = {(round_, b, a) for (round_, a, b), _ in reviews.touched()}
    kept = prospect.existing("cross_reviews", turned - reviews.rows.keys())
    for key, placed in reviews.touched():
        round_, reviewer, reviewed = key
        back = (round_, reviewed, reviewer)
        if reviewer == reviewed:
            continue
        other = reviews.rows.get(back)
        if back in kept or other and (other < placed or back in reviews.equal):
            yield reviews.fault(max(placed, other or placed), "reviewed", MUTUAL, round=round_)


def projects_of_reviews(prospect: Prospect) -> Iterator[Fault]:
    """A fault for every cross review with a wrong project: at the review, or at the project if
    it changed."""
    moved = prospect.changes_in("projects", *COLUMNS)
    if reviews := prospect.arriving.get("cross_reviews"):
        yield from _of_arriving(prospect, reviews, moved)
    if moved:
        yield from _of_kept(prospect, prospect.arriving["projects"], moved)


def _of_arriving(
    prospect: Prospect, reviews: Arriving, moved: dict[Key, Placed]
) -> Iterator[Fault]:
    pick = reviews.pick("project", "reviewed")
    rows = [placed for placed in reviews.stated() if sound(pick(placed[1])[0])]
    rows += [reviews.rows[key] for key in reviews.equal if pick(reviews.rows[key][1])[0] in moved]
    projects = prospect.lookup("projects", {pick(values)[0] for _, values in rows}, COLUMNS)
    for placed in rows:
        project, reviewed = pick(placed[1])
        if project not in projects:
            continue
        unit, source = projects[project]
        if sound(source) and source != Source.CROSS:
            yield reviews.fault(placed, ("project", "reviewed"), NOT_CROSS, project=project)
        elif sound((unit, reviewed)) and unit != reviewed:
            yield reviews.fault(placed, ("project", "reviewed"), OTHER_UNIT, project=project)


def _of_kept(prospect: Prospect, projects: Arriving, moved: dict[Key, Placed]) -> Iterator[Fault]:
    pick = projects.pick(*COLUMNS)
    label = BY_ID["cross_reviews"].SHEET
    broken: dict[tuple[object, str], str] = {}
    columns = ("project", "reviewed")
    for _, (project, reviewed) in prospect.kept_by(
        "cross_reviews", "project", moved.keys(), columns
    ):
        unit, source = pick(moved[project][1])
        if sound(source) and source != Source.CROSS:
            broken.setdefault((project, "source"), reviewed)
        elif sound(unit) and unit != reviewed:
            broken.setdefault((project, "unit"), reviewed)
    for (project, at), reviewed in broken.items():
        yield projects.fault(moved[project], at, STILL_USED, ledger=label, unit=reviewed)
