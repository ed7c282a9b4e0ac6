"""The rows behind a figure, and the names of their units."""

from dataclasses import replace

from sqlalchemy import Connection

from dashboard.reads.figures import figure
from dashboard.reads.questions import ask, ask_now
from data.figures import lines, rows
from data.figures import moved as moves
from data.figures import units as unit_lines
from data.figures.lines import Line
from data.figures.moved import Moved, MovedRows
from data.figures.rows import FigureRow, Side
from data.scope import Scope


def page_of_rows(
    scope: Scope,
    name: str,
    bucket: str,
    side: Side,
    *,
    first: int,
    most: int | None,
    names_in_full: bool,
    urgent_first: bool = False,
) -> tuple[Line, ...]:
    """A page of the list behind a figure, with ledger rows; with `urgent_first` in the order of
    `rows_on_page` that begins with overdue findings."""
    return ask(_page_of_rows, scope, name, bucket, side, first, most, names_in_full, urgent_first)


def moved_rows(scope: Scope, before: Scope, name: str, bucket: str, side: Side) -> MovedRows:
    """The rows of one side of a figure that came since the scope `before`, and those that left."""
    return ask(_moved_rows, scope, before, name, bucket, side)


def lines_moved(scope: Scope, moved: MovedRows, *, names_in_full: bool) -> tuple[Line, ...]:
    """What came and what left, in this order, with ledger rows as they are now."""
    return ask(_lines_moved, scope, moved, names_in_full)


def rows_behind(scope: Scope, name: str, bucket: str) -> tuple[FigureRow, ...]:
    """All rows behind a figure, on all sides."""
    return ask(_rows_behind, scope, name, bucket)


def unit_names(codes: tuple[str, ...]) -> dict[str, str]:
    """By code, the present names of the units."""
    return ask_now(unit_lines.names, codes)


def length_of_rows(scope: Scope, name: str, bucket: str, side: Side) -> int:
    """The number of rows on one side of a figure."""
    return ask(_length, scope, name, bucket, side)


def _rows_behind(
    connection: Connection, scope: Scope, name: str, bucket: str
) -> tuple[FigureRow, ...]:
    return tuple(rows.rows_behind(connection, scope, figure(name), bucket))


def _length(connection: Connection, scope: Scope, name: str, bucket: str, side: Side) -> int:
    return rows.length(connection, scope, figure(name), bucket, side)


def _moved_rows(
    connection: Connection, scope: Scope, before: Scope, name: str, bucket: str, side: Side
) -> MovedRows:
    # The two scopes may need different databases: the present one and that of a freeze.
    then = ask(_rows_of_side, before, name, bucket, side)
    return moves.moved_rows(then, _rows_of_side(connection, scope, name, bucket, side))


def _rows_of_side(
    connection: Connection, scope: Scope, name: str, bucket: str, side: Side
) -> tuple[FigureRow, ...]:
    return tuple(rows.rows_on_page(connection, scope, figure(name), bucket, side))


def _lines_moved(
    connection: Connection, _scope: Scope, moved: MovedRows, names_in_full: bool
) -> tuple[Line, ...]:
    return tuple(
        replace(line, moved=way)
        for way, of_way in ((Moved.NEW, moved.new), (Moved.GONE, moved.gone))
        for line in lines.lines(connection, of_way, names_in_full=names_in_full)
    )


def _page_of_rows(
    connection: Connection,
    scope: Scope,
    name: str,
    bucket: str,
    side: Side,
    first: int,
    most: int | None,
    names_in_full: bool,
    urgent_first: bool,
) -> tuple[Line, ...]:
    page = list(
        rows.rows_on_page(
            connection,
            scope,
            figure(name),
            bucket,
            side,
            first=first,
            most=most,
            urgent_first=urgent_first,
        )
    )
    return lines.lines(connection, page, names_in_full=names_in_full)
