"""Beside figures stands how complete their ledgers are, and page Data says who entered nothing."""

import pytest

from dashboard.reads import cache
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.contents import TODAY, kept, workbook
from tests.pages.tables import lists
from tests.pages.tiles import regions, shown_figures, words_of_trust

WORDS = {
    "en": ("Who has entered", "1 of 2 units has entered “Findings”"),
    "zh_CN": ("录入情况", "近一年有 1/2 家单位录入《问题"),
}


@pytest.fixture
def half(engine):
    """Two units of which one has a finding."""
    units = [{"code": each, "sector": "EDU"} for each in ("H1", "H2")]
    kept(engine, workbook(units=units, findings=[{"unit": "H1"}]))
    cache.forget_version()
    return engine


def open_entries(sign_in_as, language: str):
    sign_in_as(Role.LEADER)
    app = open_app("data", as_of=TODAY.isoformat(), tab="entered")
    assert WORDS[language][0] in [tab.label for tab in app.tabs]
    return app


@pytest.fixture(params=WORDS)
def speaking(request, monkeypatch):
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", request.param)
    monkeypatch.delenv("GRIDLIGHT_DEMONSTRATION", raising=False)
    return request.param


def test_the_table_and_who_has_entered_nothing(sign_in_as, half, speaking):
    app = open_entries(sign_in_as, speaking)
    assert not app.exception
    (chosen,) = [each for each in app.selectbox if each.key == "entered-ledger"]
    app = chosen.select("findings").run()
    by_ledger, silent = [each.value for each in lists(app)][:2]
    shown = dict(zip(by_ledger.iloc[:, 0], by_ledger.iloc[:, 1], strict=True))
    partly, none = ("Partial", "Not known") if speaking == "en" else ("部分", "未录入")
    assert sorted(set(shown.values())) == [f"○ {none} 0/2", f"◐ {partly} 1/2"]
    assert len(silent) == 1


def test_the_help_of_a_figure_says_how_complete_its_ledger_is(sign_in_as, half, speaking):
    sign_in_as(Role.LEADER)
    app = open_app("rectification", as_of=TODAY.isoformat())
    assert any(WORDS[speaking][1] in each.help and "◐" in each.help for each in shown_figures(app))


@pytest.mark.parametrize(
    ("page", "asked"),
    [("list", {"figure": "required"}), ("rectification", {"tab": "units"})],
    ids=["list", "ranking"],
)
def test_lists_and_rankings_say_where_some_units_only_have_entered(
    sign_in_as, half, speaking, page, asked
):
    sign_in_as(Role.LEADER)
    app = open_app(page, as_of=TODAY.isoformat(), **asked)
    assert not app.exception
    assert any(WORDS[speaking][1] in each.value and "◐" in each.value for each in app.caption)


def test_beside_a_figure_stands_a_word_for_how_complete_its_ledger_is_and_no_bare_sign(
    sign_in_as, half, speaking
):
    sign_in_as(Role.LEADER)
    app = open_app("rectification", as_of=TODAY.isoformat(), tab="dates")
    assert PARTLY[speaking] in words_of_trust(app)


PARTLY = {"en": "partly entered", "zh_CN": "部分录入"}
TWO_LEDGERS = {
    "en": "ledgers entered by some units only 2",
    "zh_CN": "2项台账仅部分单位录入",
}
ONCE = {
    "en": "1/2 units entered “Findings”",
    "zh_CN": "《问题清单》近一年仅1/2家录入",
}


def test_where_a_sentence_stands_above_it_says_once_who_has_entered_instead_of_every_tile(
    sign_in_as, half, speaking
):
    sign_in_as(Role.LEADER)
    app = open_app("rectification", as_of=TODAY.isoformat())
    said = regions(app)["say"]["parts"][0]["pieces"][-1]
    assert (said["text"], said["tone"]) == (ONCE[speaking], "silent")
    assert (said["way"]["to"], said["way"]["asked"]) == ("data", {"tab": "entered"})
    assert words_of_trust(app) == {""}


def test_a_word_stays_on_the_tile_that_alone_is_entered_by_some_units(sign_in_as, engine, speaking):
    units = [{"code": each, "sector": "EDU"} for each in ("H1", "H2")]
    elements = [{"unit": each, "element": "GRID"} for each in ("H1", "H2")]
    checks = {
        "projects": [{"code": "P1", "unit": "H1"}],
        "content_checks": [{"project": "P1", "item": "FS01", "checked_on": TODAY}],
    }
    view = {"as_of": TODAY.isoformat(), "tab": "units"}
    sign_in_as(Role.LEADER)
    kept(engine, workbook(units=units, grid_elements=elements[:1]))
    cache.forget_version()
    app = open_app("coverage", **view)
    assert words_of_trust(app) == {"", PARTLY[speaking]}
    assert not set(pieces(app)) & {ONCE[speaking], TWO_LEDGERS[speaking]}
    kept(engine, workbook(**checks))
    cache.forget_version()
    app = open_app("coverage", **view)
    assert words_of_trust(app) == {""}
    assert TWO_LEDGERS[speaking] in pieces(app)


def pieces(app) -> list[str]:
    """The texts of the sentence above the figures."""
    return [each["text"] for each in regions(app)["say"]["parts"][0]["pieces"]]


def test_a_district_without_entries_is_not_known_everywhere(sign_in_as, engine, speaking):
    kept(engine, workbook(units=[{"code": "H1"}]))
    cache.forget_version()
    app = open_entries(sign_in_as, speaking)
    found = lists(app)[0].value
    signs = {str(cell)[0] for column in found.columns[1:3] for cell in found[column]}
    assert signs == {"○"}
