"""`gridlight run`: bring the database up to date and serve the dashboard."""

import errno
import os
import socket
from contextvars import Context
from typing import Annotated

import typer
from sqlalchemy import Engine

from dashboard import clock, setting_origins
from dashboard.commands.opening import address, require_not_older, to_write
from dashboard.commands.options import Database
from dashboard.commands.outcome import RefusedError, WrongUsageError
from dashboard.commands.speaking import note, progress
from dashboard.commands.upkeep import bring_up_to_date
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _
from data import demonstration
from data.facts import rules_mark
from data.facts.rebuilding import rebuild
from data.reference.lists import current
from data.store.database import reading
from data.store.demonstration_mark import is_demonstration
from data.store.restoring import holds_anything
from models.text import N_

app = typer.Typer(cls=Group)
OWN_MACHINE, EVERYWHERE = "127.0.0.1", ("0.0.0.0", "::")
# The variable that Streamlit reads and container images set.
ADDRESS = "STREAMLIT_SERVER_ADDRESS"
OWN_FILE = "demonstration.sqlite"
MOST, WAITING = 65_535, 2_048


@app.command("run", cls=Command, help=N_("Serve the dashboard."))
def run(
    port: Annotated[
        int, typer.Option("--port", metavar="N", help=N_("The port; else 8501."))
    ] = 8501,
    demo: Annotated[
        bool,
        typer.Option("--demo", help=N_("Fill an empty database with a demonstration district.")),
    ] = False,
    upgrade: Annotated[
        bool,
        typer.Option("--upgrade", help=N_("Bring an older database up to this version first.")),
    ] = False,
    database: Database = None,
) -> None:
    """Serve the dashboard on localhost, unless the environment names another address.

    Except for the demonstration, an older database is refused unless `upgrade` is given.
    """
    host = os.environ.get(ADDRESS) or OWN_MACHINE
    listening = _bound(host, port)
    try:
        url = _demonstration(database) if demo else address(database)
        if upgrade:
            bring_up_to_date(url)
        elif not demo:
            require_not_older(url)
        with to_write(url) as engine:
            os.environ[setting_origins.DATABASE_URL] = url
            _require_rules(engine, filled_by_us=demo)
        if demo:
            os.environ[setting_origins.DEMONSTRATION] = "1"
        _serve(host, listening)
    finally:
        listening.close()


def _bound(host: str, port: int) -> socket.socket:
    """A socket bound to the port, opened first, so that a used port is reported at once."""
    if not 0 <= port <= MOST:
        raise WrongUsageError(_("--port must lie between 0 and {most}.", most=MOST))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # Only listening reserves the port; browsers wait until requests are answered.
        listening.listen(WAITING)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise RefusedError(
                _("Port {port} is in use. Choose another with --port.", port=port)
            ) from error
        raise RefusedError(
            _(
                "{host}, port {port}, cannot be used: {reason}",
                host=host,
                port=port,
                reason=error.strerror,
            )
        ) from error
    return listening


def _demonstration(database: str | None) -> str:
    """The address of a database with the demonstration.

    If none is given, it is a file of its own in the data folder, so that it never mixes with real
    data.
    """
    if database or setting_origins.is_given(setting_origins.DATABASE_URL):
        _fill(address(database))
        return address(database)
    own = setting_origins.home().absolute() / OWN_FILE
    if not own.exists():
        # Use a temporary name while filling, so that an interrupted file is not used.
        part = own.with_name(f"new-{OWN_FILE}")
        part.unlink(missing_ok=True)
        _fill(f"sqlite:///{part}")
        part.rename(own)
    return f"sqlite:///{own}"


def _fill(url: str) -> None:
    with to_write(url) as engine:
        with reading(engine) as connection:
            if is_demonstration(connection):
                return
            if holds_anything(connection):
                raise RefusedError(
                    _("The database holds data of its own. Name an empty one with --database.")
                )
            references = current(connection)
        with progress() as watch:
            demonstration.fill(
                engine, today=clock.today(), now=clock.now(), references=references, progress=watch
            )


def _require_rules(engine: Engine, *, filled_by_us: bool) -> None:
    """Report facts derived by other rules; those of a demonstration are derived again."""
    with reading(engine) as connection:
        in_force = rules_mark.in_force(connection)
    if in_force:
        return
    if filled_by_us:
        rebuild(engine)
        return
    note(
        _(
            "The facts were derived by an earlier version or by other reference lists; pages say"
            " so. Bring them up to date with “gridlight upgrade”."
        )
    )


def _serve(host: str, listening: socket.socket) -> None:
    shown = socket.gethostname() if host in EVERYWHERE else host
    url = f"http://{shown}:{listening.getsockname()[1]}"
    ready = _("Gridlight is served at {url}. Stop it with Ctrl+C.", url=url)

    def tell_ready() -> None:
        print(ready, flush=True)

    # Import late: this loads Streamlit, which takes longer than everything else.
    from dashboard.server import serve

    # In a new context, because pages must not inherit this command's language.
    started = Context().run(serve, host, listening.getsockname()[1], listening, tell_ready)
    if not started:
        raise RefusedError(_("The dashboard could not start; the lines above say why."))
