"""What an own ledger can be about, and which of our columns its columns can be.

Besides columns of a ledger there are columns that only help to read one (a flag “submitted”, a
count of reports); what becomes of them is decided where the subject's rows are made.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto

SERIAL, NOT_KEPT = "serial", "-"
SNAPSHOTS = ("findings", "fund_projects", "disposals")
"""Subjects that say how things stand: the day of the sheet matters even where each row has one."""
CODES = ("code_as_written", "code")
"""Columns that tell one row from every other."""


class Reads(Enum):
    """How the cells of a column are read."""

    UNIT = auto()
    TEXT = auto()
    NOTE = auto()
    MONEY = auto()
    DAY = auto()
    LIMIT = auto()
    WORD = auto()
    COUNT = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """A column of ours. `several`: more than one of theirs may be it, their texts are joined.

    `needed`: without it a sheet is not of this subject. `grouped`: may stand once in each group of
    columns.
    """

    column: str
    reads: Reads
    needed: bool = False
    several: bool = False
    grouped: bool = False
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sheet is about: its main `ledger`, and the columns that it can have; of `one_of` it
    has at least one."""

    ledger: str
    targets: Mapping[str, Target]
    one_of: tuple[str, ...] = ()

    def missing(self, taken: Collection[str]) -> set[str]:
        """The needed columns that are not among the columns `taken`, with the first of `one_of`
        where none of them is there."""
        needed = {each.column for each in self.targets.values() if each.needed}
        if self.one_of and not set(self.one_of) & set(taken):
            needed.add(self.one_of[0])
        return needed - set(taken)

    def money(self) -> frozenset[str]:
        """The columns that hold money."""
        return frozenset(each.column for each in self.targets.values() if each.reads is Reads.MONEY)


def _subject(ledger: str, *targets: Target, one_of: tuple[str, ...] = ()) -> Subject:
    return Subject(ledger, {each.column: each for each in targets}, one_of)


T, R = Target, Reads
OF_PERIOD: Mapping[str, str] = {
    "rectified": "rectified_now",
    "disbursed": "disbursed_now",
    "spent": "spent_now",
}
"""By column of an amount so far, the column of the amount of the sheet's month or quarter alone."""
SUBJECTS: Mapping[str, Subject] = {
    each.ledger: each
    for each in (
        _subject(
            "findings",
            T("unit", R.UNIT, needed=True, carried=True),
            T("unit_below", R.TEXT),
            T("project_name", R.TEXT, carried=True),
            T("source", R.WORD, carried=True),
            T("code_as_written", R.TEXT),
            T("title", R.TEXT),
            T("text", R.TEXT),
            T("category", R.TEXT),
            T("severity", R.WORD),
            T("major", R.WORD),
            T("amount", R.MONEY),
            T("rectified", R.MONEY),
            T("rectified_now", R.MONEY),
            T("rect_type", R.WORD),
            T("issued_on", R.DAY, carried=True),
            T("limit", R.LIMIT),
            T("new_limit", R.LIMIT),
            T("progress", R.NOTE, several=True),
            T("state", R.WORD),
            T("closure", R.WORD),
            T("done_on", R.DAY),
            T("closed_on", R.DAY),
            T("rules_built", R.COUNT),
            T("persons_handled", R.COUNT),
            T("repeated", R.WORD),
            T("instructed", R.WORD),
            T("transferred", R.WORD),
            T("remark", R.NOTE, several=True),
            one_of=("text", "title"),
        ),
        _subject(
            "reports",
            T("unit", R.UNIT, needed=True, carried=True),
            T("kind", R.WORD),
            T("year", R.COUNT),
            T("number", R.COUNT),
            T("submitted", R.WORD, grouped=True),
            T("submitted_on", R.DAY, grouped=True),
            T("due_on", R.DAY, grouped=True),
            T("due_count", R.COUNT, grouped=True),
            T("submitted_count", R.COUNT, grouped=True),
            one_of=("submitted", "submitted_on", "submitted_count", "due_on"),
        ),
        _subject(
            "units",
            T("code", R.TEXT),
            T("name", R.TEXT, needed=True),
            T("short_name", R.TEXT),
            T("former_name", R.TEXT),
            T("uscc", R.TEXT),
            T("kind", R.WORD),
            T("sector_name", R.TEXT),
            T("subdistrict", R.TEXT),
            T("parent", R.UNIT),
            T("pilot_batch", R.TEXT),
            T("enrolled_on", R.DAY),
            T("withdrawn_on", R.DAY),
            T("institution", R.WORD),
            T("institution_on", R.DAY),
        ),
        _subject(
            "appointments",
            T("unit", R.UNIT, needed=True, carried=True),
            T("name", R.TEXT, needed=True),
            T("full_time", R.WORD),
            T("position", R.TEXT),
            T("post", R.TEXT),
            T("from_on", R.DAY),
            T("until_on", R.DAY),
            T("remark", R.NOTE, several=True),
        ),
        _subject(
            "attendance",
            T("unit", R.UNIT, needed=True, carried=True),
            T("people", R.COUNT, grouped=True),
            T("person", R.TEXT),
            T("passed", R.COUNT, grouped=True),
            T("expected", R.COUNT, grouped=True),
            T("training_name", R.TEXT, carried=True),
            T("on_date", R.DAY, carried=True),
            T("hours", R.TEXT),
            T("training_kind", R.WORD, carried=True),
        ),
        _subject(
            "fund_projects",
            T("unit", R.UNIT, needed=True, carried=True),
            T("code", R.TEXT),
            T("name", R.TEXT, needed=True),
            T("kind", R.WORD),
            T("approved", R.MONEY, needed=True),
            T("approved_on", R.DAY),
            T("disbursed", R.MONEY),
            T("spent", R.MONEY),
            T("disbursed_now", R.MONEY),
            T("spent_now", R.MONEY),
            T("finish_on", R.DAY),
        ),
        _subject(
            "disposals",
            T("unit", R.UNIT, needed=True, carried=True),
            T("code", R.TEXT),
            T("name", R.TEXT, needed=True),
            T("kind", R.WORD),
            T("quantity", R.COUNT),
            T("value", R.MONEY),
            T("found_on", R.DAY),
            T("due_on", R.LIMIT),
            T("done_on", R.DAY),
            T("method", R.WORD),
            T("recovered", R.MONEY),
            T("state", R.WORD),
        ),
    )
}
"""By main ledger, what an own ledger can be about."""
