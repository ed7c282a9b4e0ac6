"""What a reference list must look like: its columns, what may stand in them, what must add up.

Rules of one list by itself; whether ledgers still use a code is asked where a list is replaced.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.figures.catalogue import FIGURES, Way
from data.own_ledgers.headings import EVERY_SUBJECT
from data.own_ledgers.subjects import NOT_KEPT, SERIAL, SUBJECTS
from data.reference.lists import Row, code_of, shipped
from data.workbook.cells import signs, words
from data.workbook.kinds import CODE, SUBDISTRICT
from models.audit import ContentGroup
from models.choice import Choice
from models.grid import Element
from models.ledger import EARLIEST, LATEST, TEXT_LENGTH
from models.report import ReportKind
from models.text import N_, Sentence, sentence
from models.warning import Level, WarningSource

Line = tuple[int, Row]
"""A row of a list, and the line of the file it stands in."""
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

MISSING_COLUMN = N_("The column “{column}” is missing. The columns are: {columns}.")
UNKNOWN_COLUMN = N_("There is no column “{column}”. The columns are: {columns}.")
DOUBLE_COLUMN = N_("The column “{column}” stands there twice. Keep one of the two.")
NO_ROWS = N_("The list has no rows. Add at least one.")
TOO_MANY_CELLS = N_("This line has more cells than the header. Put texts with commas in quotes.")
EMPTY = N_("“{column}” is required. Fill it in.")
NOT_A_CODE = N_("This is not a code: use 1 to 40 of A-Z, a-z, 0-9, hyphen, underscore and point.")
NOT_ONE_OF = N_("This is not one of the values of this column. Enter one of: {choices}.")
LONG = N_("This text is longer than {limit} characters. Shorten it.")
NOT_WHOLE = N_("Enter a whole number from {low} to {high}.")
NOT_DECIMAL = N_("Enter a number from 0 to {high} with at most two decimals.")
NOT_A_DAY = N_("This is not a date from 2000 to 2099. Enter it like 2026-03-31.")
TWICE = N_("“{code}” already stands in line {line}. Every code may stand there once.")
NOT_WHOLE_WEIGHT = N_("The weights of {group} add up to {sum}. They must add up to 100.")
NO_KIND = N_("The list has no rows for {group}. Add them.")
GRADES = N_("The list must hold the grades {grades}, each once and in this order.")
LIGHT_RULES = N_("The list must hold the rules {codes}, each once.")
NOT_DESCENDING = N_("The lowest points must fall from grade to grade.")
NOT_ZERO = N_("The last grade must begin at 0 points, so that every rating has a grade.")
NOT_COMPUTED = N_(
    "The system computes no rule “{code}”. Use the source IMPORTED, or one of: {choices}."
)
NOT_A_TARGET = N_("Own ledgers of “{subject}” have no column “{column}”. Use one of: {all}.")
NOT_A_WORD_LIST = N_("Reading looks into no list of words “{list}”. Use one of: {all}.")
NOT_SWITCHED = N_("Only a computed rule can be switched off. Leave this cell empty.")
THRESHOLD_UNIT = N_("The threshold of this rule counts in {unit}. Enter {unit}.")


@dataclass(frozen=True, slots=True)
class ListFault:
    """One thing wrong with a list; the line and the column are None where it has none."""

    line: int | None
    column: str | None
    value: str | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list. One that is not `required` may be left out; an empty cell counts as
    `default`, or as the value of the column `like`."""

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


class Subject(Choice):
    """The two responsible subjects of duties."""

    PRINCIPAL = "PRINCIPAL", "主要负责人", "Principal"
    AUDITOR = "AUDITOR", "内审人员", "Internal auditor"


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
    "duty_items": (CODE_COLUMN, ListColumn("subject", _one_of(Subject)), NAME, NAME_EN, WEIGHT),
    "rating_grades": (ListColumn("grade", _code), ListColumn("lowest_points", _decimal(100)), NAME),
    "vetoes": (CODE_COLUMN, NAME, NAME_EN),
    "warning_rules": (
        CODE_COLUMN,
        ListColumn("source", _one_of(WarningSource)),
        ListColumn("level", _one_of(Level)),
        NAME,
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
NAMED_BY = {"rubric": "dimension", "own_headings": "heading", "own_words": "word"}
"""The column at which a row given twice is told, where it is not the first."""
MAY_BE_EMPTY = ("holidays", "vetoes", "targets")


def checked(
    name: str, header: Sequence[str], lines: Sequence[Line]
) -> tuple[list[Row], list[ListFault]]:
    """The rows of the list `name` as they are kept, and everything that is wrong with them."""
    faults = list(_header_faults(name, header))
    if faults:
        return [], faults
    rows: list[Line] = []
    for line, given in lines:
        row, row_faults = _row(name, line, given)
        faults += row_faults
        rows.append((line, row))
    if not lines and name not in MAY_BE_EMPTY:
        faults.append(ListFault(None, None, None, sentence(NO_ROWS)))
    # Sums over cells that cannot be read would only repeat what is said of those.
    if not faults:
        faults = [*_repeated(name, rows), *_of_whole(name, rows)]
    return [row for _, row in rows], faults


def _header_faults(name: str, header: Sequence[str]) -> Iterator[ListFault]:
    known = [column.id for column in COLUMNS[name]]
    columns = ", ".join(known)
    for column in COLUMNS[name]:
        if column.required and column.id not in header:
            wrong = sentence(MISSING_COLUMN, column=column.id, columns=columns)
            yield ListFault(1, column.id, None, wrong)
    for given, times in Counter(header).items():
        if given not in known:
            wrong = sentence(UNKNOWN_COLUMN, column=given, columns=columns)
            yield ListFault(1, given, given, wrong)
        elif times > 1:
            yield ListFault(1, given, given, sentence(DOUBLE_COLUMN, column=given))


def _row(name: str, line: int, given: Row) -> tuple[Row, list[ListFault]]:
    row: dict[str, str] = {}
    faults = []
    if None in given:
        faults.append(ListFault(line, None, None, sentence(TOO_MANY_CELLS)))
    for column in COLUMNS[name]:
        typed = given.get(column.id) or ""
        text = words(typed)
        if text:
            kept = column.read(text)
        elif column.required:
            kept = sentence(EMPTY, column=column.id)
        else:
            kept = row.get(column.like, column.default)
        if isinstance(kept, Sentence):
            faults.append(ListFault(line, column.id, typed or None, kept))
            kept = ""
        row[column.id] = kept
    return row, faults


def _repeated(name: str, rows: Sequence[Line]) -> Iterator[ListFault]:
    seen: dict[str, int] = {}
    column = NAMED_BY.get(name, COLUMNS[name][0].id)
    for line, row in rows:
        for code in _names(name, row):
            if code in seen and seen[code] != line:
                wrong = sentence(TWICE, code=code, line=seen[code])
                yield ListFault(line, column, row[column], wrong)
            seen.setdefault(code, line)


def _names(name: str, row: Row) -> Iterator[str]:
    """Everything by which a row is found; a subdistrict also goes by its name, short or in full."""
    yield code_of(name, row)
    if name == "subdistricts":
        yield row["name"].removesuffix(SUBDISTRICT)


def _of_whole(name: str, rows: Sequence[Line]) -> Iterator[ListFault]:
    match name:
        case "content_items":
            # The seven key contents weigh the same; only fund safety is scored out of a hundred.
            yield from _weights(rows, "group", (ContentGroup.FUND_SAFETY,))
        case "rubric":
            yield from _weights(rows, "kind", tuple(ReportKind))
        case "duty_items":
            yield from _weights(rows, "subject", tuple(Subject))
        case "rating_grades":
            yield from _grades(rows)
        case "warning_rules":
            for line, row in rows:
                yield from _rule(line, row)
        case "light_rules":
            yield from _light_rules(rows)
        case "own_headings":
            yield from _own_headings(rows)
        case "own_words":
            yield from _own_words(rows)


def _weights(rows: Sequence[Line], by: str, groups: Sequence[Choice]) -> Iterator[ListFault]:
    for group in groups:
        weights = [int(row["weight"]) for _, row in rows if row[by] == group]
        if not weights:
            yield ListFault(None, by, str(group), sentence(NO_KIND, group=group.label))
        elif sum(weights) != WHOLE:
            wrong = sentence(NOT_WHOLE_WEIGHT, group=group.label, sum=sum(weights))
            yield ListFault(None, "weight", str(sum(weights)), wrong)


def _grades(rows: Sequence[Line]) -> Iterator[ListFault]:
    wanted = [row["grade"] for row in shipped().lists["rating_grades"]]
    if [row["grade"] for _, row in rows] != wanted:
        yield ListFault(None, "grade", None, sentence(GRADES, grades="、".join(wanted)))
        return
    points = [Decimal(row["lowest_points"]) for _, row in rows]
    for (line, row), above, own in zip(rows[1:], points, points[1:], strict=False):
        if own >= above:
            yield ListFault(line, "lowest_points", row["lowest_points"], sentence(NOT_DESCENDING))
    if points[-1] != 0:
        line, row = rows[-1]
        yield ListFault(line, "lowest_points", row["lowest_points"], sentence(NOT_ZERO))


def _rule(line: int, row: Row) -> Iterator[ListFault]:
    if row["source"] == WarningSource.IMPORTED:
        if row["on"] == "0":
            yield ListFault(line, "on", "0", sentence(NOT_SWITCHED))
        return
    computed = {
        code: rule
        for code, rule in shipped().codes["warning_rules"].items()
        if rule["source"] == WarningSource.COMPUTED
    }
    if row["code"] not in computed:
        wrong = sentence(NOT_COMPUTED, code=row["code"], choices="、".join(computed))
        yield ListFault(line, "code", row["code"], wrong)
        return
    yield from _threshold(line, row, computed[row["code"]]["threshold_unit"])


def _light_rules(rows: Sequence[Line]) -> Iterator[ListFault]:
    known = shipped().codes["light_rules"]
    if sorted(row["code"] for _, row in rows) != sorted(known):
        yield ListFault(None, "code", None, sentence(LIGHT_RULES, codes="、".join(known)))
        return
    for line, row in rows:
        yield from _threshold(line, row, known[row["code"]]["threshold_unit"])


def _own_headings(rows: Sequence[Line]) -> Iterator[ListFault]:
    for line, row in rows:
        subject = SUBJECTS.get(row["subject"])
        allowed = [*(subject.targets if subject else ()), SERIAL, NOT_KEPT]
        if row["column"] not in allowed:
            wrong = sentence(
                NOT_A_TARGET,
                subject=row["subject"],
                column=row["column"],
                all="、".join(allowed),
            )
            yield ListFault(line, "column", row["column"], wrong)


def _own_words(rows: Sequence[Line]) -> Iterator[ListFault]:
    known = list(dict.fromkeys(row["list"] for row in shipped().lists["own_words"]))
    for line, row in rows:
        if row["list"] not in known:
            wrong = sentence(NOT_A_WORD_LIST, list=row["list"], all="、".join(known))
            yield ListFault(line, "list", row["list"], wrong)


def _threshold(line: int, row: Row, unit: str) -> Iterator[ListFault]:
    low, high = RANGES[unit]
    if row["threshold_unit"] != unit:
        wrong = sentence(THRESHOLD_UNIT, unit=unit)
        yield ListFault(line, "threshold_unit", row["threshold_unit"] or None, wrong)
    if not row["threshold"] or not low <= int(row["threshold"]) <= high:
        wrong = sentence(NOT_WHOLE, low=low, high=high)
        yield ListFault(line, "threshold", row["threshold"] or None, wrong)
