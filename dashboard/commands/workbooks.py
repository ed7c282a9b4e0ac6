"""`gridlight template` and `gridlight export`: write workbooks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from dashboard.commands.opening import act, address, is_there, scope_of, to_read
from dashboard.commands.options import Database, Node
from dashboard.commands.outcome import WrongUsageError
from dashboard.commands.speaking import Progress, progress, tell
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, catalogue, language, say
from data.collection import own_workbook
from data.collection.periods import collected_on
from data.ledgers import exporting
from data.ledgers.offers import offers
from data.ledgers.rows import Values
from data.nodes import DISTRICT
from data.reference.lists import current, shipped
from data.store.database import connect, reading
from data.store.logged_files import logged_file
from data.store.schema import Standing, standing
from data.workbook.outgoing import starter, template
from data.workbook.outgoing import writing as workbook
from data.workbook.outgoing.starter_sheets import Offers
from models.ledger import Ledger
from models.registry import LEDGERS
from models.text import N_

app = typer.Typer(cls=Group)
Out = Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=N_("The workbook to write."))]
Sheets = Iterable[tuple[type[Ledger], Iterable[Values]]]
WRITING = N_("Writing the workbook")


@app.command(
    "template",
    cls=Command,
    help=N_("Write an empty workbook with every sheet, or one to start with."),
)
def write_template(
    out: Out,
    ledgers: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="LEDGERS",
            help=N_("Ledgers to start with, by id or sheet, parted by commas; else every sheet."),
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="CODE", help=N_("The workbook of one unit, with its rows.")),
    ] = None,
    database: Database = None,
) -> None:
    """Write a template by the database's reference lists, or by the shipped ones without one."""
    chosen = _chosen(ledgers)
    if unit is not None:
        _write_for_unit(out, chosen, unit, database)
    else:
        with _connection(database) as connection:
            references = shipped() if connection is None else current(connection)
            if ledgers is None:
                template.write(out, references, language(), catalogue(language()).gettext)
            else:
                known = offers(connection, LEDGERS) if connection else Offers()
                sheets = starter.sheets_for(chosen, known, whole=True)
                starter.write(out, sheets, known, references, say)
    tell(_("{file} is written.", file=out))


def _write_for_unit(
    out: Path, wanted: Sequence[type[Ledger]], unit: str, database: str | None
) -> None:
    """Write a template with the rows of one unit, which is logged as an export.

    It has the sheets `wanted`, or else those that the unit must fill in, signed for the last month.
    """
    with to_read(database) as engine, reading(engine) as connection:
        references = current(connection)
        scope = scope_of(connection, f"unit:{unit}", None, references)
        with logged_file(engine, out, act(), f"template {scope.node}") as part:
            if wanted:
                sheets = starter.sheets_for(wanted, Offers(), whole=False)
                known = offers(connection, sheets, scope.node, filled=True)
                starter.write(part, sheets, known, references, say)
            else:
                period = collected_on(scope.as_of)
                own_workbook.write(connection, part, scope, period, references, say)


def _chosen(text: str | None) -> list[type[Ledger]]:
    """The ledgers named in `text`; raises `WrongUsageError` for unknown ones."""
    names = {name: ledger for ledger in LEDGERS for name in (ledger.id(), ledger.SHEET.zh)}
    chosen = []
    for name in filter(None, map(str.strip, re.split("[,，、]", text or ""))):
        if name not in names:
            raise WrongUsageError(_("--for: there is no ledger “{name}”.", name=name))
        chosen.append(names[name])
    if text is not None and not chosen:
        raise WrongUsageError(_("--for needs at least one ledger."))
    return chosen


@contextmanager
def _connection(database: str | None) -> Iterator[Connection | None]:
    """A connection to the database as it is; None if there is none yet."""
    url = address(database)
    if not is_there(url):
        yield None
        return
    engine = connect(url)
    try:
        with reading(engine) as connection:
            yield connection if standing(connection) is Standing.CURRENT else None
    finally:
        engine.dispose()


@app.command(
    "export", cls=Command, help=N_("Write the ledgers as a workbook that import takes back.")
)
def export(out: Out, node: Node = DISTRICT, database: Database = None) -> None:
    """Write all rows; for a node the rows of its units and every row they refer to."""
    with to_read(database) as engine, reading(engine) as connection, progress() as watch:
        scope = scope_of(connection, node, None, current(connection))
        with logged_file(engine, out, act(), f"ledgers {scope.node}") as part:
            workbook.export(part, _watched(exporting.rows(connection, scope.node), watch))
    tell(_("{file} is written.", file=out))


def _watched(
    sheets: Sheets, watch: Progress | None
) -> Iterator[tuple[type[Ledger], Iterable[Values]]]:
    for done, sheet in enumerate(sheets):
        if watch:
            watch(WRITING, done, len(LEDGERS))
        yield sheet
