"""`gridlight figures` and `gridlight rows`: the shape of what they print, and that both agree."""

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest

from tests.dashboard.commands.calling import DAY, Shell

ON = ("--as-of", DAY)


def number(value: Any) -> Fraction:
    return Fraction(Decimal(value))


def test_figures_as_json(filled: Shell) -> None:
    printed = filled.json("figures", *ON, "--node", "unit:U1")
    assert (printed["as_of"], printed["node"]) == (DAY, "unit:U1")
    figures = printed["figures"]
    assert figures["units"] == {"value": 1, "text": "1"}
    assert figures["rect_rate"] == {"numerator": 0, "denominator": 1, "text": "0.0%"}
    assert figures["fund_approved"] == {"value": "1000000.00", "text": "100.00万元"}
    assert figures["report_quality"]["text"] == "—"
    assert figures["meetings_held"] == {"value": None, "text": "—"}


def test_figures_as_a_table(filled: Shell) -> None:
    said = filled.done("figures", *ON)
    assert said.startswith("Figure\tWhat it is called\tValue\nunits\t")
    assert "\noverdue:1-30\t" in said


def test_the_day_is_today_unless_it_is_given(filled: Shell) -> None:
    assert date.fromisoformat(filled.json("figures")["as_of"]) >= date(2026, 1, 1)


def test_every_list_adds_up_to_its_figure(filled: Shell) -> None:
    figures = filled.json("figures", *ON)["figures"]
    empty = {"value": None, "text": "—"}
    looked_at = 0
    for key, figure in figures.items():
        parts = {side: value for side, value in figure.items() if side != "text"}
        if figure == empty or not any(number(value) for value in parts.values()):
            continue
        looked_at += 1
        rows = filled.json("rows", key, *ON)
        assert {row["side"] for row in rows} <= set(parts), key
        for side, value in parts.items():
            values = [number(row["value"]) for row in rows if row["side"] == side]
            total = max(values) if key == "overdue_days_max" else sum(values)
            assert total == number(value), (key, side)
    assert looked_at > 40


def test_rows_as_json(filled: Shell) -> None:
    assert filled.json("rows", "overdue:severity=ORDINARY", *ON) == [
        {"side": "value", "ledger": "findings", "key": "F1", "unit": "U1", "value": 1}
    ]


def test_rows_as_csv_guard_against_formulas(shell: Shell) -> None:
    shell.take(
        sectors=[{}],
        units=[{"code": "-U"}],
        findings=[{"unit": "-U"}, {"unit": "-U", "code": "F2"}],
    )
    rows = list(csv.DictReader(StringIO(shell.done("rows", "required", *ON, "--csv"))))
    assert list(rows[0]) == ["side", "ledger", "key", "unit", "value"]
    assert [(row["key"], row["unit"], row["value"]) for row in rows] == [
        ("F1", "'-U", "1"),
        ("F2", "'-U", "1"),
    ]


def test_a_figure_that_does_not_exist_at_a_node_has_no_rows(filled: Shell) -> None:
    assert filled.json("rows", "meetings_held", *ON, "--node", "unit:U1") == []


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("happiness", "no figure “happiness”"),
        ("overdue:NEVER", "no bucket “NEVER”"),
        ("rating", "has buckets only"),
        ("reports_late:X", "no bucket “X”"),
    ],
)
def test_an_unknown_figure_is_named(filled: Shell, figure: str, said: str) -> None:
    assert said in filled.refused("rows", figure)


@pytest.mark.parametrize("node", ["unit:NO", "sector:NO", "planet:X", "subdistrict:1", "batch:0"])
@pytest.mark.parametrize("command", ["figures", "rows", "export"])
def test_an_unknown_node_is_named(filled: Shell, command: str, node: str) -> None:
    more = {"figures": [], "rows": ["overdue"], "export": [filled.folder / "out.xlsx"]}[command]
    said = filled.refused(command, *more, "--node", node)
    assert said == f"There is no node “{node}”."


@pytest.mark.parametrize("day", ["1999-12-31", "2100-01-01"])
def test_a_day_beyond_the_years_kept_is_refused(filled: Shell, day: str) -> None:
    assert "is not between" in filled.refused("figures", "--as-of", day)


def test_a_missing_database_is_not_made_by_asking(shell: Shell) -> None:
    assert "There is no database" in shell.refused("figures")
    assert not shell.file.exists()


def test_an_empty_database_is_said_to_be_empty(shell: Shell) -> None:
    shell.file.touch()
    assert "is empty" in shell.refused("figures")


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "The database does not answer"),
        ("nonsense", "not the address of a database"),
        ("oracle+none://x", "not the address of a database"),
        ("sqlite:////proc/gridlight/x.sqlite", "There is no database"),
    ],
)
def test_a_database_that_cannot_be_reached_is_one_sentence(
    shell: Shell, database: str, said: str
) -> None:
    assert said in shell.refused("figures", "--database", database)


def test_a_file_that_is_no_database_is_one_sentence(shell: Shell) -> None:
    shell.file.write_bytes(b"no database" * 1000)
    assert "is damaged (no header)" in shell.refused("figures")


def test_the_database_given_comes_before_the_one_of_the_environment(filled: Shell) -> None:
    said = filled.refused("figures", "--database", f"sqlite:///{filled.folder}/other.sqlite")
    assert "other.sqlite" in said


def test_a_password_is_not_shown(shell: Shell) -> None:
    said = shell.refused("figures", "--database", "postgresql://x:secret@127.0.0.1:1/none")
    assert "secret" not in said
