"""`gridlight read`: what own ledgers of offices say, without keeping anything."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.opening import address, is_there
from dashboard.commands.options import Database, Json, day
from dashboard.commands.outcome import REFUSED
from dashboard.commands.speaking import complain, tell, tell_json, tell_table
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, name, say
from data.own_ledgers import kept_forms
from data.own_ledgers.answers import read_answers
from data.own_ledgers.as_json import as_json, shown
from data.own_ledgers.knowledge import Known
from data.own_ledgers.known import known, nothing_known
from data.own_ledgers.reading import read_files
from data.own_ledgers.stated import FileFault, FileWarning, Question, StatedFile, StatedSheet
from data.store.database import Standing, connect, reading, standing
from models.text import N_

AUTO = "auto"
app = typer.Typer(cls=Group)
FormName = Annotated[
    str,
    typer.Option(
        "--form",
        metavar="NAME",
        help=N_("The form to read by, see “gridlight form list”; auto: the one that fits best."),
    ),
]
Answers = Annotated[
    Path | None,
    typer.Option("--answers", metavar="A.json", help=N_("Answers to questions, by their id.")),
]
Sender = Annotated[
    str | None,
    typer.Option(
        "--sender",
        metavar="S",
        help=N_("Who the files come from: a unit, by code or name, or a department."),
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DAY",
        help=N_("The day of which the ledgers tell; else the one they name."),
    ),
]


@app.command("read", cls=Command, help=N_("Say what own ledgers hold; keep nothing."))
def read_own_ledgers(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help=N_("Own ledgers: .xlsx, .xls or .csv.")),
    ],
    form: FormName = AUTO,
    as_of: AsOf = None,
    sender: Sender = None,
    answers: Answers = None,
    as_json_: Json = False,
    database: Database = None,
) -> None:
    """All files are read; with a fault in one of them the command ends with 1."""
    when = day("--as-of", as_of)
    given = read_answers(answers) if answers else {}
    with _known(database) as what:
        chosen = None if form == AUTO else kept_forms.require(what.forms, form)
        stated = read_files(files, what, form=chosen, sender=sender, as_of=when, answers=given)
    for each in stated:
        if as_json_:
            tell_json(as_json(each, {}, say, name))
        else:
            tell_file(each)
    faulty = [each.file for each in stated if each.faults]
    if faulty:
        complain(_("Could not be read: {files}.", files="、".join(faulty)))
        raise typer.Exit(REFUSED)


@contextmanager
def _known(database: str | None) -> Iterator[Known]:
    """What the database knows; where there is none yet, only what is shipped."""
    url = address(database)
    if not is_there(url):
        yield nothing_known()
        return
    engine = connect(url)
    try:
        with reading(engine) as connection:
            if standing(connection) is Standing.CURRENT:
                yield known(connection)
            else:
                yield nothing_known()
    finally:
        engine.dispose()


def tell_file(stated: StatedFile) -> None:
    """What was understood of a file, what was passed over, and what is asked."""
    for fault in stated.faults:
        tell(f"{stated.file}: {_place(fault)}")
    for sheet in stated.sheets:
        _tell_sheet(stated.file, sheet)
    for warning in stated.warnings:
        tell(_("Odd: {what}", what=_place(warning)))
    if stated.questions:
        tell(_("Questions: {n}. Answer them with --answers.", n=len(stated.questions)))
        for question in stated.questions:
            _tell_question(question)


def _tell_sheet(file: str, sheet: StatedSheet) -> None:
    tell(
        _(
            "{file} · {sheet}: read by “{form}”, header in rows {header}, as of {day};"
            " rows: {rows}.",
            file=file,
            sheet=sheet.sheet,
            form=sheet.form,
            header="、".join(map(str, sheet.header_rows)),
            day=sheet.as_of or "?",
            rows=sheet.rows,
        )
    )
    tell_table(
        (_("Theirs"), _("Ledger"), _("Column")),
        [(each.theirs, each.ledger, each.column) for each in sheet.columns],
    )
    if sheet.not_kept:
        columns = "、".join(f"{each.theirs} ({each.cells})" for each in sheet.not_kept)
        tell(_("Not kept (filled cells): {columns}", columns=columns))
    if sheet.passed_over:
        rows = "、".join(f"{each.row} ({say(each.why)})" for each in sheet.passed_over)
        tell(_("Passed over: {rows}", rows=rows))
    if sheet.carried_down:
        tell(_("Carried down from the row above: {n}", n=sheet.carried_down))
    _tell_sums(sheet)


def _tell_sums(sheet: StatedSheet) -> None:
    names: Sequence[str] = list(dict.fromkeys((*sheet.sums.theirs, *sheet.sums.ours)))
    tell_table(
        (_("Adds up to"), _("On the sheet"), _("As read")),
        [
            (each, _number(sheet.sums.theirs.get(each)), _number(sheet.sums.ours.get(each)))
            for each in names
        ],
    )


def _number(value: object) -> str:
    return "—" if value is None else f"{value:f}" if not isinstance(value, int) else str(value)


def _tell_question(question: Question) -> None:
    tell(f"  {question.id}  {say(question.asks)}")
    if question.rows:
        rows = "、".join(map(str, question.rows[:20])) + ("…" if len(question.rows) > 20 else "")
        tell(_("    rows {rows} of {sheet}", rows=rows, sheet=question.sheet))
    for each in question.proposals:
        tell(f"    {each.answer} = {shown(each, say, name)}")


def _place(each: FileFault | FileWarning) -> str:
    """`sheet!row column: value — what`, as far as it has them."""
    place = each.sheet or ""
    place += f"!{each.row}" if each.row is not None else ""
    place += f" {each.column}" if each.column else ""
    place += f": {each.value}" if each.value else ""
    return f"{place} — {say(each.sentence)}" if place else say(each.sentence)
