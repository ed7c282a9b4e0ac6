"""Units of which nothing is known: a figure of theirs that counts nothing is not known.

Like a figure of a ledger without rows, a 0 of such a unit says to a reader that all is well, while
nobody knows. What is counted of them, such as reports that are late, stays as it is.
"""

from sqlalchemy import Connection, exists, select
from sqlmodel import col

from data.figures.catalogue.rectification import REQUIRED
from data.figures.reading import Reading, Readings
from data.figures.units import shows
from data.scope import Scope
from models.grid import Unit
from models.kept import KeptFact
from models.own_snapshot import OwnSnapshot
from models.rules.light import Light

OF_THE_GRID = frozenset({"units"})
"""Figures that count units, whatever they have reported."""


def silent_units(connection: Connection, scope: Scope) -> frozenset[str]:
    """The codes of the units of `scope` whose light is grey, who have sent no ledger of their own,
    and of whom nobody has entered a finding to be rectified.

    A ledger that was sent and holds no rows is a report: that there is nothing. Where auditors have
    entered findings of a unit, it is known that none of them is overdue.
    """
    sent = select(col(OwnSnapshot.sender)).where(col(OwnSnapshot.as_of) <= scope.as_of)
    of_finding = KeptFact.__table__.alias()  # type: ignore[attr-defined]
    has_findings = exists().where(
        of_finding.c.unit == col(KeptFact.unit),
        of_finding.c.measure.in_(REQUIRED),
        of_finding.c.starts_on <= scope.as_of,
        of_finding.c.ends_on > scope.as_of,
    )
    return frozenset(
        connection.scalars(
            select(col(KeptFact.unit))
            .join(Unit, col(Unit.code) == col(KeptFact.unit))
            .where(shows(Light.GREY, scope), col(KeptFact.unit).not_in(sent), ~has_findings)
        )
    )


def without_unreported(readings: Readings) -> Readings:
    """`readings` of units that have reported nothing, where those that count nothing are not
    known."""
    return {
        key: reading
        if reading.numerator or reading.numerator is None or reading.figure.id in OF_THE_GRID
        else Reading(reading.figure, reading.bucket, None, known=False)
        for key, reading in readings.items()
    }
