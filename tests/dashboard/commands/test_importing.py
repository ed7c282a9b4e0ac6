"""`gridlight import`: what is printed, kept, logged and refused."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data.store.database import connect
from tests.dashboard.commands.calling import DAY, EVERY_LEDGER, Shell, figure, log
from tests.data.workbook.books import OLE, raw, write

MOVED = {"findings": [{"due_on": date(2026, 4, 10)}]}


def test_rows_are_counted_by_ledger(shell: Shell) -> None:
    book = shell.book(sectors=[{}], units=[{}, {"code": "U2"}])
    said = shell.done("import", book, "--day", DAY)
    assert f"{book}: taken in as import 1." in said
    assert "Units\t2\t0\t0" in said


def test_counts_as_json(shell: Shell) -> None:
    book = shell.book(sectors=[{}], units=[{}])
    assert shell.json("import", book, "--day", DAY) == {
        "day": DAY,
        "ledgers": {
            "sectors": {"new": 1, "changed": 0, "equal": 0},
            "units": {"new": 1, "changed": 0, "equal": 0},
        },
        "faults": [],
    }


def test_an_equal_workbook_says_that_nothing_changed(filled: Shell) -> None:
    said = filled.done("import", filled.book(**EVERY_LEDGER), "--day", DAY)
    assert "nothing changed" in said


def test_an_import_is_in_the_log(filled: Shell) -> None:
    digest = sha256((filled.folder / "book.xlsx").read_bytes()).hexdigest()
    assert log(filled) == [("operator", "imported", f"1 {digest[:12]}")]


def test_a_trial_run_counts_and_keeps_nothing(filled: Shell) -> None:
    more = filled.book(findings=[{"code": "F2"}])
    assert filled.json("import", more, "--day", DAY, "--dry-run")["ledgers"]["findings"]["new"] == 1
    assert figure(filled, "required") == "1"
    assert len(log(filled)) == 1


def test_a_trial_run_names_rows_and_figures(filled: Shell) -> None:
    title = {"title": "另一题"}
    more = filled.book(findings=[title, {"code": "F2"}])
    said = filled.done("import", more, "--day", DAY, "--dry-run")
    assert "!2 F1: " in said
    assert "→ 另一题" in said
    assert "!3 F2: new" in said
    assert "Findings to be rectified\t1\t2" in said


def test_a_trial_run_names_rows_and_figures_as_json(filled: Shell) -> None:
    more = filled.book(findings=[{"title": "另一题"}, {"code": "F2"}])
    told = filled.json("import", more, "--day", DAY, "--dry-run")
    [changed], [new] = (told["rows"]["findings"][each] for each in ("changed", "new"))
    assert changed["key"] == "F1"
    assert changed["cells"]["title"]["after"] == "另一题"
    assert (new["key"], new["row"], new["values"]["code"]) == ("F2", 3, "F2")
    assert told["figures"]["required"]["after"]["value"] == 2


def test_a_trial_run_makes_no_database(shell: Shell) -> None:
    book = shell.book(sectors=[{}], units=[{}])
    assert shell.json("import", book, "--day", DAY, "--dry-run")["ledgers"]["units"]["new"] == 1
    assert not shell.file.exists()


def test_several_workbooks_are_taken_in_the_order_given(shell: Shell) -> None:
    net = shell.book("1.xlsx", sectors=[{}], units=[{}])
    findings = shell.book("2.xlsx", findings=[{}])
    shell.done("import", net, findings, "--day", DAY)
    assert figure(shell, "required") == "1"
    assert [subject.split()[0] for _, _, subject in log(shell)] == ["2", "1"]


def test_with_stop_the_first_refused_workbook_ends_the_run_and_those_before_it_stay(
    shell: Shell,
) -> None:
    net = shell.book("1.xlsx", sectors=[{}], units=[{}])
    lost = shell.book("2.xlsx", findings=[{"unit": "U9"}])
    late = shell.book("3.xlsx", findings=[{}])
    said = shell.refused("import", net, lost, late, "--day", DAY, "--stop")
    assert "2.xlsx was refused" in said
    assert (figure(shell, "units"), figure(shell, "required")) == ("1", "—")


def test_a_refused_workbook_does_not_keep_the_others_out(shell: Shell) -> None:
    net = shell.book("1.xlsx", sectors=[{}], units=[{}])
    lost = shell.book("2.xlsx", findings=[{"unit": "U9"}])
    late = shell.book("3.xlsx", findings=[{}])
    result = shell.call("import", net, lost, late, "--day", DAY)
    assert (result.exit_code, figure(shell, "required")) == (1, "1")
    assert "2.xlsx was refused" in result.stderr
    assert "Taken in: 2 of 3 files." in result.stdout


def test_each_fault_is_a_line_with_its_place_and_value(shell: Shell) -> None:
    book = shell.book(sectors=[{}], units=[{"sector": "NO"}])
    result = shell.call("import", book, "--day", DAY)
    assert result.exit_code == 1
    assert result.stdout.startswith("单位网格!2 条线编码: NO — ")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == f"{book} was refused; faults: 1. Nothing was changed.\n"


def test_faults_as_json(shell: Shell) -> None:
    header = ["条线编码", "条线名称", "色"]
    book = write(shell.folder / "a.xlsx", {"条线": [header, ["E U", None, 1]], "猫": [["x"]]})
    result = shell.call("import", book, "--day", DAY, "--json", GRIDLIGHT_LANGUAGE="zh_CN")
    assert result.exit_code == 1
    printed = json.loads(result.stdout)
    assert (printed["day"], printed["ledgers"]) == (DAY, {})
    places = [
        (each["sheet"], each["row"], each["column"], each["value"]) for each in printed["faults"]
    ]
    assert places == [
        ("猫", None, None, None),
        ("条线", 1, "色", "色"),
        ("条线", 2, "条线编码", "E U"),
        ("条线", 2, "条线名称", None),
    ]
    assert all(each["fault"].endswith("。") for each in printed["faults"])


def test_a_refused_workbook_comes_back_marked(shell: Shell) -> None:
    book = shell.book(sectors=[{}], units=[{"sector": "NO"}])
    marked = shell.folder / "marked.xlsx"
    shell.refused("import", book, "--day", DAY, "--faults", marked)
    sheets = CalamineWorkbook.from_path(marked)
    assert sheets.sheet_names == ["#问题", "条线", "单位网格"]
    assert sheets.get_sheet_by_index(0).to_python()[1][:4] == ["单位网格", 2, "条线编码", "NO"]


def test_without_faults_no_marked_workbook_is_written(shell: Shell) -> None:
    marked = shell.folder / "marked.xlsx"
    shell.done("import", shell.book(sectors=[{}]), "--faults", marked)
    assert not marked.exists()


def test_the_day_stands_in_for_today(filled: Shell) -> None:
    finding = {"code": "F2", "issued_on": date(2026, 5, 1), "due_on": date(2026, 6, 1)}
    book = filled.book(findings=[finding])
    assert "refused" in filled.refused("import", book, "--day", "2026-04-30")
    assert filled.json("import", book, "--day", "2026-05-01")["day"] == "2026-05-01"


def test_a_correction_needs_to_be_told(filled: Shell) -> None:
    book = filled.book(**MOVED)
    assert "refused" in filled.refused("import", book, "--day", DAY)
    counts = filled.json("import", book, "--day", DAY, "--correct", "误录")["ledgers"]
    assert counts["findings"]["changed"] == 1


def test_a_database_from_the_future_is_refused(filled: Shell) -> None:
    engine = connect(filled.database)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    book = filled.book(findings=[{"code": "F2"}])
    for words in (("import", book), ("import", book, "--dry-run"), ("figures",), ("rebuild",)):
        assert "later version" in filled.refused(*words)


def truncated(folder: Path) -> Path:
    path = raw(folder / "whole.xlsx")
    path.write_bytes(path.read_bytes()[:-300])
    return path


def of_bytes(content: bytes, folder: Path) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(content)
    return path


UNREADABLE = {
    "missing": (lambda folder: folder / "none.xlsx", "cannot be opened"),
    "a folder": (lambda folder: folder, "cannot be opened"),
    "empty": (lambda folder: of_bytes(b"", folder), "is empty"),
    "no workbook": (lambda folder: of_bytes("编码,名称".encode(), folder), "not an .xlsx"),
    "old": (
        lambda folder: of_bytes(OLE + bytes(99) + "Workbook".encode("utf-16-le"), folder),
        "(.xls)",
    ),
    "encrypted": (
        lambda folder: of_bytes(OLE + bytes(99) + "EncryptedPackage".encode("utf-16-le"), folder),
        "password",
    ),
    "truncated": (truncated, "damaged"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_sentence(shell: Shell, kind: str) -> None:
    make, said = UNREADABLE[kind]
    assert said in shell.refused("import", make(shell.folder))


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_fault_without_a_place(shell: Shell, kind: str) -> None:
    make, said = UNREADABLE[kind]
    result = shell.call("import", make(shell.folder), "--json", "--faults", shell.folder / "f.xlsx")
    assert result.exit_code == 1
    [fault] = json.loads(result.stdout)["faults"]
    assert said in fault.pop("fault")
    assert fault == {"sheet": None, "row": None, "column": None, "value": None}


def many_moved(shell: Shell) -> Path:
    """Seven findings are kept; the workbook gives six of them another limit."""
    codes = [f"F{number}" for number in range(1, 8)]
    shell.take(sectors=[{}], units=[{}], findings=[{"code": code} for code in codes])
    changed = [{"code": code, "due_on": date(2026, 4, 10)} for code in codes[:6]]
    return shell.book("moved.xlsx", findings=changed)


def test_a_trial_run_writes_the_keys_that_would_be_corrected(shell: Shell) -> None:
    book, keys = many_moved(shell), shell.folder / "keys"
    said = shell.done("import", book, "--day", DAY, "--dry-run", "--correct-keys", keys)
    assert "Rows that would be corrected: 6." in said
    assert keys.read_text() == "".join(f"findings,F{number}\n" for number in range(1, 7))
    assert figure(shell, "overdue") == "7"


def test_a_reason_corrects_just_the_rows_of_the_file(shell: Shell) -> None:
    book, keys = many_moved(shell), shell.folder / "keys"
    correct = ("--correct", "录入有误", "--correct-keys", keys)
    assert "faults: 6" in shell.refused("import", book, "--day", DAY, "--correct", "录入有误")
    keys.write_text("\ufefffindings,F1\r\n\r\nfindings,F2\r\n", encoding="utf-8")
    assert "faults: 4" in shell.refused("import", book, "--day", DAY, *correct)
    shell.done("import", book, "--day", DAY, "--dry-run", "--correct-keys", keys)
    assert "taken in as import 2" in shell.done("import", book, "--day", DAY, *correct)


@pytest.mark.parametrize("line", ["F1", "cats,F1", "findings,", "findings"])
def test_a_line_that_names_no_row_is_refused(shell: Shell, line: str) -> None:
    book, keys = many_moved(shell), shell.folder / "keys"
    keys.write_text(f"findings,F1\n{line}\n")
    said = shell.refused("import", book, "--correct", "录入有误", "--correct-keys", keys)
    assert said.startswith(f"Line 2 of {keys} names no row")


def test_keys_alone_are_wrong_usage(shell: Shell) -> None:
    keys = shell.folder / "keys"
    assert "--dry-run" in shell.misused("import", "a.xlsx", "--correct-keys", keys)


def test_the_file_of_a_unit_speaks_of_that_unit_alone(filled: Shell) -> None:
    more = filled.book("more.xlsx", findings=[{"code": "F8"}, {"code": "F9", "unit": "U2"}])
    result = filled.call("import", more, "--day", DAY, "--sender", "U1")
    assert result.exit_code == 1
    assert result.stdout.startswith("问题清单!3 责任单位: U2 — ")
    assert "no sender" in filled.refused("import", more, "--day", DAY, "--sender", "cats")
    filled.done("import", more, "--day", DAY, "--sender", "bureau")
