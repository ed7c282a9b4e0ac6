"""Slides on findings: rectification, overdue findings, and the longest overdue."""

from collections import Counter
from collections.abc import Mapping, Sequence

from dashboard import reads
from dashboard.charts import ranking as ranking_charts
from dashboard.documents.slides import of_rectification
from dashboard.documents.slides.figures import FIGURES
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens.overview import charts as overview
from dashboard.wall.ahead import expected_overdue
from dashboard.wall.layout import Seen, charts_abreast, figures, half
from dashboard.widgets import headlines
from dashboard.widgets.drawing import draw
from dashboard.widgets.place import look
from dashboard.widgets.silence import text_if_empty
from data.findings.lines import FindingLine
from models.freeze import AgendaScreen
from models.rules.rectification import OVERDUE_BANDS

WORST = 7
SHOWN_WITH_LONGEST = "overdue_days_mean"
"""A figure left out to make room for the forecast; the slide of the longest overdue has it too."""


def rectification(seen: Seen) -> None:
    """Draw the figures and charts of rectification."""
    figures(seen.view, FIGURES[AgendaScreen.RECTIFICATION])
    charts_abreast(
        lambda: overview.due_trend(seen.view, half().height, titled=False),
        lambda: overview.rectification_side(seen.view),
    )


def overdue(seen: Seen) -> None:
    """Draw how many findings are overdue, by how long, in which units, and how many are expected
    to be."""
    shown = [each for each in FIGURES[AgendaScreen.OVERDUE] if each != SHOWN_WITH_LONGEST]
    figures(seen.view, shown, expected_overdue)
    charts_abreast(lambda: overview.overdue_bands(seen.view), lambda: _late_units(seen))


def _late_units(seen: Seen) -> None:
    readings_by_unit = reads.by_unit(seen.view.scope, "overdue")
    counted = {
        code: int(reading.numerator or 0)
        for code, readings in readings_by_unit.items()
        if (reading := readings["overdue"]).known
    }
    worst = sorted((code for code in counted if counted[code]), key=lambda code: -counted[code])
    rows = [
        {
            "code": code,
            "name": seen.names.of_code(code),
            "value": counted[code],
            "text": str(counted[code]),
        }
        for code in worst[:WORST]
    ]
    draw(
        ranking_charts.ranked_numbers,
        rows,
        key="wall-late-units",
        title=_most_overdue([counted[code] for code in worst], rows),
        says=headlines.first_of(_("number of findings"), WORST, len(worst)),
        empty=text_if_empty(
            seen.view, "overdue", _("Nothing is overdue on {day}.", day=seen.view.as_of)
        ),
        options={"late": True},
    )


def _most_overdue(counts: Sequence[int], rows: Sequence[Mapping[str, object]]) -> str:
    """Return a title that says which unit has the most overdue findings, or how many units tie;
    `counts` are those of all units, the most first."""
    if not counts:
        return _("Units with the most overdue findings")
    tied = sum(count == counts[0] for count in counts)
    if tied > 1:
        return _("{n} units have the most overdue findings, {value} each", n=tied, value=counts[0])
    return _("Most overdue findings: {unit}, {value}", unit=rows[0]["name"], value=counts[0])


def longest(seen: Seen) -> None:
    """Draw the findings that are overdue the longest, in days, coloured by band."""
    figures(seen.view, FIGURES[AgendaScreen.LONGEST])
    charts_abreast(lambda: _longest(seen))


def longest_lines(view: View) -> tuple[FindingLine, ...]:
    """Return the findings that are overdue the longest, the longest first."""
    return reads.ask(of_rectification.longest, view.scope, reads.figure("overdue"), WORST)


def _longest(seen: Seen) -> None:
    day = seen.view.as_of
    lines = longest_lines(seen.view)
    titles = [
        f"{seen.names.of(line.finding.unit, line.unit_name)}"
        f" · {seen.names.within(line.finding.title)}"
        for line in lines
    ]
    rows = []
    for line, title in zip(lines, distinct(titles), strict=True):
        days = line.days_over(day)
        rows.append(
            {
                "code": line.finding.code,
                "name": title,
                "value": days,
                "text": _("{days} days", days=days),
                "state": OVERDUE_BANDS[of_rectification.band_of(days)].id,
            }
        )
    bands = [band.id for band in OVERDUE_BANDS]
    draw(
        ranking_charts.ranked_states,
        rows,
        key="wall-longest",
        title=_("Findings overdue the longest"),
        says=headlines.first_of(
            _("days past the present time limit, coloured by band"), WORST, _overdue(seen.view)
        ),
        empty=text_if_empty(seen.view, "overdue", _("Nothing is overdue on {day}.", day=day)),
        texts=overview.band_texts(),
        options={"fills": tuple(zip(bands, look().colours.overdue, strict=True))},
    )


def _overdue(view: View) -> int:
    reading = reads.figures_of(view.scope).get("overdue")
    return int(reading.numerator or 0) if reading else 0


def distinct(titles: Sequence[str]) -> list[str]:
    """The titles, equal ones numbered: a chart would draw bars of one name on top of each other."""
    seen_before: Counter[str] = Counter()
    numbered = []
    for title in titles:
        seen_before[title] += 1
        times = seen_before[title]
        numbered.append(title if times == 1 else f"{title} ({times})")
    return numbered
