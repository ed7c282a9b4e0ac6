"""Answers to questions: read from a file, and stored so that next month's file does not ask
again."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from data.own_ledgers.forms.form import Form
from data.own_ledgers.words.days import read_day
from data.own_ledgers.words.questions import LEAVE_OUT
from data.own_ledgers.words.stated import Question, StatedFile
from data.own_ledgers.words.written import plain
from models.text import N_, TellingError

NO_FILE = N_("{file} cannot be opened. Check that it exists and that you may read it.")
NOT_ANSWERS = N_(
    "{file} does not hold answers. Write an object of texts by the id of their question, like "
    "{{“unit-1a2b3c4d”: “U01”}}."
)


class AnswersError(TellingError):
    """The file of answers cannot be used."""


def read_answers(path: Path) -> dict[str, str]:
    """The answers in a JSON file, by question id; raises `AnswersError`."""
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise AnswersError(NO_FILE, file=path.name) from error
    except ValueError as error:
        raise AnswersError(NOT_ANSWERS, file=path.name) from error
    if not isinstance(given, dict):
        raise AnswersError(NOT_ANSWERS, file=path.name)
    answers = {}
    for id_, answer in given.items():
        if isinstance(answer, dict):
            # A proposal as it was printed, put in whole.
            answer = answer.get("answer")
        if isinstance(answer, list) and all(isinstance(each, str) for each in answer):
            answers[id_] = "、".join(answer)
        elif isinstance(answer, str | int | float) and not isinstance(answer, bool):
            answers[id_] = str(answer)
        else:
            raise AnswersError(NOT_ANSWERS, file=path.name)
    return answers


def taught(forms: Mapping[str, Form], stated: StatedFile) -> list[Form]:
    """The forms changed by the answers to a file's questions, ready to be stored."""
    by_sheet = {sheet.sheet: sheet.form for sheet in stated.sheets}
    changed: dict[str, Form] = {}
    for question, answer in stated.answered:
        name = by_sheet.get(question.sheet)
        if question.keep_as != "form" or name is None or name not in forms:
            continue
        form = changed.get(name, forms[name])
        changed[name] = _with(form, question, answer)
    return list(changed.values())


def _with(form: Form, question: Question, answer: str) -> Form:
    match question.keep:
        case ("columns", heading):
            column = answer.rpartition(".")[2]
            return replace(form, columns={**form.columns, heading: column})
        case ("money_units", heading):
            return replace(form, money_units={**form.money_units, heading: answer})
        case ("words", list_, word):
            words = {**form.words.get(list_, {}), word: answer}
            return replace(form, words={**form.words, list_: words})
        case ("due_days", kind):
            day = read_day(answer, year=None)
            if answer != LEAVE_OUT and day is None:
                return form
            kept = f"{day.day.month}月{day.day.day}日" if day else LEAVE_OUT
            return replace(form, due_days={**form.due_days, kind: kept})
    return form


def aliases(stated: StatedFile, find: Mapping[str, str]) -> dict[str, str]:
    """The code of the unit that an answer gives for a name, by the name as written.

    `find` maps codes, and names in plain form, to codes. Answers that name several units are left
    out.
    """
    found = {}
    for question, answer in stated.answered:
        if question.keep_as == "alias" and answer != LEAVE_OUT:
            code = find.get(plain(answer))
            if code is not None:
                found[question.keep[0]] = code
    return found
