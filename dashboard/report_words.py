"""Reports in words."""

from dashboard.i18n import _, name
from models.report import ReportKind


def title_of(kind: str, year: int, number: int, *, of_several: bool = False) -> str:
    """Return the year and kind of a report; of several of a kind in a year also which it is.

    A `number` above 1 is always said, as there is an earlier one.
    """
    called = name(ReportKind(kind).label)
    if of_several or number > 1:
        return _("{kind} {year}, no. {n}", kind=called, year=year, n=number)
    return _("{kind} {year}", kind=called, year=year)
