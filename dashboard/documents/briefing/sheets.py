"""The workbook of a briefing as sheets, before it is written."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from dashboard import formats
from dashboard.documents.briefing import annexes, sheet_lists, sources
from dashboard.documents.briefing.behind import Behind
from dashboard.documents.briefing.content import OF_PARTS, Content
from dashboard.documents.briefing.document import frozen_in_words, place_of
from dashboard.documents.briefing.phrases import Figures, day_in_words, plain
from dashboard.documents.briefing.sheet import (
    BETTER,
    MIDDLE,
    NARROW,
    WIDE,
    Book,
    Cell,
    Sheet,
    headed,
    number,
)
from dashboard.documents.briefing.sources import Source
from dashboard.i18n import _, name
from data.figures.catalogue import Way
from data.figures.ranking import RankedUnit
from data.figures.reading import Reading, written
from data.meetings.freezes import FreezeLine
from models.grid import UnitKind
from models.rules.ranking import Basis


def book(
    content: Content, behind: Behind, *, made_on: date, frozen: FreezeLine | None = None
) -> Book:
    """The workbook of a briefing, in the language in use."""
    figures = Figures(content)
    mark = _("Demonstration data") if content.demonstration else ""
    title = _("Briefing on the economic-security audit grid")
    made = list(_sheets(figures, behind))
    return Book(title, mark, (_about(content, title, mark, made_on, frozen, made), *made))


def _about(
    content: Content,
    title: str,
    mark: str,
    made_on: date,
    frozen: FreezeLine | None,
    made: list[Sheet],
) -> Sheet:
    """The sheet that says what the workbook is about and what its sheets hold."""
    rows: list[tuple[Cell, ...]] = [
        (_("Title"), title),
        (_("Node"), place_of(content)),
        (_("Figures of"), day_in_words(content.day)),
        (_("Compared with"), day_in_words(content.before.as_of)),
        (_("Import"), str(content.import_number)),
        (_("Made on"), day_in_words(made_on)),
    ]
    if mark:
        rows.append((mark, _("No unit named here is a real one.")))
    if frozen:
        rows.append((_("Frozen"), frozen_in_words(frozen)))
    rows += [
        (_("Sheet"), _("{sheet}: {n} rows", sheet=sheet.name, n=len(sheet.rows))) for sheet in made
    ]
    return Sheet(_("About this workbook"), (("", MIDDLE), ("", 90)), tuple(rows))


def _sheets(figures: Figures, behind: Behind) -> Iterator[Sheet]:
    yield _figures(figures)
    if figures.content.of_sectors:
        yield _sectors(figures)
    yield _units(figures)
    yield sheet_lists.overdue(figures, behind)
    yield sheet_lists.matters(figures)
    yield sheet_lists.trend(figures)
    yield sheet_lists.definitions(figures)
    for key, lines in behind.rows.items():
        yield sheet_lists.rows(figures.content, key, lines, behind.lengths[key])


def _figures(figures: Figures) -> Sheet:
    """The sheet of all figures and buckets, with numerator and denominator, on both days."""
    content = figures.content
    rows = []
    for key, reading in content.now.items():
        figure = reading.figure
        part = next((name(each.label) for each in figure.buckets if each.id == reading.bucket), "")
        then = content.then.get(key)
        rows.append(
            (
                _(figure.subject),
                _(figure.name),
                part,
                key,
                formats.text(reading),
                number(reading),
                formats.written_in(figure),
                *_sides(reading),
                formats.text(then),
                _change(figures, key),
                _(BETTER[figure.better]),
            )
        )
    day, before = content.day.isoformat(), content.before.as_of.isoformat()
    return Sheet(
        _("Figures"),
        (
            (_("Subject"), MIDDLE),
            (_("Figure"), WIDE),
            (_("Part"), WIDE),
            (_("Id"), WIDE),
            (day, MIDDLE),
            (_("As a number"), MIDDLE),
            (_("Unit of measure"), NARROW),
            (_("Numerator"), MIDDLE),
            (_("Denominator"), MIDDLE),
            (before, MIDDLE),
            (_("Change"), MIDDLE),
            (_("Better"), MIDDLE),
        ),
        tuple(rows),
    )


def _sides(reading: Reading) -> tuple[Cell, Cell]:
    if not reading.known or reading.numerator is None:
        return None, None
    numerator = str(written(reading.numerator, reading.figure))
    if reading.denominator is None:
        return numerator, None
    if reading.figure.way is Way.SHARE:
        return numerator, str(written(Fraction(reading.denominator), reading.figure))
    return numerator, str(reading.denominator)


def _change(figures: Figures, key: str) -> Cell:
    source = Source(key, figures.content.node, figures.content.day, since=_since(figures))
    change = sources.change_of(figures.content, source)
    return None if change is None else plain(annexes.signed(figures, source))


def _since(figures: Figures) -> date:
    return figures.content.before.as_of


def _sectors(figures: Figures) -> Sheet:
    content = figures.content
    return Sheet(
        _("Sectors"),
        (
            (_("Sector code"), MIDDLE),
            (_("Sector"), WIDE),
            *((headed(content.catalogue[key]), MIDDLE) for key in OF_PARTS),
        ),
        tuple(
            (
                code,
                content.sector_name(code),
                *(number(readings_of_sector.get(key)) for key in OF_PARTS),
            )
            for code, readings_of_sector in content.of_sectors.items()
        ),
    )


def _units(figures: Figures) -> Sheet:
    """The sheet of all units by kind, with their rank by the headline figure and its interval."""
    content = figures.content
    keys = annexes.OF_UNITS
    rows: list[tuple[Cell, ...]] = []
    for kind in UnitKind:
        places = content.ranking.get(kind, ())
        counted = sum(place.place.basis is Basis.RANKED for place in places)
        for place in annexes.best_first(places):
            rows.append(
                (
                    name(kind.label),
                    place.unit.code,
                    place.unit.name,
                    name(place.unit.light.label) if place.unit.light else None,
                    annexes.rank_of(place, counted),
                    *_interval(place),
                    *(number(content.of_unit(place.unit.code).get(key)) for key in keys),
                )
            )
    if not content.ranking:
        for unit in content.units:
            if unit.light:
                own = content.of_unit(unit.code)
                kind_name = name(UnitKind(unit.kind).label)
                light = name(unit.light.label)
                known = (number(own.get(key)) for key in keys)
                rows.append((kind_name, unit.code, unit.name, light, None, None, None, *known))
    return Sheet(
        _("Units"),
        (
            (_("Kind"), MIDDLE),
            (_("Unit code"), MIDDLE),
            (_("Unit"), WIDE),
            (_("Light"), NARROW),
            (_("Rank"), MIDDLE),
            (_("Lowest by chance (%)"), MIDDLE),
            (_("Highest by chance (%)"), MIDDLE),
            *((headed(content.catalogue[key]), MIDDLE) for key in keys),
        ),
        tuple(rows),
    )


def _interval(place: RankedUnit) -> tuple[Cell, Cell]:
    if place.interval is None:
        return None, None
    low, high = place.interval
    return round(100 * low, 1), round(100 * high, 1)
