"""`gridlight log`: export the access log for an auditor or a log collector."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard import key_files, settings
from dashboard.commands.opening import act, to_read, to_write
from dashboard.commands.options import Database, Force, day
from dashboard.commands.speaking import tell
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _
from data.store import access_log
from data.store.database import recording
from data.store.log_export import export_log
from models.text import N_

app = typer.Typer(
    cls=Group, no_args_is_help=True, help=N_("The access log: who did what, when, from where.")
)


@app.command("export", cls=Command, help=N_("Write the entries of a period to a file."))
def export(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help=N_("The file to write: .csv or .jsonl."))
    ],
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help=N_("From this day; else all."))
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help=N_("To this day; else all."))
    ] = None,
    force: Force = False,
    database: Database = None,
) -> None:
    """Write the access log to a file; the export itself is logged."""
    period = day("--from", first), day("--to", last)
    with to_read(database) as engine:
        entries, head = export_log(
            engine,
            out,
            act(),
            first=period[0],
            last=period[1],
            zone=settings.in_use().time_zone,
            force=force,
        )
    tell(
        _(
            "{file} is written: {n} entries, the last has the hash {hash}.",
            file=out,
            n=entries,
            hash=head,
        )
    )


@app.command("new-key", cls=Command, help=N_("Sign the access log with a new key from now on."))
def new_key(database: Database = None) -> None:
    """Make a new key for signing the log; earlier keys remain, to verify earlier entries."""
    with to_write(database) as engine:
        file = key_files.log_key_file()
        with recording(engine) as connection:
            made = access_log.add_key(connection, act(), file)
    tell(_("The access log is signed with the key {key} from now on: {file}.", key=made, file=file))
