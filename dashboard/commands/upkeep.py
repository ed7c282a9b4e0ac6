"""`gridlight undo`, `remove`, `rebuild`, `upgrade`: withdraw rows or imports, derive facts
again."""

from functools import partial
from typing import Annotated

import typer
from sqlalchemy import Engine

from dashboard import clock
from dashboard.commands.opening import act, to_write
from dashboard.commands.options import Database
from dashboard.commands.speaking import progress, tell, tell_table
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, name
from data.facts import rules_mark
from data.facts.derivation import Derivation
from data.facts.rebuilding import rebuild as derive_all_again
from data.intake.removal import remove
from data.intake.stages import DERIVING
from data.intake.undo import preview, undo
from data.meetings.remembering import remember
from data.reference.lists import current
from data.store.database import reading
from models.registry import BY_ID, LEDGERS
from models.text import N_

app = typer.Typer(cls=Group)


@app.command("remove", cls=Command, help=N_("Take one row out of a ledger, for a reason."))
def remove_row(
    ledger: Annotated[
        str, typer.Argument(metavar="LEDGER", help=N_("Its English id or its Chinese name."))
    ],
    key: Annotated[
        str,
        typer.Argument(metavar="KEY", help=N_("The key of the row, its parts joined by |.")),
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="REASON", help=N_("Why; it is kept."))],
    database: Database = None,
) -> None:
    """Remove a row, which is kept as an earlier version; refused while other rows refer to it."""
    who = act()
    by_name = {each.SHEET.zh: each.id() for each in LEDGERS}
    chosen = by_name.get(ledger, ledger)
    with to_write(database) as engine:
        with reading(engine) as connection:
            references = current(connection)
        number = remove(
            engine,
            chosen,
            key,
            reason=reason,
            account=who.account,
            day=clock.today(),
            now=who.at,
            references=references,
        )
    tell(_("The row {key} is taken out, as import {number}.", key=key, number=number))


@app.command("undo", cls=Command, help=N_("Take back what an import brought, for a reason."))
def undo_import(
    number: Annotated[int, typer.Argument(metavar="N", help=N_("The number of the import."))],
    reason: Annotated[str, typer.Option("--reason", metavar="REASON", help=N_("Why; it is kept."))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Say what would be done; keep nothing."))
    ] = False,
    database: Database = None,
) -> None:
    """Withdraw an import by a new one, which can be withdrawn as well; rows changed since stay."""
    who = act()
    with to_write(database) as engine:
        with reading(engine) as connection:
            references = current(connection)
        if dry_run:
            undone = preview(engine, number, day=clock.today(), references=references)
        else:
            undone = undo(
                engine,
                number,
                reason=reason,
                account=who.account,
                day=clock.today(),
                now=who.at,
                references=references,
            )
    if undone.number is None:
        tell(
            _("Import {undoes} would be taken back; nothing is kept of a trial run.", undoes=number)
        )
    else:
        own = undone.number
        tell(_("Import {undoes} is taken back, as import {number}.", undoes=number, number=own))
    header = (_("Ledger"), _("Taken out"), _("As before"), _("Back again"))
    rows = [
        (name(BY_ID[ledger].SHEET), counted["removed"], counted["changed"], counted["new"])
        for ledger, counted in undone.counts.items()
    ]
    tell_table(header, rows)
    for ledger, key, why in undone.stays():
        stays = {"ledger": ledger.SHEET, "key": key, "why": why.label}
        tell(_("Stays: {ledger} {key}, {why}.", **stays))


@app.command("rebuild", cls=Command, help=N_("Derive all facts again from the ledgers."))
def rebuild(database: Database = None) -> None:
    """Derive all facts again and print what differed; after imports nothing should."""
    with to_write(database) as engine:
        _tell(_derived_again(engine))


@app.command(
    "upgrade", cls=Command, help=N_("Bring the database and its facts up to this version.")
)
def upgrade(database: Database = None) -> None:
    """Bring an older database up to date; what is up to date is left as it is."""
    bring_up_to_date(database)


def bring_up_to_date(database: str | None) -> None:
    """Back up a SQLite file, run migrations, derive facts.

    After an interruption, a second call completes the work.
    """
    with to_write(database) as engine:
        with reading(engine) as connection:
            in_force = rules_mark.in_force(connection)
        if not in_force:
            _tell(_derived_again(engine))
        # After the facts, because the state at a freeze is stored as differences from them.
        freezes = remember(engine)
        if freezes:
            tell(_("What {n} freezes saw is kept now.", n=freezes))
        elif in_force:
            tell(_("The database is up to date."))


def _derived_again(engine: Engine) -> Derivation:
    with progress() as watch:
        told = partial(watch, DERIVING) if watch else None
        return derive_all_again(engine, told, account=act().account)


def _tell(done: Derivation) -> None:
    if not done.differs:
        tell(_("{units} units were derived again; nothing differed.", units=done.units))
        return
    tell(
        _(
            "{units} units were derived again: {new} facts were missing, {gone} were too many,"
            " {moved} units stood in other groups. All is corrected.",
            units=done.units,
            new=done.new,
            gone=done.gone,
            moved=done.moved,
        )
    )
    if done.totals_differ:
        tell(_("The running totals were counted anew."))
