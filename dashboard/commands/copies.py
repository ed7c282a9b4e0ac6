"""`gridlight backup` and `gridlight restore`: copy the whole database to a file and back."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from dashboard import key_files, log_guard
from dashboard.commands.opening import act, address, to_read
from dashboard.commands.options import Database, Force
from dashboard.commands.speaking import note, progress, tell
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _
from data.store import backup as backups
from data.store import restoring
from models.text import N_

app = typer.Typer(cls=Group)
COPYING = N_("Copying the database")


@app.command(
    "backup", cls=Command, help=N_("Write a consistent copy, also while the dashboard runs.")
)
def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help=N_("The backup to write."))],
    force: Force = False,
    packed: Annotated[
        bool,
        typer.Option(
            "--packed", help=N_("Compressed and, of PostgreSQL, quicker; “restore” reads it too.")
        ),
    ] = False,
    database: Database = None,
) -> None:
    """Write a consistent backup of the database to one file."""
    with to_read(database) as engine, progress() as watch:
        stage = partial(watch, COPYING) if watch else None
        backups.backup(engine, out, act(), force=force, packed=packed, progress=stage)
    tell(_("{file} is written. Keep it safe: it holds everything, names too.", file=out))


@app.command("restore", cls=Command, help=N_("Put a backup into the database."))
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A backup."))],
    force: Force = False,
    database: Database = None,
) -> None:
    """Restore a backup, made from SQLite or PostgreSQL, into either of them."""
    key_files.log_keys_in_use()
    engine = log_guard.opened(address(database))
    try:
        with progress() as watch:
            stage = partial(watch, COPYING) if watch else None
            aside = restoring.restore(
                engine,
                file,
                act(),
                force=force,
                progress=stage,
                before=log_guard.keep_end_of,
                known_end=log_guard.last_end(engine),
            )
        log_guard.keep_other_end(engine)
    finally:
        engine.dispose()
    if aside:
        note(_("The damaged database lies at {file}.", file=aside))
    tell(_("{file} is restored. Everybody has to sign in again.", file=file))
