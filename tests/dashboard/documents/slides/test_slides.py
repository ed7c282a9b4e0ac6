"""Slides of an agenda: what they say is the data, every number is read back, charts are native."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Emu
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from dashboard import formats
from dashboard.charts.palette import LIGHT
from dashboard.charts.status_colours import COVERED, step_of
from dashboard.documents.briefing import making
from dashboard.documents.briefing.making import Asked, Form
from dashboard.documents.official.differing import FigureDiffersError
from dashboard.documents.slides import checking, writing
from dashboard.documents.slides.deck import Chart, Deck, Shape
from dashboard.i18n import say, use_language
from data.coverage import entries
from data.figures import breakdown
from data.figures import reading as figures
from data.figures.catalogue import catalogue
from data.meetings import agendas
from data.nodes import parse
from data.reference.lists import current
from data.scope import Scope, everything
from data.store.database import connect, reading
from models.rules.trust import Trust
from tests.dashboard.documents.briefing.telling import SINCE
from tests.databases import sqlite_database
from tests.demonstration_day import TODAY

LANGUAGES = ("zh_CN", "en")
PARTLY = " (partly entered)"


@pytest.fixture(scope="module")
def engine(demonstration: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{demonstration}")
    yield engine
    engine.dispose()


def asked(node: str = "district") -> Asked:
    scope = everything(parse(node), TODAY)
    return Asked(scope, scope.on(SINCE), TODAY)


@cache
def deck(engine: Engine, language: str = "en", node: str = "district") -> Deck:
    """The deck of the demonstration, built once."""
    with use_language(language):
        return making._deck(making.with_freezes(engine), asked(node))


@pytest.fixture(scope="module")
def told(engine: Engine) -> Deck:
    return deck(engine)


@pytest.fixture(scope="module")
def file(told: Deck) -> bytes:
    return writing.write(told, TODAY)


def charts(told: Deck) -> list[Chart]:
    return [chart for slide in told.slides if not slide.table for chart in slide.charts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_made_was_compared_with_the_database(engine: Engine, language: str) -> None:
    with use_language(language):
        made = making.make(making.with_freezes(engine), asked(), Form.SLIDES)
    assert len(Presentation(BytesIO(made)).slides) == 1 + len(deck(engine, language).slides)


def test_every_figure_of_a_tile_is_that_of_the_catalogue(engine: Engine, told: Deck) -> None:
    with reading(engine) as connection:
        known = catalogue(current(connection))
        found = figures.read(connection, asked().scope, known)
    by_name = {known[key].name: reading.text for key, reading in found.items() if key in known}
    tiles = [tile for slide in told.slides for tile in slide.tiles]
    money = [tile for tile in tiles if "yuan" in tile.text]
    assert len(tiles) > 30
    called = {tile: tile.label.removesuffix(PARTLY) for tile in tiles}
    assert [t.label for t in tiles if t not in money and by_name[called[t]] != t.text] == []


def test_a_figure_read_from_entries_of_units_says_in_a_word_that_they_are_partial(
    engine: Engine, told: Deck
) -> None:
    with reading(engine) as connection:
        known = catalogue(current(connection))
        whole = entries.of_ledger(connection, asked().scope, "findings", SINCE).whole
    overdue = next(
        tile
        for slide in told.slides
        for tile in slide.tiles
        if tile.label.startswith(known["overdue"].name)
    )
    assert whole.trust is Trust.PARTIAL
    assert overdue.label == f"{known['overdue'].name}{PARTLY}"


def test_every_number_of_a_chart_stands_in_it_and_in_its_workbook(told: Deck, file: bytes) -> None:
    shapes = [
        shape
        for slide in Presentation(BytesIO(file)).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    assert len(shapes) == len(charts(told)) > 8
    for shape, chart in zip(shapes, charts(told), strict=True):
        series, *levels = shape.chart.plots[0].series
        assert tuple(series.values) == chart.numbers
        assert [set(each.values) for each in levels] == (
            [{chart.level.number}] if chart.level else []
        )
        blob = shape.chart.part.chart_workbook.xlsx_part.blob
        rows = CalamineWorkbook.from_filelike(BytesIO(blob)).get_sheet_by_index(0).to_python()
        assert [row[1] for row in rows[1:]] == ["" if n is None else n for n in chart.numbers]


def test_every_bar_is_labelled_and_a_line_at_its_ends_and_its_lowest(told: Deck) -> None:
    for chart in charts(told):
        numbers = [number for number in chart.numbers if number is not None]
        if chart.shape is Shape.LINE:
            assert min(numbers) in [chart.numbers[at] for at in chart.labelled]
        else:
            assert len(chart.labelled) == len(chart.numbers)


def test_no_label_of_a_bar_is_broken_into_lines(file: bytes) -> None:
    parts = [
        shape.chart._chartSpace
        for slide in Presentation(BytesIO(file)).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    boxes = [box for part in parts for box in part.xpath("//c:dLbl/c:tx/c:rich/a:bodyPr")]
    assert len(boxes) > 30
    assert {box.get("wrap") for box in boxes} == {"none"}


def test_bars_of_what_is_late_are_red_and_low_shares_have_the_colours_of_the_map(
    told: Deck,
) -> None:
    shown = {chart.title: chart for chart in charts(told)}
    for title in ("late reports", "overdue findings", "open warnings"):
        chart = shown[f"Units with the most {title}"]
        assert chart.numbers and set(chart.colours) == {LIGHT.red}
    coverage = next(chart for title, chart in shown.items() if "by subdistrict" in title)
    expected = [
        COVERED[step] if (step := step_of((n or 0) / 100)) < 3 else LIGHT.plain
        for n in coverage.numbers
    ]
    assert list(coverage.colours) == expected
    assert len(set(expected)) > 1


def test_no_chinese_unit_of_money_stands_on_an_english_slide(told: Deck) -> None:
    tiles = [tile for slide in told.slides for tile in slide.tiles]
    assert any("yuan" in tile.change for tile in tiles)
    assert [tile for tile in tiles if "元" in tile.text + tile.change] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_is_so_small_that_it_stands_on_one_line(engine: Engine, language: str) -> None:
    for slide in deck(engine, language).slides:
        size = writing._font_size(slide.title, writing.INSIDE, 28)
        assert writing.SMALLEST < size <= 28
        assert writing._text_width(slide.title) * size <= Emu(writing.INSIDE).pt


def test_titles_say_what_is_found(engine: Engine) -> None:
    titles = [slide.title for slide in deck(engine, "zh_CN").slides]
    (trend,) = [title for title in titles if title.startswith("到期整改率24个月由")]
    assert "距目标" in trend or "已达到" in trend or "回落" in trend
    assert any(title.startswith("逾期最久：") for title in titles)
    assert any(title.endswith("件事项请委员会定夺") for title in titles)


def test_the_line_of_the_rate_stands_beside_its_target(told: Deck) -> None:
    lines = [chart for chart in charts(told) if chart.shape is Shape.LINE]
    assert [(each.level.name, each.level.number) for each in lines if each.level] == (
        [("Target 95%", 95.0)] * len(lines)
    )
    assert lines != []


def test_coverage_has_the_subdistricts_beside_the_sectors(told: Deck) -> None:
    (slide,) = [each for each in told.slides if each.about.startswith("One net")]
    places, sectors = slide.charts
    assert "by subdistrict" in places.title and "by sector" in sectors.title
    assert list(places.numbers) == sorted(n for n in places.numbers if n is not None)
    assert places.numbers[0] < 100


@pytest.mark.parametrize(
    ("item", "figure", "title"),
    [
        ("Four reports", "reports_late", "Units with the most late reports"),
        ("Six mechanisms", "warnings_open", "Units with the most open warnings"),
        ("Major funds", "fund_idle", "Units with the most idle money (million yuan)"),
    ],
)
def test_the_units_behind_a_number_have_a_chart_of_their_own(
    engine: Engine, told: Deck, item: str, figure: str, title: str
) -> None:
    (slide,) = [each for each in told.slides if each.about.startswith(item)]
    (chart,) = [each for each in slide.charts if each.title == title]
    with reading(engine) as connection:
        entry = catalogue(current(connection))[figure]
        by_unit = breakdown.by_unit(connection, asked().scope, [entry])
    counted = [each[figure].numerator for each in by_unit.values() if each[figure].numerator]
    assert len(chart.numbers) == min(7, len(counted))
    assert list(chart.numbers) == sorted(chart.numbers, reverse=True)
    highest = max(by_unit.values(), key=lambda each: each[figure].numerator or 0)
    with use_language("en"):
        assert chart.texts[0] == formats.text(highest[figure])


SILENT_ITEMS = {"For the committee to decide"}


def test_every_slide_says_what_is_asked_of_whom_or_that_nothing_is(engine: Engine) -> None:
    for slide in deck(engine).slides:
        item = slide.about.partition(" · ")[0]
        assert slide.call.startswith("Ask ") != slide.is_quiet or item in SILENT_ITEMS
    called = [slide.call for slide in deck(engine, "zh_CN").slides]
    assert any("5家说明亮红灯原因" in each for each in called)
    assert all(each.endswith("。") for each in called if each)


def test_a_tampered_call_is_found(told: Deck, file: bytes) -> None:
    def change(slides) -> None:
        slides.slides[2].shapes[2].text_frame.paragraphs[0].runs[0].text = "Ask nobody."

    assert "“Ask nobody.” stands on slide 3" in refusal(tampered(file, change), told)


def test_every_matter_names_units_rule_and_a_draft(told: Deck) -> None:
    (table,) = [s.table for s in told.slides if s.table and s.table.header[0] == "Matter"]
    assert len(table.rows) == 5
    assert all(all(row) for row in table.rows)
    same_kind = next(row for row in table.rows if "same kind" in row[0])
    assert same_kind[1].count(", ") + 1 >= 3


def test_no_slide_is_empty(told: Deck) -> None:
    assert all(slide.tiles or slide.charts or slide.table for slide in told.slides)


def test_an_empty_database_has_a_cover_only() -> None:
    with sqlite_database() as empty, use_language("zh_CN"):
        assert making._deck(making.with_freezes(empty), asked()).slides == ()
        made = making.make(making.with_freezes(empty), asked(), Form.SLIDES)
    assert len(Presentation(BytesIO(made)).slides) == 1


def test_a_unit_has_the_usual_items_without_those_of_the_district(engine: Engine) -> None:
    of_unit = deck(engine, node="unit:GQ02")
    assert of_unit.slides
    assert all("区属国企乙" in slide.about for slide in of_unit.slides)
    assert not any("Key tasks" in slide.about for slide in of_unit.slides)


def test_a_manager_sees_nothing_of_other_sectors(engine: Engine) -> None:
    limited = Scope(parse("district"), TODAY, frozenset({"EDU"}))
    with use_language("zh_CN"):
        own = making._deck(making.with_freezes(engine), Asked(limited, limited.on(SINCE), TODAY))
    assert own.slides
    assert "医疗单位" not in repr(own) and "教育单位" in repr(own)


def test_matters_to_decide_name_who_answers_for_them_and_by_when(told: Deck) -> None:
    (table,) = (s.table for s in told.slides if s.table and "Draft decision" in s.table.header)
    assert table.header[-1] == "By whom · by when"
    assert [row[-1] for row in table.rows] == [
        "Audit committee; by 2026-07-17",
        "Competent departments; by 2026-07-17",
        "国资主管部门（占位）; by 2026-07-17",
        "区属国企乙; by 2026-07-17",
        "Audit committee; by 2026-07-17",
    ]


def tampered(file: bytes, change: object) -> bytes:
    slides = Presentation(BytesIO(file))
    change(slides)  # type: ignore[operator]
    target = BytesIO()
    slides.save(target)
    return target.getvalue()


def refusal(file: bytes, told: Deck) -> str:
    with use_language("en"), pytest.raises(FigureDiffersError) as refused:
        checking.check(file, told)
    with use_language("en"):
        return say(refused.value.sentence)


def test_a_tampered_text_is_found(told: Deck, file: bytes) -> None:
    def change(slides) -> None:
        paragraph = slides.slides[2].shapes[3].text_frame.paragraphs[1]
        paragraph.runs[0].text = "99.9%"

    assert "“99.9%” stands on slide 3" in refusal(tampered(file, change), told)


def test_a_tampered_number_of_a_chart_is_found(told: Deck, file: bytes) -> None:
    def change(slides) -> None:
        chart = next(s.chart for s in slides.slides[2].shapes if s.has_chart)
        value = next(chart._chartSpace.iter("{*}val")).find(".//{*}v")
        value.text = "7"

    assert "slide 3" in refusal(tampered(file, change), told)


def test_a_slide_left_out_is_found(told: Deck, file: bytes) -> None:
    assert refusal(file, replace(told, slides=told.slides[:-1]))


def test_every_item_of_the_usual_agenda_has_its_figures_or_its_own_content() -> None:
    from dashboard.documents.slides.building import CONTENTS

    assert {item.screen for item in agendas.DEFAULT} <= set(CONTENTS)


def test_no_font_is_embedded_and_the_theme_names_a_free_one(file: bytes) -> None:
    slides = Presentation(BytesIO(file))
    parts = [str(part.partname) for part in slides.part.package.iter_parts()]
    assert not [name for name in parts if "font" in name.lower()]
    (theme,) = [p for p in slides.part.package.iter_parts() if "/theme/theme1" in str(p.partname)]
    assert b"Calibri" not in theme.blob and writing.FONT.encode() in theme.blob
