"""The list behind a figure: as long as the figure says, within what the viewer may see."""

from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import cast

import openpyxl
import pytest

from dashboard import i18n, ledger_values, reads, status
from dashboard.frame.view import View
from dashboard.reads import cache
from dashboard.screens import listing, listing_findings
from dashboard.widgets import lists as column_lists
from data.access.permission import viewer
from data.figures.lines import Line
from data.figures.rows import FigureRow, Side
from data.nodes import parse
from data.scope import Scope, everything
from models.account import Role
from models.grid import Element
from models.warning import Level
from tests.dashboard.apps import open_app
from tests.data.contents import RENAMED, TODAY, kept, workbook
from tests.pages.tables import click_heading, click_row, lists
from tests.pages.tiles import regions, shown_figures

DAY = TODAY.isoformat()
OVERDUE = {"issued_on": date(2026, 1, 10), "due_on": date(2026, 5, 1)}


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("GRIDLIGHT_LANGUAGE", "en")


@pytest.fixture
def findings(engine):
    rows = [
        {"code": "F1", "unit": "E01", "title": "=1+1", **OVERDUE},
        {"code": "F2", "unit": "E01", "title": "后", **OVERDUE | {"due_on": date(2026, 4, 1)}},
        {"code": "F3", "unit": "S01", "title": "他", **OVERDUE},
    ]
    kept(engine, workbook(findings=rows))
    cache.forget_version()


def shown(app) -> list[str]:
    (table,) = [frame.value for frame in lists(app)]
    return list(table["问题编号" if "问题编号" in table else "Code"])


def test_the_list_is_as_long_as_the_figure(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="overdue", as_of=DAY)
    assert [each.value for each in shown_figures(app)] == ["3"]
    assert len(lists(app)[0].value) == 3


def test_the_figure_stands_above_its_list_with_its_change_and_leads_nowhere(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    [tile] = shown_figures(open_app("list", figure="due_rect_rate", as_of=DAY))
    assert (tile.label, tile.value, tile.of) == ("Due rectification rate", "0.0%", "0/3")
    assert tile.delta and tile.asked is None


def columns(figure, *lines):
    """The ids of the columns that a list of `lines` shows on screen, and the first cells."""
    view = cast(View, None)
    made = listing.columns_of(view, reads.figure(figure), Side.VALUE, lines)
    shown = [each for each in made if each.screen]
    return [each.id for each in shown], [each.value(lines[0]) for each in shown]


def line(ledger, bucket, **values):
    row = FigureRow(Side.VALUE, ledger, "K", "E01", Fraction(1), TODAY, bucket)
    return Line(row, "单位", values)


def test_warnings_from_several_ledgers_stand_with_their_level_and_their_rule(engine):
    bucket = "RED/source=COMPUTED/rule=W01"
    ids, cells = columns("warnings_open", line("fund_projects", bucket), line("units", bucket))
    assert ids[:3] == ["unit", "level", "rule"]
    assert cells[1] == status.of_level(Level.RED)
    assert cells[2] == ledger_values.listed_name("warning_rules", "W01") != "W01"


def test_warnings_of_their_own_ledger_say_level_and_rule_once(engine):
    of_unit = line("warnings", "RED/source=IMPORTED/rule=W01", level="RED", rule="W01")
    ids, _cells = columns("warnings_open", of_unit)
    assert {"c-level", "c-rule"} <= set(ids) and not {"level", "rule"} & set(ids)


def test_a_list_of_units_says_their_name_once_and_leaves_other_codes_to_the_workbook(engine):
    unit = line("units", "", code="E01", name="单位", sector="EDU", parent="S01")
    ids, _cells = columns("grid_coverage", unit)
    assert "c-code" in ids and not {"c-name", "c-sector", "c-parent"} & set(ids)


def test_the_longest_overdue_stands_first(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    assert shown(open_app("list", figure="overdue", as_of=DAY))[0] == "F2"


def test_what_a_leader_looks_for_stands_before_codes(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    (table,) = [frame.value for frame in lists(open_app("list", figure="overdue", as_of=DAY))]
    assert list(table)[:4] == ["Unit", "Title", "Overdue (days)", "Present limit"]
    assert list(table)[-1] == "Code"


NEXT = "Next step · by whom · by when"


def test_findings_say_what_is_next_by_whom_and_by_when(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    (table,) = lists(open_app("list", figure="overdue", as_of=DAY))
    assert list(table.value[NEXT]) == [
        "Issue a supervision letter · Committee office · due since 2026-05-02",
        "Issue a supervision letter · Committee office · due since 2026-06-01",
        "Issue a supervision letter · Committee office · due since 2026-06-01",
    ]
    cards = {each["name"]: each["card"] for each in table.part["columns"] if each["card"]}
    assert cards == {
        "Title": "{n}",
        "Overdue (days)": "overdue by {n} days",
        "Present limit": "Present limit {n}",
        NEXT: "Next: {n}",
    }


def test_the_workbook_of_a_list_says_what_is_next_by_whom_and_by_when(findings):
    heading, first, *_rest = workbook_of(everything(parse("district"), TODAY)).iter_rows(
        values_only=True
    )
    row = dict(zip(heading, first, strict=True))
    assert NEXT not in row
    assert (row["Next step"], row["By whom"], row["By when"].date()) == (
        "Issue a supervision letter",
        "Committee office",
        date(2026, 5, 2),
    )


def test_a_list_of_what_is_closed_says_nothing_of_what_is_next(sign_in_as, late_and_not):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="due_rect_rate", as_of=DAY, side="numerator")
    assert NEXT not in lists(app)[0].value
    whole = lists(open_app("list", figure="due_rect_rate", as_of=DAY, side="denominator"))[0].value
    closed = [None if each != each else each for each in whole[NEXT]]
    assert closed[list(whole["Code"]).index("F1")] is None
    assert sum(each is not None for each in closed) == len(closed) - 1


def test_days_overdue_are_past_the_limit_as_it_was_moved(sign_in_as, engine):
    sign_in_as(Role.LEADER)
    moved = {"on_date": date(2026, 4, 20), "action": "EXTEND", "new_due_on": date(2026, 6, 1)}
    finding = {"unit": "E01", **OVERDUE}
    kept(engine, workbook(findings=[finding], rectification_events=[moved]))
    cache.forget_version()
    (table,) = [frame.value for frame in lists(open_app("list", figure="overdue", as_of=DAY))]
    assert list(table["Overdue (days)"]) == [29]
    assert list(table["Present limit"]) == [date(2026, 6, 1)]


@pytest.mark.parametrize("figure", ["overdue", "overdue_days_mean", "overdue_days_max"])
def test_overdue_findings_stand_with_their_days(sign_in_as, findings, figure):
    sign_in_as(Role.LEADER)
    (table,) = [frame.value for frame in lists(open_app("list", figure=figure, as_of=DAY))]
    assert list(table["Overdue (days)"]) == [90, 60, 60]


@pytest.fixture
def late_and_not(engine):
    """A finding overdue since May, one extended to June, one not yet due, and one closed."""
    later = {"issued_on": date(2026, 1, 10), "due_on": date(2026, 8, 1)}
    moved = {"on_date": date(2026, 4, 20), "action": "EXTEND", "new_due_on": date(2026, 6, 1)}
    closed = [
        {"finding": "F1", "on_date": date(2026, 4, 1), "action": "SUBMIT"},
        {"finding": "F1", "on_date": date(2026, 4, 2), "action": "CLOSE"},
    ]
    rows = [
        {"code": "F1", "unit": "E01", "title": "closed", **OVERDUE},
        {"code": "F2", "unit": "E01", "title": "not due", **later},
        {"code": "F3", "unit": "E01", "title": "extended", **OVERDUE},
        {"code": "F4", "unit": "S01", "title": "worst", **OVERDUE},
    ]
    events = [*closed, {"finding": "F3", **moved}]
    kept(engine, workbook(findings=rows, rectification_events=events))
    cache.forget_version()


def test_findings_behind_any_figure_stand_the_longest_overdue_first(sign_in_as, late_and_not):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="required", as_of=DAY)
    (table,) = [frame.value for frame in lists(app)]
    assert list(table["Code"]) == ["F4", "F3", "F1", "F2"]
    assert [None if days != days else days for days in table["Overdue (days)"]] == [
        60,
        29,
        None,
        None,
    ]
    assert list(table["Present limit"]) == [
        date(2026, 5, 1),
        date(2026, 6, 1),
        date(2026, 5, 1),
        date(2026, 8, 1),
    ]
    assert any("longest overdue first" in each.value for each in app.markdown)


def test_the_original_limit_stands_only_beside_one_that_was_moved(sign_in_as, late_and_not):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="due_rect_rate", as_of=DAY)
    (table,) = [frame.value for frame in lists(app)]
    assert list(table["Code"]) == ["F4", "F3"]
    assert list(table["Original limit"].fillna("")) == ["", date(2026, 5, 1)]


def test_where_no_finding_is_overdue_no_column_says_so(sign_in_as, late_and_not):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="due_rect_rate", as_of=DAY, side="numerator")
    (table,) = [frame.value for frame in lists(app)]
    assert list(table["Code"]) == ["F1"]
    assert "Overdue (days)" not in table
    assert not any("longest overdue first" in each.value for each in app.markdown)


def test_a_unit_sees_its_own_rows_only(sign_in_as, findings):
    sign_in_as(Role.UNIT, units=["S01"])
    assert shown(open_app("list", figure="overdue", as_of=DAY)) == ["F3"]


def test_another_node_is_another_list(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="overdue", as_of=DAY, node="unit:E01")
    assert sorted(shown(app)) == ["F1", "F2"]


def sides(app) -> list[str]:
    (chosen,) = app.get("button_group")
    return [option.content for option in chosen.proto.options]


def test_a_share_opens_what_falls_short_first(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="due_rect_rate", as_of=DAY)
    assert sides(app) == ["Not yet closed 3", "Now closed 0", "All 3"]
    assert len(lists(app)[0].value) == 3


@pytest.mark.parametrize(
    ("figure", "names"),
    [
        ("rect_rate", ["Not yet closed 3", "Now closed 0", "All 3"]),
        ("on_time_rate", ["Not in time 3", "In time 0", "All 3"]),
    ],
)
def test_the_lists_of_a_share_are_named_after_what_it_counts(sign_in_as, findings, figure, names):
    sign_in_as(Role.LEADER)
    assert sides(open_app("list", figure=figure, as_of=DAY)) == names


def test_a_limit_that_has_passed_says_why_no_days_are_counted(engine, sign_in_as):
    late = {"issued_on": date(2026, 1, 1), "due_on": date(2026, 4, 1), "unit": "E01"}
    kept(
        engine,
        workbook(
            findings=[{"code": code, **late} for code in ("HELD", "SENT", "LATE")],
            rectification_events=[
                {"finding": "HELD", "on_date": date(2026, 3, 1), "action": "SUSPEND"},
                {"finding": "SENT", "on_date": date(2026, 3, 1), "action": "SUBMIT"},
            ],
        ),
    )
    cache.forget_version()
    sign_in_as(Role.LEADER)
    shown = lists(open_app("list", figure="due_rect_rate", as_of=DAY))[0].part
    at = [column["name"] for column in shown["columns"]].index("Overdue (days)")
    code = [column["name"] for column in shown["columns"]].index("Code")
    cells = {row[code]: row[at] for row in shown["rows"]}
    assert cells["HELD"] == {"without": "suspended"}
    assert cells["SENT"] == {"without": "under review"}
    assert cells["LATE"] == 90


@pytest.mark.parametrize(("side", "rows"), [("rest", 3), ("numerator", 0), ("denominator", 3)])
def test_the_list_of_a_share_stands_in_the_address(sign_in_as, findings, side, rows):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="due_rect_rate", as_of=DAY, side=side)
    assert sum(len(each.value) for each in lists(app)) == rows


def test_of_a_share_of_faults_the_faults_stand_first(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="repeat_rate", as_of=DAY)
    assert sides(app) == ["At fault 0", "Not at fault 3", "All 3"]


def test_an_overdue_finding_is_late_from_the_day_after_its_limit(sign_in_as, findings):
    """Not from the day on which it came into its band."""
    sign_in_as(Role.LEADER)
    sheet = workbook_of(everything(parse("district"), TODAY))
    heading, *rows = sheet.iter_rows(values_only=True)
    since = [row[heading.index("Overdue since")].date() for row in rows]
    assert since == [date(2026, 4, 2), date(2026, 5, 2), date(2026, 5, 2)]


@pytest.mark.parametrize("asked", [{"figure": "nonsense"}, {"figure": "overdue", "bucket": "x"}])
def test_a_figure_that_is_not_there_is_said_so(sign_in_as, findings, asked):
    sign_in_as(Role.LEADER)
    app = open_app("list", as_of=DAY, **asked)
    assert "There is no figure" in app.error[0].value
    assert not app.exception


def test_a_day_without_rows_says_so(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="units", as_of="2001-01-01")
    assert "No row counts here" in app.info[0].value


def test_a_figure_that_nobody_entered_says_so(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="overdue", as_of="2001-01-01")
    [tile] = shown_figures(app)
    assert (tile.value, tile.of) == ("—", "Not entered")
    assert [each for each in app.caption if each.value.startswith("Not entered:")]
    assert not lists(app)


def workbook_of(scope: Scope):
    found = reads.page_of_rows(
        scope, "overdue", "", Side.VALUE, first=0, most=None, names_in_full=True
    )
    view = View(viewer("wang", "wang", Role.LEADER, []), scope, TODAY, TODAY)
    with i18n.use_language("en"):
        standings = listing_findings.standings_of(view, found)
        columns = listing.columns_of(view, reads.figure("overdue"), Side.VALUE, found, standings)
        written = column_lists.workbook(columns, found, "Overdue: all/none")
    return openpyxl.load_workbook(BytesIO(written)).active


def test_the_download_has_every_row_and_texts_stay_texts(findings):
    sheet = workbook_of(everything(parse("district"), TODAY))
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == 3
    (formula_like,) = [cell for row in rows for cell in row if cell.value == "=1+1"]
    assert formula_like.data_type == "s"


def test_a_sheet_is_named_as_excel_allows(findings):
    assert workbook_of(everything(parse("district"), TODAY)).title == "Overdue allnone"


def test_a_click_on_a_finding_leads_to_that_finding(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="overdue", as_of=DAY)
    last = shown(app)[2]
    app = click_row(app, "listing-rows", 2)
    assert app.title[0].value == "What became of this finding?"
    assert app.query_params["finding"] in (last, [last])


def test_money_is_listed_in_the_unit_of_its_heading(sign_in_as, engine):
    sign_in_as(Role.LEADER)
    kept(engine, workbook(findings=[{"unit": "E01", "amount": 250_000_000, **OVERDUE}]))
    cache.forget_version()
    app = open_app("list", figure="amount_required", as_of=DAY)
    (table,) = [frame.value for frame in lists(app)]
    (heading,) = (each for each in table if each.startswith("Sum counted"))
    assert (heading, list(table[heading])) == ("Sum counted (million yuan)", [2.5])


@pytest.fixture
def several_pages(engine):
    """More overdue findings than fit a page, the titles in the opposite order of the codes."""
    length = column_lists.PAGE + 3
    rows = [
        {"code": f"F{at:03}", "unit": "E01", "title": f"{length - at:03}", **OVERDUE}
        for at in range(length)
    ]
    kept(engine, workbook(findings=rows))
    cache.forget_version()
    return [row["code"] for row in rows]


def second_page(**asked):
    # The test client does not know the widgets of parts that are sent again as they were.
    cache.forget_drawn()
    app = open_app("list", **asked)
    app.query_params["page"] = "2"
    return app.run()


def test_the_second_page_begins_after_the_first(sign_in_as, several_pages):
    sign_in_as(Role.LEADER)
    asked = {"figure": "overdue", "as_of": DAY}
    assert shown(open_app("list", **asked)) == several_pages[: column_lists.PAGE]
    assert shown(second_page(**asked)) == several_pages[column_lists.PAGE :]


def test_a_heading_sorts_the_whole_list_and_leads_nowhere(sign_in_as, several_pages):
    sign_in_as(Role.LEADER)
    app = second_page(figure="overdue", as_of=DAY)
    app = click_heading(app, "listing-rows", "Title")
    assert app.title[0].value == "What is behind this figure?"
    assert shown(app) == list(reversed(several_pages))[: column_lists.PAGE]
    app = click_heading(app, "listing-rows", "Title")
    assert shown(app) == several_pages[: column_lists.PAGE]
    assert app.query_params["sort"] in ("-c-title", ["-c-title"])


def test_where_nothing_is_short_the_whole_list_is_offered(engine, sign_in_as):
    units = [{"code": "E01", "name": "单位E01"}]
    met = [{"unit": "E01", "element": str(each)} for each in Element]
    kept(engine, workbook(units=units, sectors=[{}], grid_elements=met), correct=RENAMED)
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("list", as_of=TODAY.isoformat(), figure="grid_coverage", node="unit:E01")
    assert len(app.info) == 1 and "1" in app.info[0].value
    app.button("listing-all").click().run()
    assert not app.info


def said(app) -> list[tuple[str, str, bool]]:
    """The pieces of the sentence: text, tone, and whether it leads on; empty without one."""
    if (sentence := regions(app).get("say")) is None:
        return []
    pieces = sentence["parts"][0]["pieces"]
    return [(each["text"], each["tone"], bool(each["way"])) for each in pieces]


def test_a_sentence_says_how_bad_it_is_and_where_most(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="overdue", as_of=DAY)
    assert said(app) == [("31–90 days: 3", "bad", True), ("most at 单位E01 (2)", "bad", True)]
    (table,) = lists(app)
    [overdue] = [each for each in table.part["columns"] if each["name"] == "Overdue (days)"]
    assert overdue["tone"] == "bad"


def test_the_sentence_of_a_share_says_how_far_it_is_from_its_target(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="due_rect_rate", as_of=DAY)
    short = "95.0 points short of the target of 95%"
    assert said(app) == [(short, "bad", False), ("most at 单位E01 (2)", "bad", True)]


def test_findings_stand_with_their_status_where_days_overdue_do_not_say_it(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    (table,) = lists(open_app("list", figure="due_rect_rate", as_of=DAY))
    assert list(table.value)[:4] == ["Unit", "Status", "Title", "Overdue (days)"]
    assert table.tones("Status") == ["bad"] * 3
    (table,) = lists(open_app("list", figure="overdue", as_of=DAY))
    assert "Status" not in table.value


def test_what_the_choice_of_lists_counts_is_not_counted_in_the_sentence_too(sign_in_as, findings):
    sign_in_as(Role.LEADER)
    app = open_app("list", figure="on_time_rate", as_of=DAY)
    assert said(app) == [("most at 单位E01 (2)", "bad", True)]
