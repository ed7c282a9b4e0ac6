"""The database as it was known at a freeze, restored by queries without copying rows.

Every screen, including lists and findings, can be shown from it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlmodel import col

from data.facts import digest
from data.facts.derivation import Progress
from data.meetings import freezes, frozen_tables, remembering
from data.meetings.freezes import FreezeLine
from data.store.database import reading
from models.freeze import Freeze


@dataclass(frozen=True, slots=True)
class FrozenState:
    """The state of knowledge at a freeze, as a read-only database.

    `faithful` is whether its facts are exactly those of the freeze. They may differ if an earlier
    version of the program made the freeze and this version derives other facts from the same rows.
    """

    line: FreezeLine
    engine: Engine
    faithful: bool


def bring_back(engine: Engine, number: int) -> FrozenState:
    """The state at freeze `number`; raises `FreezeRefusedError` if there is no such freeze.

    Takes no time, except for a freeze made before the program stored what freezes saw: its facts
    are then derived once and stored.
    """
    remembering.remember(engine, number)
    with reading(engine) as connection:
        line = freezes.line(connection, number)
        lists = freezes.lists_of(connection, number)
        faithful = number not in remembering.unfaithful(connection)
    return FrozenState(line, frozen_tables.look_at(engine, line, lists), faithful)


def altered(
    engine: Engine, unusable: Collection[int], progress: Progress | None = None
) -> tuple[int, ...]:
    """The freezes whose facts are no longer those that they saw, in order; `progress` is told how
    many are done.

    Leaves out those that are `unusable`, as they are known to be changed themselves, and those of
    earlier versions whose facts are not known exactly.
    """
    with reading(engine) as connection:
        unknown = {*remembering.unfaithful(connection), *remembering.forgotten(connection)}
        numbers = connection.scalars(select(col(Freeze.number)).order_by(col(Freeze.number))).all()
    known = [each for each in numbers if each not in unknown and each not in unusable]
    found = []
    for done, number in enumerate(known):
        if progress:
            progress(done, len(known))
        if _differs(engine, number):
            found.append(number)
    return tuple(found)


def _differs(engine: Engine, number: int) -> bool:
    then = bring_back(engine, number)
    with reading(then.engine) as connection:
        return not digest.is_of(connection, then.line.facts_sha256)
