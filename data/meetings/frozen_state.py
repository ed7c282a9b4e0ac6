"""The database as a freeze found it, looked at through queries; nothing is copied.

Every screen can be shown from it, lists and findings too.
"""

from dataclasses import dataclass

from sqlalchemy import Engine

from data.meetings import freezes, frozen_tables, remembering
from data.meetings.freezes import FreezeLine
from data.store.database import reading


@dataclass(frozen=True, slots=True)
class FrozenState:
    """What was known when a freeze was made, as a database that can only be read.

    `faithful` says that its facts are those of the freeze to the last one. They may not be where
    an earlier version of the program made the freeze and this one derives others from the same
    rows.
    """

    line: FreezeLine
    engine: Engine
    faithful: bool


def bring_back(engine: Engine, number: int) -> FrozenState:
    """The state that freeze `number` found; `FreezeRefusedError` if there is no such freeze.

    Takes no time, but for a freeze that was made before what freezes saw was kept: there the facts
    of that day are derived once and kept.
    """
    remembering.remember(engine, number)
    with reading(engine) as connection:
        line = freezes.line(connection, number)
        lists = freezes.lists_of(connection, number)
        faithful = number not in remembering.unfaithful(connection)
    return FrozenState(line, frozen_tables.look_at(engine, line, lists), faithful)
