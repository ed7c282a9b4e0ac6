"""Health routes for monitoring: whether the dashboard answers, and whether people can work."""

from functools import lru_cache

from anyio import CapacityLimiter, move_on_after, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard.reads import cache
from data.facts import rules_mark
from data.store import room
from data.store.database import DatabaseError, reading
from data.store.schema import Standing, standing

HEALTH_WITHIN = 0.9
"""Seconds to wait for the database; monitoring must be answered within one."""


async def healthz(_: Request) -> Response:
    """Whether the dashboard can answer: 200, or 503 if the database does not; within 1 s."""
    there = False
    with move_on_after(HEALTH_WITHIN):
        # In a thread of its own, since all others may be waiting for the database.
        there = await to_thread.run_sync(_is_there, limiter=_health(), abandon_on_cancel=True)
    if not there:
        return JSONResponse({"database": "away"}, status_code=503)
    return JSONResponse({"database": "there"})


async def readyz(_: Request) -> Response:
    """Whether people can work: 200 or 503, within 1 s.

    503 if the database does not answer, has another version, cannot be written, or holds facts
    derived by other rules.
    """
    said = "away"
    with move_on_after(HEALTH_WITHIN):
        said = await to_thread.run_sync(_readiness, limiter=_health(), abandon_on_cancel=True)
    return JSONResponse({"database": said}, status_code=200 if said == "ready" else 503)


def _readiness() -> str:
    try:
        with reading(cache.engine()) as connection:
            match standing(connection):
                case Standing.LATER:
                    return "of a later version"
                case Standing.OLDER | Standing.NONE:
                    return "of an older version"
            if not room.can_be_written(connection):
                return "cannot be written"
            in_force = rules_mark.in_force(connection)
    except DatabaseError:
        return "away"
    return "ready" if in_force else "derived by other rules"


@lru_cache(maxsize=1)
def _health() -> CapacityLimiter:
    return CapacityLimiter(4)


def _is_there() -> bool:
    try:
        with reading(cache.engine()) as connection:
            connection.exec_driver_sql("SELECT 1")
    except DatabaseError:
        return False
    return True
