"""How a briefing is put together: its head, its annexes, its limits, the freeze it is of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from dashboard.documents.briefing import document as documents
from dashboard.documents.briefing.annexes import MOST_UNITS
from dashboard.documents.briefing.blocks import Chart, Document, Kind, Paragraph, Table
from dashboard.documents.briefing.content import LISTED
from dashboard.documents.briefing.document import Issue, Version
from dashboard.documents.briefing.phrases import plain
from dashboard.i18n import use_language
from data.nodes import parse
from data.scope import Scope, everything
from tests.dashboard.documents.briefing.telling import FREEZE, SINCE, read, told
from tests.data.contents import kept, workbook
from tests.databases import sqlite_database
from tests.demonstration_day import TODAY


def of_kind(document: Document, kind: Kind) -> list[str]:
    return [
        plain(block.pieces)
        for block in document.blocks
        if isinstance(block, Paragraph) and block.kind is kind
    ]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def all_texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        match block:
            case Paragraph():
                yield block.lead + plain(block.pieces)
            case Chart():
                yield plain(block.says)
                yield from (str(value) for row in block.rows for value in row.values())
            case Table():
                yield from (plain(cell) for row in block.rows for cell in row)


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        (
            "zh_CN",
            ["一、总体情况", "二、主要成效", "三、存在问题", "四、排名情况"]
            + ["五、重点督办事项（责任单位、期限）", "六、下一步工作（责任单位、期限）"],
        ),
        (
            "en",
            ["1. Situation", "2. Achievements", "3. Problems", "4. Ranks"]
            + ["5. Matters for supervision (by whom, by when)", "6. Next steps (by whom, by when)"],
        ),
    ],
)
def test_the_parts_stand_in_the_order_of_official_briefings(found, language, headings):
    assert of_kind(told(found, language), Kind.HEADING) == headings


def test_it_is_dated_by_the_day_of_its_figures_whenever_it_is_made(found):
    with use_language("en"):
        document = documents.document(found, Issue(date(2026, 12, 1)))
    assert of_kind(document, Kind.ISSUER) == ["Office of the audit committee\t30 June 2026"]
    assert of_kind(document, Kind.SIGNED) == ["Office of the audit committee", "30 June 2026"]
    assert any("made on 1 December 2026" in note for note in of_kind(document, Kind.NOTE))


def test_the_limits_that_it_names_are_known_as_days(found):
    document = told(found, version=Version.CIRCULATION)
    texts = "\n".join(all_texts(document))
    assert len(document.limits) == texts.count("by 17 July") > 5
    assert set(document.limits) == {date(2026, 7, 17)}


@pytest.mark.parametrize(
    ("language", "to_come", "past"),
    [
        (
            "en",
            "by 17 July",
            "Unless said otherwise below, the limit was 17 July 2026, 137 days past by"
            " 1 December 2026; the committee has to set a new one.",
        ),
        (
            "zh_CN",
            "7月17日前",
            "以下各项除另行注明外，原定期限为2026年7月17日，截至2026年12月1日已逾期137天，"
            "须由委员会重新定期限。",
        ),
    ],
)
@pytest.mark.parametrize("version", Version)
def test_limits_that_are_past_when_it_is_made_are_said_by_themselves(
    found, language, to_come, past, version
):
    with use_language(language):
        made_later = documents.document(found, Issue(date(2026, 12, 1)), version)
    texts = "\n".join(all_texts(made_later))
    assert to_come not in texts
    assert texts.count(past) == 1
    if version is Version.CIRCULATION:
        # At most one other sentence makes room for it.
        was = told(found, language, version)
        assert len(made_later.blocks) >= len(was.blocks)
    # Of a later day of the data, the data of that day say what was done.
    with use_language(language):
        newer = replace(found, latest=date(2026, 11, 30))
        document = documents.document(newer, Issue(date(2026, 12, 1)), version)
    assert past not in "\n".join(all_texts(document))
    assert (
        "data of 30 November 2026" if language == "en" else "2026年11月30日的数据"
    ) in "\n".join(all_texts(document))


def test_a_demonstration_says_so_first_of_all(found):
    document = told(found)
    first = document.blocks[0]
    assert isinstance(first, Paragraph) and first.kind is Kind.MARK
    assert plain(first.pieces).startswith("Demonstration data")
    assert document.mark == "Demonstration data"


def test_a_real_district_bears_no_mark(found):
    document = told(replace(found, demonstration=False))
    assert (document.mark, of_kind(document, Kind.MARK)) == ("", [])


def test_there_are_no_more_than_four_charts(found):
    assert sum(isinstance(block, Chart) for block in told(found).blocks) == 4


def test_annexes_are_listed_in_the_order_in_which_they_stand(found):
    document = told(found)
    titles = of_kind(document, Kind.ANNEX_TITLE)
    listed = [title for title in of_kind(document, Kind.ANNEXES) if title]
    assert listed == [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    assert [table.caption for table in tables(document)] == titles
    assert titles[-2:] == ["Where the numbers come from", "Definitions of the figures"]


def test_every_row_has_as_many_cells_as_its_table_or_one(found):
    for table in tables(told(found)):
        assert {len(row) for row in table.rows} <= {1, len(table.header)}
        assert len(table.widths) == len(table.header)


def test_the_sources_say_figure_node_day_and_value(found):
    document = told(found, "zh_CN")
    (annex,) = [table for table in tables(document) if table.is_of_sources]
    rows = [[plain(cell) for cell in row] for row in annex.rows]
    assert rows[0] == ["1", "应入网单位", "全区", "2026-06-30", "30"]
    moved = next(row for row in rows if " " in row[3])
    assert moved[3] == f"2026-06-30 {SINCE}"


def test_the_definitions_carry_the_version_of_each_figure(found):
    definitions = tables(told(found))[-1]
    versions = {plain(row[0]): plain(row[1]) for row in definitions.rows}
    assert versions["Due rectification rate"] == found.catalogue["due_rect_rate"].version


def test_the_briefing_of_a_freeze_names_meeting_version_day_and_digest(found):
    document = told(found, frozen=FREEZE)
    (said, *_others) = of_kind(document, Kind.NOTE)
    assert said == (
        "Frozen for 第十二次会议 of 20 June 2026, version 2, figures of 30 June 2026."
        f" SHA-256 of the facts: {'ab' * 32}"
    )


def test_it_says_that_it_is_compared_with_what_was_frozen(found):
    before = found.before.as_frozen(3)
    document = told(replace(found, before=before))
    assert "Compared with 17 April 2026, as it was frozen." in of_kind(document, Kind.NOTE)[0]


@pytest.mark.parametrize(
    ("node", "place"),
    [
        ("district", "The whole district"),
        ("sector:EDU", "The Education sector"),
        ("kind:SOE", "Units of the kind District state firm"),
        ("batch:1", "Pilot batch 1"),
        ("subdistrict:120104001", "Units in 长虹街道"),
        ("unit:GQ02", "区属国企乙"),
    ],
)
def test_the_place_is_named(demonstrated, node, place):
    found = read(demonstrated, everything(parse(node), TODAY), since=SINCE)
    with use_language("en"):
        assert documents.place_of(found) == place


def test_a_manager_finds_nothing_of_other_sectors(demonstrated):
    limited = Scope(parse("district"), TODAY, frozenset({"EDU"}))
    found = read(demonstrated, limited, since=SINCE)
    names = {unit.name for unit in read(demonstrated, since=SINCE).units}
    own = {unit.name for unit in found.units}
    others = names - own
    assert own and len(others) > 20
    for language in ("zh_CN", "en"):
        document = told(found, language)
        said = "\n".join(all_texts(document))
        assert [name for name in others if name in said] == []
        assert any(name in said for name in own)
    with use_language("en"):
        assert documents.place_of(found) == "The whole district, limited to Education"


def test_a_unit_finds_only_itself(demonstrated):
    limited = Scope(parse("district"), TODAY, units=frozenset({"GQ02"}))
    found = read(demonstrated, limited, since=SINCE)
    assert [unit.code for unit in found.units] == ["GQ02"]
    assert found.ranking == {}
    with use_language("en"):
        assert documents.place_of(found) == "The whole district, limited to 区属国企乙"


def test_a_long_table_says_that_it_goes_on_in_the_workbook():
    units = [{"code": f"U{at}", "name": f"单位{at}"} for at in range(MOST_UNITS + 5)]
    late = [{"code": f"F{at}", "unit": "U1"} for at in range(LISTED + 5)]
    with sqlite_database() as engine:
        kept(engine, workbook(sectors=[{}], units=units, findings=late))
        document = told(read(engine))
    by_caption = {table.caption: table for table in tables(document)}
    of_units = by_caption["Figures and ranks of units"]
    assert plain(of_units.note).startswith("The first 100 of 105 units; the workbook has all.")
    assert len([row for row in of_units.rows if len(row) > 1]) == MOST_UNITS
    overdue = by_caption["List of overdue findings"]
    assert plain(overdue.note) == "The 50 longest overdue of 55; the workbook has all."
    assert len(overdue.rows) == LISTED
