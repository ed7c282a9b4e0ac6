"""`gridlight import`: import workbooks one after another, each whole or not at all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from sqlalchemy import Engine

from dashboard import clock
from dashboard.commands.opening import act, address, is_there, to_write
from dashboard.commands.options import Database, Json, day
from dashboard.commands.outcome import REFUSED, WrongUsageError
from dashboard.commands.own_ledgers import AUTO, Answers, AsOf, Sender
from dashboard.commands.preview import as_json as preview_as_json
from dashboard.commands.preview import tell_preview
from dashboard.commands.speaking import complain, progress, tell, tell_json, tell_table
from dashboard.commands.taking_own_ledgers import Choices, sum_up, take_own_ledgers
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, name, say
from data.intake import correction_keys
from data.intake.checks.corrections import TRIAL, Correcting, RowName
from data.intake.senders import sender_of
from data.intake.taken import Taken
from data.intake.taking import take
from data.own_ledgers.several import OneOfSeveral, some_are_ours
from data.reference.lists import current
from data.store.database import connect, reading
from data.store.schema import Standing, standing
from data.workbook.outgoing.marking import mark
from data.workbook.rows import Fault
from models.kinds import EARLIEST, LATEST
from models.registry import BY_ID
from models.text import N_

app = typer.Typer(cls=Group)


@app.command("import", cls=Command, help=N_("Take in workbooks, each whole or not at all."))
def import_workbooks(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE.xlsx", help=N_("Workbooks, in this order."))
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Say what would be done; keep nothing."))
    ] = False,
    as_json: Json = False,
    faults: Annotated[
        Path | None,
        typer.Option(
            "--faults",
            metavar="OUT.xlsx",
            help=N_("Where to write a refused workbook again, its faulty cells marked."),
        ),
    ] = None,
    on_day: Annotated[
        str | None,
        typer.Option("--day", metavar="DAY", help=N_("The day of the import; else today.")),
    ] = None,
    correct: Annotated[
        str | None,
        typer.Option(
            "--correct",
            metavar="REASON",
            help=N_("Why guarded columns of kept rows are to be changed; alone, of five rows."),
        ),
    ] = None,
    correct_keys: Annotated[
        Path | None,
        typer.Option(
            "--correct-keys",
            metavar="FILE",
            help=N_(
                "The rows to correct, one “ledger,key” a line; a trial run without --correct"
                " writes it."
            ),
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--form",
            metavar="NAME",
            help=N_("Take in own ledgers of offices by this form; auto: the one that fits best."),
        ),
    ] = None,
    answers: Answers = None,
    set_aside: Annotated[
        bool,
        typer.Option(
            "--set-aside", help=N_("Let rows with open questions wait, and take in the rest.")
        ),
    ] = False,
    sender: Sender = None,
    as_of: AsOf = None,
    stop: Annotated[
        bool, typer.Option("--stop", help=N_("Let the first refused workbook end the run."))
    ] = False,
    database: Database = None,
) -> None:
    """Import workbooks; a refused one does not affect the others, but the exit code is then 1."""
    when = _day(on_day)
    if form is not None:
        how = Choices(form, answers, sender, day("--as-of", as_of), set_aside, dry_run, as_json)
        _take_by_form(files, database, when, how)
        return
    if answers or set_aside or as_of:
        raise WrongUsageError(
            _("--answers, --set-aside and --as-of go with --form NAME or --form auto.")
        )
    permission = _correction_permission(correct, correct_keys, dry_run=dry_run)
    keys_to_write = correct_keys if correct is None else None
    corrected: dict[RowName, None] = {}
    refused: list[Path] = []
    done = 0
    with _database_for_trial(database) if dry_run else to_write(database) as engine:
        for file in files:
            taken = _take(engine, file, when, permission, sender, dry_run=dry_run)
            if keys_to_write:
                corrected |= dict.fromkeys(each.row_name for each in taken.corrections)
                correction_keys.write(keys_to_write, corrected)
            if as_json:
                tell_json(_as_json(taken))
            else:
                _tell(file, taken, dry_run=dry_run)
            done += 1
            if taken.refused:
                if faults and not refused:
                    mark(file, taken.faults, faults, say)
                complain(_refusal(file, taken.faults))
                refused.append(file)
                if stop:
                    break
        if len(files) > 1 and not as_json:
            tell(_("Taken in: {n} of {of} files.", n=done - len(refused), of=len(files)))
        if refused:
            raise typer.Exit(REFUSED)


def _take_by_form(files: list[Path], database: str | None, when: date, how: Choices) -> None:
    """Import own ledgers, by themselves or among workbooks of ours; a refused file ends in exit
    code 1 after all others."""
    with _database_for_trial(database) if how.dry_run else to_write(database) as engine:
        mixed = some_are_ours(files) if how.form == AUTO else []
        if mixed:
            not_taken = list(_take_mixed(engine, mixed, when, how))
        else:
            not_taken = take_own_ledgers(engine, files, when, how)
        sum_up(len(files), not_taken, as_json=how.as_json)


def _take_mixed(
    engine: Engine, files: Sequence[OneOfSeveral], when: date, how: Choices
) -> Iterator[str]:
    """Import our workbooks and own ledgers in an order that works; yields refused names."""
    for file in files:
        if not file.opened.is_ours:
            yield from take_own_ledgers(engine, [file.path], when, how)
            continue
        taken = _take(engine, file.path, when, None, how.sender, dry_run=how.dry_run)
        if how.as_json:
            tell_json({"file": file.path.name, **_as_json(taken)})
        else:
            _tell(file.path, taken, dry_run=how.dry_run)
        if taken.refused:
            complain(_refusal(file.path, taken.faults))
            yield file.path.name


def _day(text: str | None) -> date:
    chosen = day("--day", text) or clock.today()
    if not EARLIEST <= chosen <= LATEST:
        raise WrongUsageError(
            _("--day must lie between {earliest} and {latest}.", earliest=EARLIEST, latest=LATEST)
        )
    return chosen


@contextmanager
def _database_for_trial(database: str | None) -> Iterator[Engine]:
    """The database as it is; if there is none yet, a temporary empty one."""
    url = address(database)
    if is_there(url):
        engine = connect(url)
        with reading(engine) as connection:
            empty = standing(connection) is Standing.NONE
        engine.dispose()
        if not empty:
            with to_write(database) as engine:
                yield engine
            return
    with TemporaryDirectory() as folder, to_write(f"sqlite:///{folder}/trial.sqlite") as engine:
        yield engine


def _correction_permission(
    reason: str | None, keys: Path | None, *, dry_run: bool
) -> Correcting | None:
    """The permission to correct rows, from the options; None without.

    A trial run that is to write the file `keys` may correct any row. Raises `WrongUsageError` for
    an empty reason, and for `keys` without a reason in a run that is no trial.
    """
    if reason is None:
        if keys is None:
            return None
        if not dry_run:
            raise WrongUsageError(
                _("--correct-keys goes with --dry-run, or with --correct REASON.")
            )
        return Correcting(TRIAL, most=None)
    if not reason.strip():
        raise WrongUsageError(_("--correct needs a reason."))
    return Correcting(reason, correction_keys.read(keys) if keys else None)


def _take(
    engine: Engine,
    file: Path,
    when: date,
    correct: Correcting | None,
    sender: str | None,
    *,
    dry_run: bool,
) -> Taken:
    who = act()
    with reading(engine) as connection:
        references = current(connection)
        sent_by = sender_of(connection, sender, when) if sender else None
    with progress() as watch:
        taken = take(
            engine,
            file,
            day=when,
            account=who.account,
            now=who.at,
            references=references,
            correct=correct,
            sender=sent_by,
            dry_run=dry_run,
            progress=watch,
        )
    return taken


def _as_json(taken: Taken) -> dict[str, object]:
    return {
        "day": taken.day.isoformat(),
        "ledgers": taken.counts,
        "faults": [fault_as_json(fault) for fault in taken.faults],
        # Leave the key out without warnings, as in versions that had none.
        **({"warnings": list(map(fault_as_json, taken.warnings))} if taken.warnings else {}),
        **preview_as_json(taken.preview),
    }


def fault_as_json(fault: Fault) -> dict[str, object]:
    """The place and the text of a fault."""
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "fault": say(fault.sentence),
    }


def _tell(file: Path, taken: Taken, *, dry_run: bool) -> None:
    if taken.refused:
        for fault in taken.faults:
            if fault.sheet is not None:
                tell_fault(fault)
        return
    if taken.number is not None:
        tell(_("{file}: taken in as import {number}.", file=file, number=taken.number))
    elif not any(count["new"] or count["changed"] for count in taken.counts.values()):
        tell(_("{file}: nothing changed, every row is equal to what is kept.", file=file))
    elif dry_run:
        tell(_("{file}: no faults; nothing is kept of a trial run.", file=file))
    for warning in taken.warnings:
        place = "" if warning.sheet is None else f"{_line(warning)}"
        tell(_("Anomaly: {what}", what=place or say(warning.sentence)))
    if dry_run and taken.corrections:
        corrected = len({each.row_name for each in taken.corrections})
        tell(_("Rows that would be corrected: {n}.", n=corrected))
    if taken.counts:
        header = (_("Ledger"), _("New"), _("Changed"), _("Equal"))
        rows = [
            (name(BY_ID[ledger].SHEET), count["new"], count["changed"], count["equal"])
            for ledger, count in taken.counts.items()
        ]
        tell_table(header, rows)
    tell_preview(taken.preview)


def tell_fault(fault: Fault) -> None:
    """Print a fault on one line: its place and its text."""
    tell(say(fault.sentence) if fault.sheet is None else _line(fault))


def _line(fault: Fault) -> str:
    """`sheet!row column: value — what to do`, without the parts that the fault lacks."""
    place = f"{fault.sheet}"
    place += f"!{fault.row}" if fault.row is not None else ""
    place += f" {fault.column}" if fault.column is not None else ""
    place += f": {fault.value}" if fault.value is not None else ""
    return f"{place} — {say(fault.sentence)}"


def _refusal(file: Path, faults: list[Fault]) -> str:
    if len(faults) == 1 and faults[0].sheet is None:
        return f"{file}: {say(faults[0].sentence)}"
    return _("{file} was refused; faults: {n}. Nothing was changed.", file=file, n=len(faults))
