"""The data of which a slide is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dashboard.documents.slides.deck import Chart, Table
from data.figures.catalogue import Catalogue
from data.figures.reading import Readings
from data.meetings.agendas import Item
from data.meetings.held import MeetingLine
from data.scope import Scope

MONTHS, WORST, MOST_ROWS = 24, 7, 7


@dataclass(frozen=True, slots=True)
class SlideData:
    """The data for one slide: the agenda item, the data of its node, and the meeting, if any."""

    connection: Connection
    item: Item
    scope: Scope
    readings: Readings
    before: Readings
    catalogue: Catalogue
    sectors: Mapping[str, str]
    meeting: MeetingLine | None
    since: date
    today: date | None
    """The day by which limits may be past; None of a freeze."""

    @property
    def day(self) -> date:
        """The day of the figures."""
        return self.scope.as_of

    def number(self, figure: str) -> int:
        """The numerator of a figure; 0 where there is none."""
        reading = self.readings.get(figure)
        return int(reading.numerator or 0) if reading and reading.known else 0


Content = tuple[tuple[Chart, ...], Table | None, str]
