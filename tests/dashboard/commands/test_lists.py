"""`gridlight reference`: out as CSV, changed, in again."""

import re
from pathlib import Path

import pytest

from tests.dashboard.commands.calling import Shell, figure, log


def exported(shell: Shell, name: str) -> Path:
    out = shell.folder / f"{name}.csv"
    shell.done("reference", "export", name, out)
    return out


def test_lists_are_placeholders_until_they_are_replaced(filled: Shell) -> None:
    assert "vetoes\t8\tPlaceholder, as shipped" in filled.done("reference", "list")
    filled.done("reference", "import", "vetoes", exported(filled, "vetoes"))
    said = filled.done("reference", "list")
    assert "vetoes\t8\tReplaced on " in said
    assert "rubric\t30\tPlaceholder" in said


def test_official_counts_stand_beside_what_is_configured(filled: Shell) -> None:
    said = filled.done("reference", "list")
    assert [line.split("\t")[1] for line in said.splitlines()[-4:]] == [
        "13/13",
        "7/7",
        "1/10",
        "1/30",
    ]


def test_figures_follow_a_list_that_is_replaced(filled: Shell) -> None:
    before = figure(filled, "warnings_open:source=COMPUTED")
    path = exported(filled, "warning_rules")
    header, *rows = path.read_text("utf-8-sig").splitlines()
    rows = [re.sub("[^,]*$", "0", row) if "COMPUTED" in row else row for row in rows]
    path.write_text("\n".join([header, *rows]), "utf-8")
    assert before != "0"
    said = filled.done("reference", "import", "warning_rules", path)
    assert said.startswith("warning_rules is replaced; 0 facts are new and ")
    assert figure(filled, "warnings_open:source=COMPUTED") == "0"
    assert log(filled)[0] == ("operator", "list_replaced", "warning_rules 16")


def test_a_list_goes_to_standard_output_without_a_file(filled: Shell) -> None:
    said = filled.done("reference", "export", "vetoes")
    assert said.startswith("code,name,name_en\nV1,")


def test_a_file_is_not_overwritten_unless_forced(filled: Shell) -> None:
    out = exported(filled, "vetoes")
    assert "--force" in filled.refused("reference", "export", "vetoes", out)
    filled.done("reference", "export", "vetoes", out, "--force")


def test_every_fault_is_a_line_with_its_place(filled: Shell) -> None:
    path = filled.folder / "vetoes.csv"
    path.write_text("code,name\nV 1,甲\nV2,\n", "utf-8")
    result = filled.call("reference", "import", "vetoes", path)
    assert result.exit_code == 1
    assert [line.partition(" — ")[0] for line in result.stdout.splitlines()] == [
        "vetoes!2 code: V 1",
        "vetoes!3 name",
    ]
    assert result.stderr == f"{path} was refused; faults: 2. Nothing was changed.\n"
    assert "vetoes\t8\tPlaceholder" in filled.done("reference", "list")


@pytest.mark.parametrize(
    ("content", "said"), [("code,name\nV1,甲".encode("gb18030"), "UTF-8"), (b'"', "CSV")]
)
def test_a_file_that_is_no_list_is_one_sentence(filled: Shell, content: bytes, said: str) -> None:
    path = filled.folder / "list.csv"
    path.write_bytes(content)
    assert said in filled.refused("reference", "import", "vetoes", path)


def test_a_missing_file_is_one_sentence(filled: Shell) -> None:
    assert "none.csv" in filled.refused("reference", "import", "vetoes", "none.csv")


@pytest.mark.parametrize("command", ["import", "export"])
def test_an_unknown_list_is_named(filled: Shell, command: str) -> None:
    assert "no list “cats”" in filled.refused("reference", command, "cats", "x.csv")
