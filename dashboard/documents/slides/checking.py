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


def check(file: bytes, told: Deck) -> None:
    """Compare all texts, and the numbers in charts and their embedded workbooks, with `told`.

    Raises `FigureDiffersError` at the first difference.
    """
    slides = list(Presentation(BytesIO(file)).slides)
    wanted = [list(_of_cover(told)), *(list(_of_slide(each, told.mark)) for each in told.slides)]
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


def _of_cover(told: Deck) -> Iterator[object]:
    yield told.title
    yield told.subtitle
    if told.mark:
        yield told.mark


def _of_slide(told: Slide, mark: str) -> Iterator[object]:
    yield told.title
    yield " · ".join(filter(None, (told.about, mark)))
    if told.call:
        yield told.call
    for tile in told.tiles:
        yield from (tile.label, tile.text, tile.change)
    if told.table:
        yield from _of_table(told.table)
    else:
        for chart in told.charts:
            yield from _of_chart(chart)


def _of_table(told: Table) -> Iterator[str]:
    yield from told.header
    for at, row in enumerate(told.rows):
        first = f"{SHAPES[told.tones[at]]} {row[0]}" if told.tones else row[0]
        yield from (first, *row[1:])


def _of_chart(told: Chart) -> Iterator[object]:
    yield told.title
    for kept in ("chart", "workbook"):
        yield told.categories
        yield tuple(None if number is None else float(number) for number in told.numbers)
        if told.level:
            if kept == "chart":
                yield told.level.name
            yield (told.level.number,) * len(told.categories)
    yield tuple((at, told.texts[at]) for at in told.labelled)
