"""docs/reference/ says what the code does: every ledger and column, every figure, every command."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from typer.main import get_group

from dashboard import setting_origins
from dashboard.commands.group import MODULES
from data.figures.catalogue import FIGURES
from models.ledger import Ledger
from models.registry import LEDGERS

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
LEDGER_PAGE, MEASURES, COMMANDS = (
    (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    for name in ("ledgers", "measures", "commands")
)


def described() -> dict[str, tuple[str, list[tuple[str, str, bool]]]]:
    """By id, the sheet of each ledger and its columns: id, heading, whether it is required."""
    ledgers = {}
    for part in re.split(r"^## ", LEDGER_PAGE, flags=re.MULTILINE)[1:]:
        heads = re.findall(r"\d+ · (\S+) `(\w+)`", part.partition("\n")[0])
        tables = re.split(r"^\| column \| id .*\n\| ?-.*\n", part, flags=re.MULTILINE)[1:]
        for (sheet, name), table in zip(heads, tables, strict=True):
            ledgers[name] = (sheet, list(columns(table)))
    return ledgers


def columns(table: str) -> Iterator[tuple[str, str, bool]]:
    """A row may hold several columns, separated by commas."""
    for line in table.splitlines():
        if not line.startswith("|"):
            return
        headings, ids = (cell.strip().split(", ") for cell in line.strip("|").split(" | ")[:2])
        for heading, name in zip(headings, ids, strict=True):
            yield name, heading.rstrip("*"), heading.endswith("*")


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.id())
def test_every_ledger_is_described_column_by_column(ledger: type[Ledger]) -> None:
    sheet, named = described()[ledger.id()]
    assert sheet == ledger.SHEET.zh
    assert named == [(each.id, each.label.zh, each.required) for each in ledger.columns]


def test_no_ledger_is_described_that_there_is_not() -> None:
    assert list(described()) == [ledger.id() for ledger in LEDGERS]


def test_every_figure_is_described_and_no_other() -> None:
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", MEASURES.partition("## The figures")[2], re.M)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(figure.id for figure in FIGURES)


ROWS = [line for line in COMMANDS.splitlines() if line.startswith("| `gridlight")]


def options(name: str) -> set[str]:
    """The options of a command, and of the commands below it."""
    group = get_group(import_module(f"dashboard.commands.{MODULES[name]}").app)
    found = group.commands.get(name)
    below = [found] if found else list(group.commands.values())
    return {
        option
        for command in below
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }


every_command = pytest.mark.parametrize("name", list(MODULES))


@every_command
def test_every_command_and_option_is_described(name: str) -> None:
    rows = [row for row in ROWS if re.search(rf"`gridlight {name}\b", row)]
    assert rows
    named = set(re.findall(r"--[a-z-]+", " ".join(rows)))
    assert options(name) - {"--help", "--database"} <= named


@every_command
def test_no_option_is_described_that_a_command_has_not(name: str) -> None:
    for row in ROWS:
        for words in re.findall(rf"`gridlight {name}\b([^`]*)`", row):
            assert set(re.findall(r"--[a-z-]+", words)) <= options(name) | {"--database"}


@pytest.mark.parametrize("variable", list(setting_origins.DEFAULTS))
def test_every_setting_is_described_with_its_variable(variable: str) -> None:
    name = variable.removeprefix(setting_origins.PREFIX).lower()
    assert f"| `{name}` | `{variable}` |" in COMMANDS
