"""Read own ledgers: from files to stated rows, questions, and notes on what was skipped."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypedDict, Unpack

from data.own_ledgers.forms.form import Form
from data.own_ledgers.forms.knowledge import Known
from data.own_ledgers.forms.subjects import SNAPSHOTS
from data.own_ledgers.layout.as_of import (
    as_of_below,
    as_of_day,
    likely_days,
    names_month,
    subject_year,
    year_of,
)
from data.own_ledgers.layout.coloured_rows import legend, tell_apart
from data.own_ledgers.layout.columns import Plan, Planned, plan
from data.own_ledgers.layout.continued_rows import join_continued
from data.own_ledgers.layout.copies import SheetsToRead, without_copies
from data.own_ledgers.layout.files import DEFAULT_LIMITS, Grid, grids
from data.own_ledgers.layout.fitting import (
    FittingSheet,
    OpenGrids,
    fitting_sheets,
    lines_above,
    stated_units,
)
from data.own_ledgers.layout.header import Header
from data.own_ledgers.layout.headings import unit_above
from data.own_ledgers.layout.passed_over import Why, section_heading, why
from data.own_ledgers.layout.sheet import Sheet
from data.own_ledgers.layout.sheet_rows import SheetRows, rows_of
from data.own_ledgers.layout.totals import check, sums
from data.own_ledgers.rows import (
    disposals,
    findings,
    funds,
    reports,
    roster,
    trainings,
    unit_register,
)
from data.own_ledgers.rows.row_values import RowValues
from data.own_ledgers.words.days import read_day
from data.own_ledgers.words.questions import Questions
from data.own_ledgers.words.stated import (
    FileFault,
    FileWarning,
    Proposal,
    QuestionKind,
    StatedFile,
    StatedRow,
    StatedSheet,
)
from data.own_ledgers.words.unit_names import Unit, UnitNames
from data.own_ledgers.words.written import clean
from data.workbook.archive.limits import Limits
from models.text import N_, sentence

__all__ = ["HowToRead", "Known", "ReadFiles", "read_files"]

WHICH_AS_OF = N_("Of which day does this sheet tell? Answer like 2026-10-31.")
MERGED_AMOUNT = N_(
    "A merged cell holds one amount for several rows; it counts on the first of them only."
)
REPORTED_BY = re.compile(r"(?:单位|单位名称)(?:\(盖章\)|（盖章）)?\s*[:：]\s*(?P<unit>[^\s:：]+)")
HIDDEN_ROWS = N_("These rows are hidden; they are read like the others.")
STRUCK_ROWS = N_(
    "These rows are struck through; they are read like the others, by their words. Check how they "
    "stand."
)
NO_ROWS = N_("This sheet has a header, but no row of a ledger below it.")
COLOURS_READ = N_("How these rows stand is read from their colour, by the legend: {legend}.")
COLOURS_NOT_READ = N_(
    "These rows are coloured, and no column says how they stand. Colours are not read without a "
    "legend such as 红色为未整改: add a column for the state, or a legend above the table."
)
AS_OF = "as_of"
"""The value of the question for the snapshot day of a sheet."""


class HowToRead(TypedDict, total=False):
    """How `read_files` is to read, beside where the files come from."""

    form: Form | None
    sender: str | None
    as_of: date | None
    answers: Mapping[str, str] | None
    taken_until: Mapping[str, date | None] | None
    only: Collection[str] | None


class ReadFiles(Protocol):
    """A function that reads files like `read_files`, in this process or in another."""

    def __call__(
        self, paths: Sequence[Path], known: Known, **how: Unpack[HowToRead]
    ) -> list[StatedFile]:
        """What each file states."""


def read_files(
    paths: Sequence[Path],
    known: Known,
    *,
    form: Form | None = None,
    sender: str | None = None,
    as_of: date | None = None,
    answers: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    open_grids: OpenGrids = grids,
    taken_until: Mapping[str, date | None] | None = None,
    only: Collection[str] | None = None,
) -> list[StatedFile]:
    """Read every file, in the given order.

    `form` None: the best one for each sheet. `sender`, if it is a unit, is the unit of sheets
    without a unit column. `open_grids` opens a file, or returns one opened before. `only` are the
    sheets to read; None for all.

    With `taken_until`, a day by form, sheets of earlier months after that day become files of their
    own, one per day, before that of the other sheets; else they are not read.

    Units stated in one of the files are known to all of them.
    """
    opened: list[tuple[Path, SheetsToRead, list[FileWarning], list[FileFault]]] = []
    for path in paths:
        fitting, warnings, faults = fitting_sheets(path, known, form, limits, open_grids)
        if only is not None:
            fitting = [each for each in fitting if each.grid.sheet in only]
        until = None if as_of else taken_until
        sheets = without_copies(fitting, SNAPSHOTS, path.stem, until)
        opened.append((path, sheets, warnings + sheets.warnings, faults))
    every = [each for _, sheets, _, _ in opened for each in sheets.every]
    names = UnitNames(known.units, known.aliases, stated_units(every))
    given = answers or {}
    stated_files = []
    for path, sheets, warnings, faults in opened:
        for day, earlier in sorted(sheets.earlier.items()):
            stated_files.append(_file(path, earlier, known, names, sender, day, given, [], []))
        stated_files.append(
            _file(path, sheets.kept, known, names, sender, as_of, given, warnings, faults)
        )
    return stated_files


def _file(
    path: Path,
    fitting: Sequence[FittingSheet],
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
    for each in fitting:
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
    fitting: FittingSheet,
    path: Path,
    known: Known,
    names: UnitNames,
    sender: str | None,
    as_of: date | None,
    questions: Questions,
) -> tuple[Sheet, StatedSheet, list[StatedRow]]:
    """A sheet as it is read, what it states of itself, and the rows that it states."""
    grid, form, header = fitting.grid, fitting.form, fitting.header
    subject, phrases = fitting.headings.subject, fitting.phrases
    above = lines_above(grid, header)
    unit = _unit_of_sheet(above, grid.sheet, names, sender)
    unit_known = unit is not None or _sections_are_units(grid, header, names)
    columns = plan(grid, header, fitting.headings, form, questions, unit_known=unit_known)
    _unit_from_above(columns, above)

    def is_unit(text: str) -> bool:
        return names.find(text) is not None

    source = rows_of(grid, header, columns, subject, is_unit)
    day = as_of or as_of_day(above, grid.sheet, path.stem, known.today)
    day = day or as_of_below(_foot(grid, source), known.today)
    join_continued(source, grid, columns, subject, phrases, year_of(above, day))
    day_question: str | None = None
    if day is None:
        day, day_question = _asked_as_of(path, grid, form.subject, above, questions, known.today)
    sheet = Sheet(
        name=grid.sheet,
        form=form,
        subject=subject,
        columns=_by_column(columns),
        phrases=phrases,
        units=names,
        references=known.references,
        questions=questions,
        defaults=known.defaults,
        as_of=day,
        year=year_of(above, day),
        subject_year=subject_year(above, day),
        title=" ".join(above[:1]),
        above=tuple(above),
        year_is_stated=year_of(above, None) is not None,
        is_text=grid.is_text,
        open_columns=tuple(columns.open),
        as_of_question=day_question,
        unit=unit,
        passed_over=source.passed_over,
    )
    _read_colours(sheet, grid, source)
    _warn_of_rows(sheet, grid, source)
    rows = trainings.added_up(_stated(sheet, source))
    if day_question and form.subject not in SNAPSHOTS and not any(row.known_as_of for row in rows):
        questions.withdraw(day_question)
    check(sheet, columns, source.rows, source.totals)
    stated_sheet = StatedSheet(
        grid.sheet,
        form.name,
        header.rows,
        day,
        columns.read(form.subject),
        tuple(columns.not_kept),
        len(source.rows),
        tuple(sorted(sheet.passed_over, key=lambda each: each.row)),
        source.carried_down,
        sums(sheet, rows),
    )
    return sheet, stated_sheet, rows


def _warn_of_rows(sheet: Sheet, grid: Grid, source: SheetRows) -> None:
    """Warn of merged amounts and of hidden and struck rows, or that there are no rows."""
    if not source.rows:
        sheet.warn(None, None, None, sentence(NO_ROWS))
    for number in source.merged_amounts:
        sheet.warn(number, None, None, sentence(MERGED_AMOUNT))
    if grid.hidden_rows:
        numbers = "、".join(map(str, grid.hidden_rows[:20]))
        sheet.warn(grid.hidden_rows[0], None, numbers, sentence(HIDDEN_ROWS))
    read = {each.number for each in source.rows}
    if struck := [each for each in grid.struck_rows if each in read]:
        numbers = "、".join(map(str, struck[:20]))
        sheet.warn(struck[0], None, numbers, sentence(STRUCK_ROWS))


def _unit_of_sheet(
    above: Sequence[str], sheet: str, names: UnitNames, sender: str | None
) -> Unit | None:
    """The unit of a sheet without a unit column.

    That of the line of the reporting unit, else of the sheet's name, else of the beginning of the
    title, else the sender.
    """
    for line in above:
        for reported in REPORTED_BY.finditer(line):
            if unit := names.find(reported["unit"]):
                return unit
    titles = (names.find(sheet), *(names.at_start(line) for line in above[:2]))
    for unit in titles:
        if unit is not None:
            return unit
    return names.find(sender) if sender else None


def _sections_are_units(grid: Grid, header: Header, names: UnitNames) -> bool:
    """Whether the sheet has one section per unit, such as 一、第一中学."""
    columns = [each.at for each in header.headings]
    return any(
        why(line, None, columns) is Why.SECTION and names.find(section_heading(line)[1])
        for line in grid.lines[header.end :]
    )


def _unit_from_above(columns: Plan, above: Sequence[str]) -> None:
    """Set the unit of money columns whose heading names none to that of a line above the table."""
    unit = unit_above(above)
    if unit is None:
        return
    columns.columns = [
        each if each.money_unit else replace(each, money_unit=unit) for each in columns.columns
    ]


def _read_colours(sheet: Sheet, grid: Grid, source: SheetRows) -> None:
    """Read states from row colours and the legend, where no column gives the state.

    If the colours differ but there is no legend, add a warning that they are not read.
    """
    if sheet.form.subject not in SNAPSHOTS or sheet.has("state") or sheet.has("closure"):
        return
    colours = tell_apart(grid.colours, [row.number for row in source.rows])
    if not colours:
        return
    lines = (clean(value) for line in grid.lines for value in line if isinstance(value, str))
    meant = legend((each for each in lines if "色" in each), sheet.phrases)
    first, numbers = min(colours), "、".join(map(str, list(colours)[:20]))
    if sheet.form.subject == "findings" and set(colours.values()) <= set(meant):
        sheet.coloured = {row: meant[name] for row, name in colours.items()}
        said = "、".join(f"{name}＝{words}" for name, (words, _) in meant.items())
        sheet.warn(first, None, numbers, sentence(COLOURS_READ, legend=said))
    else:
        sheet.warn(first, None, numbers, sentence(COLOURS_NOT_READ))


def _by_column(columns: Plan) -> Mapping[tuple[str, str], list[Planned]]:
    """The columns of the sheet by our column and its group."""
    by_column: dict[tuple[str, str], list[Planned]] = {}
    for each in columns.columns:
        by_column.setdefault((each.column, each.group), []).append(each)
    return by_column


def as_of_question(path: Path, sheet: str = "") -> str:
    """The id of the question for the snapshot day of a sheet of the file at `path`, or of all
    its sheets."""
    return Questions({}).id_of(QuestionKind.DAY, *_as_of_of(path, sheet))


def _as_of_of(path: Path, sheet: str) -> tuple[str, str, str]:
    """What the question for the snapshot day is asked about."""
    return AS_OF, path.stem, sheet


def _foot(grid: Grid, source: SheetRows) -> list[str]:
    """The lines below the header that are neither rows nor totals, such as notes."""
    totals = {each.number for each in source.totals}
    numbers = [each.row for each in source.passed_over if each.row not in totals]
    lines = (grid.lines[number - 1] for number in numbers if number <= len(grid.lines))
    return ["  ".join(filter(None, map(clean, line))) for line in lines]


def _asked_as_of(
    path: Path,
    grid: Grid,
    subject: str,
    above: Sequence[str],
    questions: Questions,
    today: date | None,
) -> tuple[date | None, str | None]:
    """The answer to which day a sheet tells of; asked once for all sheets that name no month."""
    days = likely_days(above, grid.sheet, path.stem, today) if today else []
    of_its_own = subject not in SNAPSHOTS or names_month(above, grid.sheet)
    id_, answer = questions.ask(
        QuestionKind.DAY,
        _as_of_of(path, grid.sheet if of_its_own else ""),
        sheet=grid.sheet,
        value=AS_OF,
        row=None,
        proposals=lambda: [Proposal(each.isoformat(), each.isoformat()) for each in days],
        asks=sentence(WHICH_AS_OF),
    )
    day = read_day(answer, year=None) if answer else None
    if answer and day is None:
        questions.refuse(id_)
    return (day.day, None) if day else (None, id_)


def _stated(sheet: Sheet, source: SheetRows) -> Iterator[StatedRow]:
    """The stated rows of every row of a sheet."""
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
