"""`gridlight inbox`, and workbooks that do not keep one another out."""

from datetime import date
from pathlib import Path

import pytest

from tests.dashboard.commands.calling import Shell, log

MONTH = ("--period", "2026-05")
EVENT = {"action": "PROGRESS", "on_date": date(2026, 5, 1)}


@pytest.fixture
def sent(filled: Shell) -> Shell:
    """U1 sent a file that is clean, and one with a fault."""
    filled.done("inbox", "send", good(filled), "--unit", "U1", *MONTH)
    filled.call("inbox", "send", bad(filled), "--unit", "U1", *MONTH)
    return filled


def good(shell: Shell) -> Path:
    return shell.book("good.xlsx", rectification_events=[EVENT])


def bad(shell: Shell) -> Path:
    return shell.book("bad.xlsx", rectification_events=[EVENT | {"finding": "F9"}])


def states(shell: Shell) -> list[str]:
    return [each["state"] for each in shell.json("inbox", "list", *MONTH)["files"]]


def test_the_list_says_who_is_in_and_who_is_late(sent: Shell) -> None:
    said = sent.done("inbox", "list", *MONTH)
    assert "2026-05: 1 of 2 units in, due on 2026-06-10." in said
    found = sent.json("inbox", "list", *MONTH)
    assert (found["units"], found["in"], found["due_on"]) == (2, 1, "2026-06-10")
    assert [each["unit"] for each in found["late"]] == ["U2"]
    assert [(each["number"], each["state"], each["clean"]) for each in found["files"]] == [
        (2, "SENT", False),
        (1, "SENT", True),
    ]


def test_a_node_narrows_the_list(sent: Shell) -> None:
    found = sent.json("inbox", "list", *MONTH, "--node", "unit:U2")
    assert (found["units"], found["in"], found["files"]) == (1, 0, [])


def test_show_checks_again_and_changes_nothing(sent: Shell) -> None:
    out = sent.folder / "out.xlsx"
    found = sent.json("inbox", "show", 2)
    assert found["faults"] and found["state"] == "SENT"
    assert "F9" in sent.done("inbox", "show", 2)
    sent.done("inbox", "show", 1, "--out", out)
    assert out.read_bytes()[:2] == b"PK"
    assert log(sent)[0] == ("operator", "exported", "inbox 1")
    assert "is there already" in sent.refused("inbox", "show", 1, "--out", out)
    assert states(sent) == ["SENT", "SENT"]


def test_one_file_is_taken_in(sent: Shell) -> None:
    assert "taken in as import" in sent.done("inbox", "take", 1)
    assert states(sent) == ["SENT", "TAKEN_IN"]
    assert "Taken in already" in sent.refused("inbox", "take", 1)


def test_what_is_refused_waits_on_and_the_command_ends_with_1(sent: Shell) -> None:
    assert "Not taken in: 2" in sent.refused("inbox", "take", 2)
    assert states(sent) == ["SENT", "SENT"]


def test_all_that_are_clean_are_taken_in(sent: Shell) -> None:
    assert "Taken in: 1 of 1 file." in sent.done("inbox", "take", "--clean", *MONTH)
    assert states(sent) == ["SENT", "TAKEN_IN"]
    assert "Taken in: 0 of 0 files." in sent.done("inbox", "take", "--clean", *MONTH)


@pytest.mark.parametrize("words", [["take"], ["take", "1", "--clean"]])
def test_take_needs_a_number_or_clean(sent: Shell, words: list[str]) -> None:
    assert "--clean" in sent.misused("inbox", *words)


def test_a_file_is_returned_with_a_sentence(sent: Shell) -> None:
    sent.done("inbox", "return", 2, "--reason", "F9 没有此问题")
    assert states(sent) == ["RETURNED", "SENT"]
    assert "F9 没有此问题" in sent.done("inbox", "show", 2)
    assert "sentence" in sent.refused("inbox", "return", 1, "--reason", " ")


@pytest.mark.parametrize("words", [["show", "7"], ["take", "7"], ["return", "7", "--reason", "x"]])
def test_no_such_file_is_one_sentence(sent: Shell, words: list[str]) -> None:
    assert sent.refused("inbox", *words) == "There is no file 7 in the inbox."


def test_a_signed_workbook_says_whose_it_is_and_of_which_month(filled: Shell) -> None:
    out = filled.folder / "own.xlsx"
    filled.done("template", out, "--unit", "U1")
    assert "sent as number 1" in filled.done("inbox", "send", out)
    [found] = filled.json("inbox", "list")["files"]
    assert (found["unit"], found["clean"]) == ("U1", True)
    assert "written for the unit U1" in filled.refused("inbox", "send", out, "--unit", "U2")


def test_one_bad_file_does_not_keep_the_others_from_being_sent(filled: Shell) -> None:
    result = filled.call("inbox", "send", good(filled), filled.folder / "none.txt", "--unit", "U1")
    assert result.exit_code == 1
    result = filled.call("inbox", "send", good(filled), bad(filled))
    assert "whose it is" in result.stderr


def test_reminders_are_written_numbered_and_stand_among_the_letters(sent: Shell) -> None:
    folder = sent.folder / "letters"
    [wanted] = sent.json("inbox", "remind", folder, *MONTH, "--dry-run")
    assert (wanted["unit"], wanted["due_on"]) == ("U2", "2026-06-10")
    assert not folder.exists()
    [issued] = sent.json("inbox", "remind", folder, *MONTH)
    assert issued == wanted
    [file] = folder.iterdir()
    assert file.suffix == ".docx" and file.read_bytes()[:2] == b"PK"
    assert [entry[1] for entry in log(sent)[:2]] == ["exported", "letter_issued"]
    assert "nobody to remind" in sent.refused("inbox", "remind", folder, *MONTH)
    assert "not late" in sent.refused("inbox", "remind", folder, "--unit", "U1", *MONTH)
