"""Help and usage errors in the language in use; typer's own texts are in English only."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from dashboard.commands.outcome import WrongUsageError
from dashboard.i18n import _
from models.text import N_

SHOW_HELP = N_("Show this message and exit.")
"""typer's own help text of --help, to be translated."""


class Command(TyperCommand):
    """A command whose help is in the language in use."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the command."""
        formatter.write(help_of(self, ctx))


class Group(TyperGroup):
    """A group of commands whose help is in the language in use."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments for the subcommand; without any, raises `WrongUsageError` with the help."""
        if not args and not ctx.resilient_parsing:
            raise WrongUsageError(help_of(self, ctx))
        return list(super().parse_args(ctx, args))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the group."""
        formatter.write(help_of(self, ctx))


def help_of(command: Any, ctx: Any) -> str:
    """The help of a command: its usage, what it does, its arguments, options and subcommands."""
    pieces = " ".join(command.collect_usage_pieces(ctx))
    params = [each for each in command.get_params(ctx) if not each.hidden]
    arguments = [each for each in params if each.param_type_name == "argument"]
    options = [each for each in params if each.param_type_name == "option"]
    parts = [
        _("Usage: {usage}", usage=f"{ctx.command_path} {pieces}"),
        f"  {_(command.help)}",
        _section(_("Arguments:"), ((each.display_name_raw, _(each.help)) for each in arguments)),
        _section(_("Options:"), ((_option(each), _(each.help)) for each in options)),
    ]
    if isinstance(command, TyperGroup):
        parts.append(_section(_("Commands:"), _commands(command, ctx)))
    return "\n\n".join(filter(None, parts)) + "\n"


def _commands(group: TyperGroup, ctx: Any) -> Iterator[tuple[str, str]]:
    for name in group.list_commands(ctx):
        command: Any = group.get_command(ctx, name)
        yield name, _(command.help)


def _option(option: Any) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {option.display_name_raw}"


def _section(title: str, lines: Iterable[tuple[str, str]]) -> str:
    listed = list(lines)
    if not listed:
        return ""
    width = max(cell_len(name) for name, _text in listed)
    rows = (f"  {name}{' ' * (width - cell_len(name))}  {text}" for name, text in listed)
    return "\n".join([title, *rows])


def tell_wrong_usage(error: TyperException) -> None:
    """Print on standard error what was wrong with the call, and how to get help."""
    print(_sentence_of(error), file=sys.stderr)
    if context := getattr(error, "ctx", None):
        print(_("Help: {command} --help", command=context.command_path), file=sys.stderr)


def _sentence_of(error: TyperException) -> str:
    # typer exports only one of its errors; the others are recognised by their attributes.
    if isinstance(error, typer.BadParameter) and error.param:
        missing = hasattr(error, "param_type")
        message = N_("{name} is missing.") if missing else N_("{name} cannot have this value.")
        return _(message, name=_shown(error.param))
    if hasattr(error, "option_name") and hasattr(error, "possibilities"):
        return _("There is no option {name}.", name=error.option_name)
    if hasattr(error, "ctx"):
        return _("Wrong usage: {reason}", reason=error.format_message())
    return error.format_message()


def _shown(param: Any) -> str:
    option = param.param_type_name == "option"
    return str(param.opts[0] if option else param.display_name_raw)
