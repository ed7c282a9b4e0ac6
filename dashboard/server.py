"""The server: Streamlit as an ASGI application, with the routes and the gates it does not have."""

import contextlib
import gc
import importlib
import json
import logging
import pkgutil
from collections.abc import AsyncIterator, Callable
from functools import lru_cache
from html import escape
from pathlib import Path
from socket import socket
from urllib.parse import parse_qs

import streamlit as st
import uvicorn
from anyio import CapacityLimiter, move_on_after, to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.bootstrap import load_config_options

import dashboard
from dashboard import (
    clock,
    i18n,
    identity,
    log_guard,
    logs,
    menu_groups,
    provider_settings,
    session_bridge,
    settings,
)
from dashboard.edge import show_error
from dashboard.reads import cache
from dashboard.serving import connections, cookies, files, gate, metrics, origin, provider
from dashboard.serving.gate import Gate
from dashboard.serving.proxies import TrustedProxies
from dashboard.serving.requests import Requests
from data.access import first_accounts, sign_in
from data.access.passwords import matched_by_none
from data.facts import rules_mark
from data.store.database import (
    BusyError,
    DatabaseError,
    Standing,
    migrate,
    reading,
    recording,
    standing,
)

log = logging.getLogger(__name__)

ROOT = Path(__file__).parent.parent
LONGEST_TICKET = 200
HEALTH_WITHIN = 0.9
"""Seconds; who watches is to be answered within one."""
LOADED_LATE = ("pandas", "pyarrow.compute", "pyarrow.pandas_compat", "streamlit.emojis")
"""What Streamlit loads only when the first table or symbol is drawn."""

POLICY = "; ".join(
    (
        "default-src 'self'",
        # The hash is that of the one script in Streamlit's own page; blob: carries its components.
        "script-src 'self' blob: 'wasm-unsafe-eval'"
        " 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data:",
        "frame-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
HTTPS_HEADERS = {"strict-transport-security": "max-age=31536000"}
WALL_CSS = "/wall.css"
PAGE_CSS = "/page.css"
SCRIPTS = ("/history.js", "/keys.js", "/lit_menu.js", "/streamlit_words.js")
"""What every page runs besides Streamlit's own, each by its path and the name of its file."""
LINKED = "".join(
    (
        *(f'<link rel="stylesheet" href=".{css}">' for css in (PAGE_CSS, WALL_CSS)),
        f'<meta name="gridlight-menu" content="{escape(menu_groups.as_json())}">',
        *(f'<script src=".{script}" defer></script>' for script in SCRIPTS),
        "</head>",
    )
).encode()


class SecurityHeaders:
    """Says to browsers, with every answer, what a page of ours may load and do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        https = settings.in_use().https
        headers = HEADERS | HTTPS_HEADERS if https else HEADERS
        self.headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self.https = https

    def _secure(self, name: bytes, value: bytes) -> bytes:
        """A header; a cookie of Streamlit's own, too, is for HTTPS only where we are."""
        sets = self.https and name.lower() == b"set-cookie"
        return value + b"; Secure" if sets and b"; secure" not in value.lower() else value

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = [(k, self._secure(k, v)) for k, v in message.get("headers", ())]
                message = {**message, "headers": [*answered, *self.headers]}
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class Shell:
    """Puts our title and the reader's language into the one page that Streamlit serves for all."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _wants_page(scope):
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def send_rewritten(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if start is not None and not message.get("more_body"):
                content = _in_language(body, _language_of(scope))
                await send({**start, "headers": _headers_of(start, content)})
                await send({"type": "http.response.body", "body": content})

        # What comes compressed could not be rewritten.
        plain = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, send_rewritten)


async def open_session(request: Request) -> Response:
    """Exchange a ticket for a session and its cookie."""
    if not origin.is_from_our_page(request.scope):
        return Response(status_code=403)
    ticket = await _ticket(request)
    if ticket is None:
        return Response(status_code=400)
    token = await to_thread.run_sync(_redeem, ticket, origin.client(request.scope))
    if token is None:
        return Response(status_code=401)
    return _holding(token)


async def renew_session(request: Request) -> Response:
    """Let the session of the cookie last as long again, as a wall asks that is open for days."""
    if not origin.is_from_our_page(request.scope):
        return Response(status_code=403)
    token = request.cookies.get(identity.cookie_name())
    if not token or not await to_thread.run_sync(_renew, token):
        return Response(status_code=401)
    return _holding(token)


async def look_at_session(request: Request) -> Response:
    """Whether somebody is signed in by the cookie; asking does not count as using the session."""
    token = request.cookies.get(identity.cookie_name())
    there = token is not None and await to_thread.run_sync(cache.viewer, token) is not None
    return JSONResponse({"signed_in": there}, headers={"cache-control": "no-store"})


def _holding(token: str) -> Response:
    """An answer with which the browser keeps the cookie of a session."""
    response = Response(status_code=204)
    cookies.hold_session(response, token)
    return response


async def close_session(request: Request) -> Response:
    """End the session of the cookie and have the browser forget it."""
    if not origin.is_from_our_page(request.scope):
        return Response(status_code=403)
    token = request.cookies.get(identity.cookie_name())
    if token:
        await to_thread.run_sync(_sign_out, token, origin.client(request.scope))
    response = Response(status_code=204)
    cookies.forget(response, identity.cookie_name())
    return response


async def healthz(_: Request) -> Response:
    """Whether the dashboard can answer: 200, or 503 while the database does not, within 1 s."""
    there = False
    with move_on_after(HEALTH_WITHIN):
        # A thread of its own: all others may be waiting.
        there = await to_thread.run_sync(_is_there, limiter=_health(), abandon_on_cancel=True)
    if not there:
        return JSONResponse({"database": "away"}, status_code=503)
    return JSONResponse({"database": "there"})


async def readyz(_: Request) -> Response:
    """Whether people can work: 200, or 503 while the database is away, of another version, or holds
    facts derived by other rules, within 1 s."""
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


def busy(_: Request, __: Exception) -> Response:
    """Others have been writing for long: to be asked again in a moment."""
    return Response(status_code=503, headers={"retry-after": "2"})


def wall_css(_: Request) -> Response:
    """The look of the wall screen."""
    return FileResponse(Path(__file__).with_name("wall.css"), media_type="text/css")


def page_css(_: Request) -> Response:
    """The look of every page: how close its parts stand."""
    return FileResponse(Path(__file__).with_name("page.css"), media_type="text/css")


def script(request: Request) -> Response:
    """One of the scripts that every page runs."""
    path = Path(__file__).with_name(request.url.path.rpartition("/")[2])
    return FileResponse(path, media_type="text/javascript")


def favicon(_: Request) -> Response:
    """The mark in the browser's tab, under the name by which Streamlit's page asks for it."""
    return FileResponse(Path(__file__).with_name("mark.svg"), media_type="image/svg+xml")


@contextlib.asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Everything that the first visitor should not wait for."""
    with files.folder_of_process():
        await to_thread.run_sync(warm_up)
        yield
        await to_thread.run_sync(log_guard.keep_end, cache.engine())


def warm_up() -> None:
    """Bring the database up to date, make the first accounts, load what pages use."""
    migrate(cache.engine())
    with reading(cache.engine()) as connection:
        needed = first_accounts.passwords_needed(connection)
    with recording(cache.engine()) as connection:
        if settings.in_use().demonstration and cache.is_demonstration():
            first_accounts.demonstration(connection, clock.now())
        added = first_accounts.administrators(connection, clock.now(), needed)
    for account, password in added.items():
        said = i18n._(
            "One-time password of {account}: {password}", account=account, password=password
        )
        print(said, flush=True)
    if not log_guard.keep_end(cache.engine()):
        log.error("the access log no longer holds the end that was noted down before")
    matched_by_none()
    for module in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        # A script runs when it is imported; commands are not for pages, and few have a provider.
        unwanted = module.name in ("dashboard.app", "dashboard.serving.oidc")
        if not unwanted and "dashboard.commands" not in module.name:
            importlib.import_module(module.name)
    for name in LOADED_LATE:
        importlib.import_module(name)
    logs.take_over()
    # Streamlit collects after every run; what is frozen here is not looked through again.
    gc.collect()
    gc.freeze()


def serve(
    address: str,
    port: int,
    listening: socket | None = None,
    when_ready: Callable[[], None] | None = None,
) -> bool:
    """Serve the dashboard until it is told to stop; whether it ever started.

    `listening` is a socket already bound; `when_ready` is called once browsers are answered.
    """
    with contextlib.chdir(ROOT):
        # Streamlit looks for .streamlit/config.toml where it is started.
        load_config_options({"server_address": address, "server_port": port})
    logs.set_up()
    # What cannot be used is said at the start, not at the first sign-in.
    provider_settings.provider()
    connections.BoundedConnection.most = connections.most()
    connections.BoundedConnection.proxies = settings.in_use().trusted_proxies
    config = uvicorn.Config(
        app,
        host=address,
        port=port,
        http=connections.BoundedConnection,
        ws_max_size=gate.LARGEST,
        # Which proxies are believed is a setting of ours.
        proxy_headers=False,
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )
    server = _Server(config, when_ready)
    with metrics.served(), contextlib.suppress(KeyboardInterrupt):
        server.run([listening] if listening else None)
    return server.started


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._when_ready:
            self._when_ready()


def _redeem(ticket: str, address: str | None) -> str | None:
    # Whoever makes tickets up must not stand in the line of those who write.
    with reading(cache.engine()) as connection:
        if sign_in.account_of_ticket(connection, ticket, clock.now()) is None:
            return None
    with recording(cache.engine()) as connection:
        return sign_in.redeem(connection, ticket, clock.now(), address, settings.policy())


def _renew(token: str) -> bool:
    with recording(cache.engine()) as connection:
        return sign_in.renew(connection, token, clock.now(), settings.policy())


def _sign_out(token: str, address: str | None) -> None:
    with recording(cache.engine()) as connection:
        sign_in.sign_out(connection, token, clock.now(), address)
    cache.forget_viewers()


async def _ticket(request: Request) -> str | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_TICKET:
            return None
    try:
        sent = json.loads(body)
    except ValueError:
        return None
    ticket = sent.get("ticket") if isinstance(sent, dict) else None
    return ticket if isinstance(ticket, str) and ticket.isascii() else None


def _wants_page(scope: Scope) -> bool:
    accepted = dict(scope["headers"]).get(b"accept", b"")
    return scope["method"] == "GET" and b"text/html" in accepted


def _language_of(scope: Scope) -> str:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    return asked if asked in i18n.LANGUAGES else settings.in_use().language


def _in_language(page: bytes, language: str) -> bytes:
    tag = language.replace("zh_CN", "zh-CN")
    with i18n.use_language(language):
        title = f"<title>{i18n._('Gridlight')}</title>".encode()
    page = page.replace(b"</head>", LINKED).replace(b"<title>Streamlit</title>", title)
    return page.replace(b'<html lang="en">', f'<html lang="{tag}">'.encode())


def _headers_of(start: Message, content: bytes) -> list[tuple[bytes, bytes]]:
    changed = (b"content-length", b"etag", b"last-modified")
    kept = [(k, v) for k, v in start.get("headers", ()) if k.lower() not in changed]
    return [*kept, (b"content-length", str(len(content)).encode())]


# It says that nobody looks whenever a component is declared while the server starts.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(
    lambda record: "missing ScriptRunContext" not in record.getMessage()
)

ROUTES = [
    Route(session_bridge.PATH, look_at_session, methods=["GET"]),
    Route(session_bridge.PATH, open_session, methods=["POST"]),
    Route(session_bridge.PATH, renew_session, methods=["PUT"]),
    Route(session_bridge.PATH, close_session, methods=["DELETE"]),
    Route(f"{files.PATH}/{{ticket}}", files.hand_out, methods=["GET"]),
    Route(provider.BEGIN, provider.begin, methods=["GET"]),
    Route(provider.RETURN, provider.come_back, methods=["GET"]),
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/favicon.png", favicon),
    Route(PAGE_CSS, page_css),
    Route(WALL_CSS, wall_css),
    *(Route(path, script) for path in SCRIPTS),
]
MIDDLEWARE = [
    Middleware(TrustedProxies),
    Middleware(SecurityHeaders),
    Middleware(Requests),
    Middleware(Gate),
    Middleware(Shell),
]

app = st.App(
    Path(__file__).with_name("app.py"),
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=show_error,
    exception_handlers={BusyError: busy},
)
