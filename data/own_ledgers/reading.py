"""Reads own ledgers: from files to stated rows, and to all that was asked and passed over."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from data.own_ledgers import (
    disposals,
    findings,
    funds,
    reports,
    roster,
    trainings,
    unit_register,
)
from data.own_ledgers.as_of import as_of_day, subject_year, year_of
from data.own_ledgers.columns import Plan, Planned, plan
from data.own_ledgers.days import read_day
from data.own_ledgers.files import DEFAULT_LIMITS, Grid, grids
from data.own_ledgers.forms import Form
from data.own_ledgers.header import Header, find
from data.own_ledgers.headings import LIST as HEADINGS
from data.own_ledgers.headings import Headings, unit_above
from data.own_ledgers.limits import DefaultLimits
from data.own_ledgers.passed_over import Why
from data.own_ledgers.phrases import LIST as WORDS
from data.own_ledgers.phrases import Phrases
from data.own_ledgers.questions import Questions
from data.own_ledgers.row_values import RowValues
from data.own_ledgers.sheet import Sheet
from data.own_ledgers.sheet_rows import SheetRows, rows_of
from data.own_ledgers.stated import (
    FileFault,
    FileWarning,
    QuestionKind,
    StatedFile,
    StatedRow,
    StatedSheet,
)
from data.own_ledgers.totals import check, sums
from data.own_ledgers.unit_names import Unit, UnitNames
from data.own_ledgers.written import clean, plain
from data.reference.lists import References
from data.workbook.container import UnreadableError
from data.workbook.limits import Limits
from models.text import N_, sentence

NO_FORM = N_(
    "No sheet of this file has a header that any form knows. Name a form with --form, or check "
    "that the headings stand among the first fifteen rows."
)
NOT_THIS_FORM = N_(
    "No sheet of this file has the headings of “{form}” among its first fifteen rows. Choose "
    "another form, or leave --form out."
)
SHEET_NOT_READ = N_("No form knows the header of this sheet; it is not read.")
WHICH_AS_OF = N_("Of which day does this sheet tell? Answer like 2026-10-31.")
MERGED_AMOUNT = N_(
    "A merged cell holds one amount for several rows; it counts on the first of them only."
)
REPORTED_BY = re.compile(r"(?:单位|单位名称)(?:\(盖章\)|（盖章）)?\s*[:：]\s*(?P<unit>[^\s:：]+)")
HIDDEN_ROWS = N_("These rows are hidden; they are read like the others.")
SNAPSHOTS = ("findings", "fund_projects", "disposals")
"""What says how things stand: its day matters even where every row has one of its own."""
TITLE_COUNTS = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """What reading needs to know besides the file: the units (name by code), the aliases (code by
    name), the forms by name, the reference lists, and the settings of time limits."""

    units: Mapping[str, str]
    aliases: Mapping[str, str]
    forms: Mapping[str, Form]
    references: References
    defaults: DefaultLimits = field(default_factory=DefaultLimits)


@dataclass(slots=True)
class _Found:
    """A sheet and the form that fits it."""

    grid: Grid
    form: Form
    header: Header
    headings: Headings
    phrases: Phrases


def read_files(
    paths: Sequence[Path],
    known: Known,
    *,
    form: Form | None = None,
    sender: str | None = None,
    as_of: date | None = None,
    answers: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> list[StatedFile]:
    """Read every file, in the order given. `form` None: for each sheet the one that fits best.
    `sender` is the unit of sheets without a column of units, if it is one.

    Units that one of the files states are known to all of them.
    """
    opened: list[tuple[Path, list[_Found], list[FileWarning], list[FileFault]]] = []
    for path in paths:
        opened.append((path, *_opened(path, known, form, limits)))
    every = [each for _, those, _, _ in opened for each in those]
    names = UnitNames(known.units, known.aliases, _stated_units(every))
    return [
        _file(path, those, known, names, sender, as_of, answers or {}, warnings, faults)
        for path, those, warnings, faults in opened
    ]


def _opened(
    path: Path, known: Known, form: Form | None, limits: Limits
) -> tuple[list[_Found], list[FileWarning], list[FileFault]]:
    try:
        sheets = grids(path, limits)
    except UnreadableError as error:
        return [], [], [FileFault(None, None, None, None, error.sentence)]
    found, warnings = [], []
    forms = [form] if form else list(known.forms.values())
    readers = [_reader(each, known) for each in forms]
    for grid in sheets:
        fitting = _fitting(grid, readers, form_is_given=form is not None)
        if fitting:
            found.append(fitting)
        else:
            said = sentence(SHEET_NOT_READ)
            warnings.append(FileWarning(grid.sheet, None, None, None, said))
    if not found:
        wrong = sentence(NOT_THIS_FORM, form=form.name) if form else sentence(NO_FORM)
        return [], [], [FileFault(None, None, None, None, wrong)]
    return found, warnings, []


def _reader(form: Form, known: Known) -> tuple[Form, Headings, Phrases]:
    lists = known.references.lists
    phrases = Phrases(lists[WORDS], form.words)
    return form, Headings(form, lists[HEADINGS], phrases), phrases


def _fitting(
    grid: Grid, readers: Sequence[tuple[Form, Headings, Phrases]], *, form_is_given: bool
) -> _Found | None:
    """The form whose headings, and words in the title, fit a sheet best."""
    best: tuple[float, _Found] | None = None
    for form, headings, phrases in readers:
        header = find(grid, headings, form_is_given=form_is_given)
        if header is None:
            continue
        said = plain("".join(_above(grid, header))) + plain(grid.sheet)
        score = header.known + TITLE_COUNTS * sum(plain(w) in said for w in form.title_words)
        if best is None or score > best[0]:
            best = score, _Found(grid, form, header, headings, phrases)
    return best[1] if best else None


def _above(grid: Grid, header: Header) -> list[str]:
    """The lines above the header, the filled cells of each joined."""
    lines = [
        "  ".join(filter(None, (clean(value) for value in line)))
        for line in grid.lines[: header.start]
    ]
    return [line for line in lines if line]


def _stated_units(found: Sequence[_Found]) -> Iterator[tuple[str, list[str]]]:
    """The names of the units that registers among the sheets state, with their other names."""
    for each in found:
        if each.form.subject != "units":
            continue
        made = plan(each.grid, each.header, each.headings, each.form, Questions({}))
        at = {column.column: column.at for column in made.columns}
        if "name" not in at:
            continue
        for row in rows_of(each.grid, each.header, made, each.headings.subject).rows:
            others = [
                clean(row.cells[at[column]])
                for column in ("short_name", "former_name")
                if column in at
            ]
            name = " ".join(clean(row.cells[at["name"]]).split())
            if name:
                yield name, [other for other in others if other]


def _file(
    path: Path,
    found: Sequence[_Found],
    known: Known,
    names: UnitNames,
    sender: str | None,
    as_of: date | None,
    answers: Mapping[str, str],
    warnings: list[FileWarning],
    faults: list[FileFault],
) -> StatedFile:
    questions = Questions(answers)
    sheets, rows = [], []
    for each in found:
        sheet, stated_sheet, stated_rows = _sheet(
            each, path, known, names, sender, as_of, questions
        )
        sheets.append(stated_sheet)
        rows += stated_rows
        warnings = warnings + sheet.warnings
        faults = faults + sheet.faults
    return StatedFile(
        path.name,
        tuple(sheets),
        tuple(rows),
        questions.open(),
        questions.answered(),
        tuple(warnings),
        tuple(faults),
    )


def _sheet(
    found: _Found,
    path: Path,
    known: Known,
    names: UnitNames,
    sender: str | None,
    as_of: date | None,
    questions: Questions,
) -> tuple[Sheet, StatedSheet, list[StatedRow]]:
    grid, form, header = found.grid, found.form, found.header
    above = _above(grid, header)
    unit = _unit_of_sheet(above, names, sender)
    made = plan(grid, header, found.headings, form, questions, unit_known=unit is not None)
    _unit_from_above(made, above)
    source = rows_of(grid, header, made, found.headings.subject)
    day = as_of or as_of_day(above, grid.sheet, path.stem)
    asked: str | None = None
    if day is None:
        day, asked = _asked_as_of(path, grid, questions)
    sheet = Sheet(
        grid.sheet,
        form,
        found.headings.subject,
        _by_column(made),
        found.phrases,
        names,
        known.references,
        questions,
        known.defaults,
        day,
        year_of(above, day),
        subject_year(above, day),
        " ".join(above[:1]),
        year_of(above, None) is not None,
        grid.is_text,
        tuple(made.open),
        asked,
        unit,
        source.passed_over,
    )
    for number in source.merged_amounts:
        sheet.warn(number, None, None, sentence(MERGED_AMOUNT))
    if grid.hidden_rows:
        shown = "、".join(map(str, grid.hidden_rows[:20]))
        sheet.warn(grid.hidden_rows[0], None, shown, sentence(HIDDEN_ROWS))
    rows = trainings.added_up(_stated(sheet, source))
    if asked and form.subject not in SNAPSHOTS and not any(row.known_as_of for row in rows):
        questions.withdraw(asked)
    check(sheet, made, source.rows, source.totals)
    stated_sheet = StatedSheet(
        grid.sheet,
        form.name,
        header.rows,
        day,
        made.read(form.subject),
        tuple(made.not_kept),
        len(source.rows),
        tuple(sorted(sheet.passed_over, key=lambda each: each.row)),
        source.carried_down,
        sums(sheet, rows),
    )
    return sheet, stated_sheet, rows


def _unit_of_sheet(above: Sequence[str], names: UnitNames, sender: str | None) -> Unit | None:
    """The unit that sends the sheet: the sender, or the one named in a line above the table."""
    if sender and (unit := names.find(sender)):
        return unit
    for line in above:
        for found in REPORTED_BY.finditer(line):
            if unit := names.find(found["unit"]):
                return unit
    return None


def _unit_from_above(made: Plan, above: Sequence[str]) -> None:
    """Money columns whose heading names no unit take that of a line above the table."""
    unit = unit_above(above)
    made.columns = [
        each
        if each.money_unit or unit is None
        else Planned(each.at, each.theirs, each.column, each.group, unit)
        for each in made.columns
    ]


def _by_column(made: Plan) -> Mapping[tuple[str, str], list[Planned]]:
    found: dict[tuple[str, str], list[Planned]] = {}
    for each in made.columns:
        found.setdefault((each.column, each.group), []).append(each)
    return found


def _asked_as_of(path: Path, grid: Grid, questions: Questions) -> tuple[date | None, str | None]:
    id_, answer = questions.ask(
        QuestionKind.DAY,
        ("as_of", path.stem, grid.sheet),
        sheet=grid.sheet,
        value="as_of",
        row=None,
        proposals=tuple,
        asks=sentence(WHICH_AS_OF),
    )
    day = read_day(answer, year=None) if answer else None
    if answer and day is None:
        questions.refuse(id_)
    return (day.day, None) if day else (None, id_)


def _stated(sheet: Sheet, source: SheetRows) -> Iterator[StatedRow]:
    """The rows of all the rows of a sheet."""
    trainings_stated: dict[str, date | None] = {}
    make: Mapping[str, Callable[[RowValues], Iterator[StatedRow]]] = {
        "findings": findings.rows,
        "reports": reports.rows,
        "units": unit_register.rows,
        "appointments": roster.rows,
        "attendance": lambda row: trainings.rows(row, trainings_stated),
        "fund_projects": funds.rows,
        "disposals": disposals.rows,
    }
    of_row = make[sheet.form.subject]
    for each in source.rows:
        row = RowValues(sheet, each)
        yield from of_row(row)
        if row.left_out:
            source.pass_over(each.number, Why.LEFT_OUT)
