"""`gridlight template` and `gridlight export`: workbooks out."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.opening import act, address, is_there, scope_of, to_read
from dashboard.commands.options import Database, Node
from dashboard.commands.speaking import Progress, progress, tell
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, catalogue, language
from data.ledgers import exporting
from data.ledgers.rows import Values
from data.nodes import DISTRICT
from data.reference.lists import References, current, shipped
from data.store.database import Standing, connect, reading, standing
from data.store.logged_files import logged_file
from data.workbook import template
from data.workbook import writing as workbook
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
    help=N_("Write an empty workbook with every sheet, drop-downs and explanations."),
)
def write_template(out: Out, database: Database = None) -> None:
    """Made by the database's reference lists, or by the shipped ones where there is none."""
    template.write(out, _lists(database), language(), catalogue(language()).gettext)
    tell(_("{file} is written.", file=out))


def _lists(database: str | None) -> References:
    url = address(database)
    if not is_there(url):
        return shipped()
    engine = connect(url)
    try:
        with reading(engine) as connection:
            empty = standing(connection) is not Standing.CURRENT
            return shipped() if empty else current(connection)
    finally:
        engine.dispose()


@app.command(
    "export", cls=Command, help=N_("Write the ledgers as a workbook that import takes back.")
)
def export(out: Out, node: Node = DISTRICT, database: Database = None) -> None:
    """All rows; with a node those of its units and every row they refer to."""
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
