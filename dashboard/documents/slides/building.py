"""Build the slides of an agenda from the data, in the language in use."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dashboard import formats
from dashboard.charts.palette import LIGHT as COLOURS
from dashboard.charts.status_colours import ON_LIGHT, Tone
from dashboard.documents.slides import headlines
from dashboard.documents.slides.deck import Chart, Deck, Shape, Slide, Table, Tile
from dashboard.documents.slides.figures import FIGURES
from dashboard.i18n import _, language, name, say
from dashboard.status import DECISION_TONES, LIGHT_TONES, TASK_TONES
from data.coverage import entries
from data.figures import breakdown, changes, rows, units
from data.figures.catalogue import Catalogue, Figure, Quantity
from data.figures.reading import Readings
from data.figures.rows import Side
from data.findings.lines import FindingLine, lines
from data.meetings import drafts, held
from data.meetings.agendas import Item
from data.meetings.held import DecisionLine, MeetingLine
from data.money import disposals
from data.nodes import parse
from data.scope import Scope
from data.tasks import key_tasks
from models.days import month_ends
from models.disposal import DisposalKind
from models.freeze import AgendaScreen
from models.grid import UnitKind
from models.rectification import PublicStatus
from models.rules.light import Light
from models.rules.rectification import OVERDUE_BANDS
from models.rules.trust import Trust
from models.work import DecisionState

MONTHS, WORST, MOST_ROWS = 24, 7, 7


@dataclass(frozen=True, slots=True)
class Told:
    """The data for one slide: the agenda item, the data of its node, and the meeting, if any."""

    connection: Connection
    item: Item
    scope: Scope
    readings: Readings
    before: Readings
    catalogue: Catalogue
    sectors: Mapping[str, str]
    meeting: MeetingLine | None
    since: date

    @property
    def day(self) -> date:
        """The day of the figures."""
        return self.scope.as_of

    def number(self, figure: str) -> int:
        """The numerator of a figure; 0 where there is none."""
        reading = self.readings.get(figure)
        return int(reading.numerator or 0) if reading and reading.known else 0


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


def deck(connection: Connection, asked: Asked) -> Deck:
    """The slides of every agenda item that has something to show."""
    sectors = units.sectors(connection)
    slides = []
    for item in asked.items:
        scope = asked.scope.at(parse(item.node))
        told = Told(
            connection,
            item,
            scope,
            asked.readings(scope),
            asked.readings(asked.before.at(parse(item.node))),
            asked.catalogue,
            sectors,
            asked.meeting,
            asked.before.as_of,
        )
        slides += list(_slides(told))
    meeting = asked.meeting.name if asked.meeting else _("Audit committee")
    return Deck(
        language(),
        _("Briefing on the economic-security audit grid"),
        " · ".join(
            (
                _("{meeting} · figures of {day}", meeting=meeting, day=asked.scope.as_of),
                _("entries: {signs}", signs=_signs()),
            )
        ),
        _("Demonstration data") if asked.demonstration else "",
        tuple(slides),
    )


def _slides(told: Told) -> Iterator[Slide]:
    screen = told.item.screen
    tiles = tuple(_tiles(told, FIGURES.get(screen, ())))
    made = CONTENTS.get(screen)
    charts, table, finding = made(told) if made else ((), None, "")
    charts = tuple(chart for chart in charts if chart.categories)
    if (
        not charts
        and table is None
        and not any(told.number(each) for each in FIGURES.get(screen, ()))
    ):
        return
    called = name(screen.label)
    finding = finding or headlines.headline(screen, told.readings)
    where = _where(told)
    yield Slide(
        finding or called,
        _(
            "{screen} · {place} · as of {day}, compared with {since}",
            screen=called,
            place=where,
            day=told.day,
            since=told.since,
        ),
        tiles,
        charts,
        table,
    )


def _where(told: Told) -> str:
    node = told.scope.node
    if node.is_district:
        return _("The whole district")
    if node.is_unit:
        return units.names(told.connection, [node.code]).get(node.code, node.code)
    if node.kind == "kind":
        return name(UnitKind(node.code).label)
    return told.sectors.get(node.code, node.code)


def _tiles(told: Told, figures: Sequence[str]) -> Iterator[Tile]:
    for figure in figures:
        now, before = told.readings.get(figure), told.before.get(figure)
        change = changes.change(now, before) if now and before else None
        entry = told.catalogue[figure]
        yield Tile(
            f"{_(entry.name)} {_sign(told, entry)}".strip(),
            formats.text(now),
            _change(entry, change) if change else "",
            is_worse=bool(change and change.good is False),
        )


def _signs() -> str:
    """What the signs beside figures say."""
    return _(", ").join(f"{each.sign} {name(each.label)}" for each in Trust)


def _sign(told: Told, figure: Figure) -> str:
    """How complete the ledger behind a figure is, as a sign; "" where it is no unit's."""
    ledger = entries.source_of(figure)
    if ledger is None:
        return ""
    return entries.of_ledger(told.connection, told.scope, ledger, told.since).whole.trust.sign


def _change(figure: Figure, change: changes.Change) -> str:
    if change.points:
        return _("{change} pp", change=change.text)
    if figure.quantity is Quantity.MONEY:
        sign = change.text[0] if change.text[:1] in ("+", "−") else ""
        return sign + formats.money(abs(change.amount))
    return change.text


Content = tuple[tuple[Chart, ...], Table | None, str]


def _overview(told: Told) -> Content:
    counted = units.lights(told.connection, told.scope)
    trend, _said = _trend(told)
    finding = headlines.of_lights(counted, told.readings)
    return (*trend, *_lights(counted)), None, finding


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


def _trend(told: Told) -> tuple[tuple[Chart, ...], str]:
    days = month_ends(told.day, MONTHS)
    figure = told.catalogue["due_rect_rate"]
    readings_by_day = breakdown.by_day(told.connection, told.scope, days, [figure])
    readings = [readings_by_day[day][figure.id] for day in days]
    known = [reading for reading in readings if reading.exact is not None]
    if len(known) < 2:
        return (), ""
    chart = Chart(
        _("Due rectification rate at the end of each month (%)"),
        Shape.LINE,
        tuple(f"{day:%Y-%m}" for day in days),
        tuple(None if r.exact is None else float(r.text.removesuffix("%")) for r in readings),
        tuple(formats.text(reading) for reading in readings),
    )
    return (chart,), headlines.of_trend(known[0], known[-1], MONTHS)


def _by_sector(told: Told, figure: str) -> Content:
    entry = told.catalogue[figure]
    readings_by_sector = breakdown.by_group(told.connection, told.scope, "sector", [entry])
    shares = {
        code: reading
        for code, readings in readings_by_sector.items()
        if (reading := readings[figure]).exact is not None
    }
    lowest = sorted(shares, key=lambda code: (shares[code].exact or 0, code))[:WORST]
    chart = Chart(
        _("{figure} by sector, the lowest first (%)", figure=_(entry.name)),
        Shape.BARS,
        tuple(told.sectors.get(code, code) for code in lowest),
        tuple(float(shares[code].text.removesuffix("%")) for code in lowest),
        tuple(f"{shares[code].text} ({formats.of_denominator(shares[code])})" for code in lowest),
    )
    return (chart,), None, ""


def _coverage(told: Told) -> Content:
    return _by_sector(told, "grid_coverage")


def _responsibilities(told: Told) -> Content:
    return _by_sector(told, "dual_responsibility")


def _buckets(
    told: Told, figure: str, title: str, shape: Shape, colours: tuple[str, ...] = ()
) -> Chart:
    buckets = [b for b in told.catalogue[figure].buckets if not b.dimension]
    counted = [told.number(f"{figure}:{bucket.id}") for bucket in buckets]
    return Chart(
        title,
        shape,
        tuple(name(bucket.label) for bucket in buckets) if any(counted) else (),
        tuple(counted),
        tuple(map(str, counted)),
        colours,
    )


def _reports(told: Told) -> Content:
    entry = told.catalogue["report_submission"]
    reading_by_kind = [
        (bucket, reading)
        for bucket in entry.buckets
        if (reading := told.readings.get(f"{entry.id}:{bucket.id}")) and reading.exact is not None
    ]
    chart = Chart(
        _("{figure} by kind (%)", figure=_(entry.name)),
        Shape.BARS,
        tuple(name(bucket.label) for bucket, _reading in reading_by_kind),
        tuple(float(reading.text.removesuffix("%")) for _bucket, reading in reading_by_kind),
        tuple(
            f"{reading.text} ({formats.of_denominator(reading)})"
            for _bucket, reading in reading_by_kind
        ),
    )
    return (chart,), None, ""


def _rectification(told: Told) -> Content:
    trend, finding = _trend(told)
    parts = {
        "unrectified": (PublicStatus.UNRECTIFIED, Tone.BAD),
        "in_progress": (PublicStatus.IN_PROGRESS, Tone.ONGOING),
        "rectified": (PublicStatus.RECTIFIED, Tone.GOOD),
    }
    counted = [told.number(figure) for figure in parts]
    status = Chart(
        _("Findings by status"),
        Shape.BARS,
        tuple(name(status.label) for status, _tone in parts.values()) if any(counted) else (),
        tuple(counted),
        tuple(map(str, counted)),
        tuple(ON_LIGHT[tone].fill for _status, tone in parts.values()),
    )
    return (*trend, status), None, finding


def _overdue(told: Told) -> Content:
    bands = _buckets(
        told, "overdue", _("Overdue findings by days overdue"), Shape.COLUMNS, COLOURS.overdue
    )
    entry = told.catalogue["overdue"]
    readings_by_unit = breakdown.by_unit(told.connection, told.scope, [entry])
    counted = {
        code: int(reading.numerator or 0)
        for code, readings in readings_by_unit.items()
        if (reading := readings["overdue"]).known
    }
    worst = sorted((code for code in counted if counted[code]), key=lambda c: (-counted[c], c))
    called = units.names(told.connection, worst[:WORST])
    of_units = Chart(
        _("Units with the most overdue findings"),
        Shape.BARS,
        tuple(called.get(code, code) for code in worst[:WORST]),
        tuple(counted[code] for code in worst[:WORST]),
        tuple(str(counted[code]) for code in worst[:WORST]),
    )
    return (bands, of_units), None, ""


def longest(
    connection: Connection, scope: Scope, figure: Figure, most: int = WORST
) -> tuple[FindingLine, ...]:
    """At most `most` findings, the longest overdue; `figure` is that of overdue findings."""
    rows_behind = rows.rows_on_page(connection, scope, figure, "", Side.VALUE, most=most)
    return lines(connection, [row.key for row in rows_behind], scope.as_of)


def band_of(days: int) -> int:
    """The index of the band with `days` overdue, from the shortest on."""
    return max(at for at, band in enumerate(OVERDUE_BANDS) if days >= band.first)


def _longest(told: Told) -> Content:
    overdue_lines = longest(told.connection, told.scope, told.catalogue["overdue"])
    days = [line.days_over(told.day) for line in overdue_lines]
    worst = overdue_lines[0] if overdue_lines else None
    chart = Chart(
        _("Findings overdue the longest, in days"),
        Shape.BARS,
        tuple(f"{line.unit_name} · {line.finding.title}" for line in overdue_lines),
        tuple(days),
        tuple(map(str, days)),
        tuple(COLOURS.overdue[band_of(each)] for each in days),
    )
    called = worst.unit_name if worst else ""
    return (chart,), None, headlines.of_longest(worst, days[0] if days else 0, called)


def _mechanisms(told: Told) -> Content:
    grades = _buckets(told, "rating", _("Units by grade of internal control"), Shape.COLUMNS)
    return (grades,), None, ""


def _tasks(told: Told) -> Content:
    task_lines = key_tasks.tasks(told.connection, told.scope)
    chart = Chart(
        _("Progress of key tasks (%)"),
        Shape.BARS,
        tuple(f"{task.number} {task.name} · {name(task.state.label)}" for task in task_lines),
        tuple(task.percent for task in task_lines),
        tuple(f"{task.percent}%" for task in task_lines),
        tuple(ON_LIGHT[TASK_TONES[task.state]].fill for task in task_lines),
    )
    return (chart,), None, ""


def _funds(told: Told) -> Content:
    parts = [told.readings.get(f) for f in ("fund_approved", "fund_disbursed", "fund_spent")]
    known = [part for part in parts if part is not None and part.numerator]
    chart = Chart(
        _("Major funds ({unit})", unit=formats.money_unit()),
        Shape.BARS,
        tuple(_(part.figure.name) for part in known),
        tuple(formats.money_number(int(part.numerator or 0)) for part in known),
        tuple(formats.text(part) for part in known),
    )
    return (chart,), None, ""


def _disposals(told: Told) -> Content:
    kinds = disposals.by_kind(told.connection, told.scope)
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


def _opening(told: Told) -> Content:
    day = told.meeting.on_date if told.meeting else told.day
    before = held.committee_before(told.connection, told.scope, day)
    if before is None:
        return (), None, ""
    decisions = held.decided_by(told.connection, told.scope, before.code)
    order = list(DecisionState)
    worst = sorted(decisions, key=lambda line: (order.index(line.state), line.due_on))
    return (), _decided(worst), headlines.of_decisions(decisions)


def _decisions(told: Told) -> Content:
    if told.meeting is None:
        return (), None, ""
    return (), _decided(held.decided_by(told.connection, told.scope, told.meeting.code)), ""


def _decided(decisions: Sequence[DecisionLine]) -> Table | None:
    shown = decisions[:MOST_ROWS]
    if not shown:
        return None
    return Table(
        (_("Standing"), _("Decision"), _("Unit"), _("Time limit")),
        tuple(
            (
                name(line.state.label),
                line.text,
                line.unit_name or _("District"),
                line.due_on.isoformat(),
            )
            for line in shown
        ),
        (14, 50, 20, 16),
        tuple(DECISION_TONES[line.state] for line in shown),
    )


def _to_decide(told: Told) -> Content:
    drafts_to_decide = drafts.drafts(told.connection, told.scope)
    if not drafts_to_decide:
        return (), None, ""
    table = Table(
        (_("Matter"), _("Units concerned"), _("Rule"), _("Draft decision")),
        tuple(
            (
                say(draft.matter.what),
                _(", ").join(draft.units) or _("District"),
                _(draft.matter.rule),
                say(draft.words),
            )
            for draft in drafts_to_decide
        ),
        (26, 18, 24, 32),
        tuple(LIGHT_TONES[draft.matter.light] for draft in drafts_to_decide),
    )
    return (), table, headlines.of_matters(len(drafts_to_decide))


def _unit(told: Told) -> Content:
    charts, _table, _finding = _rectification(told)
    return charts, None, ""


CONTENTS: Mapping[AgendaScreen, Callable[[Told], Content]] = {
    AgendaScreen.OPENING: _opening,
    AgendaScreen.OVERVIEW: _overview,
    AgendaScreen.COVERAGE: _coverage,
    AgendaScreen.RESPONSIBILITIES: _responsibilities,
    AgendaScreen.REPORTS: _reports,
    AgendaScreen.RECTIFICATION: _rectification,
    AgendaScreen.OVERDUE: _overdue,
    AgendaScreen.LONGEST: _longest,
    AgendaScreen.TO_DECIDE: _to_decide,
    AgendaScreen.MECHANISMS: _mechanisms,
    AgendaScreen.TASKS: _tasks,
    AgendaScreen.FUNDS: _funds,
    AgendaScreen.DISPOSALS: _disposals,
    AgendaScreen.UNIT: _unit,
    AgendaScreen.DECISIONS: _decisions,
}
