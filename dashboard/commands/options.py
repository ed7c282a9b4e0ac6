"""Options shared by several commands, and the parsing of their values."""

import re
from datetime import date
from typing import Annotated

import typer

from dashboard.commands.outcome import WrongUsageError
from dashboard.i18n import _
from models.text import N_

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help=N_("The database; else the one of the settings, which “gridlight config” shows."),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help=N_("The day, like 2026-03-31; else today.")),
]
Node = Annotated[
    str,
    typer.Option(
        "--node",
        metavar="NODE",
        help=N_(
            "district, sector:CODE, subdistrict:CODE, kind:CODE, batch:N or unit:CODE;"
            " else the district."
        ),
    ),
]
Json = Annotated[bool, typer.Option("--json", help=N_("Print JSON."))]
Force = Annotated[bool, typer.Option("--force", help=N_("Replace what is there."))]


def day(option: str, text: str | None) -> date | None:
    """The day written in `text`; raises `WrongUsageError` for malformed text."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError as error:
        raise WrongUsageError(
            _(
                "{option}: “{text}” is not a day. Enter it like 2026-03-31.",
                option=option,
                text=text,
            )
        ) from error
