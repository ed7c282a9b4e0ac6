"""The button of the account menu: a name without its brackets, the whole as its help."""

import pytest

from dashboard import identity
from dashboard.frame import account_menu
from dashboard.markdown import literal
from data.access.permission import viewer
from models.account import Role


@pytest.mark.parametrize(
    ("called", "short"),
    [
        ("数据管理员（演示）", "数据管理员"),
        ("Wang Wei (audit bureau)", "Wang Wei"),
        ("王某", "王某"),
        ("（演示）", "（演示）"),
    ],
)
def test_a_name_is_shown_without_its_brackets_and_whole_as_help(monkeypatch, called, short):
    shown = {}

    class Closed:
        open = False

    def popover(label, **named):
        shown.update(named, label=label)
        return Closed()

    who = viewer("demo-steward", called, Role.STEWARD, [])
    monkeypatch.setattr(identity, "viewer", lambda: who)
    monkeypatch.setattr(account_menu.st, "popover", popover)
    account_menu.account_menu()
    assert shown["label"] == short
    assert shown["help"] == (literal(called) if short != called else None)
