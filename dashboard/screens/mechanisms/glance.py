"""The six mechanisms at a glance: one figure of each, and below it what is wanting."""

from collections.abc import Callable, Mapping

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone, step_of
from dashboard.elements import board, figure
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.mechanisms import said
from dashboard.screens.mechanisms.assessment import TONES, percent
from dashboard.widgets import trust
from dashboard.widgets.drawing import still
from dashboard.widgets.tiles import row_of_tiles, tile
from data.mechanisms import assessments, cross_reviews
from data.reference.usual_names import usual
from models.warning import Level

PAGE = "mechanisms"


@still
def head(view: View) -> None:
    """Draw a sentence on what is wanting, and a tile for each mechanism, in the order of the tabs;
    each item of its second line leads to the tab or list that shows what is wanting."""
    said.say(view, tuple(FIGURES))
    tells = not trust.is_said_once(view, FIGURES)
    row_of_tiles(
        "mechanisms-figures",
        [
            tile(
                view,
                key,
                second=[each for each in wanting(view) if each],
                tells_trust=tells,
            )
            for key, wanting in FIGURES.items()
        ],
    )


def _late_reviews(view: View) -> list[Part | None]:
    late = said.late_reviews(view)
    longest = reads.ask(cross_reviews.late, view.scope, 1) if late else ()
    return [
        _counted(view, "cross_review_completion", _("Late, all rounds"), late, "review"),
        *(
            figure.beside(
                _("longest"),
                _("{n} days", n=(view.as_of - each.due_on).days),
                board.way(PAGE, tab="review"),
                str(Tone.BAD),
            )
            for each in longest
        ),
    ]


def _short(key: str, words: Callable[[], str], tab: str) -> Callable[[View], list[Part | None]]:
    """Return a function that tells how many the share `key` lacks, as a way to the tab."""

    def told(view: View) -> list[Part | None]:
        reading = reads.figures_of(view.scope)[key]
        return [_counted(view, key, words(), reading.short if reading.denominator else None, tab)]

    return told


def _lowest_indicator(view: View) -> list[Part | None]:
    """Tell the weakest indicator with its mean, in the colour of its step if it is low."""
    for each in reads.ask(assessments.indicators, view.scope).indicators[:1]:
        if each.now.mean is not None:
            step = step_of(float(each.now.mean))
            return [
                figure.beside(
                    name(usual(each.name)),
                    percent(each.now.mean),
                    board.way(PAGE, tab="assessment"),
                    str(TONES[step]) if step < len(TONES) else "",
                )
            ]
    return []


def _open_warnings(view: View) -> list[Part | None]:
    readings = reads.figures_of(view.scope)
    return [
        figure.beside(
            name(level.label),
            formats.text(readings[f"warnings_open:{level}"]),
            board.list_way("warnings_open", level),
            str(tone if readings[f"warnings_open:{level}"].numerator else ""),
        )
        for level, tone in ((Level.RED, Tone.BAD), (Level.YELLOW, Tone.WARN))
        if readings[f"warnings_open:{level}"].known
    ]


def _counted(view: View, key: str, words: str, count: int | None, tab: str) -> Part | None:
    """Return a count of what is wanting, red if there is any; None where it is not known."""
    if count is None or not reads.figures_of(view.scope)[key].known:
        return None
    return figure.beside(
        words, str(count), board.way(PAGE, tab=tab), str(Tone.BAD if count else "")
    )


FIGURES: Mapping[str, Callable[[View], list[Part | None]]] = {
    "cross_review_completion": _late_reviews,
    "guidance_coverage": _short("guidance_coverage", lambda: _("Not guided"), "guidance"),
    "chief_auditor_rate": _short("chief_auditor_rate", lambda: _("Vacant"), "chiefs"),
    "assessment_mean": _lowest_indicator,
    "warnings_open": _open_warnings,
    "rating_3a": _short("rating_3a", lambda: _("Below 3A"), "rating"),
}
"""The figure of each mechanism, and what tells what is wanting in it."""
