"""`gridlight freeze`: store every figure of every node as seen by a meeting."""

from typing import Annotated

import typer

from dashboard import clock
from dashboard.commands.opening import act, to_write
from dashboard.commands.options import Database, day
from dashboard.commands.speaking import tell
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _
from data.meetings import freezes
from data.scope import require_day
from models.text import N_

app = typer.Typer(cls=Group)


@app.command("freeze", cls=Command, help=N_("Freeze the figures for a meeting."))
def freeze(
    meeting: Annotated[
        str, typer.Argument(metavar="MEETING", help=N_("The code of the meeting in its ledger."))
    ],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DAY",
            help=N_("The day of the figures; else the meeting's, or today before it."),
        ),
    ] = None,
    database: Database = None,
) -> None:
    """Freeze the figures of a meeting; a second freeze is a new version beside the first."""
    wanted = day("--as-of", as_of)
    if wanted:
        require_day(wanted)
    with to_write(database) as engine:
        line = freezes.freeze(engine, meeting, wanted, act(), clock.today())
    tell(
        _(
            "Frozen for {meeting} as version {version}: figures of {day}, after import {number},"
            " SHA-256 {hash}.",
            meeting=line.meeting_name,
            version=line.version,
            day=line.as_of,
            number=line.import_number,
            hash=line.facts_sha256,
        )
    )
