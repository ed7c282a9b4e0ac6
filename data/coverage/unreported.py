"""Units that have reported nothing: a figure of theirs that counts nothing is not known.

Like a figure of a ledger without rows, a 0 of such a unit says to a reader that all is well, while
nobody knows. What is counted of them, such as reports that are late, stays as it is.
"""

from sqlalchemy import Connection, select
from sqlmodel import col

from data.figures.reading import Reading, Readings, alive
from data.scope import Scope
from models.grid import Unit
from models.kept import KeptFact
from models.own_snapshot import OwnSnapshot
from models.rules.light import Light

OF_THE_GRID = frozenset({"units"})
"""Figures that count units, whatever they have reported."""


def silent_units(connection: Connection, scope: Scope) -> frozenset[str]:
    """The codes of the units of `scope` whose light is grey and who have sent no ledger of their
    own.

    A ledger that was sent and holds no rows is a report: that there is nothing.
    """
    sent = select(col(OwnSnapshot.sender)).where(col(OwnSnapshot.as_of) <= scope.as_of)
    return frozenset(
        connection.scalars(
            select(col(KeptFact.unit))
            .join(Unit, col(Unit.code) == col(KeptFact.unit))
            .where(
                col(KeptFact.measure) == "light",
                col(KeptFact.bucket) == Light.GREY,
                alive(scope.as_of),
                scope.holds(),
                col(KeptFact.unit).not_in(sent),
            )
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
