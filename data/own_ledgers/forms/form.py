"""Forms (来表格式): how to read one layout of own ledger. A form is data, stored and exported as
JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.own_ledgers.forms.subjects import NOT_KEPT, SERIAL, SUBJECTS
from models.text import N_, Label, TellingError

SHIPPED = Path(__file__).parent / "shipped"
VERSION = 1
LONGEST_NAME = 60

NOT_A_FORM = N_("This is not a form. Export one with “gridlight form export” and change that.")
NO_SUBJECT = N_("A form is about one of: {subjects}. Enter it as “subject”.")
NO_NAME = N_("A form needs a “name” of at most {limit} characters.")
NO_COLUMN = N_("“{column}”, given for “{heading}”, is no column of “{subject}”. Use one of: {all}.")
NOT_WORDS = N_("“{part}” must hold texts by text.")


class FormError(TellingError):
    """The input is not a form."""


@dataclass(frozen=True, slots=True)
class Form:
    """How to read one layout of own ledger.

    `title_words` are words in the title of such sheets, which decide between forms that fit
    equally. `columns`: our column by their heading, `upper/lower` or the lower one alone, "-" =
    left out. `money_units`: 元, 万元, … by their heading. `words`: by list of words, our code by
    their word. `defaults`: the code of a required column that such sheets lack. `due_days`: by kind
    of report, the month and day it is due.
    """

    name: str
    subject: str
    title_words: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    money_units: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    due_days: Mapping[str, str] = field(default_factory=dict)
    english: str = ""

    @property
    def label(self) -> Label:
        """The name in either language."""
        return Label(self.name, self.english or self.name)

    def as_json(self) -> dict[str, Any]:
        """The form as plain values, which `of_json` accepts."""
        return {
            "gridlight_form": VERSION,
            "name": self.name,
            "english": self.english,
            "subject": self.subject,
            "title_words": list(self.title_words),
            "columns": dict(self.columns),
            "money_units": dict(self.money_units),
            "words": {name: dict(words) for name, words in self.words.items()},
            "defaults": dict(self.defaults),
            "due_days": dict(self.due_days),
        }


def of_json(given: object) -> Form:
    """The form in plain values, as `as_json` makes them; raises `FormError`."""
    if not isinstance(given, dict) or given.get("gridlight_form") != VERSION:
        raise FormError(NOT_A_FORM)
    subject, name = given.get("subject"), given.get("name")
    if not isinstance(subject, str) or subject not in SUBJECTS:
        raise FormError(NO_SUBJECT, subjects=", ".join(SUBJECTS))
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME:
        raise FormError(NO_NAME, limit=LONGEST_NAME)
    columns = _texts(given, "columns")
    allowed = [*SUBJECTS[subject].targets, SERIAL, NOT_KEPT]
    for heading, column in columns.items():
        if column not in allowed:
            raise FormError(
                NO_COLUMN, column=column, heading=heading, subject=subject, all=", ".join(allowed)
            )
    words = given.get("words", {})
    if not isinstance(words, dict):
        raise FormError(NOT_WORDS, part="words")
    title_words = given.get("title_words", [])
    if not isinstance(title_words, list) or not all(isinstance(each, str) for each in title_words):
        raise FormError(NOT_WORDS, part="title_words")
    return Form(
        name.strip(),
        subject,
        tuple(title_words),
        columns,
        _texts(given, "money_units"),
        {each: _texts(words, each) for each in words},
        _texts(given, "defaults"),
        _texts(given, "due_days"),
        str(given.get("english", "")),
    )


def _texts(given: Mapping[str, Any], part: str) -> dict[str, str]:
    found = given.get(part, {})
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise FormError(NOT_WORDS, part=part)
    return dict(found)


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Form]:
    """The shipped forms by name."""
    forms = [
        of_json(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(SHIPPED.glob("*"))
    ]
    return {form.name: form for form in forms}


def named(forms: Mapping[str, Form], name: str) -> Form | None:
    """The form with this Chinese or English name, or None."""
    by_english = {form.english: form for form in forms.values() if form.english}
    return forms.get(name) or by_english.get(name)
