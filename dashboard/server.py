"""The server: Streamlit as an ASGI application, with the routes and protections it lacks."""

import contextlib
import gc
import importlib
import logging
import pkgutil
from collections.abc import AsyncIterator, Callable
from html import escape
from pathlib import Path
from socket import socket

import streamlit as st
import uvicorn
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from streamlit.web.bootstrap import load_config_options

import dashboard
from dashboard import (
    clock,
    i18n,
    key_files,
    log_guard,
    logs,
    menu_groups,
    provider_settings,
    session_bridge,
    settings,
)
from dashboard.edge import show_error
from dashboard.reads import cache
from dashboard.serving import (
    connections,
    files,
    frames,
    health,
    log_ends,
    metrics,
    provider,
    provider_sign_out,
    sessions,
)
from dashboard.serving.gate import Gate
from dashboard.serving.headers import SecurityHeaders
from dashboard.serving.hosts import KnownHosts
from dashboard.serving.proxies import TrustedProxies
from dashboard.serving.requests import Requests
from dashboard.serving.shell import Shell
from data.access import first_accounts
from data.access.passwords import matched_by_none
from data.store import beside
from data.store.database import BusyError, reading, recording
from data.store.schema import migrate

log = logging.getLogger(__name__)

ROOT = Path(__file__).parent.parent
LOADED_LATE = ("pandas", "pyarrow.compute", "pyarrow.pandas_compat", "streamlit.emojis")
"""Modules that Streamlit loads only when it first draws a table or symbol."""

STYLES = ("/page.css", "/head.css", "/wall.css")
"""The paths of our own style sheets that every page links to."""
SCRIPTS = ("/history.js", "/keys.js", "/lit_menu.js", "/shown_tab.js", "/streamlit_words.js")
"""The paths of our own scripts that every page runs."""
LINKED = "".join(
    (
        *(f'<link rel="stylesheet" href=".{css}">' for css in STYLES),
        f'<meta name="gridlight-menu" content="{escape(menu_groups.as_json())}">',
        *(f'<script src=".{script}" defer></script>' for script in SCRIPTS),
    )
).encode()


def busy(_: Request, __: Exception) -> Response:
    """Answer that the database is busy and the request should be repeated in a moment."""
    return Response(status_code=503, headers={"retry-after": "2"})


def style(request: Request) -> Response:
    """One of our own style sheets, beside this module under the name in the address."""
    name = Path(request.url.path).name
    return FileResponse(Path(__file__).with_name(name), media_type="text/css")


def script(request: Request) -> Response:
    """One of the scripts of every page."""
    path = Path(__file__).with_name(request.url.path.rpartition("/")[2])
    return FileResponse(path, media_type="text/javascript")


def favicon(_: Request) -> Response:
    """The icon of the browser tab, at the address for which Streamlit's page asks."""
    return FileResponse(Path(__file__).with_name("mark.svg"), media_type="image/svg+xml")


@contextlib.asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Prepare what the first visitor should not wait for, and note where the log ends."""
    with files.folder_of_process():
        await to_thread.run_sync(warm_up)
        stop_noting = log_ends.begin(cache.engine())
        yield
        await to_thread.run_sync(stop_noting)


def warm_up() -> None:
    """Migrate the database, add the first accounts, and import everything that pages need."""
    migrate(cache.engine())
    if database := beside.file_of(cache.engine()):
        beside.remove_abandoned(database)
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
        # Importing the app would run it; pages need no commands, and few installations a provider.
        unwanted = module.name in ("dashboard.app", "dashboard.serving.oidc")
        if not unwanted and "dashboard.commands" not in module.name:
            importlib.import_module(module.name)
    for name in LOADED_LATE:
        importlib.import_module(name)
    logs.take_over()
    # Streamlit collects garbage after every run; frozen objects are skipped.
    gc.collect()
    gc.freeze()


def serve(
    address: str,
    port: int,
    listening: socket | None = None,
    when_ready: Callable[[], None] | None = None,
) -> bool:
    """Serve the dashboard until it is stopped; returns whether it ever started.

    `listening` is a socket already bound; `when_ready` is called once requests are answered.
    """
    with contextlib.chdir(ROOT):
        # Streamlit reads .streamlit/config.toml in the current folder.
        load_config_options({"server_address": address, "server_port": port})
    logs.set_up()
    # Report unusable settings at the start, not at the first sign-in.
    provider_settings.provider()
    key_files.require_key()
    connections.BoundedConnection.most = connections.most()
    connections.BoundedConnection.proxies = settings.in_use().trusted_proxies
    config = uvicorn.Config(
        app,
        host=address,
        port=port,
        http=connections.BoundedConnection,
        ws=frames.BoundedWebsocket,
        # Our own setting says which proxies are trusted.
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
    """A uvicorn server that calls back when it is ready."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._when_ready:
            self._when_ready()


# Streamlit logs this warning for every component declared while the server starts.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(
    lambda record: "missing ScriptRunContext" not in record.getMessage()
)

ROUTES = [
    Route(session_bridge.PATH, sessions.look_at_session, methods=["GET"]),
    Route(session_bridge.PATH, sessions.open_session, methods=["POST"]),
    Route(session_bridge.PATH, sessions.renew_session, methods=["PUT"]),
    Route(session_bridge.PATH, sessions.close_session, methods=["DELETE"]),
    Route(f"{files.PATH}/{{ticket}}", files.hand_out, methods=["GET"]),
    Route(provider.BEGIN, provider.begin, methods=["GET"]),
    Route(provider.RETURN, provider.come_back, methods=["GET"]),
    Route(provider_sign_out.END, provider_sign_out.end, methods=["GET"]),
    Route("/healthz", health.healthz),
    Route("/readyz", health.readyz),
    Route("/favicon.png", favicon),
    *(Route(path, style) for path in STYLES),
    *(Route(path, script) for path in SCRIPTS),
]
MIDDLEWARE = [
    Middleware(TrustedProxies),
    Middleware(SecurityHeaders),
    Middleware(Requests),
    Middleware(KnownHosts),
    Middleware(Gate),
    Middleware(Shell, linked=LINKED),
]

app = st.App(
    Path(__file__).with_name("app.py"),
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=show_error,
    exception_handlers={BusyError: busy},
)
