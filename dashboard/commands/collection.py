"""`gridlight inbox`: list, look at, import and return the files that units sent."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from dashboard import clock
from dashboard.commands import options, reminding
from dashboard.commands.collection_as_json import checked_as_json, collected_as_json, file_as_json
from dashboard.commands.collection_told import line_of, row_of, tell_checked, tell_settled
from dashboard.commands.opening import act, scope_of, to_read, to_write
from dashboard.commands.options import Database, Force, Json, Node
from dashboard.commands.outcome import REFUSED, RefusedError, WrongUsageError
from dashboard.commands.speaking import complain, tell, tell_json, tell_table
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, say
from data.collection import checking, inbox, periods, reminders, sending, settling
from data.collection.checking import Checked, Circumstances, FileOfUnit
from data.collection.inbox import SentLine
from data.collection.refusals import CollectionRefusedError
from data.collection.sending import Sending
from data.collection.settling import Settled
from data.intake.senders import SenderKind, sender_of
from data.nodes import DISTRICT
from data.reference.lists import current
from data.store.database import reading
from data.store.logged_files import logged_file
from models.text import N_

app = typer.Typer(cls=Group, help=N_("List, take in or return files that units sent."))
Number = Annotated[int, typer.Argument(metavar="N", help=N_("The number of the file."))]
PeriodText = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="MONTH",
        help=N_("The month of which the files tell, like 2026-03; else the last month."),
    ),
]


@app.command("list", cls=Command, help=N_("Say which units are in or late, file by file."))
def list_files(
    period: PeriodText = None,
    node: Node = DISTRICT,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """List the files of a month, the latest first."""
    with to_read(database) as engine, reading(engine) as connection:
        scope = scope_of(connection, node, None, current(connection))
        found = inbox.collected(connection, scope, periods.parse(period) if period else None)
        lines = inbox.sent_files(connection, scope, found.period)
    if as_json:
        tell_json(collected_as_json(found, lines))
        return
    tell(
        _(
            "{period}: {n} of {all} units in, due on {day}.",
            period=found.period,
            n=found.arrived,
            all=len(found.units),
            day=found.due_on,
        )
    )
    if found.late:
        late = _(", ").join(f"{each.unit} {each.unit_name}" for each in found.late)
        tell(_("Late by {days} days: {units}", days=found.late[0].days_late, units=late))
    if lines:
        header = (
            _("Number"),
            _("Unit"),
            _("File"),
            _("Status"),
            _("Sent"),
            _("New"),
            _("Changed"),
            _("Found"),
        )
        tell_table(header, [row_of(each) for each in lines])


@app.command("show", cls=Command, help=N_("Check a file again and say what it would do."))
def show_file(
    number: Number,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help=N_("Where to write the file as it was sent.")),
    ] = None,
    force: Force = False,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Check a file and show the result, without importing it."""
    if out is not None and out.exists() and not force:
        raise RefusedError(
            _(
                "{file} is there already. Choose another name, or add --force to replace it.",
                file=out,
            )
        )
    with to_read(database) as engine:
        with reading(engine) as connection:
            scope = scope_of(connection, DISTRICT, None, current(connection))
            line = inbox.sent_file(connection, scope, number)
            file = settling.content_of(connection, line)
        if out is not None:
            with logged_file(engine, out, act(), f"inbox {number}") as part:
                part.write_bytes(file.content)
        checked = checking.check(engine, file, checking.opened(file), _circumstances(engine))
    if as_json:
        tell_json({**file_as_json(line), **checked_as_json(checked)})
        return
    tell(line_of(line))
    if line.reason:
        tell(_("Returned: {reason}", reason=line.reason))
    tell_checked(checked)
    if out is not None:
        tell(_("{file} is written.", file=out))


@app.command("take", cls=Command, help=N_("Take files in, each whole or not at all."))
def take_files(
    number: Annotated[
        int | None, typer.Argument(metavar="N", help=N_("The number of the file."))
    ] = None,
    clean: Annotated[
        bool,
        typer.Option("--clean", help=N_("All with which nothing is wrong, odd or to be asked.")),
    ] = False,
    period: PeriodText = None,
    database: Database = None,
) -> None:
    """Import files; refused ones stay in the inbox, and the exit code is then 1."""
    if clean == (number is not None):
        raise WrongUsageError(_("Give the number of a file, or --clean."))
    month = periods.parse(period) if period else None
    with to_write(database) as engine:
        at = _circumstances(engine)
        if number is not None:
            done = [settling.take_in(engine, None, number, at)]
        else:
            done = settling.take_in_clean(engine, None, month, at)
        lines = _reread(engine, done)
        for each, line in zip(done, lines, strict=True):
            tell_settled(each, line)
        if clean:
            taken = sum(not each.refused for each in done)
            tell(_("Taken in: {n} of {of} files.", n=taken, of=len(done)))
        refused = [str(each.line.number) for each in done if each.refused]
        if refused:
            complain(_("Not taken in: {files}.", files=_(", ").join(refused)))
            raise typer.Exit(REFUSED)


@app.command("return", cls=Command, help=N_("Return a file to its unit with a sentence."))
def return_file(
    number: Number,
    reason: Annotated[
        str, typer.Option("--reason", metavar="REASON", help=N_("Why; its sender reads it."))
    ],
    database: Database = None,
) -> None:
    """Return a waiting file to its sender."""
    with to_write(database) as engine:
        line = settling.return_file(engine, None, number, reason, act=act(), today=clock.today())
    tell(_("The file {number} is returned to {unit}.", number=number, unit=line.unit_name))


@app.command("send", cls=Command, help=N_("Put files that a unit sent otherwise into the inbox."))
def send_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help=N_("Workbooks or own ledgers."))
    ],
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="UNIT", help=N_("Whose they are, by code or name; else as signed.")
        ),
    ] = None,
    period: PeriodText = None,
    database: Database = None,
) -> None:
    """Check files and put them into the inbox; a refused one does not affect the others."""
    refused = []
    month = periods.parse(period) if period else None
    with to_write(database) as engine:
        for path in files:
            try:
                sent = _send(engine, path, unit, month)
            except (CollectionRefusedError, RefusedError) as error:
                said = error if isinstance(error, RefusedError) else say(error.sentence)
                complain(f"{path}: {said}")
                refused.append(path.name)
                continue
            tell(_("{file}: sent as number {number}.", file=path, number=sent[0]))
            tell_checked(sent[1])
        if refused:
            raise typer.Exit(REFUSED)


@app.command("remind", cls=Command, help=N_("Write reminders to units whose file is late."))
def remind(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help=N_("Where to write the letters (.docx)."))
    ],
    units: Annotated[
        list[str] | None,
        typer.Option(
            "--unit", metavar="UNIT", help=N_("Only this unit; give it again for another.")
        ),
    ] = None,
    period: PeriodText = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="DAY", help=N_("By when the file is asked for; else in three days.")
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only say to whom a letter would go."))
    ] = False,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Issue letters to units whose file is late and that were not reminded today; logged."""
    month = periods.parse(period) if period else periods.collected_on(clock.today())
    with to_write(database) as engine:
        wanted = reminding.wanted(engine, month, units, options.day("--by", by))
        if dry_run:
            with reading(engine) as connection:
                letters = reminders.numbered(connection, wanted)
        else:
            letters = reminding.issue(engine, wanted, folder)
    if as_json:
        tell_json([reminding.as_json(each) for each in letters])
        return
    for letter in letters:
        tell(f"{letter.number} {letter.draft.unit} {letter.draft.unit_name}")
    if not dry_run:
        tell(_("{folder}: {n} letters.", folder=folder, n=len(letters)))


def _send(
    engine: Engine, path: Path, unit: str | None, month: periods.Period | None
) -> tuple[int, Checked]:
    file = FileOfUnit(path.name, path.read_bytes(), "")
    opened = checking.opened(file)
    signature = opened.signature
    if unit is None and signature is None:
        raise RefusedError(_("It does not say whose it is. Name the unit with --unit."))
    with reading(engine) as connection:
        wanted = unit or (signature.unit if signature else "")
        sender = sender_of(connection, wanted, clock.today())
    if sender.kind is not SenderKind.UNIT:
        raise RefusedError(_("“{sender}” is no unit. Only units send files.", sender=wanted))
    file = FileOfUnit(file.name, file.content, sender.code)
    sending.require_own(file.unit, signature)
    checked = checking.check(engine, file, opened, _circumstances(engine))
    said = periods.parse(signature.period) if signature else None
    of = month or said or periods.collected_on(clock.today())
    number = sending.send(engine, None, Sending(file, of, checked), act=act(), today=clock.today())
    return number, checked


def _circumstances(engine: Engine) -> Circumstances:
    with reading(engine) as connection:
        return Circumstances(clock.today(), act(), current(connection))


def _reread(engine: Engine, done: Sequence[Settled]) -> list[SentLine]:
    """The lines of the settled files, read again."""
    with reading(engine) as connection:
        scope = scope_of(connection, DISTRICT, None, current(connection))
        return [inbox.sent_file(connection, scope, each.line.number) for each in done]
