"""`gridlight figures` and `gridlight rows`: the figures on the screens and the rows behind them."""

import csv
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from dashboard.commands.opening import scope_of, to_read
from dashboard.commands.options import AsOf, Database, Json, Node, day
from dashboard.commands.outcome import RefusedError, WrongUsageError
from dashboard.commands.speaking import tell_json, tell_table
from dashboard.commands.usage import Command, Group
from dashboard.formats import NOT_ENTERED
from dashboard.i18n import _, name
from data.figures.catalogue import Catalogue, Figure, catalogue
from data.figures.reading import Reading, read
from data.figures.rows import rows_behind
from data.nodes import DISTRICT
from data.reference.lists import current
from data.store.database import reading
from models.text import N_, NOTHING

app = typer.Typer(cls=Group)
COLUMNS = ("side", "ledger", "key", "unit", "value")
LOOKS_LIKE_FORMULA = ("=", "+", "-", "@")


@app.command("figures", cls=Command, help=N_("Print every figure of a day at a node."))
def figures(
    as_of: AsOf = None, node: Node = DISTRICT, as_json: Json = False, database: Database = None
) -> None:
    """Print every figure and bucket, in the order of the screens."""
    wanted = day("--as-of", as_of)
    with to_read(database) as engine, reading(engine) as connection:
        references = current(connection)
        scope = scope_of(connection, node, wanted, references)
        readings = read(connection, scope, catalogue(references))
    if as_json:
        printed = {key: each.as_json() for key, each in readings.items()}
        tell_json({"as_of": scope.as_of.isoformat(), "node": str(scope.node), "figures": printed})
        return
    header = (_("Figure"), _("What it is called"), _("Value"))
    tell_table(header, [(key, _named(each), _value(each)) for key, each in readings.items()])


def _value(reading: Reading) -> str:
    return reading.text if reading.known else f"{reading.text} {_(NOT_ENTERED)}"


def _named(reading: Reading) -> str:
    figure = _(reading.figure.name)
    for bucket in reading.figure.buckets:
        if bucket.id == reading.bucket:
            return f"{figure} · {name(bucket.label)}"
    return figure


@app.command("rows", cls=Command, help=N_("Print the list behind a figure."))
def rows(
    figure: Annotated[
        str,
        typer.Argument(metavar="FIGURE[:BUCKET]", help=N_("As “gridlight figures” names it.")),
    ],
    as_of: AsOf = None,
    node: Node = DISTRICT,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help=N_("Print CSV."))] = False,
    database: Database = None,
) -> None:
    """Print every row that counts in a figure; their number or sum is the figure."""
    if as_json and as_csv:
        raise WrongUsageError(_("Choose one of --json and --csv."))
    wanted = day("--as-of", as_of)
    with to_read(database) as engine, reading(engine) as connection:
        references = current(connection)
        known, bucket = _chosen(catalogue(references), figure)
        scope = scope_of(connection, node, wanted, references)
        printed_rows = [row.as_json(known) for row in rows_behind(connection, scope, known, bucket)]
    if as_json:
        tell_json(printed_rows)
        return
    listed = [[row[column] for column in COLUMNS] for row in printed_rows]
    if as_csv:
        _write_csv(listed)
    else:
        tell_table(COLUMNS, listed)


def _chosen(figures: Catalogue, asked: str) -> tuple[Figure, str]:
    """The figure and bucket named by a key like `required:source=STATE`."""
    wanted, _colon, bucket = asked.partition(":")
    figure = figures.get(wanted)
    if figure is None:
        raise RefusedError(
            _("There is no figure “{figure}”. “gridlight figures” lists them all.", figure=wanted)
        )
    buckets = [each.id for each in figure.buckets]
    if bucket and bucket not in buckets:
        raise RefusedError(
            _(
                "The figure {figure} has no bucket “{bucket}”. It has: {buckets}.",
                figure=wanted,
                bucket=bucket,
                buckets=", ".join(buckets) or NOTHING,
            )
        )
    if not bucket and figure.only_buckets:
        raise RefusedError(
            _(
                "The figure {figure} has buckets only. Choose one: {buckets}.",
                figure=wanted,
                buckets=", ".join(f"{wanted}:{each}" for each in buckets),
            )
        )
    return figure, bucket


def _write_csv(listed: Sequence[Sequence[object]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in row] for row in listed)


def _safe(cell: object) -> object:
    """`cell`, with an apostrophe before text that a spreadsheet would take for a formula."""
    guarded = isinstance(cell, str) and cell.startswith(LOOKS_LIKE_FORMULA)
    return f"'{cell}" if guarded else cell
