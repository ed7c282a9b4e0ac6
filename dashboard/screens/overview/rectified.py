"""Rectification on the overview: what is overdue, the rate against its target, 审 and 改."""

from collections.abc import Mapping

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import bars, board, figure, matters
from dashboard.elements import trend as trends
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import due_words
from dashboard.screens.overview.charts import TREND_MONTHS, band_texts
from dashboard.status import PUBLIC_TONES
from dashboard.widgets import beginning, course, tiles
from dashboard.widgets.silence import text_if_empty
from data.findings.due_open import due_open
from models.audit import Source
from models.days import month_ends
from models.rectification import PublicStatus, RectType
from models.rules.rectification import OVERDUE_BANDS

PARTS: Mapping[PublicStatus, tuple[str, Tone]] = {
    status: (status.lower(), PUBLIC_TONES[status])
    for status in (PublicStatus.RECTIFIED, PublicStatus.IN_PROGRESS, PublicStatus.UNRECTIFIED)
}
LEDGER = "rectification"
TILES = ("overdue", "due_rect_rate", "rect_rate_amount")


def headline(view: View) -> Region:
    """Return what is overdue and by how long, and the due rate over two years."""
    shown = [tiles.tile(view, key, tells_trust=False) for key in TILES]
    course_of_rate, overdue = _trend(view), _bands(view)
    return board.region(
        "headline-card",
        figure.figures(shown),
        *_due_not_closed(view),
        course_of_rate,
        *_begins(view),
        # That nothing is entered is said once.
        *(each for each in overdue if each != course_of_rate),
        title=_("Rectification"),
        onward=board.way(LEDGER),
    )


def _due_not_closed(view: View) -> list[Part]:
    """Return what the due rate lacks, as a sum of why it does; empty if it lacks nothing."""
    found = reads.ask(due_open, view.scope)
    if not found.findings:
        return []
    rate = reads.figures_of(view.scope)["due_rect_rate"]
    text = _(
        "{due} − {closed} = {n} not closed: {parts}",
        due=rate.denominator,
        closed=rate.numerator,
        n=found.findings,
        parts=due_words.parts(found),
    )
    return [matters.note(text)]


def _trend(view: View) -> Part:
    days = month_ends(view.as_of, TREND_MONTHS)
    readings_by_day = reads.by_day(view.scope, days, "due_rect_rate")
    begins = beginning.begins_on(view)
    shares = [
        None if begins and day < begins else formats.share(readings["due_rect_rate"])
        for day, readings in readings_by_day.items()
    ]
    if not any(share is not None for share in shares):
        return matters.note(text_if_empty(view, "due_rect_rate", _("Nothing has been due so far.")))
    wanted = course.target(view, "due_rect_rate")
    known = {
        day: readings["due_rect_rate"]
        for day, readings in readings_by_day.items()
        if begins is None or day >= begins
    }
    message = course.course(known, wanted)
    every = TREND_MONTHS // 4
    return trends.trend(
        shares,
        [f"{day:%y-%m}" for day in days[::every]],
        spoken=message,
        target=(wanted.share, course.target_text(wanted)) if wanted else None,
    )


def _begins(view: View) -> list[Part]:
    """Return the first day on which findings are known, if a first snapshot limits their
    history."""
    told = beginning.beginning_in_words(view)
    return [matters.note(told)] if told else []


def _bands(view: View) -> list[Part]:
    """Return bars of overdue findings by band with their heading, or a note that there are none."""
    readings, texts = reads.figures_of(view.scope), band_texts()
    counted = {
        band.id: int(readings[f"overdue:{band.id}"].numerator or 0)
        for band in OVERDUE_BANDS
        if readings["overdue"].known
    }
    if not any(counted.values()):
        return [
            matters.note(
                text_if_empty(view, "overdue", _("Nothing is overdue on {day}.", day=view.as_of))
            )
        ]
    rows = [
        bars.bar(
            texts[band],
            [
                bars.segment(
                    count, f"band{place}", _("overdue"), board.list_way("overdue", bucket=band)
                )
            ],
        )
        for place, (band, count) in enumerate(counted.items())
    ]
    heading = matters.subhead(_("Days overdue"), _("number of findings"))
    return [heading, bars.bars(rows)]


def audit(view: View) -> Region:
    """Return findings by kind of audit (审, the first half)."""
    readings = reads.figures_of(view.scope)
    counted = {
        source: int(findings_of_source)
        for source in Source
        if readings["required"].known
        and (findings_of_source := readings[f"required:source={source}"].numerator)
    }
    rows = [
        bars.bar(
            name(source.label),
            [
                bars.segment(
                    counted[source], "plain", "", board.list_way("required", f"source={source}")
                )
            ],
            str(counted[source]),
        )
        for source in sorted(counted, key=lambda source: -counted[source])
    ]
    return board.region(
        "audit-card",
        bars.bars(rows)
        if rows
        else matters.note(text_if_empty(view, "required", _("No findings so far."))),
        title=_("First half: audit"),
        says=_(
            "by source; {running} running, plan {plan}",
            running=readings["projects_running"].text,
            plan=readings["plan_completion"].text,
        )
        if readings["projects_running"].known
        else "",
    )


def rectification(view: View) -> Region:
    """Return findings by type and public status (改, the second half)."""
    readings = reads.figures_of(view.scope)
    rows = [
        bars.bar(
            name(rect_type.label),
            [
                bars.segment(
                    int(readings[f"{key}:{rect_type}"].numerator or 0),
                    str(tone),
                    name(status.label),
                    board.list_way(key, bucket=str(rect_type)),
                )
                for status, (key, tone) in PARTS.items()
            ],
        )
        for rect_type in RectType
    ]
    none = not readings["required"].known or not readings["required"].numerator
    key = bars.key({name(status.label): str(tone) for status, (_key, tone) in PARTS.items()})
    empty = matters.note(text_if_empty(view, "required", _("No findings so far.")))
    return board.region(
        "rectification-card",
        *([empty] if none else [bars.bars(rows), key]),
        title=_("Second half: rectification"),
        says=_(
            "{required} to rectify = {rectified} + {in_progress} + {unrectified}",
            required=readings["required"].text,
            **{figure: readings[figure].text for figure, _tone in PARTS.values()},
        )
        if not none
        else "",
    )
