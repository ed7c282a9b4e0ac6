"""The gate before Streamlit, in pure ASGI, so that no Streamlit code runs for refused requests.

It is needed because Streamlit compares origins without their port, asks external hosts for its own
address if they differ, accepts messages and files from anybody, and resumes a session for anyone
who knows its id.
"""

import asyncio
import re
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

import streamlit as st
from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected
from streamlit.runtime import Runtime

from dashboard import identity, logs
from dashboard.reads import cache
from dashboard.serving import cookies, files, frames, messages, metrics, origin, uploads
from data.access.networks import network_of
from data.access.permission import Action, Viewer
from data.store import watching
from data.store.database import DatabaseError

# Streamlit serves these paths without any check.
GUARDED = re.compile(r"/+(media|app/static|_stcore/(upload_file|metrics|agent))(/|$)")
UPLOAD = re.compile(r"/+_stcore/upload_file/([0-9a-f-]{1,64})/[0-9a-f-]{1,64}")
# Streamlit's own sign-in, which we do not use; it writes an error into the log at each request.
CLOSED = re.compile(r"/+(auth/(login|logout)|oauth2callback)(/|$)")
BURST, A_SECOND = 60, 5.0
"""Messages without sign-in: the most at once, and the most a second in the long run."""
OF_ADDRESS, OF_ADDRESS_A_SECOND = 100, 20.0
"""The same for all connections from one network address together; further messages wait, so that
each run of the sign-in page that they ask for leaves time for those who are signed in."""
ANONYMOUS_CONNECTIONS = 100
"""The most open connections without sign-in from one network address."""
OF_A_SIGN_IN = 40
"""The most open connections of one sign-in, which has one for each tab of the browser."""
SESSIONS_REMEMBERED = 10_000
OPENED_KEPT_FOR = 60.0
"""Seconds after which what was made of files is deleted, once the connection has ended: a file of
2 MB may take 100 MB."""
POLICY_VIOLATION, TOO_BIG, TRY_AGAIN = 1008, 1009, 1013


class Gate:
    """Refuses requests that do not come from our page, and limits those without sign-in.

    Only signed-in browsers may fetch files and metrics. Only viewers with the right may upload,
    only into a session of their own while its page shows an upload field, and only as much as
    `uploads.admit` allows. A session can be resumed only with the cookie with which it began, and
    as long as Streamlit is set to keep it; then everything it held is freed. A session without
    sign-in ends with its connection.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._open: Counter[str] = Counter()
        """By sign-in, or by network address where there is none, the open connections."""
        self._paces: dict[str, _Pace] = {}
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._accounts: dict[str, str] = {}
        """By session into which files have been sent, the account."""
        self._connected: Counter[str] = Counter()
        """By session, its open connections."""
        self._ending: dict[str, list[asyncio.TimerHandle]] = {}
        """By session whose connection has ended, what is still to be freed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        elif scope["type"] == "http" and not await self._is_allowed(scope):
            await Response(status_code=403)(scope, receive, send)
        elif scope["type"] == "http" and (asked := UPLOAD.fullmatch(scope["path"])):
            await self._upload(asked.group(1), scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _is_allowed(self, scope: Scope) -> bool:
        """Whether the path is open to everyone, or to the viewer who asks."""
        if CLOSED.match(scope["path"]):
            return False
        guarded = GUARDED.match(scope["path"])
        if not guarded:
            return True
        token = token_of(scope)
        viewer = await _viewer(token)
        if viewer is None:
            return False
        if not guarded.group(1).startswith("_stcore/upload_file"):
            return True
        asked = UPLOAD.fullmatch(scope["path"])
        if asked is None or self._owners.get(asked.group(1)) != _owner(token):
            return False
        brings_files = viewer.may(Action.IMPORT) or viewer.may(Action.SEND)
        if not brings_files or not uploads.is_waiting(asked.group(1)):
            return False
        self._accounts[asked.group(1)] = viewer.account
        return True

    async def _upload(self, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an upload on, unless what is kept in memory would become too much."""
        length = origin.header(scope, "content-length") or ""
        # A body in chunks is read to its end, whatever length stands beside it.
        in_chunks = any(name == b"transfer-encoding" for name, _value in scope["headers"])
        unknown = in_chunks or not (length.isascii() and length.isdigit())
        if scope["method"] == "PUT" and unknown:
            await Response(status_code=411)(scope, receive, send)
            return
        account = self._accounts.get(session)
        own = [each for each, whose in self._accounts.items() if whose == account]

        async def answer(message: Message) -> None:
            # The page looks at the file once the browser knows that it has come.
            uploads.clean_names(session)
            await send(message)

        # A browser may go before all of its file has come, which is no error.
        with suppress(ClientDisconnect), uploads.admit(session, own, int(length or 0)) as admitted:
            passed_on = self.app if admitted else Response(status_code=413)
            await passed_on(scope, receive, answer)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        address = network_of(str(client[0])) if client else ""
        if not origin.is_ours(scope):
            # Closing a websocket before it is accepted answers with 403.
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        token = token_of(scope)
        owner = _owner(token) if await _is_signed_in(token) else ""
        counted_as = owner or address
        if self._open[counted_as] >= (OF_A_SIGN_IN if owner else ANONYMOUS_CONNECTIONS):
            await send({"type": "websocket.close", "code": TRY_AGAIN})
            return
        self._open[counted_as] += 1
        if owner:
            frames.take_more(scope)
        connected = metrics.BROWSERS.labels("yes" if owner else "no")
        connected.inc()
        pace = None if owner else self._paces.setdefault(address, _Pace())
        connection = _Connection(receive, send, pace, partial(self._session_began, owner))
        try:
            await self.app(self._own_session(scope, owner), connection.receive, connection.send)
        except WebSocketDisconnected:
            # The browser went while something was sent to it, which is no error.
            pass
        finally:
            connected.dec()
            self._open[counted_as] -= 1
            if not self._open[counted_as]:
                del self._open[counted_as]
                self._forget_paces()
            await self._session_ended(connection.session, token, owner)

    def _forget_paces(self) -> None:
        """Drop the paces of addresses that have rested long enough; closing and opening connections
        again does not begin a new one."""
        now = time.monotonic()
        for address in [each for each, pace in self._paces.items() if pace.is_rested(now)]:
            if address not in self._open:
                del self._paces[address]

    def _own_session(self, scope: Scope, owner: str) -> Scope:
        """The handshake, without a session id unless the `owner` began that session.

        Its origin, already checked, is rewritten without a port, as Streamlit compares it, so that
        Streamlit does not look up its own address.
        """
        headers = []
        for name, value in scope["headers"]:
            if name == b"sec-websocket-protocol":
                parts = [part.strip() for part in value.decode("latin-1").split(",")]
                if len(parts) > 2 and (not owner or self._owners.get(parts[2]) != owner):
                    value = ", ".join(parts[:2]).encode("latin-1")
            elif name == b"origin":
                host = origin.header(scope, "host") or ""
                value = f"{value.decode('latin-1').partition(':')[0]}://{host}".encode("latin-1")
            headers.append((name, value))
        protocols = next((v for k, v in headers if k == b"sec-websocket-protocol"), b"")
        offered = [part.strip() for part in protocols.decode("latin-1").split(",") if part.strip()]
        return {**scope, "headers": headers, "subprotocols": offered}

    def _session_began(self, owner: str, session: str) -> None:
        self._connected[session] += 1
        for timer in self._ending.pop(session, ()):
            timer.cancel()
        if owner:
            self._owners[session] = owner
            self._owners.move_to_end(session)
            while len(self._owners) > SESSIONS_REMEMBERED:
                self._owners.popitem(last=False)

    async def _session_ended(self, session: str | None, token: str | None, owner: str) -> None:
        if session is None:
            _close_unused()
            return
        self._connected[session] -= 1
        if self._connected[session] <= 0:
            del self._connected[session]
        if self._owners.get(session, "") != owner:
            return
        if not await _is_signed_in(token, otherwise=True):
            self._end(session)
        elif session not in self._connected:
            resumable_for = st.get_option("server.disconnectedSessionTTL") - 1.0
            loop = asyncio.get_running_loop()
            self._ending[session] = [
                loop.call_later(OPENED_KEPT_FOR, uploads.forget_opened, session),
                loop.call_later(resumable_for, self._end, session),
            ]

    def _end(self, session: str) -> None:
        """End a session for good, and free everything it holds."""
        for timer in self._ending.pop(session, ()):
            timer.cancel()
        self._owners.pop(session, None)
        self._accounts.pop(session, None)
        files.forget(session)
        if Runtime.exists():
            Runtime.instance().close_session(session)
        uploads.forget(session)


@dataclass
class _Pace:
    """When messages without sign-in from one network address are passed on."""

    free_at: float = 0.0
    """The moment at which the last message so far has used up its time."""

    def wait(self, now: float) -> float:
        """Seconds that a message which arrives `now` has to wait."""
        begins = max(self.free_at, now - OF_ADDRESS / OF_ADDRESS_A_SECOND)
        self.free_at = begins + 1 / OF_ADDRESS_A_SECOND
        return max(0.0, self.free_at - now)

    def is_rested(self, now: float) -> bool:
        """Whether the address may send as much at once as one of which nothing is known."""
        return self.free_at <= now - OF_ADDRESS / OF_ADDRESS_A_SECOND


@dataclass
class _Connection:
    """A websocket: counts and measures its messages, and notes which session it serves."""

    wire_receive: Receive
    wire_send: Send
    pace: _Pace | None
    """That of the network address; None if the viewer is signed in."""
    begun: Callable[[str], None]
    session: str | None = None
    allowance: float = BURST
    counted_at: float = field(default_factory=time.monotonic)
    closed: bool = False

    async def receive(self) -> Message:
        """The next message that is passed on; those of kinds that no page causes are left out."""
        while True:
            message = await self.wire_receive()
            if message["type"] != "websocket.receive":
                return message
            code = self._refused(message)
            if code is not None:
                self.closed = True
                await self.wire_send({"type": "websocket.close", "code": code})
                return {"type": "websocket.disconnect", "code": code}
            if self.pace is not None:
                await asyncio.sleep(self.pace.wait(time.monotonic()))
            content = messages.to_pass_on(
                message["bytes"],
                signed_in=self.pace is None,
                takes_files=self.session is not None and uploads.is_waiting(self.session),
            )
            if content is not None:
                return {**message, "bytes": content}

    async def send(self, message: Message) -> None:
        if self.closed:
            return
        if self.session is None and message["type"] == "websocket.send":
            self.session = messages.session_of(message.get("bytes") or b"")
            if self.session:
                self.begun(self.session)
        await self.wire_send(message)

    def _refused(self, message: Message) -> int | None:
        """The code with which to close the connection because of `message`; None to accept it."""
        content = message.get("bytes")
        if content is None:
            return POLICY_VIOLATION  # Streamlit's messages are always bytes.
        if len(content) > (frames.LARGEST_ANONYMOUS if self.pace else frames.LARGEST):
            return TOO_BIG
        if self.pace is None:
            return None
        now = time.monotonic()
        self.allowance = min(BURST, self.allowance + A_SECOND * (now - self.counted_at)) - 1
        self.counted_at = now
        return POLICY_VIOLATION if self.allowance < 0 else None


def token_of(scope: Scope) -> str | None:
    """The value of the session cookie in the request headers; None if it is missing."""
    return cookies.read(scope, identity.cookie_name())


async def _viewer(token: str | None) -> Viewer | None:
    found = await to_thread.run_sync(cache.viewer, token) if token else None
    if found:
        logs.on_behalf_of(found.account)
    return found


async def _is_signed_in(token: str | None, *, otherwise: bool = False) -> bool:
    """Whether the token belongs to a viewer; `otherwise` if the database does not answer."""
    try:
        return await _viewer(token) is not None
    except (DatabaseError, SQLAlchemyError) as error:
        watching.note_failure(error)
        return otherwise


def _owner(token: str | None) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest() if token else ""


def _close_unused() -> None:
    """End sessions whose connection closed before any message; they are empty."""
    if Runtime.exists():
        runtime = Runtime.instance()
        for kept in runtime._session_mgr.list_sessions():
            if kept.client is None and not kept.script_run_count:
                runtime.close_session(kept.session.id)
