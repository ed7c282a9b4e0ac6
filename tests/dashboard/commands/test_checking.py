"""`gridlight check`: a line for each question, exit code 1 if any answer is bad."""

import pytest

from dashboard.charts import picture
from data.store import append_only
from tests.dashboard.commands.calling import SAFE, Shell, run_sql


def answers(shell: Shell, **env: str) -> dict[str, str]:
    """By the first word of its line, each answer."""
    result = shell.call("check", **{**SAFE, **env})
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    failed = [word for word, _ in lines if word != "ok"]
    assert (result.exit_code, bool(result.stderr)) == ((1, True) if failed else (0, False))
    return {sentence.partition(":")[0]: word for word, sentence in lines}


def failed(shell: Shell, **env: str) -> list[str]:
    return [what for what, word in answers(shell, **env).items() if word != "ok"]


def test_a_sound_installation_passes(filled: Shell) -> None:
    assert list(answers(filled)) == [
        "Database",
        "Tables",
        "Rows",
        "Facts",
        "Rules",
        "Running totals",
        "Data",
        "Access log",
        "Freezes",
        "Log keys",
        "Fonts",
        "One-click accounts",
        "HTTPS",
        "Host names",
        "Proxies",
    ]
    assert failed(filled) == []


def test_a_missing_database_fails_and_is_not_made(shell: Shell) -> None:
    assert failed(shell) == ["Database"]
    assert not shell.file.exists()


def test_an_unreachable_database_fails(shell: Shell) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    assert failed(shell, GRIDLIGHT_DATABASE_URL=url) == ["Database"]


def test_missing_tables_fail(shell: Shell) -> None:
    shell.file.touch()
    assert failed(shell) == ["Tables"]


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", ["Tables"]),
        ("UPDATE facts SET value = value + 1 WHERE measure = 'amount_required'", None),
        ("DELETE FROM facts WHERE measure = 'unrectified'", ["Facts"]),
        ("UPDATE balances SET count = count + 1", ["Running totals"]),
        ("INSERT INTO settings VALUES ('demonstration', '1')", ["Data"]),
    ],
)
def test_damage_is_told_and_left(filled: Shell, damage: str, what: list[str] | None) -> None:
    run_sql(filled, damage)
    for _ in range(2):
        found = failed(filled)
        assert found == what or (what is None and not found)


def test_rows_that_no_import_takes_are_named(filled: Shell) -> None:
    run_sql(filled, "UPDATE units SET kind = 'nothing'")
    result = filled.call("check", **SAFE)
    [line] = [each for each in result.stdout.splitlines() if "\tRows:" in each]
    assert line.startswith("FAILED\tRows: ")
    assert "of Units hold in Kind" in line


@pytest.mark.parametrize(
    ("damage", "where"),
    [
        ("UPDATE imports SET counts = '[1]'", "imports hold in counts"),
        (
            "INSERT INTO reference_lists (name, rows, replaced_at, account)"
            " VALUES ('rect_types', '{}', '2025-01-01 00:00:00.000000', 'somebody')",
            "reference_lists hold in rows",
        ),
    ],
)
def test_a_document_of_another_shape_is_named(filled: Shell, damage: str, where: str) -> None:
    run_sql(filled, damage)
    result = filled.call("check", **SAFE)
    [line] = [each for each in result.stdout.splitlines() if "\tRows:" in each]
    assert line.startswith("FAILED\tRows: 1 of the table ")
    assert where in line
    assert "Traceback" not in result.output


def test_a_changed_log_fails(filled: Shell) -> None:
    run_sql(filled, "DROP TRIGGER access_entries_not_changed")
    run_sql(filled, "UPDATE access_entries SET subject = 'nothing'")
    assert failed(filled) == ["Access log", "Protection"]


@pytest.mark.parametrize("table", append_only.PROTECTED)
def test_a_table_whose_changes_are_no_longer_refused_fails(filled: Shell, table: str) -> None:
    run_sql(filled, f"DROP TRIGGER {table}_not_deleted")
    run_sql(
        filled,
        f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} BEGIN SELECT 1; END",
    )
    assert failed(filled) == ["Protection"]


@pytest.mark.parametrize(
    ("env", "what"),
    [
        ({"GRIDLIGHT_HTTPS": "0"}, ["HTTPS"]),
        ({"GRIDLIGHT_HOSTS": ""}, ["Host names"]),
        ({"GRIDLIGHT_TRUSTED_PROXIES": ""}, ["Proxies"]),
        ({"GRIDLIGHT_DEMONSTRATION": "1"}, ["One-click accounts"]),
    ],
)
def test_unsafe_settings_fail(filled: Shell, env: dict[str, str], what: list[str]) -> None:
    assert failed(filled, **env) == what


def test_missing_fonts_fail(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "FONT_PACKAGE", "no_such_package")
    picture.register_fonts.cache_clear()
    assert failed(filled) == ["Fonts"]
    monkeypatch.undo()
    picture.register_fonts.cache_clear()
