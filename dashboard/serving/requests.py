"""Give every request an id, log it when it ends, and answer plainly if the database is away."""

import logging
import re
import time

from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import logs
from dashboard.serving import origin
from data.store import watching
from data.store.database import BusyError, DatabaseError

log = logging.getLogger(__name__)

SECRET = re.compile(r"(?<=/)[^/]{20,}")
"""A part of a path that may be a ticket or a session id, and so is not logged."""
UNREMARKABLE = re.compile(
    r"/(static|media)/|\.(js|css|woff2|svg|png|ico)$|/(healthz|readyz|_stcore/health)$"
)
"""Paths requested with every page or by monitoring, which are logged at debug level only."""
TRY_AGAIN = 1013


class Requests:
    """The outermost layer of the server after the proxies, which determine the visitor."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "websocket.accept":
                status = 101
            await send(message)

        started = time.perf_counter()
        with logs.request():
            try:
                await self.app(scope, receive, noting)
            except BusyError:
                await _refuse(scope, receive, noting, answered=status > 0)
            except (DatabaseError, SQLAlchemyError) as error:
                watching.note_failure(error)
                await _refuse(scope, receive, noting, answered=status > 0)
            finally:
                level = logging.DEBUG if UNREMARKABLE.search(scope["path"]) else logging.INFO
                log.log(
                    level,
                    "request",
                    extra={
                        "method": scope.get("method", "WEBSOCKET"),
                        "path": SECRET.sub("…", scope["path"])[:200],
                        "status": status or None,
                        "address": origin.client(scope),
                        "ms": round((time.perf_counter() - started) * 1000),
                    },
                )


async def _refuse(scope: Scope, receive: Receive, send: Send, *, answered: bool) -> None:
    """Answer that the request should be repeated in a moment, unless an answer was begun."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": TRY_AGAIN})
    elif not answered:
        await Response(status_code=503, headers={"retry-after": "2"})(scope, receive, send)
