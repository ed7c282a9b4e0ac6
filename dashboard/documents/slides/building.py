"""Build the slides of an agenda from the data, in the language in use."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dashboard import call_words, change_words, formats
from dashboard.charts.palette import LIGHT as COLOURS
from dashboard.charts.status_colours import COVERED, ON_LIGHT, step_of
from dashboard.documents.slides import headlines
from dashboard.documents.slides.deck import Chart, Deck, Shape, Slide, Tile
from dashboard.documents.slides.figures import FIGURES
from dashboard.documents.slides.of_decisions import decisions_slide, opening_slide, to_decide_slide
from dashboard.documents.slides.of_rectification import (
    longest_slide,
    mechanisms_slide,
    overdue_slide,
    rectification_slide,
    reports_slide,
    trend,
    units_with_most,
)
from dashboard.documents.slides.slide_data import WORST, Content, SlideData
from dashboard.i18n import _, language, name
from dashboard.status import LIGHT_TONES, TASK_TONES, trust_word
from dashboard.task_words import percent_of
from data.coverage import entries
from data.figures import breakdown, changes, units
from data.figures.catalogue import Catalogue, Figure
from data.figures.reading import Reading, Readings
from data.meetings import calls
from data.meetings.agendas import Item
from data.meetings.calls import Call
from data.meetings.held import MeetingLine
from data.money import disposals
from data.nodes import parse
from data.reference.lists import current
from data.reference.usual_names import usual
from data.reports import upcoming
from data.scope import Scope
from data.tasks import key_tasks
from models.disposal import DisposalKind
from models.freeze import AgendaScreen
from models.grid import UnitKind
from models.rules.light import Light

WANTING = 3
"""The number of steps of `COVERED`, from the worst on, that a slide shows in their colours."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The slides to be made for a meeting; `readings` is a function from a scope to its figures."""

    scope: Scope
    before: Scope
    items: Sequence[Item]
    meeting: MeetingLine | None
    demonstration: bool
    catalogue: Catalogue
    readings: Callable[[Scope], Readings]
    today: date | None = None
    """The day by which limits may be past; None of a freeze."""


def deck(connection: Connection, asked: Asked) -> Deck:
    """The slides of every agenda item that has something to show."""
    sectors = {code: name(usual(called)) for code, called in units.sectors(connection).items()}
    slides = []
    for item in asked.items:
        scope = asked.scope.at(parse(item.node))
        slide_data = SlideData(
            connection,
            item,
            scope,
            asked.readings(scope),
            asked.readings(asked.before.at(parse(item.node))),
            asked.catalogue,
            sectors,
            asked.meeting,
            asked.before.as_of,
            asked.today,
        )
        slides += list(_slides(slide_data))
    meeting = asked.meeting.name if asked.meeting else _("Audit committee")
    return Deck(
        language(),
        _("Briefing on the economic-security audit grid"),
        _("{meeting} · figures of {day}", meeting=meeting, day=asked.scope.as_of),
        _("Demonstration data") if asked.demonstration else "",
        tuple(slides),
    )


def _slides(slide_data: SlideData) -> Iterator[Slide]:
    screen = slide_data.item.screen
    tiles = tuple(_tiles(slide_data, FIGURES.get(screen, ())))
    made = CONTENTS.get(screen)
    charts, table, finding = made(slide_data) if made else ((), None, "")
    charts = tuple(chart for chart in charts if chart.categories)
    if (
        not charts
        and table is None
        and not any(slide_data.number(each) for each in FIGURES.get(screen, ()))
    ):
        return
    called = name(screen.label)
    finding = finding or headlines.headline(screen, slide_data.readings)
    where = _where(slide_data)
    call = _call(slide_data)
    yield Slide(
        finding or called,
        _(
            "{screen} · {place} · as of {day}, compared with {since}",
            screen=called,
            place=where,
            day=slide_data.day,
            since=slide_data.since,
        ),
        call_words.text_of(call) if call else "",
        bool(call and not call.called),
        tiles,
        charts,
        table,
    )


def _call(slide_data: SlideData) -> Call | None:
    screen, meeting = slide_data.item.screen, slide_data.meeting
    figure = calls.FIGURES.get(screen)
    return calls.call(
        slide_data.connection,
        slide_data.scope,
        screen,
        slide_data.catalogue[figure] if figure else None,
        meeting.code if meeting else "",
        meeting.on_date if meeting else None,
    )


def _where(slide_data: SlideData) -> str:
    node = slide_data.scope.node
    if node.is_district:
        return _("The whole district")
    if node.is_unit:
        return units.names(slide_data.connection, [node.code]).get(node.code, node.code)
    if node.kind == "kind":
        return name(UnitKind(node.code).label)
    return slide_data.sectors.get(node.code, node.code)


def _tiles(slide_data: SlideData, figures: Sequence[str]) -> Iterator[Tile]:
    for figure in figures:
        now, before = slide_data.readings.get(figure), slide_data.before.get(figure)
        change = _judged(slide_data, now, before) if now and before else None
        entry = slide_data.catalogue[figure]
        yield Tile(
            _named(slide_data, entry),
            formats.text(now),
            change_words.marked(entry, change) if change else "",
            is_grave=bool(change and change.grave),
        )


def _judged(slide_data: SlideData, now: Reading, before: Reading) -> changes.Change | None:
    """Return the change of a figure; what is only due on the day, or only older, is not for the
    worse."""
    moved = changes.change(now, before, (slide_data.day - slide_data.since).days)
    if moved is None or now.figure.id not in upcoming.OF_DUE:
        return moved
    today = upcoming.due_today(slide_data.connection, slide_data.scope)
    return upcoming.judged(moved, now, before, sum(today.values()))


def _named(slide_data: SlideData, figure: Figure) -> str:
    """The name of a figure, with a word if only some units have entered the ledger behind it."""
    ledger = entries.source_of(figure)
    if ledger is None:
        return _(figure.name)
    entered = entries.of_ledger(
        slide_data.connection, slide_data.scope, ledger, slide_data.since
    ).whole
    word = trust_word(entered.trust)
    return _("{figure} ({trust})", figure=_(figure.name), trust=word) if word else _(figure.name)


def _overview(slide_data: SlideData) -> Content:
    counted = units.lights(slide_data.connection, slide_data.scope)
    trend_chart, _said = trend(slide_data)
    finding = headlines.of_lights(counted, slide_data.readings)
    return (*trend_chart, *_lights(counted)), None, finding


def _lights(counted: Mapping[Light, int]) -> Iterator[Chart]:
    shown = [light for light in Light if counted.get(light)]
    yield Chart(
        _("Units by light"),
        Shape.BARS,
        tuple(name(light.label) for light in shown),
        tuple(counted[light] for light in shown),
        tuple(str(counted[light]) for light in shown),
        tuple(ON_LIGHT[LIGHT_TONES[light]].fill for light in shown),
    )


def _by_sector(slide_data: SlideData, figure: str) -> Content:
    entry = slide_data.catalogue[figure]
    readings_by_sector = breakdown.by_group(
        slide_data.connection, slide_data.scope, "sector", [entry]
    )
    shares = {
        code: reading
        for code, readings in readings_by_sector.items()
        if (reading := readings[figure]).exact is not None
    }
    lowest = sorted(shares, key=lambda code: (shares[code].exact or 0, code))[:WORST]
    chart = Chart(
        _("{figure} by sector, the lowest first (%)", figure=_(entry.name)),
        Shape.BARS,
        tuple(slide_data.sectors.get(code, code) for code in lowest),
        tuple(float(shares[code].text.removesuffix("%")) for code in lowest),
        tuple(f"{shares[code].text} ({formats.of_denominator(shares[code])})" for code in lowest),
        tuple(_by_share(shares[code]) for code in lowest),
    )
    return (chart,), None, ""


def _by_share(reading: Reading) -> str:
    """The colour of a share: that of the map where it is wanting, else that of any bar."""
    step = step_of(formats.share(reading) or 0)
    return COVERED[step] if step < WANTING else COLOURS.plain


def _coverage(slide_data: SlideData) -> Content:
    charts, table, finding = _by_sector(slide_data, "grid_coverage")
    return (_by_place(slide_data), *charts), table, finding


def _by_place(slide_data: SlideData) -> Chart:
    """The coverage of the subdistricts, the lowest first."""
    entry = slide_data.catalogue["grid_coverage"]
    by_place = breakdown.by_group(slide_data.connection, slide_data.scope, "subdistrict", [entry])
    places = current(slide_data.connection).codes["subdistricts"]
    shares = {
        code: reading
        for code, readings in by_place.items()
        if code in places and (reading := readings[entry.id]).exact is not None
    }
    lowest = sorted(shares, key=lambda code: (shares[code].exact or 0, code))[:WORST]
    return Chart(
        _("{figure} by subdistrict, the lowest first (%)", figure=_(entry.name)),
        Shape.BARS,
        tuple(str(places[code]["name"]) for code in lowest),
        tuple(float(shares[code].text.removesuffix("%")) for code in lowest),
        tuple(f"{shares[code].text} ({formats.of_denominator(shares[code])})" for code in lowest),
        tuple(_by_share(shares[code]) for code in lowest),
    )


def _responsibilities(slide_data: SlideData) -> Content:
    return _by_sector(slide_data, "dual_responsibility")


def _tasks(slide_data: SlideData) -> Content:
    task_lines = key_tasks.tasks(slide_data.connection, slide_data.scope)
    chart = Chart(
        _("Progress of key tasks (%)"),
        Shape.BARS,
        tuple(f"{task.number} {task.name} · {name(task.state.label)}" for task in task_lines),
        tuple(task.percent for task in task_lines),
        tuple(percent_of(task) for task in task_lines),
        tuple(ON_LIGHT[TASK_TONES[task.state]].fill for task in task_lines),
    )
    return (chart,), None, headlines.of_late_tasks(task_lines)


def _funds(slide_data: SlideData) -> Content:
    parts = [slide_data.readings.get(f) for f in ("fund_approved", "fund_disbursed", "fund_spent")]
    known = [part for part in parts if part is not None and part.known and part.numerator]
    chart = Chart(
        _("Major funds ({unit})", unit=formats.money_unit()),
        Shape.BARS,
        tuple(_(part.figure.name) for part in known),
        tuple(formats.money_number(int(part.numerator or 0)) for part in known),
        tuple(formats.text(part) for part in known),
    )
    title = _("Units with the most idle money ({unit})", unit=formats.money_unit())
    return (chart, units_with_most(slide_data, "fund_idle", title)), None, ""


def _disposals(slide_data: SlideData) -> Content:
    kinds = disposals.by_kind(slide_data.connection, slide_data.scope)
    sums_by_kind = [
        (kind, sums) for kind in DisposalKind if (sums := kinds.get(kind)) and sums.found
    ]
    chart = Chart(
        _("Disposals done, by kind (%)"),
        Shape.BARS,
        tuple(name(kind.label) for kind, _sums in sums_by_kind),
        tuple(
            float(formats.share_text(sums.done, sums.found).removesuffix("%"))
            for _kind, sums in sums_by_kind
        ),
        tuple(
            f"{formats.share_text(sums.done, sums.found)} ({sums.done}/{sums.found})"
            for _kind, sums in sums_by_kind
        ),
    )
    return (chart,), None, ""


def _unit(slide_data: SlideData) -> Content:
    charts, _table, _finding = rectification_slide(slide_data)
    return charts, None, ""


CONTENTS: Mapping[AgendaScreen, Callable[[SlideData], Content]] = {
    AgendaScreen.OPENING: opening_slide,
    AgendaScreen.OVERVIEW: _overview,
    AgendaScreen.COVERAGE: _coverage,
    AgendaScreen.RESPONSIBILITIES: _responsibilities,
    AgendaScreen.REPORTS: reports_slide,
    AgendaScreen.RECTIFICATION: rectification_slide,
    AgendaScreen.OVERDUE: overdue_slide,
    AgendaScreen.LONGEST: longest_slide,
    AgendaScreen.TO_DECIDE: to_decide_slide,
    AgendaScreen.MECHANISMS: mechanisms_slide,
    AgendaScreen.TASKS: _tasks,
    AgendaScreen.FUNDS: _funds,
    AgendaScreen.DISPOSALS: _disposals,
    AgendaScreen.UNIT: _unit,
    AgendaScreen.DECISIONS: decisions_slide,
}
