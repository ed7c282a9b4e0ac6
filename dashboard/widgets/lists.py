"""Lists declared once: the same columns make the table on screen and the downloaded workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Generic, TypeVar

from dashboard import address, formats
from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.elements import lists as element
from dashboard.elements.board import Part
from dashboard.elements.lists import Cell, CellKind, Heading, Sorting, Width
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.status import Status
from dashboard.widgets import asked
from dashboard.widgets.downloads import XLSX, hand_out
from dashboard.widgets.place import look
from dashboard.widgets.tables import choose_rows
from data.access.permission import Action
from data.workbook.outgoing import writing
from models import kinds

Row = TypeVar("Row")
PAGE = 100
"""Rows on one page of a long list."""
SORTABLE = 20_000
"""The most rows of a list that can be sorted as a whole and written to one workbook."""
SORT = "sort"
"""The parameter for the sort column: its id, with a leading minus for descending order."""


class Kind(StrEnum):
    """The type of a column's cells; it decides sorting, alignment and the cell type in a
    workbook."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    MONEY = "money"
    """Values in 分; shown in the unit that the heading names."""
    DAY = "day"
    CODE = "code"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column of a list: its id in the address, its heading, and how to get a row's value.

    `screen` and `file` say whether it is shown on screen and written to the workbook; `places` is
    the number of decimal places. Numbers above 0 of a `late` column are red. A `spare` column is
    left out on screen where the rows would otherwise be broken into lines. `card` is how a card of
    a phone writes the value, "{n}" in it; where columns have one, only those are seen at first.
    `without` returns why a row has no value, "" if there is nothing to say; the screen shows it.
    """

    id: str
    heading: str
    value: Callable[[Row], Cell]
    kind: Kind = Kind.TEXT
    width: Width = ""
    places: int = 2
    screen: bool = True
    file: bool = True
    late: bool = False
    spare: bool = False
    card: str = ""
    without: Callable[[Row], str] | None = None

    @property
    def title(self) -> str:
        """The heading; for money with its unit."""
        if self.kind is Kind.MONEY:
            return _("{column} ({unit})", column=self.heading, unit=formats.money_unit())
        return self.heading


def draw(
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    *,
    key: str,
    says: str,
    onward: Callable[[Row], Part | None] | None = None,
    on_pick: Callable[[int], None] | None = None,
    first: int = PAGE,
    sorting: Sorting | None = None,
) -> None:
    """Draw `rows` as a table on screen.

    A click on a row leads to the link that `onward` returns for it, or calls `on_pick` with its
    index. `says` describes the table to a screen reader.
    """
    shown = [column for column in columns if column.screen]
    element.draw(
        [_heading(column) for column in shown],
        [[_on_screen(column, row) for column in shown] for row in rows],
        key=key,
        says=says,
        dark=look().dark,
        first=first,
        onward=[onward(row) for row in rows] if onward else (),
        on_pick=on_pick,
        sorting=sorting,
    )


def paged(
    columns: Sequence[Column[Row]],
    length: int,
    fetch: Callable[[int, int | None], Sequence[Row]],
    *,
    key: str,
    says: str,
    onward: Callable[[Row], Part | None] | None = None,
    first: int = PAGE,
) -> None:
    """Draw one page of a list of `length` rows; a click on a heading sorts the whole list.

    `fetch(start, count)` returns up to `count` rows from index `start`, or all of them if `count`
    is None. Page and order are kept in the address. Lists of more than `SORTABLE` rows sort only
    the page. Of a page the `first` rows are shown until the viewer asks for all.
    """
    shown = [column for column in columns if column.screen]
    if length <= PAGE or length > SORTABLE:
        page = asked.page_number(-(-length // PAGE)) if length > PAGE else 1
        rows = fetch((page - 1) * PAGE, PAGE)
        draw(columns, rows, key=key, says=says, onward=onward, first=first)
        return
    wanted = asked.choice(SORT, {f"{sign}{each.id}": "" for each in shown for sign in ("", "-")})
    by = next((each for each in shown if each.id == wanted.removeprefix("-")), None)
    page = asked.page_number(-(-length // PAGE))
    start = (page - 1) * PAGE
    if by is None:
        rows = fetch(start, PAGE)
    else:
        rows = in_order(fetch(0, None), by, down=wanted.startswith("-"))[start : start + PAGE]
    place = shown.index(by) if by else None

    def sort(at: int) -> None:
        column = shown[at]
        down = column.kind in (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.DAY)
        if wanted.removeprefix("-") == column.id:
            down = not wanted.startswith("-")
        address.put_of_page(SORT, f"{'-' if down else ''}{column.id}")
        address.put_of_page(asked.PAGE, None)

    sorting = Sorting(place, wanted.startswith("-"), sort)
    draw(columns, rows, key=key, says=says, onward=onward, first=first, sorting=sorting)


def choose(
    columns: Sequence[Column[Row]], rows: Sequence[Row], *, key: str, says: str, first: int = PAGE
) -> tuple[int, ...]:
    """Draw `rows` with a box before each; return the indices of the chosen ones.

    The choice is kept for one `key`, so a list with other rows needs another key.
    """
    shown = [column for column in columns if column.screen]
    cells = [[_on_screen(column, row) for column in shown] for row in rows]
    headings = [_heading(column) for column in shown]
    return choose_rows(headings, cells, key=key, says=says, first=first)


def in_order(rows: Sequence[Row], by: Column[Row], *, down: bool) -> list[Row]:
    """Return `rows` sorted by the column `by`, descending if `down`; rows without a value come
    last."""
    filled = [row for row in rows if by.value(row) not in (None, "")]
    empty = [row for row in rows if by.value(row) in (None, "")]
    return [*sorted(filled, key=lambda row: _order(by.value(row)), reverse=down), *empty]


def download(
    view: View,
    columns: Sequence[Column[Row]],
    produce: Callable[[], Sequence[Row]],
    *,
    title: str,
    key: str,
    subject: str = "",
    label: str = "",
    file_name: str = "",
) -> None:
    """Draw a button that downloads the whole list as a workbook; nothing without the right to
    export."""
    if not view.viewer.may(Action.EXPORT):
        return
    hand_out(
        label or _("Download the list (.xlsx)"),
        lambda: workbook(columns, produce(), title),
        subject=f"{subject or key} {view.scope.node} {view.as_of}",
        file_name=file_name or f"{title} {view.as_of}.xlsx".replace("/", "-"),
        mime=XLSX,
        key=f"{key}-download",
    )


def workbook(columns: Sequence[Column[Row]], rows: Sequence[Row], title: str) -> bytes:
    """Return the list as an .xlsx workbook of one sheet with typed cells.

    A status is written as its word, on the colour of its tone.
    """
    written = [column for column in columns if column.file]
    target = BytesIO()
    writing.table(
        target,
        title,
        [(column.title, _in_file(column)) for column in written],
        ([_in_cell(column, row) for column in written] for row in rows),
    )
    return target.getvalue()


def _heading(column: Column[Row]) -> Heading:
    kinds_on_screen: dict[Kind, CellKind] = {
        Kind.DAY: "day",
        Kind.CODE: "code",
        Kind.STATUS: "status",
        Kind.TEXT: "text",
    }
    places = {
        Kind.WHOLE: 0,
        Kind.DECIMAL: column.places,
        Kind.MONEY: formats.money_places(),
    }
    kind = kinds_on_screen.get(column.kind, "number")
    tone = Tone.BAD if column.late else None
    return Heading(
        column.title,
        kind,
        places.get(column.kind),
        width=column.width,
        tone=tone,
        spare=column.spare,
        card=column.card,
    )


def _on_screen(column: Column[Row], row: Row) -> Cell:
    value = column.value(row)
    if column.kind is Kind.MONEY and isinstance(value, int):
        return formats.money_number(value)
    if value is None and column.without and (word := column.without(row)):
        return element.Without(word)
    return value


def _in_file(column: Column[Row]) -> kinds.Kind:
    match column.kind:
        case Kind.WHOLE:
            return kinds.Whole()
        case Kind.DECIMAL | Kind.MONEY:
            return kinds.Number()
        case Kind.DAY:
            return kinds.Day()
    return kinds.Note() if column.width == "large" else kinds.Text()


def _in_cell(column: Column[Row], row: Row) -> object:
    value = column.value(row)
    match value:
        case None | "" | element.Without():
            return None
        case Status():
            return value.cell
        case element.Pieces():
            return value.text
        case (text, _tone):
            return text
        case bool():
            return _("yes") if value else _("no")
        case int() if column.kind is Kind.MONEY:
            return formats.exact_money(value)
        case int() if column.kind is Kind.DECIMAL:
            return Decimal(value)
        case float():
            return Decimal(str(value))
    return value


def _order(value: Cell) -> tuple[int, float, str]:
    """Return a sort key: statuses by tone, worst first; numbers and days by size; texts by code
    point."""
    match value:
        case Status():
            return list(SHAPES).index(value.tone), 0, value.word
        case element.Pieces():
            return 0, 0, value.text
        case date():
            return 0, value.toordinal(), ""
        case int() | float() | Decimal():
            return 0, float(value), ""
        case (text, _tone):
            return 0, 0, str(text)
    return 0, 0, str(value)
