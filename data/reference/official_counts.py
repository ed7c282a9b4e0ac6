"""The numbers that the district's documents name, beside those configured, such as "12/13"."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlmodel import col

from data.reference.lists import References
from models.audit import ContentGroup
from models.grid import Unit
from models.text import Label
from models.work import KeyTask

ITEMS = {ContentGroup.FUND_SAFETY: 13, ContentGroup.KEY_AUDIT: 7}
TASKS = Label("重点任务", "Key tasks")
PILOT_UNITS = Label("首批试点单位", "Pilot units of the first batch")
FIRST_BATCH = 1
OFFICIAL_TASKS = 10


@dataclass(frozen=True, slots=True)
class OfficialCount:
    """How many are configured, and how many the documents name."""

    label: Label
    configured: int
    official: int

    @property
    def text(self) -> str:
        """Both numbers as displayed, such as "12/13"."""
        return f"{self.configured}/{self.official}"


def item_counts(references: References) -> dict[ContentGroup, OfficialCount]:
    """The counts of content items, by their group."""
    groups = list(references.item_groups.values())
    return {
        group: OfficialCount(group.label, groups.count(group), ITEMS[group])
        for group in ContentGroup
    }


def official_counts(connection: Connection, references: References) -> tuple[OfficialCount, ...]:
    """The counts of the two groups of content items, of key tasks and of pilot units."""
    tasks = connection.scalar(select(func.count()).select_from(KeyTask)) or 0
    pilots = select(func.count()).where(col(Unit.pilot_batch) == FIRST_BATCH)
    return (
        *item_counts(references).values(),
        OfficialCount(TASKS, tasks, OFFICIAL_TASKS),
        OfficialCount(PILOT_UNITS, connection.scalar(pilots) or 0, 30),
    )
