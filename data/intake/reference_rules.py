"""Check a reference list as a whole: complete, without repetitions, with sums that add up.

Cells are read by `data.intake.reference_columns`; whether ledgers still use a removed code is
checked when the list is replaced.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from data.intake.reference_columns import COLUMNS, NOT_WHOLE, RANGES, WHOLE
from data.own_ledgers.forms.subjects import NOT_KEPT, SERIAL, SUBJECTS
from data.reference.lists import Row, code_of, shipped
from data.workbook.cells.choice_cells import SUBDISTRICT
from data.workbook.cells.value_texts import words
from models.audit import ContentGroup
from models.choice import Choice
from models.duty import ResponsibleSubject
from models.report import ReportKind
from models.text import N_, Sentence, sentence
from models.warning import WarningSource

Line = tuple[int, Row]
"""A row of a list, and the line of the file it stands in."""
MISSING_COLUMN = N_("The column “{column}” is missing. The columns are: {columns}.")
UNKNOWN_COLUMN = N_("There is no column “{column}”. The columns are: {columns}.")
DOUBLE_COLUMN = N_("The column “{column}” stands there twice. Keep one of the two.")
NO_ROWS = N_("The list has no rows. Add at least one.")
TOO_MANY_CELLS = N_("This line has more cells than the header. Put texts with commas in quotes.")
EMPTY = N_("“{column}” is required. Fill it in.")
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
    """A fault of a list; line and column are None if it has none."""

    line: int | None
    column: str | None
    value: str | None
    sentence: Sentence


NAMED_BY = {"rubric": "dimension", "own_headings": "heading", "own_words": "word"}
"""By list, the column at which a row given twice is reported, where it is not the first."""
MAY_BE_EMPTY = ("holidays", "vetoes", "targets")


def checked(
    name: str, header: Sequence[str], lines: Sequence[Line]
) -> tuple[list[Row], list[ListFault]]:
    """The rows of the list `name` in stored form, and all its faults."""
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
    # Sums over unreadable cells would only repeat the faults of those cells.
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
    """Every name by which a row is found; a subdistrict also has its short and full names."""
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
            yield from _weights(rows, "subject", tuple(ResponsibleSubject))
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
