"""What others named reaches the terminal as text only, never as commands to it."""

import pytest

from dashboard.commands.speaking import complain, note, tell, tell_table

HOSTILE = "a\x1b[2J\x9b31m\r\u202eb"
HARMLESS = r"a\x1b[2J\x9b31m\r\u202eb"


@pytest.mark.parametrize("say", [tell, note, complain])
def test_a_line_holds_no_command_to_the_terminal(say, capsys) -> None:
    say(f"{HOSTILE}\n单位\tc")
    printed = capsys.readouterr()
    assert printed.out + printed.err == f"{HARMLESS}\n单位\tc\n"


def test_a_cell_of_a_table_stays_one_cell(capsys) -> None:
    tell_table(("账号", "使用人"), [("wang", f"{HOSTILE}\n单位\tc")])
    assert capsys.readouterr().out == f"账号\t使用人\nwang\t{HARMLESS}\\n单位\\tc\n"
