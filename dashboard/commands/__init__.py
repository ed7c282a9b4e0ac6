"""The command line: `gridlight`, with a small module for each group of commands."""

import os
import sys
from contextlib import suppress
from signal import SIGTERM, signal
from types import FrameType, TracebackType

import typer

from dashboard.commands.group import Gridlight
from dashboard.i18n import _
from models.text import N_

GIVE_WAY = ("rebuild",)
"""The commands that keep a processor busy for minutes and that nobody waits for at a screen."""
NICENESS = 19
"""They stand behind everything else on the machine, above all behind the dashboard."""

app = typer.Typer(
    cls=Gridlight,
    help=N_("Oversee the economic-security audit grid of a district."),
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)


@app.callback()
def gridlight() -> None:
    """The root command; each command is in a module that is loaded when it is called."""


def main() -> None:
    """Run the command given by the shell."""
    sys.excepthook = _tell_unexpected
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            # Terminals without Chinese characters show escapes instead of failing.
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    signal(SIGTERM, _exit_on_signal)
    if sys.argv[1:2] and sys.argv[1] in GIVE_WAY:
        os.nice(NICENESS)
    # Calling `app` would install typer's own tracebacks.
    typer.main.get_command(app)(prog_name="gridlight")


def _exit_on_signal(number: int, _frame: FrameType | None) -> None:
    """Exit as after an error: transactions are rolled back and temporary folders removed."""
    raise SystemExit(128 + number)


def _tell_unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print one sentence about an unforeseen error, with its place in the code."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    message = f"{kind.__name__}: {error}".splitlines()[0]
    text = _("Gridlight failed unexpectedly ({error}, {place}).", error=message, place=place)
    print(text, file=sys.stderr)
