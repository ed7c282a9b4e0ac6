"""`gridlight import … --form`: read and import offices' own ledgers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import typer
from sqlalchemy import Engine

from dashboard.commands.opening import act
from dashboard.commands.outcome import REFUSED
from dashboard.commands.own_ledgers import AUTO, tell_file
from dashboard.commands.preview import as_json as preview_as_json
from dashboard.commands.preview import tell_preview
from dashboard.commands.speaking import complain, tell, tell_json, tell_table
from dashboard.i18n import _, name, say
from data.own_ledgers.entering.agreement import SideBySide
from data.own_ledgers.how_to_take import HowToTake, OwnTaken
from data.own_ledgers.memory.answers import read_answers
from data.own_ledgers.rows.as_json import as_json
from data.own_ledgers.taking import take_files
from data.own_ledgers.words.stated import FileFault, FileWarning, StatedFile
from data.reference.lists import current
from data.store.database import reading
from models.registry import BY_ID


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of the command that concern own ledgers."""

    form: str
    answers: Path | None
    sender: str | None
    as_of: date | None
    set_aside: bool
    dry_run: bool
    as_json: bool


def take_own_ledgers(
    engine: Engine, files: Sequence[Path], day: date, chosen: Choices
) -> list[str]:
    """Import every file that can be and print the results; returns the names of refused files."""
    given = read_answers(chosen.answers) if chosen.answers else {}
    with reading(engine) as connection:
        references = current(connection)
    taken = take_files(
        engine,
        files,
        HowToTake(
            day=day,
            act=act(),
            references=references,
            sender=chosen.sender or "",
            form=None if chosen.form == AUTO else chosen.form,
            as_of=chosen.as_of,
            answers=given,
            set_aside=chosen.set_aside,
            dry_run=chosen.dry_run,
        ),
    )
    for each in taken:
        if chosen.as_json:
            told = as_json(_whole(each), each.taken.counts, say, name)
            tell_json({**told, **preview_as_json(each.taken.preview)})
        else:
            _tell(each, dry_run=chosen.dry_run)
    return [each.stated.file for each in taken if each.refused]


def sum_up(files: int, refused: Sequence[str], *, as_json: bool) -> None:
    """Print how many files were imported; exits with 1 if any was refused."""
    if files > 1 and not as_json:
        tell(_("Taken in: {n} of {of} files.", n=files - len(refused), of=files))
    if refused:
        complain(_("Not taken in: {files}.", files=_(", ").join(refused)))
        raise typer.Exit(REFUSED)


def _whole(taken: OwnTaken) -> StatedFile:
    """The file with all questions, faults and warnings, of reading and of comparing."""
    faults = tuple(
        FileFault(each.sheet, each.row, each.column, each.value, each.sentence)
        for each in taken.taken.faults
    )
    odd = tuple(
        FileWarning(each.sheet, each.row, each.column, each.value, each.sentence)
        for each in taken.taken.warnings
    )
    return replace(
        taken.stated,
        questions=(*taken.questions, *taken.optional),
        faults=faults,
        warnings=(*taken.stated.warnings, *odd),
    )


def _tell(taken: OwnTaken, *, dry_run: bool) -> None:
    tell_file(_whole(taken))
    file, counts = taken.stated.file, taken.taken.counts
    if taken.refused:
        if not taken.taken.refused:
            tell(_("{file}: nothing was taken in, answers are missing.", file=file))
        return
    if taken.taken.number is not None:
        tell(_("{file}: taken in as import {number}.", file=file, number=taken.taken.number))
        if taken.earlier:
            numbers = _(", ").join(map(str, taken.earlier))
            tell(
                _(
                    "{file}: its earlier months came in first: {numbers}.",
                    file=file,
                    numbers=numbers,
                )
            )
    elif dry_run:
        tell(_("{file}: no faults; nothing is kept of a trial run.", file=file))
    else:
        tell(_("{file}: nothing changed, every row is equal to what is kept.", file=file))
    if taken.set_aside:
        tell(_("{file}: rows that wait for answers: {n}.", file=file, n=taken.set_aside))
    if counts:
        header = (_("Ledger"), _("New"), _("Changed"), _("Equal"))
        rows = [
            (name(BY_ID[ledger].SHEET), count["new"], count["changed"], count["equal"])
            for ledger, count in counts.items()
        ]
        tell_table(header, rows)
    tell_preview(taken.taken.preview)
    _tell_sums(taken.sums)


def _tell_sums(sums: Sequence[SideBySide]) -> None:
    if sums:
        tell_table(
            (_("Adds up to"), _("On the sheet"), _("As kept")),
            [(each.name, _number(each.theirs), _number(each.ours)) for each in sums],
        )


def _number(value: int | Decimal) -> str:
    return str(value) if isinstance(value, int) else f"{value.normalize():f}"
