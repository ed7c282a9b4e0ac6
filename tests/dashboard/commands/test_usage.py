"""Every command explains itself, and what is wrong with a call is said with exit code 2."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module

import pytest
import typer

from dashboard import commands as commands_of_shell
from dashboard.commands.group import MODULES
from dashboard.i18n import catalogue
from tests.dashboard.commands.calling import Shell


def commands() -> Iterator[tuple[str, ...]]:
    for name, module in MODULES.items():
        group = typer.main.get_group(import_module(f"dashboard.commands.{module}").app)
        yield (name,)
        if name not in group.commands:
            yield from ((name, each) for each in group.commands)


every_command = pytest.mark.parametrize("words", list(commands()), ids=" ".join)


@every_command
def test_every_command_has_help(shell: Shell, words: tuple[str, ...]) -> None:
    said = shell.done(*words, "--help")
    assert said.startswith(f"Usage: gridlight {' '.join(words)} ")
    assert "\n\n  \n" not in said


@every_command
def test_every_command_helps_in_chinese(shell: Shell, words: tuple[str, ...]) -> None:
    said = shell.done(*words, "--help", GRIDLIGHT_LANGUAGE="zh_CN")
    assert said.startswith(f"用法：gridlight {' '.join(words)} ")
    untranslated = re.findall(r"[a-z]\.$", said, re.MULTILINE)
    assert untranslated == []


@every_command
def test_every_command_that_reads_a_database_may_be_given_one(
    shell: Shell, words: tuple[str, ...]
) -> None:
    said = shell.done(*words, "--help")
    assert "--database URL" in said or "Commands:" in said


@every_command
def test_an_unknown_option_is_wrong_usage(shell: Shell, words: tuple[str, ...]) -> None:
    assert shell.misused(*words, "--bogus") == "There is no option --bogus."


def test_help_lists_every_command(shell: Shell) -> None:
    said = shell.done("--help")
    assert all(f"\n  {name} " in said for name in MODULES)


def test_no_command_is_wrong_usage_and_shows_help(shell: Shell) -> None:
    assert shell.misused() == "Usage: gridlight [OPTIONS] COMMAND [ARGS]..."


def test_an_unknown_command_is_wrong_usage(shell: Shell) -> None:
    assert shell.misused("frobnicate") == "There is no command “frobnicate”. See --help."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("import",), "FILE.xlsx is missing."),
        (("remove", "findings", "F1"), "--reason is missing."),
        (("run", "--port", "many"), "--port cannot have this value."),
        (("run", "--port", "70000"), "--port must lie between 0 and 65535."),
        (("figures", "surplus"), "Wrong usage: Got unexpected extra argument(s) (surplus)"),
        (("rows", "overdue", "--json", "--csv"), "Choose one of --json and --csv."),
        (("user", "add", "wang", "--full-name", "x", "--role", "king"), None),
        (("import", "x.xlsx", "--correct", " "), "--correct needs a reason."),
        (("import", "x.xlsx", "--day", "1999-01-01"), None),
    ],
)
def test_wrong_usage_is_named(shell: Shell, words: tuple[str, ...], sentence: str | None) -> None:
    assert shell.misused(*words) == sentence or sentence is None


@pytest.mark.parametrize("day", ["2026-13-01", "20260630", "30.6.2026", "today", ""])
def test_a_bad_date_is_wrong_usage(shell: Shell, day: str) -> None:
    assert "Enter it like 2026-03-31" in shell.misused("figures", "--as-of", day)


def test_a_setting_that_cannot_be_used_is_named(shell: Shell) -> None:
    assert "GRIDLIGHT_LANGUAGE" in shell.refused("figures", GRIDLIGHT_LANGUAGE="klingon")


def test_what_nobody_foresaw_is_one_sentence() -> None:
    program = "from dashboard import commands; commands.app = None; commands.main()"
    called = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert called.returncode == 1
    assert len(called.stderr.splitlines()) == 1
    assert "AttributeError" in called.stderr


def test_commands_do_not_wait_for_streamlit() -> None:
    program = (
        "import sys; from dashboard.commands.group import MODULES;"
        "from importlib import import_module\n"
        "for command in ('figures', 'import', 'user'):\n"
        "    import_module('dashboard.commands.' + MODULES[command])\n"
        "    print(command, 'streamlit' in sys.modules or 'altair' in sys.modules)\n"
    )
    called = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert called.stdout.splitlines() == ["figures False", "import False", "user False"]


def test_the_catalogue_is_read_in_the_language_of_the_installation() -> None:
    assert catalogue("zh_CN").gettext("Usage: {usage}") == "用法：{usage}"


@pytest.mark.parametrize(("command", "steps"), [("rebuild", [19]), ("figures", [])])
def test_a_command_of_minutes_gives_way_to_the_dashboard(
    command: str, steps: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    nicer: list[int] = []
    monkeypatch.setattr(os, "nice", nicer.append)
    monkeypatch.setattr(sys, "argv", ["gridlight", command, "--help"])
    monkeypatch.setattr(commands_of_shell, "signal", lambda *_: None)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    with pytest.raises(SystemExit):
        commands_of_shell.main()
    assert nicer == steps
