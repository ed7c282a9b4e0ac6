"""The server: Streamlit as an ASGI application, with the routes and the gates it does not have."""

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
    log_guard,
    logs,
    menu_groups,
    provider_settings,
    session_bridge,
    settings,
)
from dashboard.edge import show_error
from dashboard.reads import cache
from dashboard.serving import connections, files, gate, health, metrics, provider, sessions
from dashboard.serving.gate import Gate
from dashboard.serving.headers import SecurityHeaders
from dashboard.serving.proxies import TrustedProxies
from dashboard.serving.requests import Requests
from dashboard.serving.shell import Shell
from data.access import first_accounts
from data.access.passwords import matched_by_none
from data.store.database import (
    BusyError,
    migrate,
    reading,
    recording,
)

log = logging.getLogger(__name__)

ROOT = Path(__file__).parent.parent
LOADED_LATE = ("pandas", "pyarrow.compute", "pyarrow.pandas_compat", "streamlit.emojis")
"""What Streamlit loads only when the first table or symbol is drawn."""

WALL_CSS = "/wall.css"
PAGE_CSS = "/page.css"
SCRIPTS = ("/history.js", "/keys.js", "/lit_menu.js", "/streamlit_words.js")
"""What every page runs besides Streamlit's own, each by its path and the name of its file."""
LINKED = "".join(
    (
        *(f'<link rel="stylesheet" href=".{css}">' for css in (PAGE_CSS, WALL_CSS)),
        f'<meta name="gridlight-menu" content="{escape(menu_groups.as_json())}">',
        *(f'<script src=".{script}" defer></script>' for script in SCRIPTS),
    )
).encode()


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


# It says that nobody looks whenever a component is declared while the server starts.
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
    Route("/healthz", health.healthz),
    Route("/readyz", health.readyz),
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
