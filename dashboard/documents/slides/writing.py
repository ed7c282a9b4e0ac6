"""Write slides as a PowerPoint file with native tables and charts that can be edited."""

from datetime import date, datetime
from io import BytesIO
from math import ceil, floor
from typing import Any
from unicodedata import east_asian_width

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.util import Emu, Inches, Pt
from xlsxwriter import Workbook

from dashboard.charts.status_colours import ON_LIGHT, SHAPES, Tone
from dashboard.documents.slides.deck import Chart, Deck, Shape, Slide, Table, Tile

WIDTH, HEIGHT, SIDE = Inches(13.333), Inches(7.5), Inches(0.6)
INSIDE = WIDTH - 2 * SIDE
GAP = Inches(0.2)
FILLED = INSIDE * 9 // 10
"""The width that a line may fill: the font of another machine may be wider."""
TABLE_SIZE, CELL_MARGIN = Pt(14), Inches(0.1)
LATIN, SMALLEST = 0.64, 14
FONT = "Noto Sans SC"
"""A free font for both languages; where it is not installed, PowerPoint substitutes another."""
DARK, GREY, PLAIN, PALE, GOAL = (
    RGBColor(0x0B, 0x1F, 0x33),
    RGBColor(0x52, 0x60, 0x6D),
    RGBColor(0x1F, 0x5F, 0x99),
    RGBColor(0xF2, 0xF5, 0xF8),
    RGBColor(0xB3, 0x4E, 0x00),
)
KINDS = {
    Shape.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Shape.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Shape.LINE: XL_CHART_TYPE.LINE,
}
LEVEL_NAMED_AT = 2
"""The point of a level line above which its name stands, from the left."""
CALL_HIGH = Inches(0.5)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
BLANK = 6
"""The index of the template's empty layout."""


def write(deck: Deck, made_on: date) -> bytes:
    """The slides as a file, after a title slide."""
    file = Presentation()
    file.slide_width, file.slide_height = WIDTH, HEIGHT
    _name_fonts(file)
    properties = file.core_properties
    properties.title, properties.subject = deck.title, deck.mark
    properties.author = properties.last_modified_by = "Gridlight"
    properties.comments = properties.keywords = ""
    made_at = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001
    properties.created = properties.modified = made_at
    _cover(file, deck)
    for slide in deck.slides:
        _slide(file, slide, deck.mark)
    target = BytesIO()
    file.save(target)
    return target.getvalue()


def _name_fonts(file: Any) -> None:
    """Set a free font for Latin and Chinese text in the theme."""
    part = file.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    for font in theme.xpath("//a:majorFont/a:latin | //a:minorFont/a:latin"):
        font.set("typeface", FONT)
    for font in theme.xpath("//a:majorFont/a:ea | //a:minorFont/a:ea"):
        font.set("typeface", FONT)
    part._blob = serialize_part_xml(theme)


def _cover(file: Any, deck: Deck) -> None:
    slide = file.slides.add_slide(file.slide_layouts[BLANK])
    size = _font_size(deck.title, INSIDE, 40)
    _text(slide, deck.title, SIDE, Inches(2.6), INSIDE, Inches(1), size, bold=True)
    _text(slide, deck.subtitle, SIDE, Inches(3.7), INSIDE, Inches(0.6), 22, GREY)
    if deck.mark:
        _text(slide, deck.mark, SIDE, Inches(6.7), INSIDE, Inches(0.4), 14, GREY)


def _slide(file: Any, content: Slide, mark: str) -> None:
    slide = file.slides.add_slide(file.slide_layouts[BLANK])
    size = _font_size(content.title, FILLED, 28)
    _text(slide, content.title, SIDE, Inches(0.3), INSIDE, Inches(0.75), size, bold=True)
    about = " · ".join(filter(None, (content.about, mark)))
    _text(slide, about, SIDE, Inches(1.02), INSIDE, Inches(0.4), 14, GREY)
    top: int = Inches(1.55)
    if content.call:
        _call(slide, content, top)
        top += CALL_HIGH + GAP // 2
    if content.tiles:
        _tiles(slide, content.tiles, top)
        top += Inches(1.6)
    if content.table:
        _table(slide, content.table, top)
    elif content.charts:
        wide = (INSIDE - GAP * (len(content.charts) - 1)) // len(content.charts)
        for at, chart in enumerate(content.charts):
            _chart(slide, chart, SIDE + at * (wide + GAP), top, wide, HEIGHT - top - Inches(0.3))


def _call(slide: Any, content: Slide, top: int) -> None:
    """A band with what the committee asks of whom; without colour where it asks for nothing."""
    box = slide.shapes.add_textbox(SIDE, top, INSIDE, CALL_HIGH)
    box.fill.solid()
    box.fill.fore_color.rgb = PALE if content.is_quiet else PLAIN
    frame = box.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    size = _font_size(content.call, FILLED, 18)
    colour = GREY if content.is_quiet else WHITE
    _run(frame.paragraphs[0], content.call, size, colour, bold=not content.is_quiet)


def _tiles(slide: Any, tiles: tuple[Tile, ...], top: int) -> None:
    wide = (INSIDE - GAP * (len(tiles) - 1)) // len(tiles)
    for at, tile in enumerate(tiles):
        left = SIDE + at * (wide + GAP)
        long = len(tile.text) > 6 or len(tiles) > 5
        box = slide.shapes.add_textbox(left, top, wide, Inches(1.45))
        box.fill.solid()
        box.fill.fore_color.rgb = PALE
        frame = box.text_frame
        frame.word_wrap = True
        colour = _rgb(ON_LIGHT[Tone.BAD].type) if tile.is_grave else GREY
        for text, size, shade, bold in (
            (tile.label, 13, GREY, False),
            (tile.text, _font_size(tile.text, wide - GAP, 24 if long else 30), DARK, True),
            (tile.change, 13, colour, False),
        ):
            line = frame.paragraphs[0] if text is tile.label else frame.add_paragraph()
            _run(line, text, size, shade, bold=bold)


def _table(slide: Any, content: Table, top: int) -> None:
    shape = slide.shapes.add_table(
        1 + len(content.rows),
        len(content.header),
        SIDE,
        top,
        INSIDE,
        Inches(0.4) * (1 + len(content.rows)),
    )
    table = shape.table
    for column, width in zip(table.columns, content.widths, strict=True):
        column.width = Emu(INSIDE * width // sum(content.widths))
    for at, row in enumerate((content.header, *content.rows)):
        table.rows[at].height = _height(row, table.columns)
        for place, text in enumerate(row):
            cell = table.cell(at, place)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            line = cell.text_frame.paragraphs[0]
            if at == 0:
                _run(line, text, 14, WHITE, bold=True)
                continue
            toned = place == 0 and content.tones
            tone = content.tones[at - 1] if toned else None
            shade = _rgb(ON_LIGHT[tone].type) if tone else DARK
            _run(line, f"{SHAPES[tone]} {text}" if tone else text, 14, shade, bold=bool(toned))


def _height(row: tuple[str, ...], columns: Any) -> int:
    """The height that a row needs for its longest text."""
    lines = max(
        ceil(_text_width(text) * TABLE_SIZE / (column.width - 2 * CELL_MARGIN))
        for text, column in zip(row, columns, strict=True)
    )
    return Emu(int(1.25 * max(1, lines) * TABLE_SIZE) + 2 * CELL_MARGIN)


def _text_width(text: str) -> float:
    """The width of a text in full-width characters; a Latin one counts as `LATIN`."""
    return sum(1 if east_asian_width(sign) in "WF" else LATIN for sign in text)


def _font_size(text: str, wide: int, largest: int) -> int:
    """The largest size in points, at most `largest`, at which a text fits a line of `wide`."""
    fits = int(Emu(wide).pt / max(1, _text_width(text)))
    return max(SMALLEST, min(largest, fits))


class _ChartData(CategoryChartData):
    """The data of a chart; in its workbook texts stay texts, even those that look like formulas."""

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook that PowerPoint opens to edit the chart: names first, then each series."""
        blob = BytesIO()
        as_texts = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(blob, as_texts) as book:
            sheet = book.add_worksheet()
            sheet.write_column(1, 0, [each.label for each in self.categories])
            for at, series in enumerate(self, 1):
                sheet.write(0, at, series.name)
                sheet.write_column(1, at, series.values)
        return blob.getvalue()


def _chart(slide: Any, content: Chart, left: int, top: int, wide: int, high: int) -> None:
    data: Any = _ChartData()  # type: ignore[no-untyped-call]
    data.categories = list(content.categories)
    data.add_series(content.title, content.numbers)
    if content.level:
        data.add_series(content.level.name, [content.level.number] * len(content.categories))
    frame = slide.shapes.add_chart(KINDS[content.shape], left, top, wide, high, data)
    chart = frame.chart
    chart.has_legend = False
    chart.has_title = True
    _run(chart.chart_title.text_frame.paragraphs[0], content.title, 16, DARK, bold=True)
    for axis in (chart.category_axis, chart.value_axis):
        axis.tick_labels.font.size = Pt(12)
        axis.has_major_gridlines = False
    if content.shape is Shape.LINE:
        _line(chart, content)
        return
    chart.value_axis.visible = False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if content.shape is Shape.BARS:
        # PowerPoint puts the first category at the bottom unless reversed.
        chart.category_axis.reverse_order = True
    plot = chart.plots[0]
    plot.gap_width = 45
    (series,) = plot.series
    for at, text in enumerate(content.texts):
        point = series.points[at]
        fill = point.format.fill
        fill.solid()
        fill.fore_color.rgb = _rgb(content.colours[at]) if content.colours else PLAIN
        _label(point, text, XL_LABEL_POSITION.OUTSIDE_END)


def _line(chart: Any, content: Chart) -> None:
    series, *levels = chart.plots[0].series
    for level in levels:
        _level(level, content)
    series.smooth = False
    series.format.line.width = Pt(3)
    series.format.line.color.rgb = PLAIN
    known = [number for number in content.numbers if number is not None]
    # Start the axis near the lowest value, or shares far from 0 would look flat.
    chart.value_axis.minimum_scale = max(0, 10 * floor(min(known) / 10 - 1))
    chart.value_axis.maximum_scale = max(100, max(known))
    for at in content.labelled:
        # Above the first point a label would cover the numbers of the axis.
        place = XL_LABEL_POSITION.ABOVE if at else XL_LABEL_POSITION.RIGHT
        _label(series.points[at], content.texts[at], place)


def _level(series: Any, content: Chart) -> None:
    """Draw the level of a chart as a dotted line with its name at the left end."""
    assert content.level, "a second series is the level"
    series.smooth = False
    series.format.line.width = Pt(2)
    series.format.line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT
    series.format.line.color.rgb = GOAL
    series.marker.style = XL_MARKER_STYLE.NONE
    _label(series.points[LEVEL_NAMED_AT], content.level.name, XL_LABEL_POSITION.ABOVE, GOAL)


def _label(point: Any, text: str, place: Any, colour: RGBColor = DARK) -> None:
    label = point.data_label
    label.position = place
    # LibreOffice would break a label of a few words into lines that overlap the next bar's.
    label.text_frame.word_wrap = False
    _run(label.text_frame.paragraphs[0], text, 13, colour, bold=True)


def _text(
    slide: Any,
    text: str,
    left: int,
    top: int,
    wide: int,
    high: int,
    size: int,
    colour: RGBColor = DARK,
    *,
    bold: bool = False,
) -> None:
    frame = slide.shapes.add_textbox(left, top, wide, high).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _run(frame.paragraphs[0], text, size, colour, bold=bold)


def _run(paragraph: Any, text: str, size: int, colour: RGBColor, *, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = colour


def _rgb(colour: str) -> RGBColor:
    rgb: RGBColor = RGBColor.from_string(colour.removeprefix("#"))
    return rgb
