"""The command line: `gridlight`, with a small module for each group of commands."""

import sys
from contextlib import suppress
from signal import SIGTERM, signal
from types import FrameType, TracebackType

import typer

from dashboard.commands.group import Gridlight
from dashboard.i18n import _
from models.text import N_

app = typer.Typer(
    cls=Gridlight,
    help=N_("Oversee the economic-security audit grid of a district."),
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)


@app.callback()
def gridlight() -> None:
    """Nothing of its own: every command stands in a module that is loaded when it is called."""


def main() -> None:
    """Carry out the command that the shell was given."""
    sys.excepthook = _tell_unexpected
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            # A terminal that knows no Chinese shows it in escapes instead of failing.
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    signal(SIGTERM, _end)
    # Not by calling `app`, which would put typer's own tracebacks in the place of our sentence.
    typer.main.get_command(app)(prog_name="gridlight")


def _end(number: int, _frame: FrameType | None) -> None:
    """Leave as after an error: what is being written is undone, temporary folders are removed."""
    raise SystemExit(128 + number)


def _tell_unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """One sentence for what nobody foresaw, with the place for whoever repairs it."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    message = f"{kind.__name__}: {error}".splitlines()[0]
    text = _("Gridlight failed unexpectedly ({error}, {place}).", error=message, place=place)
    print(text, file=sys.stderr)
