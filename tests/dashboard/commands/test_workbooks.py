"""`gridlight template` and `gridlight export`: what they write is taken in again."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.dashboard.commands.calling import DAY, Shell, figures, log


def test_an_export_gives_the_same_figures_in_an_empty_database(
    filled: Shell, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = filled.folder / "out.xlsx"
    assert filled.done("export", out) == f"{out} is written.\n"
    other = Shell(tmp_path_factory.mktemp("other"))
    other.done("import", out, "--day", DAY)
    assert figures(other) == figures(filled)


def test_a_node_is_exported_with_what_it_refers_to(filled: Shell) -> None:
    out = filled.folder / "out.xlsx"
    filled.done("export", out, "--node", "unit:U2")
    book = CalamineWorkbook.from_path(out)
    assert [row[0] for row in book.get_sheet_by_name("单位网格").to_python()[1:]] == ["U2", "U1"]
    assert len(book.get_sheet_by_name("问题清单").to_python()) == 1


def test_an_export_is_in_the_log(filled: Shell) -> None:
    filled.done("export", filled.folder / "out.xlsx", "--node", "unit:U2")
    assert log(filled)[0] == ("operator", "exported", "ledgers unit:U2")


@pytest.mark.parametrize("command", ["export", "template"])
def test_a_place_that_cannot_be_written_is_one_sentence(filled: Shell, command: str) -> None:
    out = filled.folder / "nowhere" / "out.xlsx"
    assert str(out) in filled.refused(command, out)


def test_the_template_needs_no_database(shell: Shell, tmp_path: Path) -> None:
    shell.done("template", tmp_path / "template.xlsx")
    assert not shell.file.exists()
    assert "单位网格" in CalamineWorkbook.from_path(tmp_path / "template.xlsx").sheet_names


def test_an_empty_template_is_taken_in_and_changes_nothing(shell: Shell) -> None:
    shell.done("template", shell.folder / "template.xlsx")
    assert "nothing changed" in shell.done("import", shell.folder / "template.xlsx")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "How to fill in this workbook"), ("zh_CN", "填写说明")],
)
def test_the_template_explains_in_the_language_of_the_installation(
    shell: Shell, language: str, words: str
) -> None:
    out = shell.folder / "template.xlsx"
    shell.done("template", out, GRIDLIGHT_LANGUAGE=language)
    first = CalamineWorkbook.from_path(out).get_sheet_by_name("#说明").to_python()[0][0]
    assert first == words


def test_the_template_offers_what_the_database_configures(filled: Shell) -> None:
    new = filled.folder / "vetoes.csv"
    new.write_text("code,name\nX9,否决\n", encoding="utf-8")
    filled.done("reference", "import", "vetoes", new)
    filled.done("template", filled.folder / "template.xlsx")
    choices = CalamineWorkbook.from_path(filled.folder / "template.xlsx")
    cells = {cell for row in choices.get_sheet_by_name("#选项").to_python() for cell in row}
    assert "X9" in cells
    assert "V1" not in cells


def test_a_starter_is_taken_in_untouched_and_changes_nothing(filled: Shell) -> None:
    out = filled.folder / "starter.xlsx"
    filled.done("template", out, "--for", "findings,四类报告")
    names = CalamineWorkbook.from_path(out).sheet_names
    assert [name for name in names if not name.startswith("#")] == [
        "单位网格",
        "单位别名",
        "四类报告",
        "问题清单",
        "整改记录",
    ]
    assert "nothing changed" in filled.done("import", out, "--day", DAY)


def test_a_starter_needs_no_database(shell: Shell) -> None:
    shell.done("template", shell.folder / "starter.xlsx", "--for", "reports")
    assert not shell.file.exists()


def test_the_workbook_of_a_unit_has_its_rows_and_is_in_the_log(filled: Shell) -> None:
    out = filled.folder / "unit.xlsx"
    filled.done("template", out, "--unit", "U1")
    assert log(filled)[0] == ("operator", "exported", "template unit:U1")
    assert "nothing changed" in filled.done("import", out, "--day", DAY)


def test_a_starter_of_what_there_is_not_is_one_sentence(filled: Shell) -> None:
    out = filled.folder / "starter.xlsx"
    assert "nonsense" in filled.misused("template", out, "--for", "nonsense")
    assert "U77" in filled.refused("template", out, "--unit", "U77")
