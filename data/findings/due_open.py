"""The findings whose present limit has come and that are not closed, by why they are not."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlmodel import col

from data.figures.reading import alive, facts_of_scope
from data.scope import Scope
from models.kept import KeptFact


@dataclass(frozen=True, slots=True)
class DueOpen:
    """How many findings are due and not closed: overdue, under review, suspended, due that day."""

    overdue: int = 0
    under_review: int = 0
    suspended: int = 0
    due_that_day: int = 0

    @property
    def findings(self) -> int:
        """All of them: what the due rectification rate lacks."""
        return self.overdue + self.under_review + self.suspended + self.due_that_day


def due_open(connection: Connection, scope: Scope) -> DueOpen:
    """The findings of `scope` with due ≤ D that are not closed on D, each counted once."""
    measures = ("unrectified", "under_review", "suspended")
    of_due = select(col(KeptFact.key)).where(
        col(KeptFact.measure) == "due_open", alive(scope.as_of), facts_of_scope(scope)
    )
    counted = {
        measure: number
        for measure, number in connection.execute(
            select(col(KeptFact.measure), func.count(func.distinct(col(KeptFact.key))))
            .where(
                col(KeptFact.measure).in_(measures),
                alive(scope.as_of),
                facts_of_scope(scope),
                col(KeptFact.key).in_(of_due),
            )
            .group_by(col(KeptFact.measure))
        )
    }
    every = connection.scalar(select(func.count()).select_from(of_due.subquery())) or 0
    overdue, under_review, suspended = (counted.get(each, 0) for each in measures)
    return DueOpen(overdue, under_review, suspended, every - overdue - under_review - suspended)
