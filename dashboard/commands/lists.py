"""`gridlight reference`: show, export and replace the lists of names, weights and thresholds."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlmodel import col

from dashboard import clock
from dashboard.commands.opening import act, to_read, to_write
from dashboard.commands.options import Database, Force
from dashboard.commands.outcome import REFUSED, RefusedError
from dashboard.commands.speaking import complain, progress, tell, tell_table
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, say
from dashboard.i18n import name as name_of
from data.intake import reference_csv
from data.intake.reference_csv import UnreadableListError
from data.intake.reference_rules import ListFault
from data.intake.replacing import ListRefusedError, replace
from data.intake.stages import DERIVING
from data.reference.lists import NAMES, current
from data.reference.official_counts import official_counts
from data.store.database import reading, writing
from models.kept import ReferenceList
from models.text import N_

app = typer.Typer(
    cls=Group, no_args_is_help=True, help=N_("Reference lists: names, weights and thresholds.")
)
ListName = Annotated[
    str,
    typer.Argument(
        metavar="LIST",
        help=N_(
            "subdistricts, content_items, rubric, duty_items, rating_grades, vetoes,"
            " warning_rules, light_rules, targets, holidays, own_headings or own_words."
        ),
    ),
]


@app.command("list", cls=Command, help=N_("List the reference lists and the official counts."))
def list_lists(database: Database = None) -> None:
    """List the reference lists: which are placeholders, who replaced others; official counts."""
    with to_read(database) as engine, reading(engine) as connection:
        references = current(connection)
        counts = official_counts(connection, references)
        columns = (
            col(ReferenceList.name),
            col(ReferenceList.replaced_at),
            col(ReferenceList.account),
        )
        replaced = {row.name: row for row in connection.execute(select(*columns))}
    rows = []
    for each in NAMES:
        state = _("Placeholder, as shipped")
        if row := replaced.get(each):
            state = _(
                "Replaced on {day:%Y-%m-%d} by {account}",
                day=clock.local(row.replaced_at),
                account=row.account,
            )
        rows.append((each, len(references.lists[each]), state))
    tell_table((_("List"), _("Rows"), _("Status")), rows)
    tell("")
    header = (_("Official count"), _("Configured/official"))
    tell_table(header, [(name_of(count.label), count.text) for count in counts])


@app.command("export", cls=Command, help=N_("Write a list as CSV, to change it and import it."))
def export_list(
    chosen: ListName,
    out: Annotated[
        Path | None,
        typer.Argument(metavar="OUT.csv", help=N_("The file; else standard output.")),
    ] = None,
    force: Force = False,
    database: Database = None,
) -> None:
    """Write a list as CSV in UTF-8 with a byte order mark, which Excel needs."""
    _require_known(chosen)
    with to_read(database) as engine, reading(engine) as connection:
        content = reference_csv.write(chosen, current(connection))
    if out is None:
        sys.stdout.write(content.decode(reference_csv.ENCODING).replace("\r\n", "\n"))
        return
    if out.exists() and not force:
        raise RefusedError(
            _(
                "{file} is there already. Choose another name, or add --force to replace it.",
                file=out,
            )
        )
    out.write_bytes(content)
    tell(_("{file} is written.", file=out))


@app.command("import", cls=Command, help=N_("Put a CSV file in the place of a list."))
def import_list(
    chosen: ListName,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help=N_("The new list."))],
    database: Database = None,
) -> None:
    """Check a list and replace the one in force; then derive all facts again."""
    _require_known(chosen)
    content = file.read_bytes()
    try:
        header, lines = reference_csv.read(content)
        with to_write(database) as engine, progress() as watch, writing(engine) as connection:
            stage = partial(watch, DERIVING) if watch else None
            replacement = replace(connection, act(), chosen, header, lines, stage)
    except UnreadableListError as error:
        raise RefusedError(f"{file}: {say(error.fault.sentence)}") from error
    except ListRefusedError as error:
        for fault in error.faults:
            tell(_line(chosen, fault))
        complain(
            _(
                "{file} was refused; faults: {n}. Nothing was changed.",
                file=file,
                n=len(error.faults),
            )
        )
        raise typer.Exit(REFUSED) from error
    tell(
        _(
            "{list} is replaced; {new} facts are new and {gone} are gone.",
            list=chosen,
            new=replacement.new,
            gone=replacement.gone,
        )
    )


def _require_known(chosen: str) -> None:
    if chosen not in NAMES:
        raise RefusedError(
            _(
                "There is no list “{list}”. Choose one of: {lists}.",
                list=chosen,
                lists=", ".join(NAMES),
            )
        )


def _line(chosen: str, fault: ListFault) -> str:
    """`list!line column: value — what to do`, without the parts that the fault lacks."""
    place = chosen
    place += f"!{fault.line}" if fault.line is not None else ""
    place += f" {fault.column}" if fault.column is not None else ""
    place += f": {fault.value}" if fault.value is not None else ""
    return f"{place} — {say(fault.sentence)}"
