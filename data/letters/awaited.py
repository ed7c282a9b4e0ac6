"""Letters and steps whose reply is still awaited, each with the day until which it may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.findings.steps_taken import usual_last_day
from data.letters.sent import Sent, letters, waiting_steps
from data.reference.lists import References, current
from data.scope import Scope
from models.rectification import Step


@dataclass(frozen=True, slots=True)
class Awaited:
    """A letter or step without a reply; `reply_by` is the last day for it."""

    sent: Sent
    reply_by: date

    def days_over(self, day: date) -> int:
        """The days since the last day for the reply; 0 while there is time."""
        return max(0, (day - self.reply_by).days)

    @property
    def of_committee(self) -> bool:
        """Whether the committee owes the answer, to which the finding was referred, and not the
        unit."""
        return self.sent.step is Step.COMMITTEE


def awaited(connection: Connection, scope: Scope) -> tuple[Awaited, ...]:
    """The letters to units of `scope` and the steps taken for them whose reply is awaited.

    Those furthest past the last day for the reply come first.
    """
    references = current(connection)
    waiting = [each for each in letters(connection, scope) if each.waits]
    waiting += waiting_steps(connection, scope)
    last_days = _last_days(waiting, references)
    found = [Awaited(each, last) for each, last in zip(waiting, last_days, strict=True)]
    return tuple(sorted(found, key=lambda each: (each.reply_by, each.sent.issued_on)))


def _last_days(sent: Sequence[Sent], references: References) -> list[date]:
    days = {each.issued_on for each in sent if each.reply_by is None}
    usual = {day: usual_last_day(day, references) for day in days}
    return [each.reply_by or usual[each.issued_on] for each in sent]
