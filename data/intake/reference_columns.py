"""The columns of every reference list, and how their cells are read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.figures.catalogue import FIGURES, Way
from data.own_ledgers.forms.subjects import SUBJECTS
from data.own_ledgers.layout.headings import EVERY_SUBJECT
from data.workbook.cells.text_cells import CODE
from data.workbook.cells.value_texts import signs
from models.audit import ContentGroup
from models.choice import Choice
from models.duty import ResponsibleSubject
from models.grid import Element
from models.kinds import EARLIEST, LATEST, TEXT_LENGTH
from models.report import ReportKind
from models.text import N_, Sentence, sentence
from models.warning import Level, WarningSource

Read = Callable[[str], str | Sentence]
"""From what was typed to what is kept, or to what is wrong."""
WHOLE = 100
"""What the weights of a group add up to, in percent."""
SHARES = tuple(
    figure.id for figure in FIGURES if figure.way is Way.SHARE and not figure.only_buckets
)
"""The figures that can have a target."""
LONGEST_DAYS, MOST_UNITS = 3650, 999
RANGES: Mapping[str, tuple[int, int]] = {
    "days": (0, LONGEST_DAYS),
    "percent": (0, WHOLE),
    "units": (2, MOST_UNITS),
    "grades": (1, 5),
    "yuan": (0, 0),
    "grade": (0, 5),
    "elements": (0, len(Element)),
}
"""By unit of a threshold, its lowest and its highest value."""
ON = {"1": "1", "是": "1", "true": "1", "0": "0", "否": "0", "false": "0"}
DECIMAL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NOT_A_CODE = N_("This is not a code: use 1 to 40 of A-Z, a-z, 0-9, hyphen, underscore and point.")
NOT_ONE_OF = N_("This is not one of the values of this column. Enter one of: {choices}.")
LONG = N_("This text is longer than {limit} characters. Shorten it.")
NOT_WHOLE = N_("Enter a whole number from {low} to {high}.")
NOT_DECIMAL = N_("Enter a number from 0 to {high} with at most two decimals.")
NOT_A_DAY = N_("This is not a date from 2000 to 2099. Enter it like 2026-03-31.")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list. One that is not `required` may be absent; an empty cell takes
    `default`, or the value of the column `like`."""

    id: str
    read: Read
    required: bool = True
    default: str = ""
    like: str = ""


def _code(text: str) -> str | Sentence:
    return text if CODE.fullmatch(text) else sentence(NOT_A_CODE)


def _text(text: str) -> str | Sentence:
    return text if len(text) <= TEXT_LENGTH else sentence(LONG, limit=TEXT_LENGTH)


def _whole(low: int, high: int) -> Read:
    def read(text: str) -> str | Sentence:
        plain = signs(text)
        if re.fullmatch("[0-9]{1,6}", plain) and low <= int(plain) <= high:
            return str(int(plain))
        return sentence(NOT_WHOLE, low=low, high=high)

    return read


def _decimal(high: int) -> Read:
    def read(text: str) -> str | Sentence:
        plain = signs(text)
        if DECIMAL.fullmatch(plain) and Decimal(plain) <= high:
            return f"{Decimal(plain).normalize():f}"
        return sentence(NOT_DECIMAL, high=high)

    return read


def _one_of(choices: type[Choice]) -> Read:
    known = {str(each): str(each) for each in choices} | {each.zh: str(each) for each in choices}

    def read(text: str) -> str | Sentence:
        return known.get(text) or sentence(NOT_ONE_OF, choices="、".join(map(str, choices)))

    return read


def _listed(choices: Sequence[str]) -> Read:
    def read(text: str) -> str | Sentence:
        return text if text in choices else sentence(NOT_ONE_OF, choices="、".join(choices))

    return read


def _flag(text: str) -> str | Sentence:
    return ON.get(text.lower()) or sentence(NOT_ONE_OF, choices="1、0")


def _day(text: str) -> str | Sentence:
    plain = signs(text)
    try:
        day = date.fromisoformat(plain) if DAY.fullmatch(plain) else None
    except ValueError:
        day = None
    return plain if day and EARLIEST <= day <= LATEST else sentence(NOT_A_DAY)


CODE_COLUMN, NAME = ListColumn("code", _code), ListColumn("name", _text)
NAME_EN = ListColumn("name_en", _text, required=False, like="name")
WEIGHT = ListColumn("weight", _whole(1, WHOLE))
COLUMNS: Mapping[str, tuple[ListColumn, ...]] = {
    "subdistricts": (
        CODE_COLUMN,
        NAME,
        ListColumn("tile_row", _decimal(99)),
        ListColumn("tile_column", _decimal(99)),
    ),
    "content_items": (
        CODE_COLUMN,
        ListColumn("group", _one_of(ContentGroup)),
        NAME,
        NAME_EN,
        WEIGHT,
        ListColumn("key", _flag, required=False, default="0"),
    ),
    "rubric": (
        ListColumn("kind", _one_of(ReportKind)),
        ListColumn("dimension", _code),
        NAME,
        NAME_EN,
        WEIGHT,
    ),
    "duty_items": (
        CODE_COLUMN,
        ListColumn("subject", _one_of(ResponsibleSubject)),
        NAME,
        NAME_EN,
        WEIGHT,
    ),
    "rating_grades": (
        ListColumn("grade", _code),
        ListColumn("lowest_points", _decimal(100)),
        NAME,
        NAME_EN,
    ),
    "vetoes": (CODE_COLUMN, NAME, NAME_EN),
    "warning_rules": (
        CODE_COLUMN,
        ListColumn("source", _one_of(WarningSource)),
        ListColumn("level", _one_of(Level)),
        NAME,
        NAME_EN,
        ListColumn("threshold", _whole(0, LONGEST_DAYS), required=False),
        ListColumn("threshold_unit", _listed(tuple(RANGES)), required=False),
        ListColumn("on", _flag, required=False, default="1"),
    ),
    "light_rules": (
        ListColumn("code", _code),
        NAME,
        NAME_EN,
        ListColumn("threshold", _whole(0, LONGEST_DAYS)),
        ListColumn("threshold_unit", _listed(tuple(RANGES))),
    ),
    "targets": (
        ListColumn("figure", _listed(SHARES)),
        ListColumn("value", _decimal(WHOLE)),
        ListColumn("from", _day),
        ListColumn("agreed_by", _text),
    ),
    "holidays": (
        ListColumn("day", _day),
        ListColumn("working", _flag),
        ListColumn("name", _text, required=False),
    ),
    "own_headings": (
        ListColumn("subject", _listed((*SUBJECTS, EVERY_SUBJECT))),
        ListColumn("column", _text),
        ListColumn("heading", _text),
    ),
    "own_words": (ListColumn("list", _code), ListColumn("word", _text), CODE_COLUMN),
}
"""The columns of every list, in the order of its file."""
