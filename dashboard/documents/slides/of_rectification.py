"""The slides of reports, rectification, overdue findings and mechanisms."""

from sqlalchemy import Connection

from dashboard import formats
from dashboard.charts.palette import LIGHT as COLOURS
from dashboard.charts.status_colours import ON_LIGHT
from dashboard.documents.slides import headlines
from dashboard.documents.slides.deck import Chart, Level, Shape
from dashboard.documents.slides.slide_data import MONTHS, WORST, Content, SlideData
from dashboard.i18n import _, name
from dashboard.status import PUBLIC_TONES
from data.figures import breakdown, rows, targets, units
from data.figures.catalogue import Figure, Quantity
from data.figures.rows import Side
from data.findings.lines import FindingLine, lines
from data.reference.lists import current
from data.scope import Scope
from models.days import month_ends
from models.rectification import PublicStatus
from models.rules.rectification import OVERDUE_BANDS


def buckets(
    slide_data: SlideData, figure: str, title: str, shape: Shape, colours: tuple[str, ...] = ()
) -> Chart:
    """A chart of the numerators of a figure's buckets; without categories if all are 0."""
    of_figure = [b for b in slide_data.catalogue[figure].buckets if not b.dimension]
    counted = [slide_data.number(f"{figure}:{bucket.id}") for bucket in of_figure]
    return Chart(
        title,
        shape,
        tuple(name(bucket.label) for bucket in of_figure) if any(counted) else (),
        tuple(counted),
        tuple(map(str, counted)),
        colours,
    )


def units_with_most(slide_data: SlideData, figure: str, title: str, *, late: bool = False) -> Chart:
    """A chart of the units of which `figure` counts or sums the most; empty if it is 0 for all.

    Its bars are red if `late`: where the figure counts what is late or not dealt with.
    """
    entry = slide_data.catalogue[figure]
    readings_by_unit = breakdown.by_unit(slide_data.connection, slide_data.scope, [entry])
    counted = {
        code: int(reading.numerator or 0)
        for code, readings in readings_by_unit.items()
        if (reading := readings[figure]).known
    }
    worst = sorted((code for code in counted if counted[code]), key=lambda c: (-counted[c], c))
    called = units.names(slide_data.connection, worst[:WORST])
    is_money = entry.quantity is Quantity.MONEY
    return Chart(
        title,
        Shape.BARS,
        tuple(called.get(code, code) for code in worst[:WORST]),
        tuple(
            formats.money_number(counted[code]) if is_money else counted[code]
            for code in worst[:WORST]
        ),
        tuple(formats.text(readings_by_unit[code][figure]) for code in worst[:WORST]),
        (COLOURS.red,) * len(worst[:WORST]) if late else (),
    )


def reports_slide(slide_data: SlideData) -> Content:
    """The submission rate of each kind of report."""
    entry = slide_data.catalogue["report_submission"]
    reading_by_kind = [
        (bucket, reading)
        for bucket in entry.buckets
        if (reading := slide_data.readings.get(f"{entry.id}:{bucket.id}"))
        and reading.exact is not None
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
    late = units_with_most(
        slide_data, "reports_late", _("Units with the most late reports"), late=True
    )
    return (chart, late), None, ""


def rectification_slide(slide_data: SlideData) -> Content:
    """The rate by month, and the findings by public status."""
    trend_chart, finding = trend(slide_data)
    parts = {
        status.lower(): (status, PUBLIC_TONES[status])
        for status in (PublicStatus.UNRECTIFIED, PublicStatus.IN_PROGRESS, PublicStatus.RECTIFIED)
    }
    counted = [slide_data.number(figure) for figure in parts]
    status = Chart(
        _("Findings by status"),
        Shape.BARS,
        tuple(name(status.label) for status, _tone in parts.values()) if any(counted) else (),
        tuple(counted),
        tuple(map(str, counted)),
        tuple(ON_LIGHT[tone].fill for _status, tone in parts.values()),
    )
    return (*trend_chart, status), None, finding


def overdue_slide(slide_data: SlideData) -> Content:
    """Overdue findings by band, and the units with the most of them."""
    bands = buckets(
        slide_data, "overdue", _("Overdue findings by days overdue"), Shape.COLUMNS, COLOURS.overdue
    )
    of_units = units_with_most(
        slide_data, "overdue", _("Units with the most overdue findings"), late=True
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


def longest_slide(slide_data: SlideData) -> Content:
    """The findings overdue the longest, in days, coloured by band."""
    overdue_lines = longest(
        slide_data.connection, slide_data.scope, slide_data.catalogue["overdue"]
    )
    days = [line.days_over(slide_data.day) for line in overdue_lines]
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


def mechanisms_slide(slide_data: SlideData) -> Content:
    """Units by their grade of internal control."""
    grades = buckets(slide_data, "rating", _("Units by grade of internal control"), Shape.COLUMNS)
    warned = units_with_most(
        slide_data, "warnings_open", _("Units with the most open warnings"), late=True
    )
    return (grades, warned), None, ""


def trend(slide_data: SlideData) -> tuple[tuple[Chart, ...], str]:
    """The rate of due rectification at month ends, with what the headline says of it."""
    days = month_ends(slide_data.day, MONTHS)
    figure = slide_data.catalogue["due_rect_rate"]
    readings_by_day = breakdown.by_day(slide_data.connection, slide_data.scope, days, [figure])
    readings = [readings_by_day[day][figure.id] for day in days]
    known = [reading for reading in readings if reading.exact is not None]
    if len(known) < 2:
        return (), ""
    wanted = targets.target(current(slide_data.connection), figure.id, slide_data.day)
    chart = Chart(
        _("Due rectification rate at the end of each month (%)"),
        Shape.LINE,
        tuple(f"{day:%Y-%m}" for day in days),
        tuple(None if r.exact is None else float(r.text.removesuffix("%")) for r in readings),
        tuple(formats.text(reading) for reading in readings),
        level=Level(_("Target {target}", target=wanted.text), float(wanted.percent))
        if wanted
        else None,
    )
    compared = headlines.Compared(slide_data.before.get(figure.id), slide_data.since)
    return (chart,), headlines.of_trend(known[0], known[-1], MONTHS, wanted, compared)
