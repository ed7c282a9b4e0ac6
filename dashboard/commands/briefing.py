"""`gridlight briefing`: the figures of a day as a Word document, a workbook, or slides."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from dashboard import clock, settings
from dashboard.commands.opening import act, scope_of, to_read
from dashboard.commands.options import AsOf, Database, Node, day
from dashboard.commands.outcome import RefusedError, WrongUsageError
from dashboard.commands.speaking import progress, tell
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, language, say, use_language
from data.documents.masthead import MastheadRefusedError
from data.figures.changes import WITHOUT_MEETING
from data.meetings import freezes, held
from data.nodes import DISTRICT
from data.reference.lists import current
from data.scope import Scope, require_day
from data.store.database import reading
from data.store.logged_files import logged_file
from models.text import N_

app = typer.Typer(cls=Group)


@app.command(
    "briefing", cls=Command, help=N_("Write the briefing of a day, each figure with its source.")
)
def briefing(
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT.docx",
            help=N_(
                "The document; OUT.xlsx for its workbook, OUT.pptx for the slides of the agenda."
            ),
        ),
    ],
    as_of: AsOf = None,
    node: Node = DISTRICT,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DAY",
            help=N_(
                "The day to compare with, as it is known now; else the last meeting as it was"
                " frozen."
            ),
        ),
    ] = None,
    checked: Annotated[
        bool,
        typer.Option(
            "--checked",
            help=N_("The checked version: with charts, annexes and the source of every figure."),
        ),
    ] = False,
    number: Annotated[
        str | None,
        typer.Option(
            "--number",
            metavar="TEXT",
            help=N_("The number of the issue as it is printed; else that of the settings."),
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="LANGUAGE", help=N_("zh_CN or en; else that of the settings.")
        ),
    ] = None,
    database: Database = None,
) -> None:
    """Make a briefing and compare it with the database before the file is written."""
    # Import late: these load the chart library, which a call for help does not need.
    from dashboard.charts.picture import FontsMissing
    from dashboard.documents.briefing import making
    from dashboard.documents.briefing.document import Version
    from dashboard.documents.briefing.pictures import PicturesFailedError

    form = _form(out)
    wanted, compared = day("--as-of", as_of), day("--since", since)
    if compared:
        require_day(compared)
    spoken = _language(lang)
    with to_read(database) as engine:
        with reading(engine) as connection:
            scope = scope_of(connection, node, wanted, current(connection))
            before = scope.on(compared) if compared else _last_meeting(connection, scope)
        if before.as_of >= scope.as_of:
            raise WrongUsageError(
                _(
                    "--since: {since} does not lie before {as_of}.",
                    since=before.as_of,
                    as_of=scope.as_of,
                )
            )
        version = Version.CHECKED if checked else Version.CIRCULATION
        asked = making.Asked(
            scope, before, clock.today(), names_in_full=True, version=version, number=number
        )
        try:
            with progress() as watch, use_language(spoken):
                file = making.make(making.with_freezes(engine), asked, making.Form(form), watch)
        except MastheadRefusedError as error:
            raise WrongUsageError(f"--number: {say(error.sentence)}") from error
        except (FontsMissing, PicturesFailedError) as error:
            reason = str(error) or _("the renderer ended before its time")
            message = _("The charts could not be drawn: {reason}", reason=reason)
            raise RefusedError(message) from error
        subject = f"briefing {form} {scope.node} {scope.as_of}"
        with logged_file(engine, out, act(), subject) as part:
            part.write_bytes(file)
    tell(_("{file} is written; every figure in it was compared with the database.", file=out))


def _form(out: Path) -> str:
    form = out.suffix.lower().removeprefix(".")
    if form not in ("docx", "xlsx", "pptx"):
        raise WrongUsageError(_("{file} must end in .docx, .xlsx or .pptx.", file=out))
    return form


def _language(lang: str | None) -> str:
    if lang is not None and lang not in settings.LANGUAGES:
        raise WrongUsageError(
            _(
                "--lang: “{lang}” is no language. Choose one of: {languages}.",
                lang=lang,
                languages=", ".join(settings.LANGUAGES),
            )
        )
    return lang or language()


def _last_meeting(connection: Connection, scope: Scope) -> Scope:
    """The scope at the latest freeze, as on pages; without a freeze, on the last meeting's day."""
    frozen = freezes.last_before(freezes.freezes(connection), scope.as_of)
    if frozen:
        return scope.on(frozen.as_of).as_frozen(frozen.number)
    return scope.on(held.last_before(connection, scope.as_of) or scope.as_of - WITHOUT_MEETING)
