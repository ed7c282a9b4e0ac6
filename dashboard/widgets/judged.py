"""The change of a figure, in which what is only due today or only older is not for the worse."""

from dashboard import reads
from dashboard.frame.view import View
from data.figures import changes
from data.figures.changes import Change
from data.figures.reading import Reading
from data.reports import upcoming


def change(view: View, now: Reading, before: Reading) -> Change | None:
    """Return the change from `before` to `now`; None if either is "—".

    A share of the reports that are due counts those due on the day of the view, which are not late:
    where it fell by these alone it is neither better nor worse. Nor are days overdue that rose by
    no more than the days since the day of comparison.
    """
    moved = changes.change(now, before, (view.scope.as_of - view.before.as_of).days)
    if moved is None or moved.good is not False or now.figure.id not in upcoming.OF_DUE:
        return moved
    today = reads.ask(upcoming.due_today, view.scope)
    owed = today.get(now.bucket, 0) if now.bucket else sum(today.values())
    return upcoming.judged(moved, now, before, owed)
