"""`gridlight waiting`: rows that were set aside are listed, answered, taken in and dropped."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.commands.calling import Shell
from tests.data.own_ledgers.taking_cases import ledger, line


@pytest.fixture
def waiting(filled: Shell, tmp_path: Path) -> Shell:
    """Two rows of one own ledger wait for a unit that nobody knows."""
    rows = [line(1, "往来款", unit="U1"), line(2, "库存", unit="某某中心")]
    path = ledger(tmp_path / "台账.xlsx", [*rows, line(3, "设备", unit="另一中心")])
    options = ("--form", "auto", "--as-of", "2026-06-30", "--day", "2026-06-30", "--set-aside")
    filled.done("import", path, *options, "--sender", "bureau")
    return filled


def listed(shell: Shell) -> list[dict[str, Any]]:
    return list(shell.json("waiting", "list"))


def question(shell: Shell, number: int) -> str:
    [asked] = next(each["questions"] for each in listed(shell) if each["number"] == number)
    return str(asked["id"])


def test_the_list_names_rows_and_each_question_once(waiting: Shell) -> None:
    said = waiting.done("waiting", "list")
    assert "库存" in said and "某某中心" in said
    assert [(each["number"], each["row"], each["file_kept"]) for each in listed(waiting)] == [
        (1, 4, True),
        (2, 5, True),
    ]
    assert said.count(question(waiting, 1)) == 1


def test_an_answered_row_is_taken_in_and_the_other_waits_on(waiting: Shell, tmp_path: Path) -> None:
    assert "Not taken in: 1" in waiting.refused("waiting", "take", 1)
    waiting.done("waiting", "answer", 1, f"{question(waiting, 1)}=U2")
    assert "taken in as import" in waiting.done("waiting", "take", "--answered")
    assert [each["number"] for each in listed(waiting)] == [2]
    given = tmp_path / "answers.json"
    given.write_text(json.dumps({question(waiting, 2): "U1"}), encoding="utf-8")
    waiting.done("waiting", "answer", 2, "--answers", given)
    waiting.done("waiting", "take", 2)
    assert "No row is pending." in waiting.done("waiting", "list")


def test_a_row_is_dropped_for_a_reason(waiting: Shell) -> None:
    assert "only for a reason" in waiting.refused("waiting", "drop", 2, "--reason", " ")
    waiting.done("waiting", "drop", 2, "--reason", "不属本区")
    assert [each["number"] for each in listed(waiting)] == [1]
    assert "no longer waits" in waiting.refused("waiting", "drop", 2, "--reason", "不属本区")


@pytest.mark.parametrize(
    "words", [["take"], ["take", "1", "--answered"], ["answer", "1"], ["answer", "1", "U2"]]
)
def test_what_is_missing_is_said(waiting: Shell, words: list[str]) -> None:
    assert "Give" in (said := waiting.misused("waiting", *words)) or "ID=ANSWER" in said
