"""Find the sheets of a file that a form fits, and the form that fits best."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.own_ledgers.forms.form import Form
from data.own_ledgers.forms.knowledge import Known
from data.own_ledgers.layout.columns import plan
from data.own_ledgers.layout.files import NOTHING_HELD, Grid
from data.own_ledgers.layout.header import Header, find
from data.own_ledgers.layout.headings import LIST as HEADINGS
from data.own_ledgers.layout.headings import Headings
from data.own_ledgers.layout.sheet_rows import rows_of
from data.own_ledgers.layout.tables import tables
from data.own_ledgers.words.phrases import LIST as WORDS
from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.questions import Questions
from data.own_ledgers.words.stated import FileFault, FileWarning
from data.own_ledgers.words.written import clean, plain
from data.workbook.archive.container import UnreadableError
from data.workbook.archive.limits import Limits
from models.text import N_, sentence

NO_FORM = N_(
    "No sheet of this file has a header that any form knows. Choose a form, or check that the "
    "headings stand among the first fifteen rows."
)
NOT_THIS_FORM = N_(
    "No sheet of this file has the headings of “{form}” among its first fifteen rows. Choose "
    "another form, or let the one that fits best be found."
)
TABLE_NOT_READ = N_("No form knows the header of the table that begins here; it is not read.")
SHEET_NOT_READ = N_("No form knows the header of this sheet; it is not read.")
TITLE_COUNTS = 0.5
OpenGrids = Callable[[Path, Limits], list[Grid]]
"""The sheets of a file; raises `UnreadableError`."""


@dataclass(slots=True)
class FittingSheet:
    """A sheet and the form that fits it."""

    grid: Grid
    form: Form
    header: Header
    headings: Headings
    phrases: Phrases


def fitting_sheets(
    path: Path, known: Known, form: Form | None, limits: Limits, open_grids: OpenGrids
) -> tuple[list[FittingSheet], list[FileWarning], list[FileFault]]:
    """The sheets of a file that a form fits, and the warnings and faults of the others."""
    try:
        sheets = open_grids(path, limits)
        every = [table for sheet in sheets for table in tables(sheet)]
    except UnreadableError as error:
        return [], [], [FileFault(None, None, None, None, error.sentence)]
    if not sheets:
        return [], [], [FileFault(None, None, None, None, NOTHING_HELD)]
    found, warnings = [], []
    forms = [form] if form else list(known.forms.values())
    readers = [_reader(each, known) for each in forms]
    for grid in every:
        fitting = _fitting(grid, readers, form_is_given=form is not None)
        if fitting:
            found.append(fitting)
        elif grid.first_row:
            said = sentence(TABLE_NOT_READ)
            warnings.append(FileWarning(grid.sheet, grid.first_row + 1, None, None, said))
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
) -> FittingSheet | None:
    """The form that best fits a sheet by headings and words in the title."""
    best: tuple[float, FittingSheet] | None = None
    for form, headings, phrases in readers:
        header = find(grid, headings, form_is_given=form_is_given)
        if header is None:
            continue
        said = plain("".join(lines_above(grid, header))) + plain(grid.sheet)
        score = header.known + TITLE_COUNTS * sum(plain(w) in said for w in form.title_words)
        if best is None or score > best[0]:
            best = score, FittingSheet(grid, form, header, headings, phrases)
    return best[1] if best else None


def lines_above(grid: Grid, header: Header) -> list[str]:
    """The lines above the header, each with its filled cells joined."""
    lines = [
        "  ".join(filter(None, (clean(value) for value in line)))
        for line in grid.lines[: header.start]
    ]
    return [line for line in lines if line]


def stated_units(found: Sequence[FittingSheet]) -> Iterator[tuple[str, list[str]]]:
    """The names of units in the registers among the sheets, with their other names."""
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
