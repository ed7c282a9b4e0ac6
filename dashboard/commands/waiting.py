"""`gridlight waiting`: rows that were set aside when an own ledger was imported."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection, Engine

from dashboard import clock
from dashboard.commands.importing import tell_fault
from dashboard.commands.opening import act, scope_of, to_read, to_write
from dashboard.commands.options import Database, Json, Node
from dashboard.commands.outcome import REFUSED, WrongUsageError
from dashboard.commands.own_ledgers import tell_counts
from dashboard.commands.speaking import complain, tell, tell_json, tell_table
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, name, say
from data.nodes import DISTRICT
from data.own_ledgers import waiting_rows
from data.own_ledgers.how_to_take import HowToTake, OwnTaken
from data.own_ledgers.memory.answers import read_answers
from data.own_ledgers.taking_waiting import take_waiting
from data.own_ledgers.waiting_rows import WaitingRow
from data.own_ledgers.words.questions import LEAVE_OUT
from data.reference.lists import current
from data.scope import Scope
from data.store.database import reading, writing
from models.registry import BY_ID
from models.text import N_

app = typer.Typer(cls=Group, help=N_("List, answer, take in or drop rows that wait."))
Number = Annotated[int, typer.Argument(metavar="N", help=N_("The number of the row."))]
Given = Annotated[
    list[str] | None,
    typer.Argument(metavar="ID=ANSWER", help=N_("The answer to a question, by its id.")),
]
AnswersFile = Annotated[
    Path | None,
    typer.Option(
        "--answers",
        metavar="A.json",
        help=N_("A file with answers: a JSON object of texts by the id of their question."),
    ),
]


@app.command("list", cls=Command, help=N_("List the rows that wait and what is asked of them."))
def list_rows(node: Node = DISTRICT, as_json: Json = False, database: Database = None) -> None:
    """List the waiting rows, the oldest first, and each question once."""
    with to_read(database) as engine, reading(engine) as connection:
        scope = scope_of(connection, node, None, current(connection))
        rows = waiting_rows.waiting_rows(connection, scope)
        units = waiting_rows.unit_names(connection)
    if as_json:
        tell_json([_as_json(each) for each in rows])
        return
    if not rows:
        tell(_("No row is pending."))
        return
    header = (
        _("Number"),
        _("Sender"),
        _("As of"),
        _("File"),
        _("Place"),
        _("Unit"),
        _("About"),
        _("Questions"),
    )
    tell_table(header, [_line(each) for each in rows])
    _tell_questions(rows, units)


@app.command("answer", cls=Command, help=N_("Keep answers to the questions about a row."))
def answer_row(
    number: Number, given: Given = None, answers: AnswersFile = None, database: Database = None
) -> None:
    """Keep answers, which hold for every sheet of the sender."""
    wanted = _answers(given, answers)
    with to_write(database) as engine:
        with writing(engine) as connection:
            row = waiting_rows.answer(connection, act(), _everywhere(connection), number, wanted)
        left = sum(not each.answer for each in row.questions)
        if left:
            tell(_("The answers are kept. Questions still open: {n}.", n=left))
        elif row.sha256:
            tell(_("The answers are kept. “gridlight waiting take {n}” takes it in.", n=number))
        else:
            tell(_("The answers are kept. The row comes in with the next sheet."))


@app.command("take", cls=Command, help=N_("Take answered rows in, each with its own import."))
def take_rows(
    number: Annotated[
        int | None, typer.Argument(metavar="N", help=N_("The number of the row."))
    ] = None,
    answered: Annotated[
        bool, typer.Option("--answered", help=N_("All rows of which every question is answered."))
    ] = False,
    database: Database = None,
) -> None:
    """Import rows; refused ones wait on, and the exit code is then 1."""
    if answered == (number is not None):
        raise WrongUsageError(_("Give the number of a row, or --answered."))
    refused: list[str] = []
    with to_write(database) as engine:
        for wanted in _ready(engine) if number is None else [number]:
            done = _take(engine, wanted)
            if done.refused:
                refused.append(str(wanted))
            _tell_taken(wanted, done)
        if refused:
            complain(_("Not taken in: {files}.", files=_(", ").join(refused)))
            raise typer.Exit(REFUSED)


@app.command("drop", cls=Command, help=N_("Drop a row for a reason."))
def drop_row(
    number: Number,
    reason: Annotated[
        str, typer.Option("--reason", metavar="REASON", help=N_("Why; it is kept with the row."))
    ],
    database: Database = None,
) -> None:
    """Drop a waiting row."""
    with to_write(database) as engine:
        with writing(engine) as connection:
            waiting_rows.drop(connection, act(), _everywhere(connection), number, reason)
        tell(_("The row {n} is dropped.", n=number))


def _everywhere(connection: Connection) -> Scope:
    return scope_of(connection, DISTRICT, None, current(connection))


def _answers(given: Sequence[str] | None, file: Path | None) -> dict[str, str]:
    """The answers of the command line and of a file, by the id of their question."""
    answers = read_answers(file) if file else {}
    for each in given or ():
        id_, sign, answer = each.partition("=")
        if not sign:
            raise WrongUsageError(_("“{text}” is no answer. Write it like ID=ANSWER.", text=each))
        answers[id_.strip()] = answer
    if not answers:
        raise WrongUsageError(_("Give answers like ID=ANSWER, or a file with --answers."))
    return answers


def _ready(engine: Engine) -> list[int]:
    """The numbers of the rows that can be taken in: answered, and with their file.

    Several rows of one line of a sheet come in together, so it is named once.
    """
    with reading(engine) as connection:
        rows = waiting_rows.waiting_rows(connection, _everywhere(connection))
    ready = [each for each in rows if each.answered and each.sha256]
    by_line = {(each.sha256, each.sheet, each.row): each.id for each in reversed(ready)}
    return sorted(by_line.values())


def _take(engine: Engine, number: int) -> OwnTaken:
    with reading(engine) as connection:
        scope, references = _everywhere(connection), current(connection)
    how = HowToTake(day=clock.today(), act=act(), references=references)
    return take_waiting(engine, scope, number, {}, how)


def _tell_taken(number: int, done: OwnTaken) -> None:
    for fault in done.taken.faults:
        tell_fault(fault)
    for question in done.questions:
        tell(f"  {question.id}  {say(question.asks)}")
    if done.refused:
        return
    if done.taken.number is None:
        tell(_("Row {n}: it is equal to what is kept.", n=number))
    else:
        tell(_("Row {n}: taken in as import {number}.", n=number, number=done.taken.number))
        tell_counts(done.taken.counts)


def _line(row: WaitingRow) -> tuple[object, ...]:
    return (
        row.id,
        row.sender,
        row.as_of,
        row.file_name,
        f"{row.sheet}!{row.row}",
        f"{row.unit} {row.unit_name or ''}".strip() if row.unit else "",
        _about(row),
        _("answered") if row.answered else sum(not each.answer for each in row.questions),
    )


def _about(row: WaitingRow) -> str:
    stated = row.said
    return str(stated.get("title") or stated.get("name") or name(BY_ID[row.ledger].SHEET))


def _tell_questions(rows: Sequence[WaitingRow], units: Mapping[str, str]) -> None:
    """Print each question once, with the rows that wait for it."""
    asked = {each.id: each for row in rows for each in row.questions}
    for id_, question in asked.items():
        numbers = [str(row.id) for row in rows if any(each.id == id_ for each in row.questions)]
        tell(f"  {id_}  {say(question.asks)}")
        tell(_("    rows {rows}", rows=_(", ").join(numbers)))
        names = {**units, LEAVE_OUT: _("leave it out")}
        for each in question.proposed:
            tell(f"    {each} = {names[each]}" if each in names else f"    {each}")
        if question.answer:
            tell(_("    answered: {answer}", answer=question.answer))


def _as_json(row: WaitingRow) -> dict[str, object]:
    return {
        "number": row.id,
        "sender": row.sender,
        "form": row.form,
        "as_of": row.as_of.isoformat(),
        "file": row.file_name,
        "sheet": row.sheet,
        "row": row.row,
        "ledger": row.ledger,
        "unit": row.unit,
        "values": dict(row.said),
        "questions": [
            {
                "id": each.id,
                "asks": say(each.asks),
                "proposals": list(each.proposed),
                "answer": each.answer,
            }
            for each in row.questions
        ],
        "file_kept": row.sha256 is not None,
    }
