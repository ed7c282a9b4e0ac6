"""`gridlight remove`, `gridlight rebuild` and `gridlight upgrade`."""

import pytest

from data.store import data_version
from data.store.database import connect, reading, writing
from data.store.schema import Standing, standing
from tests.dashboard.commands.calling import DAY, Shell, figure, log, migrated_to, run_sql


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
    assert figure(filled, "guidance_coverage") == "—"
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


def test_an_import_is_taken_back_and_its_figures_with_it(filled: Shell) -> None:
    before = filled.json("figures", "--as-of", DAY)
    filled.take(findings=[{"title": "改"}, {"code": "F2"}])
    assert figure(filled, "required") == "2"
    said = filled.done("undo", 2, "--reason", "选错文件")
    assert said.startswith("Import 2 is taken back, as import 3.\n")
    assert "Findings\t1\t1\t0" in said
    assert filled.json("figures", "--as-of", DAY) == before
    assert log(filled)[0] == ("operator", "undone", "3 2")
    assert "nothing differed" in filled.done("rebuild")


def test_what_stays_is_named(filled: Shell) -> None:
    filled.take(findings=[{"title": "改"}])
    filled.take(findings=[{"title": "再改"}], units=[{"code": "U3"}])
    filled.take(units=[{"code": "U4"}])
    assert "Nothing of import 2" in filled.refused("undo", 2, "--reason", "x")
    assert "Import 3 would be taken back" in filled.done("undo", 3, "--reason", "x", "--dry-run")
    assert "Findings\t0\t1\t0" in filled.done("undo", 3, "--reason", "x")


def test_an_import_that_is_not_there_or_without_a_reason_stays(filled: Shell) -> None:
    assert "no import 9" in filled.refused("undo", 9, "--reason", "x")
    assert "reason" in filled.refused("undo", 1, "--reason", " ")
    assert "--reason" in filled.misused("undo", 1)


def test_an_upgrade_of_what_is_up_to_date_says_so(filled: Shell) -> None:
    assert filled.done("upgrade") == "The database is up to date.\n"


def other_rules(shell: Shell) -> None:
    engine = connect(shell.database)
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE settings SET value = 'x' WHERE name = 'facts_mark'")
    engine.dispose()


def test_facts_of_other_rules_are_told_by_check_and_put_right_by_an_upgrade(filled: Shell) -> None:
    other_rules(filled)
    said = filled.call("check").stdout
    assert "FAILED\tRules: the facts were derived by others. Run “gridlight upgrade”." in said
    assert "derived again" in filled.done("upgrade")
    assert (
        "ok\tRules: the facts were derived by those of this version." in filled.call("check").stdout
    )


def test_an_older_database_is_copied_before_it_is_brought_up_to_date(shell: Shell) -> None:
    migrated_to(shell, "0007")
    result = shell.call("upgrade")
    assert result.exit_code == 0
    [copy] = shell.folder.glob("gridlight-before-*.sqlite")
    assert str(copy) in result.stderr
    assert copy.stat().st_mode & 0o077 == 0
    kept = connect(f"sqlite:///{copy}")
    with reading(kept) as connection:
        assert standing(connection) is Standing.OLDER
    kept.dispose()
    with reading(connect(shell.database)) as connection:
        assert standing(connection) is Standing.CURRENT
