"""屡审屡犯: a repeated finding must be of the same unit and have an earlier day of issue."""

from collections.abc import Iterator

from data.intake.checks.arriving import Arriving, Placed, sound
from data.intake.checks.prospect import Prospect
from data.ledgers.rows import Key
from data.workbook.rows import Fault
from models.text import N_

OTHER_UNIT = N_("Finding {earlier} is one of another unit. Name a finding of the same unit.")
NOT_EARLIER = N_("Finding {earlier} was not issued before this one. Name an earlier finding.")
PARTED = N_(
    "Finding {later} repeats this one and is one of another unit. Correct the unit, or change "
    "that finding in the same workbook."
)
OVERTAKEN = N_(
    "Finding {later} repeats this one and was not issued after it. Correct the day, or change that "
    "finding in the same workbook."
)
COLUMNS = ("unit", "issued_on")


def repeats(prospect: Prospect) -> Iterator[Fault]:
    """A fault for every wrong `repeat_of`: at the later finding, or at the earlier one if that
    changed."""
    findings = prospect.arriving.get("findings")
    if findings is None:
        return
    moved = prospect.changes_in("findings", *COLUMNS)
    yield from _of_arriving(prospect, findings, moved)
    yield from _of_kept(prospect, findings, moved)


def _of_arriving(
    prospect: Prospect, findings: Arriving, moved: dict[Key, Placed]
) -> Iterator[Fault]:
    pick = findings.pick("repeat_of", *COLUMNS)
    rows = [placed for placed in findings.stated() if sound(pick(placed[1])[0])]
    rows += [
        findings.rows[key] for key in findings.equal if pick(findings.rows[key][1])[0] in moved
    ]
    earlier = prospect.lookup("findings", {pick(values)[0] for _, values in rows}, COLUMNS)
    for placed in rows:
        repeated, unit, issued_on = pick(placed[1])
        if repeated not in earlier:
            continue
        its_unit, its_issued_on = earlier[repeated]
        if sound((unit, its_unit)) and unit != its_unit:
            yield findings.fault(placed, ("repeat_of", "unit"), OTHER_UNIT, earlier=repeated)
        elif sound((issued_on, its_issued_on)) and its_issued_on >= issued_on:
            yield findings.fault(placed, ("repeat_of", "issued_on"), NOT_EARLIER, earlier=repeated)


def _of_kept(prospect: Prospect, findings: Arriving, moved: dict[Key, Placed]) -> Iterator[Fault]:
    pick = findings.pick(*COLUMNS)
    columns = ("repeat_of", *COLUMNS)
    told_repeats: set[tuple[object, str]] = set()
    for later, kept in prospect.kept_by("findings", "repeat_of", moved.keys(), columns):
        repeated, its_unit, its_issued_on = kept
        unit, issued_on = pick(moved[repeated][1])
        if sound(unit) and unit != its_unit:
            at, message = "unit", PARTED
        elif sound(issued_on) and issued_on >= its_issued_on:
            at, message = "issued_on", OVERTAKEN
        else:
            continue
        if (repeated, at) not in told_repeats:
            told_repeats.add((repeated, at))
            yield findings.fault(moved[repeated], at, message, later=later)
