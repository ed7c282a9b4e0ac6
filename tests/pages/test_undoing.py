"""The page Data takes an import back: shown first, done for a reason, by who may import."""

import pytest
from sqlalchemy import text

from dashboard.reads import cache
from data.intake.senders import Sender, SenderKind
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.contents import kept, workbook
from tests.pages.tables import lists

pytestmark = pytest.mark.usefixtures("english")


def open_history(sign_in_as, role: Role):
    sign_in_as(role)
    app = open_app("data")
    app.query_params["tab"] = "imports"
    return app.run()


def pressed(app, key: str):
    (button,) = [each for each in app.button if each.key == key]
    return button.click().run()


def test_an_import_is_shown_and_then_taken_back(sign_in_as, engine):
    kept(engine, workbook(meetings=[{}]))
    number = kept(engine, workbook(findings=[{"code": "NEW", "unit": "E01"}])).number
    cache.forget_version()
    app = pressed(open_history(sign_in_as, Role.STEWARD), "undoing-preview-button")
    rows = [frame.value for frame in lists(app) if "What becomes of it" in frame.value]
    assert list(rows[0].iloc[0]) == ["Findings", "NEW", "is taken out"]
    (confirm,) = [each for each in app.button if each.key == "undoing-confirm"]
    assert confirm.disabled
    (reason,) = [each for each in app.text_input if each.key == "undoing-reason"]
    app = pressed(reason.set_value("选错文件").run(), "undoing-confirm")
    assert not app.exception
    with engine.connect() as connection:
        undone = text("SELECT undoes, reason FROM imports ORDER BY number DESC")
        assert connection.execute(undone).first() == (number, "选错文件")
        left = connection.scalar(text("SELECT count(*) FROM findings WHERE code = 'NEW'"))
    assert left == 0


def test_who_may_not_import_takes_nothing_back(sign_in_as, engine):
    kept(engine, workbook(findings=[{"code": "NEW", "unit": "E01"}]))
    cache.forget_version()
    app = open_history(sign_in_as, Role.LEADER)
    assert not [each for each in app.button if (each.key or "").startswith("undoing")]


@pytest.mark.parametrize(
    ("role", "grants", "seen"),
    [
        (Role.LEADER, {}, {1, 2, 3, 4}),
        (Role.UNIT, {"units": ["E01"]}, {2}),
        (Role.MANAGER, {"sectors": ["EDU"]}, {2, 4}),
    ],
    ids=str,
)
def test_who_sees_some_units_sees_only_what_these_and_their_department_sent(
    sign_in_as, engine, role, grants, seen
):
    senders = (None, Sender(SenderKind.UNIT, "E01"), Sender(SenderKind.UNIT, "S01"))
    for at, sender in enumerate((*senders, Sender(SenderKind.DEPARTMENT, "EDU")), start=1):
        unit = "S01" if at == 3 else "E01"
        kept(engine, workbook(findings=[{"code": f"N{at}", "unit": unit}]), sender=sender)
    cache.forget_version()
    sign_in_as(role, **grants)
    app = open_app("data")
    app.query_params["tab"] = "imports"
    app.run()
    assert not app.exception
    numbers = {
        line
        for each in lists(app)
        if "keeping-imports" in each.widget
        for line in each.value["Number"]
    }
    assert numbers == seen
