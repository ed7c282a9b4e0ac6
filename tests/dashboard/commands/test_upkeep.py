"""`gridlight remove` and `gridlight rebuild`."""

import pytest

from data.store import data_version
from data.store.database import connect, reading
from tests.dashboard.commands.calling import DAY, Shell, figure, log, run_sql


def version(shell: Shell) -> int:
    engine = connect(shell.database)
    with reading(engine) as connection:
        found = data_version.current(connection)
    engine.dispose()
    return found


@pytest.mark.parametrize("ledger", ["guidance", "指导监督"])
def test_a_row_is_taken_out_by_its_key(filled: Shell, ledger: str) -> None:
    assert figure(filled, "guidance_coverage") == "50.0%"
    key = "U1|2026-02-01|DEPARTMENT|整改"
    said = filled.done("remove", ledger, key, "--reason", "误录")
    assert said == f"The row {key} is taken out, as import 2.\n"
    assert figure(filled, "guidance_coverage") == "0.0%"
    assert log(filled)[0] == ("operator", "removed", "2 guidance")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("findings", "F1"), "refers to it"),
        (("findings", "F9"), "has the key F9"),
        (("findings", "a|b"), "has the key a|b"),
        (("cats", "F1"), "no ledger “cats”"),
    ],
)
def test_a_row_that_cannot_go_stays(filled: Shell, words: tuple[str, str], said: str) -> None:
    assert said in filled.refused("remove", *words, "--reason", "误录")
    assert figure(filled, "required") == "1"


def test_a_removal_needs_a_reason(filled: Shell) -> None:
    assert "Give one" in filled.refused("remove", "guidance", "x", "--reason", " ")


def test_a_rebuild_after_imports_finds_nothing_to_change(filled: Shell) -> None:
    before = version(filled)
    assert filled.done("rebuild") == "2 units were derived again; nothing differed.\n"
    assert version(filled) == before


def test_a_rebuild_puts_facts_right_and_says_so(filled: Shell) -> None:
    run_sql(filled, "DELETE FROM facts WHERE measure = 'unrectified'")
    said = filled.done("rebuild")
    assert "facts were missing" in said
    assert version(filled) == 2
    assert figure(filled, "overdue") == "1"
    assert "nothing differed" in filled.done("rebuild")


def test_a_rebuild_counts_totals_anew(filled: Shell) -> None:
    run_sql(filled, "UPDATE balances SET count = count + 1")
    assert "counted anew" in filled.done("rebuild")
    assert figure(filled, "required") == "1"


def test_a_rebuild_brings_an_empty_database_up_to_date(shell: Shell) -> None:
    shell.done("rebuild")
    assert shell.json("figures", "--as-of", DAY)["figures"]["units"]["value"] == 0
