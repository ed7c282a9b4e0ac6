"""The result of reading as plain values, as `gridlight read --json` prints it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from data.own_ledgers.words.stated import (
    FileFault,
    FileWarning,
    Proposal,
    Question,
    StatedFile,
    StatedSheet,
    Sums,
)
from models.text import Label, Sentence

Say = Callable[[Sentence], str]
"""A sentence in the language of who asks."""
Name = Callable[[Label], str]
Ledgers = Mapping[str, Mapping[str, int]]
"""By ledger, the number of rows new, changed and equal."""


def as_json(stated: StatedFile, ledgers: Ledgers, say: Say, name: Name) -> dict[str, Any]:
    """One file as a JSON object."""
    return {
        "file": stated.file,
        "sheets": [_sheet(each, say) for each in stated.sheets],
        "questions": [_question(each, say, name) for each in stated.questions],
        "ledgers": {ledger: dict(counts) for ledger, counts in ledgers.items()},
        "warnings": [_place(each, "warning", say) for each in stated.warnings],
        "faults": [_place(each, "fault", say) for each in stated.faults],
    }


def _sheet(sheet: StatedSheet, say: Say) -> dict[str, Any]:
    return {
        "sheet": sheet.sheet,
        "form": sheet.form,
        "header_rows": list(sheet.header_rows),
        "as_of": sheet.as_of.isoformat() if isinstance(sheet.as_of, date) else None,
        "columns": [
            {"theirs": each.theirs, "ledger": each.ledger, "column": each.column}
            for each in sheet.columns
        ],
        "not_kept": [{"theirs": each.theirs, "cells": each.cells} for each in sheet.not_kept],
        "rows": sheet.rows,
        "passed_over": [{"row": each.row, "why": say(each.why)} for each in sheet.passed_over],
        "carried_down": sheet.carried_down,
        "sums": _sums(sheet.sums),
    }


def _sums(sums: Sums) -> dict[str, dict[str, int | str]]:
    return {
        "theirs": {name: _number(value) for name, value in sums.theirs.items()},
        "ours": {name: _number(value) for name, value in sums.ours.items()},
    }


def _number(value: int | Decimal) -> int | str:
    """A count as it is, money in 万元 as a string."""
    return value if isinstance(value, int) else f"{value:f}"


def _question(question: Question, say: Say, name: Name) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind.value,
        "sheet": question.sheet,
        "column": question.column,
        "value": question.value,
        "rows": list(question.rows),
        "asks": say(question.asks),
        "proposals": [
            {"answer": each.answer, "shown": shown(each, say, name)} for each in question.proposals
        ],
    }


def shown(proposal: Proposal, say: Say, name: Name) -> str:
    """A proposal in words."""
    match proposal.shown:
        case Sentence():
            return say(proposal.shown)
        case Label():
            return name(proposal.shown)
        case str():
            return proposal.shown


def _place(each: FileFault | FileWarning, called: str, say: Say) -> dict[str, Any]:
    return {
        "sheet": each.sheet,
        "row": each.row,
        "column": each.column,
        "value": each.value,
        called: say(each.sentence),
    }
