"""`gridlight read` and `gridlight form`: own ledgers read, and the forms they are read by."""

import json
from pathlib import Path

from tests.dashboard.commands.calling import Shell

OFFICE = Path(__file__).parents[2] / "samples" / "office"
RECTIFICATION = OFFICE / "1 审计整改台账(2026年10月).xlsx"
REGISTER = OFFICE / "4 试点单位名册.xlsx"
LOST = OFFICE / "1 审计整改台账(2026年10月).csv"


def test_reading_prints_the_object_of_the_contract(shell: Shell) -> None:
    result = shell.call("read", RECTIFICATION, "--json")
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert list(printed) == ["file", "sheets", "questions", "ledgers", "warnings", "faults"]
    [sheet] = printed["sheets"]
    assert list(sheet) == [
        "sheet",
        "form",
        "header_rows",
        "as_of",
        "columns",
        "not_kept",
        "rows",
        "passed_over",
        "carried_down",
        "sums",
    ]
    assert (sheet["header_rows"], sheet["as_of"], sheet["rows"]) == ([3, 4], "2026-10-31", 42)
    assert {"theirs": "涉及金额(万元)", "ledger": "findings", "column": "amount"} in sheet[
        "columns"
    ]
    assert sheet["sums"]["theirs"]["amount"] == sheet["sums"]["ours"]["amount"] == "102672.362712"


def test_reading_makes_no_database(shell: Shell) -> None:
    assert shell.call("read", RECTIFICATION).exit_code == 0
    assert not shell.file.exists()


def test_units_of_one_file_are_known_to_the_others(shell: Shell) -> None:
    result = shell.call("read", RECTIFICATION, REGISTER, "--as-of", "2026-10-31")
    assert "No unit is known yet" not in result.stdout
    assert "Which unit is “区财政局”?" in result.stdout


def test_answers_settle_questions(shell: Shell) -> None:
    first = json.loads(shell.call("read", RECTIFICATION, "--json").stdout)
    [contradiction] = [each for each in first["questions"] if each["kind"] == "contradiction"]
    assert contradiction["rows"] == [6, 18, 20]
    answers = shell.folder / "answers.json"
    answers.write_text(json.dumps({contradiction["id"]: "NONE"}), encoding="utf-8")
    second = json.loads(shell.call("read", RECTIFICATION, "--json", "--answers", answers).stdout)
    asked = [each["id"] for each in first["questions"] if each != contradiction]
    assert [each["id"] for each in second["questions"]] == asked


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(shell: Shell) -> None:
    result = shell.call("read", LOST, REGISTER)
    assert result.exit_code == 1
    assert "question marks" in result.stdout
    assert "单位名册" in result.stdout
    assert LOST.name in result.stderr


def test_an_unknown_form_is_named(shell: Shell) -> None:
    result = shell.call("read", REGISTER, "--form", "天气")
    assert result.exit_code == 1
    assert "There is no form “天气”" in result.stderr


def test_a_form_is_exported_changed_imported_and_removed(filled: Shell) -> None:
    out = filled.folder / "form.json"
    assert filled.call("form", "export", "units", out).exit_code == 0
    form = json.loads(out.read_text(encoding="utf-8"))
    form |= {"name": "区属单位表", "english": "", "columns": {"大名": "name"}}
    out.write_text(json.dumps(form), encoding="utf-8")
    assert filled.call("form", "import", out).exit_code == 0
    assert "区属单位表\t\tunits\tKept by the district" in filled.call("form", "list").stdout
    assert filled.call("form", "remove", "区属单位表").exit_code == 0
    assert "区属单位表" not in filled.call("form", "list").stdout


def test_a_file_that_is_no_form_is_refused(filled: Shell) -> None:
    out = filled.folder / "form.json"
    out.write_text("{}", encoding="utf-8")
    result = filled.call("form", "import", out)
    assert (result.exit_code, "This is not a form" in result.stderr) == (1, True)


def test_what_a_ledger_becomes_is_counted_and_written_as_a_workbook(shell: Shell) -> None:
    out = shell.folder / "out.xlsx"
    read = shell.call("read", REGISTER, "--as-of", "2026-06-30", "--json", "--out", out)
    counts = json.loads(read.stdout)["ledgers"]
    assert counts["units"] == {"new": 30, "changed": 0, "equal": 0}
    assert not shell.file.exists()
    taken = shell.call("import", out, "--json", "--day", "2026-06-30")
    assert json.loads(taken.stdout)["ledgers"] == counts
    again = shell.call("read", REGISTER, "--as-of", "2026-06-30", "--json")
    assert not any(each["new"] for each in json.loads(again.stdout)["ledgers"].values())


def test_a_workbook_that_is_there_is_not_replaced(shell: Shell) -> None:
    out = shell.folder / "out.xlsx"
    out.write_bytes(b"mine")
    result = shell.call("read", REGISTER, "--as-of", "2026-06-30", "--out", out)
    assert (result.exit_code, out.read_bytes()) == (1, b"mine")
