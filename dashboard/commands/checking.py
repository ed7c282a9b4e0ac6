"""`gridlight check`: check that the installation is sound and safe, with a line for each check."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated

import typer
from sqlalchemy import Connection

from dashboard import key_files, log_guard, log_words, provider_settings, settings
from dashboard.charts.picture import FontsMissing, register_fonts
from dashboard.commands.opening import address, is_there, left_out, shown
from dashboard.commands.options import Database
from dashboard.commands.outcome import REFUSED, WrongUsageError
from dashboard.commands.refusals import sentence_of
from dashboard.commands.speaking import Progress, complain, progress, tell
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, name, say
from data.access import first_accounts
from data.facts import rules_mark
from data.facts.derivation import compare
from data.intake.stages import DERIVING
from data.ledgers.wrong_rows import wrong_rows
from data.meetings import freeze_proof, frozen_state
from data.meetings.freeze_proof import Astray
from data.reference.lists import current
from data.store import access_log, append_only, log_anchors
from data.store.access_log import Anchor
from data.store.database import DatabaseError, reading
from data.store.demonstration_mark import is_demonstration
from data.store.document_shapes import wrong_documents
from data.store.log_anchors import NoAnchorError
from data.store.schema import Standing, standing
from data.store.soundness import require_sound
from models.text import N_

app = typer.Typer(cls=Group)
VERIFYING = N_("Verifying freezes")
Answer = tuple[bool, str]
"""Whether a check passed, and a sentence that says so or what to do."""


@app.command("check", cls=Command, help=N_("Check the database and the settings."))
def check(
    database: Database = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="END",
            help=N_(
                "An earlier end of the access log: NUMBER:HASH as a check printed it, a backup, or"
                " a file of “gridlight log export”."
            ),
        ),
    ] = None,
) -> None:
    """Run all checks; the exit code is 1 if any fails."""
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


def _anchor(text: str | None) -> Anchor | None:
    if text is None:
        return None
    try:
        return log_anchors.named(text)
    except NoAnchorError as error:
        raise WrongUsageError(say(error.sentence)) from error


def _answers(url: str, watch: Progress | None, anchor: Anchor | None) -> Iterator[Answer]:
    yield from _of_database(url, watch, anchor)
    yield _fonts()
    yield from _of_settings()


def _of_database(url: str, watch: Progress | None, anchor: Anchor | None) -> Iterator[Answer]:
    if not is_there(url):
        yield False, _("Database: there is none at {database}.", database=shown(url))
        return
    engine = log_guard.opened(url)
    try:
        if sentence := left_out(engine):
            yield False, _("Database: {sentence}", sentence=sentence)
        require_sound(engine, whole=True)
        stored = log_guard.last_end(engine)
        with reading(engine) as connection:
            yield True, _("Database: {database} answers.", database=shown(url))
            well = standing(connection) is Standing.CURRENT
            yield well, _migrated(standing(connection))
            if well:
                yield from _of_data(connection, watch)
                kept = log_guard.kept_end(connection, stored)
                anchors = [each for each in (anchor, kept) if each]
                yield from _check_guarded(connection, anchors, watch)
        log_guard.keep_end(engine)
    except DatabaseError as error:
        reason = sentence_of(error)
        yield (
            False,
            _(
                "Database: {database} does not answer. {reason}",
                database=shown(url),
                reason=reason,
            ),
        )
    finally:
        engine.dispose()


def _migrated(found: Standing) -> str:
    match found:
        case Standing.CURRENT:
            return _("Tables: up to date.")
        case Standing.LATER:
            return _("Tables: made by a later version of Gridlight. Install that version.")
    return _("Tables: missing or older. “gridlight upgrade” brings them up to date.")


def _of_data(connection: Connection, watch: Progress | None) -> Iterator[Answer]:
    documents = list(_of_documents(connection))
    yield from documents
    if documents:
        return  # Facts cannot be derived by lists that cannot be read.
    yield from _of_rows(connection)
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
    shown_off = is_demonstration(connection) or bool(first_accounts.of_demonstration(connection))
    yield (
        not shown_off,
        _("Data: a demonstration. Use another database for real data.")
        if shown_off
        else _("Data: no demonstration, and no account without a password."),
    )


def _of_documents(connection: Connection) -> Iterator[Answer]:
    for each in wrong_documents(connection):
        yield (
            False,
            _(
                "Rows: {n} of the table {table} hold in {column} what cannot be read; the first is"
                " {key}. Somebody changed the tables. Restore a backup.",
                n=each.number,
                table=each.table,
                column=each.column,
                key=each.first,
            ),
        )


def _of_rows(connection: Connection) -> Iterator[Answer]:
    wrong = list(wrong_rows(connection))
    if not wrong:
        yield True, _("Rows: all are such as an import takes.")
    for each in wrong:
        yield (
            False,
            _(
                "Rows: {n} of {ledger} hold in {column} what no import takes; the first is {key}."
                " Somebody changed the tables. Import the right rows, or restore a backup.",
                n=each.number,
                ledger=name(each.ledger.SHEET),
                column=name(each.column.label),
                key=each.first,
            ),
        )


def _check_guarded(
    connection: Connection, anchors: Sequence[Anchor], watch: Progress | None
) -> Iterator[Answer]:
    """Check what somebody with access to the database could change: access log and freezes."""
    verdict = access_log.verify(connection, anchors)
    yield verdict.why is None, log_words.of_verdict(verdict)
    told = partial(watch, VERIFYING) if watch else None
    proof = freeze_proof.verify(connection, told)
    yield not proof.astray, _of_freezes(proof)
    altered = frozen_state.altered(connection.engine, proof.astray, told)
    if altered:
        numbers = _(", ").join(map(str, altered))
        yield False, _("Freezes: what number {which} saw was changed since.", which=numbers)
    if unprotected := append_only.unprotected(connection):
        yield (
            False,
            _(
                "Protection: the database no longer refuses changes of {tables}. Find out who took"
                " that away; “gridlight restore” puts it back.",
                tables=_(", ").join(unprotected),
            ),
        )
    file = key_files.log_key_file()
    closed = not file.exists() or not file.stat().st_mode & 0o077
    yield (
        closed,
        _("Log keys: {file}, for its owner only. Keep a copy apart from the backups.", file=file)
        if closed
        else _("Log keys: others may read {file}. Take their rights away: chmod 600.", file=file),
    )


def _of_freezes(proof: freeze_proof.Proof) -> str:
    if proof.astray:
        words = {
            Astray.CHANGED: N_("number {n} was changed"),
            Astray.GONE: N_("number {n} is gone"),
            Astray.UNKNOWN: N_("number {n} is not known to the access log"),
        }
        said = [_(words[why], n=number) for number, why in proof.astray.items()]
        return _("Freezes: {which}.", which=_(", ").join(said))
    if proof.unhashed:
        return _(
            "Freezes: {n}, all as they were made; {m} of earlier versions cannot be verified.",
            n=proof.freezes - proof.unhashed,
            m=proof.unhashed,
        )
    return _("Freezes: {n}, all as they were made.", n=proof.freezes)


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
    yield (
        bool(chosen.hosts),
        _("Host names: {hosts}.", hosts=_(", ").join(sorted(chosen.hosts)))
        if chosen.hosts
        else _("Host names: any is answered. Name those of browsers in hosts."),
    )
    found = provider_settings.provider()
    if found:
        yield True, _("Single sign-on: by {issuer}.", issuer=found.issuer)
    header = provider_settings.proxy_account_header()
    if header:
        yield True, _("Account header: {header}, of trusted proxies only.", header=header)
    if chosen.https:
        proxies = ", ".join(str(each) for each in chosen.trusted_proxies)
        yield (
            bool(proxies),
            _("Proxies: visitors' addresses are believed of {proxies}.", proxies=proxies)
            if proxies
            else _("Proxies: none is trusted; all visitors have its address. Set trusted_proxies."),
        )
