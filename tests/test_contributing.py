"""What CONTRIBUTING.md says of the tree: rooms, paths and examples that there are."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PATH = re.compile(r"`((?:models|data|dashboard|pages|tests|docs)/[\w./]*)`")
ANSWERS = {
    "models/rules/rectification.py": "overdue_from = later(due, 1)",
    "data/figures/catalogue/audit.py": 'id="content_coverage"',
    "dashboard/screens/rectification/dates.py": "def dates(",
    "data/ledgers/exporting.py": "columns",
    "dashboard/documents/briefing/problems.py": "The third part of a briefing",
    "data/access/permission.py": "FREEZE",
}
"""The file that answers each question of the walk, and what proves it."""


def rooms(package: str) -> set[str]:
    return {
        path.parent.relative_to(ROOT).as_posix() for path in (ROOT / package).glob("*/__init__.py")
    }


@pytest.mark.parametrize("path", sorted(set(PATH.findall(TEXT))))
def test_every_path_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("package", ["models", "data", "dashboard"])
def test_every_room_is_described(package: str) -> None:
    described = {path.rstrip("/") for path in PATH.findall(TEXT)}
    described |= {f"data/{name}" for name in re.findall(r"`(\w+)/`", TEXT)}
    assert rooms(package) <= described


@pytest.mark.parametrize(("path", "proof"), ANSWERS.items())
def test_the_walk_ends_where_the_answer_stands(path: str, proof: str) -> None:
    walk = TEXT.partition("## Where would you look?")[2].partition("## To add")[0]
    assert f"`{path}`" in walk
    assert proof in (ROOT / path).read_text(encoding="utf-8")


def test_every_target_that_is_named_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make (\w+)", TEXT)) <= targets


def test_the_layers_are_held_by_contracts() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["importlinter"]["contracts"]
