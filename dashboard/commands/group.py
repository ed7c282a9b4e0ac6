"""The root command: loads the module of a command, and turns errors into sentences and exit
codes."""

import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from importlib import import_module
from typing import Any

import typer
from typer.exceptions import TyperException

from dashboard import settings
from dashboard.commands.outcome import REFUSED, WRONG_USAGE, WrongUsageError
from dashboard.commands.usage import Group, tell_wrong_usage
from dashboard.i18n import _, use_language
from dashboard.setting_origins import SettingsError
from data.store.temporary import folder_of_process

MODULES = {
    "run": "serving",
    "template": "workbooks",
    "import": "importing",
    "read": "own_ledgers",
    "form": "forms",
    "waiting": "waiting",
    "inbox": "collection",
    "export": "workbooks",
    "figures": "figures",
    "rows": "figures",
    "briefing": "briefing",
    "freeze": "freezing",
    "undo": "upkeep",
    "remove": "upkeep",
    "rebuild": "upkeep",
    "upgrade": "upkeep",
    "check": "checking",
    "log": "access_log",
    "config": "configuration",
    "user": "accounts",
    "reference": "lists",
    "backup": "copies",
    "restore": "copies",
}
"""The commands in the order of the help, each with its module."""


class Gridlight(Group):
    """The group of all commands; only the called one is loaded."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands."""
        return list(MODULES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name; None if there is none."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f"dashboard.commands.{MODULES[cmd_name]}")
        group = typer.main.get_group(module.app)
        return group.commands.get(cmd_name, group)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command with which `args` begin."""
        name = args[0]
        if name not in MODULES:
            raise WrongUsageError(_("There is no command “{name}”. See --help.", name=name))
        return name, self.get_command(ctx, name), args[1:]

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command and exit with its code."""
        try:
            language = settings.in_use().language
        except SettingsError as error:
            print(error, file=sys.stderr)
            sys.exit(REFUSED)
        with use_language(language):
            extra["standalone_mode"] = False
            call = partial(super().main, *args, **extra)
            sys.exit(_exit_code(call))


def _exit_code(call: Callable[[], Any]) -> int:
    try:
        with ExitStack() as stack:
            # A help must be printed where nothing can be written.
            with suppress(OSError):
                stack.enter_context(folder_of_process())
            done = call()
    except TyperException as error:
        tell_wrong_usage(error)
        return WRONG_USAGE
    except WrongUsageError as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    except _foreseen() as error:
        from dashboard.commands.refusals import sentence_of

        print(sentence_of(error), file=sys.stderr)
        return REFUSED
    return done if isinstance(done, int) else 0


def _foreseen() -> tuple[type[Exception], ...]:
    # Import late: these load the database, which a call for help does not need.
    from dashboard.commands.refusals import FORESEEN

    return FORESEEN
