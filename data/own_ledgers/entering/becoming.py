"""Preview a stated file: the ledger rows it would become, and how many are new, changed, equal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from data.intake.checks.prospect import Prospect
from data.intake.taken import counted
from data.own_ledgers.entering.comparing import compare
from data.own_ledgers.words.stated import FileFault, Question, StatedFile
from data.reference.lists import References
from models.ledger import Ledger
from models.registry import LEDGERS

Sheets = Sequence[tuple[type[Ledger], Sequence[Mapping[str, Any]]]]
"""Rows in kept form by ledger, as a workbook is written of them."""


@dataclass(frozen=True, slots=True)
class Became:
    """The result of comparing a stated file with what is stored, without writing anything.

    `counts` gives the numbers of new, changed and equal rows by ledger, without the rows that have
    open questions. `questions` are those raised by the comparison itself.
    """

    counts: Mapping[str, Mapping[str, int]]
    questions: tuple[Question, ...]
    faults: tuple[FileFault, ...]
    sheets: Sheets


def become(
    connection: Connection,
    stated: StatedFile,
    *,
    sender: str,
    day: date,
    answers: Mapping[str, str],
    references: References,
) -> Became:
    """Compare `stated` with what is stored, as an import on `day` would."""
    compared = compare(connection, stated, sender=sender, day=day, answers=answers)
    content = compared.to_enter.content(day=day, references=references)
    found = tuple(compared.faults) + tuple(
        FileFault(each.sheet, each.row, each.column, each.value, each.sentence)
        for each in content.faults
    )
    return Became(
        counted(Prospect(connection, content)),
        (*compared.open(), *compared.optional()),
        found,
        tuple(_sheets(compared.to_enter.rows)),
    )


def _sheets(rows: Mapping[str, Mapping[Any, Any]]) -> Iterator[tuple[type[Ledger], Any]]:
    for ledger in LEDGERS:
        if made := rows.get(ledger.id()):
            yield ledger, [row.values for row in made.values()]


def together(every: Sequence[Became]) -> Sheets:
    """The rows of several files as the sheets of one workbook."""
    found: dict[type[Ledger], list[Mapping[str, Any]]] = {}
    for each in every:
        for ledger, rows in each.sheets:
            found.setdefault(ledger, []).extend(rows)
    return [(ledger, found[ledger]) for ledger in LEDGERS if ledger in found]
