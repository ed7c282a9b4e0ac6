"""`gridlight read`: show what offices' own ledgers say, without storing anything."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from sqlalchemy import Engine

from dashboard import clock
from dashboard.commands.opening import address, is_there, to_write
from dashboard.commands.options import Database, Force, Json, day
from dashboard.commands.outcome import REFUSED, RefusedError
from dashboard.commands.speaking import complain, tell, tell_json, tell_table
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _, name, say
from data.own_ledgers.entering.becoming import Became, become, together
from data.own_ledgers.forms import kept_forms
from data.own_ledgers.forms.known import known
from data.own_ledgers.memory import remembered
from data.own_ledgers.memory.answers import read_answers
from data.own_ledgers.reading import read_files
from data.own_ledgers.rows.as_json import as_json, shown
from data.own_ledgers.taking import days_of_the_same_files, sender_of
from data.own_ledgers.words.stated import FileFault, FileWarning, Question, StatedFile, StatedSheet
from data.store.database import connect, reading
from data.store.schema import Standing, standing
from data.workbook.outgoing.writing import export
from models.registry import BY_ID
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
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="OUT.xlsx",
            help=N_("Where to write the standard workbook that the ledgers would become."),
        ),
    ] = None,
    force: Force = False,
    as_json_: Json = False,
    database: Database = None,
) -> None:
    """Read and show all files; the exit code is 1 if one has faults."""
    when = day("--as-of", as_of)
    given = read_answers(answers) if answers else {}
    if out is not None and out.exists() and not force:
        raise RefusedError(
            _(
                "{file} is there already. Choose another name, or add --force to replace it.",
                file=out,
            )
        )
    with _unchanged_database(database) as engine, reading(engine) as connection:
        what = replace(known(connection), today=clock.today())
        chosen = None if form == AUTO else kept_forms.require(what.forms, form)
        whose = sender_of(what, sender or "")
        days = days_of_the_same_files(connection, whose, files)
        given = {**remembered.answers(connection, whose), **days, **given}
        read = read_files(files, what, form=chosen, sender=sender, as_of=when, answers=given)
        became = [
            become(
                connection,
                each,
                sender=whose,
                day=clock.today(),
                answers=given,
                references=what.references,
            )
            for each in read
        ]
    stated = [_whole(each, made) for each, made in zip(read, became, strict=True)]
    for each, made in zip(stated, became, strict=True):
        if as_json_:
            tell_json(as_json(each, made.counts, say, name))
        else:
            tell_file(each)
            tell_counts(made.counts)
    if out is not None:
        export(out, together(became))
        if not as_json_:
            tell(_("{file} is written.", file=out))
    faulty = [each.file for each in stated if each.faults]
    if faulty:
        complain(_("Could not be read: {files}.", files=_(", ").join(faulty)))
        raise typer.Exit(REFUSED)


@contextmanager
def _unchanged_database(database: str | None) -> Iterator[Engine]:
    """The database, unchanged; if there is none yet, a temporary empty one."""
    url = address(database)
    if is_there(url):
        engine = connect(url)
        try:
            with reading(engine) as connection:
                current = standing(connection) is Standing.CURRENT
            if current:
                yield engine
                return
        finally:
            engine.dispose()
    with TemporaryDirectory() as folder, to_write(f"sqlite:///{folder}/nothing.sqlite") as engine:
        yield engine


def _whole(stated: StatedFile, made: Became) -> StatedFile:
    """The file with all questions and faults, of reading and of comparing."""
    return replace(
        stated,
        questions=(*stated.questions, *made.questions),
        faults=(*stated.faults, *made.faults),
    )


def tell_counts(counts: Mapping[str, Mapping[str, int]]) -> None:
    """Print by ledger the numbers of new, changed and equal rows."""
    if counts:
        header = (_("Ledger"), _("New"), _("Changed"), _("Equal"))
        rows = [
            (name(BY_ID[ledger].SHEET), count["new"], count["changed"], count["equal"])
            for ledger, count in counts.items()
        ]
        tell_table(header, rows)


def tell_file(stated: StatedFile) -> None:
    """Print what was understood of a file, what was ignored, and the open questions."""
    for fault in stated.faults:
        tell(f"{stated.file}: {_place(fault)}")
    for sheet in stated.sheets:
        _tell_sheet(stated.file, sheet)
    for warning in stated.warnings:
        tell(_("Anomaly: {what}", what=_place(warning)))
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
            header=_(", ").join(map(str, sheet.header_rows)),
            day=sheet.as_of or "?",
            rows=sheet.rows,
        )
    )
    tell_table(
        (_("Theirs"), _("Ledger"), _("Column")),
        [(each.theirs, each.ledger, each.column) for each in sheet.columns],
    )
    if sheet.not_kept:
        columns = _(", ").join(f"{each.theirs} ({each.cells})" for each in sheet.not_kept)
        tell(_("Not kept (filled cells): {columns}", columns=columns))
    if sheet.passed_over:
        rows = _(", ").join(f"{each.row} ({say(each.why)})" for each in sheet.passed_over)
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
        rows = _(", ").join(map(str, question.rows[:20])) + ("…" if len(question.rows) > 20 else "")
        tell(_("    rows {rows} of {sheet}", rows=rows, sheet=question.sheet))
    for each in question.proposals:
        tell(f"    {each.answer} = {shown(each, say, name)}")


def _place(each: FileFault | FileWarning) -> str:
    """`sheet!row column: value — text`, without the parts that are missing."""
    place = each.sheet or ""
    place += f"!{each.row}" if each.row is not None else ""
    place += f" {each.column}" if each.column else ""
    place += f": {each.value}" if each.value else ""
    return f"{place} — {say(each.sentence)}" if place else say(each.sentence)
