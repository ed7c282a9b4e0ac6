"""`gridlight check`: whether the installation is sound and safe, a line for each question."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Annotated

import typer
from sqlalchemy import Connection

from dashboard import settings
from dashboard.charts.picture import FontsMissing, register_fonts
from dashboard.commands.opening import address, is_there, shown
from dashboard.commands.options import Database
from dashboard.commands.outcome import REFUSED, WrongUsageError
from dashboard.commands.speaking import Progress, complain, progress, tell
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _
from data.access import first_accounts
from data.facts import rules_mark
from data.facts.derivation import compare
from data.intake.taking import DERIVING
from data.reference.lists import current
from data.store import access_log
from data.store.database import DatabaseError, Standing, connect, reading, standing
from data.store.demonstration_mark import is_demonstration
from models.text import N_

app = typer.Typer(cls=Group)
Anchor = tuple[int, str] | None
"""Number and hash of an entry of the access log, noted down before."""
Answer = tuple[bool, str]
"""Whether all is well, and the sentence that says so or what to do."""


@app.command("check", cls=Command, help=N_("Check the database and the settings."))
def check(
    database: Database = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER:HASH",
            help=N_("The end of the access log as an earlier check printed it."),
        ),
    ] = None,
) -> None:
    """Exit code 1 if any check fails."""
    anchor = _anchor(against)
    answers = []
    with progress() as watch:
        for well, sentence in _answers(address(database), watch, anchor):
            answers.append(well)
            word = _("ok") if well else _("FAILED")
            tell(f"{word}\t{sentence}")
    failed = answers.count(False)
    if failed:
        complain(_("{failed} of {all} checks failed.", failed=failed, all=len(answers)))
        raise typer.Exit(REFUSED)


def _anchor(text: str | None) -> Anchor:
    if text is None:
        return None
    number, _colon, head = text.partition(":")
    if not (number.isdecimal() and len(number) < 12 and re.fullmatch("[0-9a-f]{64}", head)):
        raise WrongUsageError(_("“{text}” is not the end of a log. Copy it whole.", text=text[:90]))
    return int(number), head


def _answers(url: str, watch: Progress | None, anchor: Anchor) -> Iterator[Answer]:
    yield from _of_database(url, watch, anchor)
    yield _fonts()
    yield from _of_settings()


def _of_database(url: str, watch: Progress | None, anchor: Anchor) -> Iterator[Answer]:
    if not is_there(url):
        yield False, _("Database: there is none at {database}.", database=shown(url))
        return
    engine = connect(url)
    try:
        with reading(engine) as connection:
            yield True, _("Database: {database} answers.", database=shown(url))
            well = standing(connection) is Standing.CURRENT
            yield well, _migrated(standing(connection))
            if well:
                yield from _of_data(connection, watch, anchor)
    except DatabaseError:
        yield False, _("Database: {database} does not answer.", database=shown(url))
    finally:
        engine.dispose()


def _migrated(found: Standing) -> str:
    match found:
        case Standing.CURRENT:
            return _("Tables: up to date.")
        case Standing.LATER:
            return _("Tables: made by a later version of Gridlight. Install that version.")
    return _("Tables: missing or older. “gridlight upgrade” brings them up to date.")


def _of_data(connection: Connection, watch: Progress | None, anchor: Anchor) -> Iterator[Answer]:
    found = compare(connection, current(connection), partial(watch, DERIVING) if watch else None)
    differ = found.new + found.gone
    yield (
        not differ,
        _("Facts: {units} units, all in step with the ledgers.", units=found.units)
        if not differ
        else _("Facts: {n} are out of step with the ledgers. Run “gridlight rebuild”.", n=differ),
    )
    in_force = rules_mark.in_force(connection)
    yield (
        in_force,
        _("Rules: the facts were derived by those of this version.")
        if in_force
        else _("Rules: the facts were derived by others. Run “gridlight upgrade”."),
    )
    astray = found.totals_differ or bool(found.moved)
    yield (
        not astray,
        _("Running totals: out of step with the facts. Run “gridlight rebuild”.")
        if astray
        else _("Running totals: in step with the facts."),
    )
    verdict = access_log.verify(connection, anchor)
    yield (
        verdict.broken_at is None,
        _(
            "Access log: unbroken, ends with {number}:{hash}. Note it down elsewhere.",
            number=verdict.entries,
            hash=verdict.head,
        )
        if verdict.broken_at is None
        else _("Access log: entry {n} does not fit, it was changed.", n=verdict.broken_at),
    )
    shown_off = is_demonstration(connection) or bool(first_accounts.of_demonstration(connection))
    yield (
        not shown_off,
        _("Data: a demonstration. Use another database for real data.")
        if shown_off
        else _("Data: no demonstration, and no account without a password."),
    )


def _fonts() -> Answer:
    try:
        register_fonts()
    except FontsMissing:
        return False, _("Fonts: missing. Install the package pylopdf-fonts-zh-cn.")
    return True, _("Fonts: Chinese texts in documents can be drawn.")


def _of_settings() -> Iterator[Answer]:
    chosen = settings.in_use()
    yield (
        not chosen.demonstration,
        _("One-click accounts: on. Take GRIDLIGHT_DEMONSTRATION away.")
        if chosen.demonstration
        else _("One-click accounts: off."),
    )
    yield (
        chosen.https,
        _("HTTPS: cookies travel by it only.")
        if chosen.https
        else _("HTTPS: not said to be on. Put a proxy in front and set GRIDLIGHT_HTTPS=1."),
    )
