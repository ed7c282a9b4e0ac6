"""Read slides back and compare every text and every number of a chart with the data."""

from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest
from typing import Any

from pptx import Presentation
from python_calamine import CalamineWorkbook

from dashboard.charts.status_colours import SHAPES
from dashboard.documents.official.differing import FigureDiffersError
from dashboard.documents.slides.deck import Chart, Deck, Slide, Table
from models.text import N_

DIFFERS = N_(
    "“{file}” stands on slide {slide} where the database gives “{database}”. The file was not"
    " handed out; make it again."
)


def check(file: bytes, deck: Deck) -> None:
    """Compare all texts, and the numbers in charts and their embedded workbooks, with `deck`.

    Raises `FigureDiffersError` at the first difference.
    """
    slides = list(Presentation(BytesIO(file)).slides)
    wanted = [list(_of_cover(deck)), *(list(_of_slide(each, deck.mark)) for each in deck.slides)]
    for at, (slide, texts) in enumerate(zip_longest(slides, wanted), 1):
        written_texts = list(read(slide)) if slide is not None else []
        for kept, known in zip_longest(written_texts, texts or (), fillvalue=""):
            if kept != known:
                raise FigureDiffersError(
                    DIFFERS, file=str(kept)[:80], database=str(known)[:80], slide=at
                )


def read(slide: Any) -> Iterator[object]:
    """Every text of a slide in order; for a chart its categories, numbers and labels."""
    for shape in slide.shapes:
        if shape.has_chart:
            yield from _read_chart(shape.chart)
        elif shape.has_table:
            for row in shape.table.rows:
                yield from (cell.text_frame.text for cell in row.cells)
        elif shape.has_text_frame:
            yield from (line.text for line in shape.text_frame.paragraphs)


def _read_chart(chart: Any) -> Iterator[object]:
    yield chart.chart_title.text_frame.text
    (plot,) = chart.plots
    series, *levels = plot.series
    yield tuple(map(str, plot.categories))
    yield tuple(series.values)
    for level in levels:
        yield level.name
        yield tuple(level.values)
    # PowerPoint takes the data from this workbook when the chart is edited.
    book = CalamineWorkbook.from_filelike(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    yield tuple(str(row[0]) for row in rows[1:])
    yield tuple(None if row[1] == "" else row[1] for row in rows[1:])
    for at in range(2, 2 + len(levels)):
        yield tuple(row[at] for row in rows[1:])
    labels = series._element.findall(".//{*}dLbl")
    yield tuple(_label(label) for label in labels)


def _label(label: Any) -> tuple[int, str]:
    at = int(label.find("{*}idx").get("val"))
    return at, "".join(text.text or "" for text in label.iter("{*}t"))


def _of_cover(deck: Deck) -> Iterator[object]:
    yield deck.title
    yield deck.subtitle
    if deck.mark:
        yield deck.mark


def _of_slide(slide: Slide, mark: str) -> Iterator[object]:
    yield slide.title
    yield " · ".join(filter(None, (slide.about, mark)))
    if slide.call:
        yield slide.call
    for tile in slide.tiles:
        yield from (tile.label, tile.text, tile.change)
    if slide.table:
        yield from _of_table(slide.table)
    else:
        for chart in slide.charts:
            yield from _of_chart(chart)


def _of_table(table: Table) -> Iterator[str]:
    yield from table.header
    for at, row in enumerate(table.rows):
        first = f"{SHAPES[table.tones[at]]} {row[0]}" if table.tones else row[0]
        yield from (first, *row[1:])


def _of_chart(chart: Chart) -> Iterator[object]:
    yield chart.title
    for kept in ("chart", "workbook"):
        yield chart.categories
        yield tuple(None if number is None else float(number) for number in chart.numbers)
        if chart.level:
            if kept == "chart":
                yield chart.level.name
            yield (chart.level.number,) * len(chart.categories)
    yield tuple((at, chart.texts[at]) for at in chart.labelled)
