"""`gridlight import … --form`: own ledgers of offices taken in from the command line."""

import json
from pathlib import Path

from tests.dashboard.commands.calling import Shell
from tests.data.own_ledgers.own_files import UNITS
from tests.data.own_ledgers.taking_cases import ledger, line

WHEN = ("--form", "auto", "--day", "2026-12-31", "--as-of", "2026-10-31", "--sender", "区审计局")


def with_units(shell: Shell) -> None:
    units = [{"code": code, "name": name} for code, name in UNITS.items()]
    shell.done("import", shell.book("units.xlsx", sectors=[{}], units=units), "--day", "2026-06-30")


def test_sums_of_sheet_and_figures_stand_side_by_side(shell: Shell, tmp_path: Path) -> None:
    with_units(shell)
    told = shell.done("import", ledger(tmp_path / "10.xlsx", [line(1, "往来款")]), *WHEN)
    assert "taken in as import 2" in told
    assert "As kept" in told


def test_open_questions_keep_a_file_out_until_they_are_answered_or_set_aside(
    shell: Shell, tmp_path: Path
) -> None:
    with_units(shell)
    sheet = ledger(tmp_path / "10.xlsx", [line(1, "甲"), line(2, "乙", unit="某某中心")])
    refused = shell.call("import", sheet, *WHEN, "--json")
    assert refused.exit_code == 1
    [question] = json.loads(refused.stdout)["questions"]
    assert question["kind"] == "unit"
    assert "wait for answers: 1" in shell.done("import", sheet, *WHEN, "--set-aside")
    answers = tmp_path / "A.json"
    answers.write_text(json.dumps({question["id"]: "U02"}), encoding="utf-8")
    told = shell.json("import", sheet, *WHEN, "--answers", answers)
    assert told["ledgers"]["findings"] == {"new": 1, "changed": 0, "equal": 0}


def test_options_of_own_ledgers_need_a_form(shell: Shell) -> None:
    assert "--form" in shell.refused("import", "x.xlsx", "--as-of", "2026-10-31", code=2)


def test_workbooks_and_own_ledgers_go_together_units_first(shell: Shell, tmp_path: Path) -> None:
    units = [{"code": code, "name": name} for code, name in UNITS.items()]
    book = shell.book("units.xlsx", sectors=[{}], units=units)
    bad = shell.book("z bad.xlsx", findings=[{"unit": "U99"}])
    sheet = ledger(tmp_path / "10.xlsx", [line(1, "往来款")])
    result = shell.call("import", sheet, bad, book, *WHEN)
    assert result.exit_code == 1
    assert "Taken in: 2 of 3 files." in result.stdout
    assert "10.xlsx: taken in as import 2" in result.stdout
    assert "Not taken in: z bad.xlsx." in result.stderr


def test_a_trial_run_tells_what_is_odd_in_json(shell: Shell, tmp_path: Path) -> None:
    with_units(shell)
    rows = [line(at, f"问题{at}号", amount=10) for at in range(1, 9)]
    rows.append(line(9, "超额", amount=9_000_000))
    told = shell.json("import", ledger(tmp_path / "10.xlsx", rows), *WHEN, "--dry-run")
    assert [each["row"] for each in told["warnings"] if each["value"] is not None] != []
