"""The account menu: its button has a name without its brackets, the whole heads what opens."""

from unittest.mock import MagicMock

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
def test_a_name_is_shown_without_its_brackets_and_whole_in_its_menu(monkeypatch, called, short):
    shown = {}

    def popover(label, **_named):
        shown["label"] = label
        menu = MagicMock()
        menu.open = True
        return menu

    who = viewer("demo-steward", called, Role.STEWARD, [])
    monkeypatch.setattr(identity, "viewer", lambda: who)
    monkeypatch.setattr(account_menu, "_choose_language", lambda: None)
    monkeypatch.setattr(
        account_menu, "st", MagicMock(popover=popover, button=lambda *_, **__: False)
    )
    account_menu.account_menu()
    assert shown["label"] == short
    first = account_menu.st.markdown.call_args_list[0]
    assert first.args == (f"**{literal(called)}**",)
