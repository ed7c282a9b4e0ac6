"""The page Data takes in a file in the shape of an office: recognised, asked about, taken in."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import i18n
from dashboard.reads import cache
from data.figures.catalogue import catalogue
from data.figures.reading import read
from data.nodes import parse
from data.own_ledgers import reading_apart
from data.reference.lists import shipped
from data.scope import Scope
from data.store.database import reading
from data.workbook.apart import TOO_MUCH, TooMuchError
from models.account import Role
from models.rectification import Finding
from tests.dashboard.apps import open_app
from tests.data.own_ledgers.own_files import book, text_file
from tests.data.own_ledgers.taking_cases import HEADER, OCTOBER, line, rows_of, with_units
from tests.pages.tables import lists

pytestmark = pytest.mark.usefixtures("either_language")

BUREAU = "区审计局"
TITLE = "审计查出问题整改台账（截至2026年10月31日）"
HOSTILE = "往来款 **x** [y](javascript:1) :red[z] $a$"
READ_SO = "This is an own ledger; it is read as follows."
EQUAL = (
    "Every row is equal to what is kept. Taking the file in changes nothing; it only notes that it"
    " came."
)
NO_FORM = (
    "No sheet of this file has a header that any form knows. Choose a form, or check that the"
    " headings stand among the first fifteen rows."
)
OTHER_FORM = (
    "No sheet of this file has the headings of “{form}” among its first fifteen rows. Choose"
    " another form, or let the one that fits best be found."
)


def _(message: str, **values: object) -> str:
    """A text of the page in the language of the installation."""
    return i18n._(message, **values)


@pytest.fixture
def page(engine: Engine, sign_in_as: Callable[..., str]) -> Callable[[], AppTest]:
    """Opens the page as a steward, over a database that knows the units of the tests."""
    with_units(engine)
    cache.forget_version()
    sign_in_as(Role.STEWARD)

    def opened() -> AppTest:
        app = open_app("data")
        assert not app.exception
        return app

    return opened


def october(folder: Path, *rows: list[Any], name: str = "10.xlsx", sheet: str = "台账") -> Path:
    """A rectification ledger that names its day itself."""
    return book(folder / name, [[TITLE], HEADER, *rows], sheet=sheet)


def drop(app: AppTest, file: Path) -> AppTest:
    app.file_uploader[0].upload(file.name, file.read_bytes())
    app.run()
    assert not app.exception
    return app


def widgets(app: AppTest, kind: str, ending: str) -> list[Any]:
    return [each for each in app.get(kind) if (each.key or "").endswith(ending)]


def widget(app: AppTest, kind: str, ending: str) -> Any:
    (found,) = widgets(app, kind, ending)
    return found


def press(app: AppTest, ending: str) -> AppTest:
    widget(app, "button", ending).click().run()
    assert not app.exception
    return app


def sent_by(app: AppTest, sender: str) -> AppTest:
    widget(app, "selectbox", "-sender").set_value(sender).run()
    return app


def question(app: AppTest) -> Any:
    """The only question about a unit."""
    (found,) = [each for each in app.selectbox if "-unit-" in (each.key or "")]
    return found


def said(app: AppTest) -> str:
    """All that stands on the page as it is read, without the marks that keep Markdown away."""
    parts = (app.info, app.success, app.warning, app.error, app.markdown, app.caption)
    text = "\n".join(str(each.value) for part in parts for each in part)
    return re.sub(r"\\(.)", r"\1", text)


def table(app: AppTest, *headings: str) -> Any:
    """The first table that has these headings."""
    names = [_(each) for each in headings]
    return next(each.value for each in lists(app) if set(names) <= set(each.value.columns))


def findings(app: AppTest) -> tuple[int, ...]:
    """How many findings are new, changed and equal."""
    counts = table(app, "Ledger", "New", "Changed", "Equal")
    named = {ledger: numbers for ledger, *numbers in counts.itertuples(index=False)}
    return tuple(map(int, named[i18n.name(Finding.SHEET)]))


def test_it_is_recognised_without_choosing_anything(page, tmp_path) -> None:
    app = drop(page(), october(tmp_path, line(1, "往来款"), line(2, "库存", amount=50)))
    assert _(READ_SO) in said(app)
    assert "2026-10-31" in said(app)
    assert findings(app) == (2, 0, 0)


def test_columns_sums_and_rows_passed_over_are_shown(page, tmp_path) -> None:
    total = ["", "合计", "", "", 150, "", "", "", "", "", ""]
    rows = line(1, "往来款", amount=100), line(2, "库存", amount=50), total
    app = drop(page(), october(tmp_path, *rows))
    assert "责任单位" in list(table(app, "Theirs", "Ours")[_("Theirs")])
    assert list(table(app, "Row", "Why")[_("Row")]) == [5]
    sums = table(app, "Adds up to", "On the sheet", "As read")
    assert list(sums[_("On the sheet")]) == list(sums[_("As read")])
    assert "150" in list(sums[_("As read")])


def test_a_column_that_is_not_kept_is_said_with_its_filled_cells(page, tmp_path) -> None:
    rows = [[TITLE], [*HEADER, "天气"], [*line(1, "往来款"), "晴"], [*line(2, "库存"), ""]]
    app = drop(page(), book(tmp_path / "10.xlsx", rows))
    left_out = table(app, "Theirs", "Cells")
    assert ("天气", 1) in set(left_out.itertuples(index=False, name=None))


def test_a_text_file_is_one_too(page, tmp_path) -> None:
    row = line(1, "往来款", limit="2026-12-31", issued="2026-03-01")
    app = drop(page(), text_file(tmp_path / "10.csv", [[TITLE], HEADER, row], "gb18030"))
    assert findings(app) == (1, 0, 0)


def test_nothing_comes_in_before_the_sender_is_said(page, engine, tmp_path) -> None:
    app = drop(page(), october(tmp_path, line(1, "往来款")))
    assert widget(app, "button", "own-ledger-confirm").disabled
    assert not widget(sent_by(app, BUREAU), "button", "own-ledger-confirm").disabled
    assert rows_of(engine, "SELECT code FROM findings") == []


def test_taken_in_it_leaves_a_receipt_and_an_empty_form(page, engine, tmp_path) -> None:
    app = sent_by(drop(page(), october(tmp_path, line(1, "往来款"))), BUREAU)
    press(app, "own-ledger-confirm")
    [(number,)] = rows_of(engine, "SELECT max(number) FROM imports")
    receipt = _("“{file}” was taken in as import {number}.", file="10.xlsx", number=number)
    assert receipt in said(app)
    assert findings(app) == (1, 0, 0)
    assert not app.file_uploader[0].value
    assert receipt in said(app.run())
    assert receipt not in said(press(app, "receipt-away"))


def test_figures_on_the_snapshot_day_are_those_of_the_sheet(page, engine, tmp_path) -> None:
    rows = line(1, "往来款"), line(2, "库存", state="已完成", closed="已销号", done=OCTOBER)
    press(sent_by(drop(page(), october(tmp_path, *rows)), BUREAU), "own-ledger-confirm")
    with reading(engine) as connection:
        scope = Scope(parse("district"), OCTOBER)
        figures = read(connection, scope, catalogue(shipped()))
    assert (figures["required"].exact, figures["rectified"].exact) == (2, 1)


def test_the_same_file_again_changes_nothing(page, engine, tmp_path) -> None:
    file = october(tmp_path, line(1, "往来款"))
    app = press(sent_by(drop(page(), file), BUREAU), "own-ledger-confirm")
    press(app, "receipt-away")
    before = rows_of(engine, "SELECT count(*) FROM imports")
    app = sent_by(drop(app, file), BUREAU)
    assert _(EQUAL) in said(app)
    press(app, "own-ledger-confirm")
    assert rows_of(engine, "SELECT count(*) FROM imports") == before


def test_a_question_is_answered_and_not_asked_again(page, engine, tmp_path) -> None:
    app = sent_by(drop(page(), october(tmp_path, line(1, "往来款", unit="某某中心"))), BUREAU)
    assert not widgets(app, "button", "own-ledger-confirm")
    question(app).set_value("U02").run()
    press(app, "-go-on")
    press(app, "own-ledger-confirm")
    assert rows_of(engine, "SELECT unit FROM findings") == [("U02",)]
    again = october(tmp_path, line(1, "往来款", unit="某某中心", rectified=5), name="11.xlsx")
    app = sent_by(drop(app, again), BUREAU)
    assert widgets(app, "button", "own-ledger-confirm")


def test_answers_are_not_lost_when_the_file_is_put_away(page, tmp_path) -> None:
    file = october(tmp_path, line(1, "往来款", unit="某某中心"))
    app = drop(page(), file)
    question(app).set_value("U02").run()
    app.file_uploader[0].clear()
    drop(app.run(), file)
    assert question(app).value == "U02"


def test_new_answers_are_put_in_before_anything_is_taken_in(page, tmp_path) -> None:
    rows = line(1, "往来款"), line(2, "库存", unit="某某中心")
    app = sent_by(drop(page(), october(tmp_path, *rows)), BUREAU)
    assert not widget(app, "button", "own-ledger-aside").disabled
    question(app).set_value("U02").run()
    assert widget(app, "button", "own-ledger-aside").disabled


def test_rows_with_open_questions_can_be_set_aside(page, engine, tmp_path) -> None:
    rows = line(1, "往来款"), line(2, "库存", unit="某某中心")
    app = sent_by(drop(page(), october(tmp_path, *rows)), BUREAU)
    assert findings(app) == (1, 0, 0)
    press(app, "own-ledger-aside")
    assert _("Rows that wait for answers: {n}.", n=1) in said(app)
    assert rows_of(engine, "SELECT title FROM findings") == [("往来款",)]


def test_another_form_can_be_chosen(page, tmp_path) -> None:
    app = drop(page(), october(tmp_path, line(1, "往来款")))
    widget(app, "selectbox", "-form").set_value("单位名册").run()
    assert not app.exception
    assert _(OTHER_FORM, form="单位名册") in said(app)
    assert not widgets(app, "button", "own-ledger-confirm")


def test_a_wrong_file_is_one_sentence(page, tmp_path) -> None:
    app = drop(page(), book(tmp_path / "x.xlsx", [["天气"], ["晴", "雨"]]))
    assert len(app.error) == 1
    assert _(NO_FORM) in said(app)
    assert not widgets(app, "button", "own-ledger-confirm")


def test_a_workbook_of_ours_goes_its_own_way(page, tmp_path) -> None:
    app = drop(page(), book(tmp_path / "x.xlsx", [["编码"], ["X"]], sheet=Finding.SHEET.zh))
    assert _(READ_SO) not in said(app)
    assert app.error


def test_one_can_be_read_as_the_other(page, tmp_path) -> None:
    file = october(tmp_path, line(1, "往来款"), sheet=Finding.SHEET.zh)
    app = drop(page(), file)
    assert _(READ_SO) not in said(app)
    app.button_group[0].set_value("own").run()
    assert not app.exception
    assert _(READ_SO) in said(app)


def test_names_of_files_sheets_and_units_are_drawn_as_they_are(page, tmp_path) -> None:
    row = line(1, HOSTILE, unit="示例区第二中学 :red[z] [y](x)")
    file = october(tmp_path, row, name="10 :red[a] _b_.xlsx", sheet="_表_ $x$")
    app = sent_by(drop(page(), file), BUREAU)
    question(app).select_index(0).run()
    drawn = [question(app).label, *(each.label for each in app.expander)]
    press(press(app, "-go-on"), "own-ledger-confirm")
    assert "10 :red[a] _b_.xlsx" in said(app)
    drawn += [each.value for each in (*app.success, *app.info, *app.markdown, *app.caption)]
    marks = (":red[a]", ":red[z]", "[y](", "_b_", "_表_")
    assert not [text for text in drawn if any(mark in text for mark in marks)]


def test_who_may_not_import_is_shown_no_field_for_files(engine, sign_in_as) -> None:
    sign_in_as(Role.LEADER)
    assert not open_app("data").file_uploader


def test_where_every_row_waits_it_is_not_said_that_all_are_equal(page, tmp_path) -> None:
    app = drop(page(), october(tmp_path, line(1, "往来款", unit="某某中心")))
    assert _("Nothing new comes in now: what is new waits for answers.") in said(app)
    assert _(EQUAL) not in said(app)


def test_a_file_whose_words_take_too_long_is_a_sentence_and_the_page_stays(
    page: Callable[[], AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_asked: object) -> None:
        raise TooMuchError(TOO_MUCH, memory=2048, seconds=600)

    monkeypatch.setattr(reading_apart, "answer_apart", ended)
    app = drop(page(), october(tmp_path, line(1, "往来款")))
    assert _(TOO_MUCH, memory=2048, seconds=600) in said(app)
    assert not widgets(app, "button", "own-ledger-confirm")
