"""Downloads: each file is made for one session and kept until it is fetched, or for ten minutes.

They are in this process's temporary folder, which is deleted with the process; folders left by
killed processes are deleted at the next start.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic
from urllib.parse import quote

from anyio import to_thread
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from dashboard import identity, logs
from dashboard.reads import cache
from dashboard.serving import origin
from data.access.permission import Viewer
from data.store import temporary
from models.file_names import flat

PATH = "/file"
KEPT_FOR = timedelta(minutes=10)
MOST_OF_A_SESSION = 10
"""The most waiting files of a session; beyond that the oldest is deleted."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file waiting to be fetched by the browser for which it was made."""

    file: Path
    name: str
    mime: str
    subject: str
    """The subject of the entry in the access log."""
    session: str
    token: str
    viewer: Viewer
    """The viewer, with the rights they had when it was made."""
    made_at: float


_waiting: dict[str, Made] = {}
_lock = Lock()


def keep(
    content: bytes, *, name: str, mime: str, subject: str, session: str, token: str, viewer: Viewer
) -> str:
    """Keep a file for one session; returns the path from which its browser can fetch it once."""
    ticket = secrets.token_urlsafe(32)
    file = _folder() / secrets.token_hex(16)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as opened:
        opened.write(content)
    made = Made(file, flat(name), mime, subject, session, token, viewer, monotonic())
    with _lock:
        _waiting[ticket] = made
        own = [key for key, each in _waiting.items() if each.session == session]
        gone = [_waiting.pop(key) for key in own[:-MOST_OF_A_SESSION]]
    _remove(gone)
    sweep()
    return f"{PATH}/{ticket}"


def take(ticket: str, token: str | None) -> Made | None:
    """The file of `ticket`, if this browser may fetch it; a file can be taken once.

    Asked for by another browser the file stays; if the viewer's rights have changed since it was
    made, it is deleted. None in both cases.
    """
    sweep()
    with _lock:
        made = _waiting.get(ticket)
        if made is None or token != made.token:
            return None
        del _waiting[ticket]
    if cache.viewer_now(made.token) == made.viewer:
        return made
    _remove([made])
    return None


def forget(session: str) -> None:
    """Delete the waiting files of a session that has ended."""
    with _lock:
        own = [key for key, made in _waiting.items() if made.session == session]
        gone = [_waiting.pop(key) for key in own]
    _remove(gone)


def sweep() -> None:
    """Delete the files not fetched in time."""
    oldest = monotonic() - KEPT_FOR.total_seconds()
    with _lock:
        late = [key for key, made in _waiting.items() if made.made_at < oldest]
        gone = [_waiting.pop(key) for key in late]
    _remove(gone)


async def hand_out(request: Request) -> Response:
    """The route that streams the file of a ticket, after entering it in the access log."""
    if request.method != "GET":
        return Response(status_code=405)
    token = request.cookies.get(identity.cookie_name())
    client = origin.client(request.scope)
    made = await to_thread.run_sync(_taken, request.path_params["ticket"], token, client)
    if made is None:
        return Response(status_code=403)
    logs.on_behalf_of(made.viewer.account)
    return FileResponse(
        made.file,
        media_type=made.mime,
        headers={
            "content-disposition": f"attachment; filename*=utf-8''{quote(made.name, safe='')}",
            "cache-control": "no-store",
        },
        background=BackgroundTask(_remove, [made]),
    )


def _taken(ticket: str, token: str | None, client: str | None) -> Made | None:
    made = take(ticket, token)
    if made is not None:
        identity.log_export(made.viewer, made.subject, client)
    return made


@contextmanager
def folder_of_process() -> Iterator[None]:
    """The temporary folder while the server runs, in which downloads wait."""
    with temporary.folder_of_process():
        try:
            yield
        finally:
            _folder.cache_clear()


@lru_cache(maxsize=1)
def _folder() -> Path:
    """A folder among the temporary files of this process."""
    return Path(tempfile.mkdtemp(prefix="downloads-"))


def _remove(gone: list[Made]) -> None:
    for made in gone:
        made.file.unlink(missing_ok=True)
