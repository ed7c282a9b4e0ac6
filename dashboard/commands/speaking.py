"""Print results as lines, tables or JSON, for a reader or a pipe, and progress on a terminal."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from unicodedata import category

from dashboard.i18n import _

UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""The Unicode categories of characters that are not drawn themselves."""
Progress = Callable[[str, int, int], None]
"""Called with a message about the step, the number done and the number in all."""


def visible(text: str, kept: str = "\n\t") -> str:
    """`text` with control characters and direction marks, but for those in `kept`, as escapes.

    File names and names of accounts come from others; on a terminal such a character would hide or
    change what was printed before.
    """
    if text.isprintable():
        return text
    return "".join(
        sign if sign in kept or category(sign) not in UNSEEN else _escape(sign) for sign in text
    )


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode()


def tell(text: str) -> None:
    """Print a line of the result on standard output."""
    print(visible(text))


def complain(text: str) -> None:
    """Print a line of an error message on standard error."""
    print(visible(text), file=sys.stderr)


def note(text: str) -> None:
    """Print a line on standard error, so that a pipe gets only the result."""
    print(visible(text), file=sys.stderr)


def tell_json(value: object) -> None:
    """Print the result as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def tell_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: with borders on a terminal, separated by tabs in a pipe."""
    header = [visible(cell, "") for cell in header]
    rows = [[visible(str(cell), "") for cell in row] for row in rows]
    if sys.stdout.isatty():
        _draw(header, rows)
        return
    for row in (header, *rows):
        print("\t".join(map(str, row)))


def _draw(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*header, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        # Texts from units may contain brackets, which must not be read as markup.
        table.add_row(*(Text(str(cell)) for cell in row))
    Console().print(table)


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A callback that reports progress on the terminal; None if standard error is none."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("", total=None)
        yield lambda stage, done, of: bars.update(
            bar, description=_(stage), completed=done, total=of
        )
