"""Deriving all facts again while others write: the lock is taken only to write what differs."""

from contextlib import suppress

from sqlalchemy import Connection, Engine

from data.facts import comparing_apart, rules_mark
from data.facts.comparing_apart import ComparedApart
from data.facts.derivation import Derivation, Progress, derive, derive_into
from data.facts.gathering import TooMuchError
from data.facts.processes import ProcessLostError
from data.facts.with_totals import GatheredWithTotals
from data.reference.lists import References, current
from data.store import data_version, gc_pause
from data.store.database import ChangedMeanwhileError, reading, writing

TRIES = 2
"""How often facts are derived without the lock, where others change the data meanwhile."""


@gc_pause.paused()
def rebuild(engine: Engine, progress: Progress | None = None, *, account: str = "") -> Derivation:
    """Derive all facts again from the ledgers, and put right what differs.

    Nobody waits while facts are derived. What differs is written at once, unless the data changed
    meanwhile: then they are derived again, the last time under the writer's lock.
    """
    for _ in range(TRIES):
        with reading(engine) as connection:
            version = data_version.current(connection)
            lists = current(connection)
            try:
                gathered, done = _gathered(connection, lists, progress)
            except TooMuchError:
                break
            in_force = rules_mark.kept_mark(connection) == rules_mark.mark_of(lists)
        if in_force and not done.differs:
            return done
        with writing(engine, account) as connection:
            if data_version.current(connection) == version:
                gathered.write_to(connection)
                rules_mark.keep_mark(connection, lists)
                data_version.bump(connection)
                return done
    with writing(engine, account) as connection:
        lists = current(connection)
        in_force = rules_mark.kept_mark(connection) == rules_mark.mark_of(lists)
        done = derive(connection, None, lists, progress)
        if done.differs or not in_force:
            data_version.bump(connection)
    return done


def _gathered(
    connection: Connection, lists: References, progress: Progress | None
) -> tuple[GatheredWithTotals, Derivation]:
    """What differs from the facts of `connection`, derived in several processes where that pays."""
    if comparing_apart.pays(connection):
        gathered = GatheredWithTotals(connection)
        apart = ComparedApart(connection, gathered, lists)
        with suppress(ProcessLostError, ChangedMeanwhileError):
            return gathered, derive_into(gathered, connection, None, lists, progress, apart)
    gathered = GatheredWithTotals(connection)
    return gathered, derive_into(gathered, connection, None, lists, progress)
