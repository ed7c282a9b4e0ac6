"""The six mechanisms as sections of their page: what is wanting in each, and its figure."""

from collections.abc import Callable, Iterator, Mapping

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements.board import Part
from dashboard.elements.sections import said
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.screens import vacant_posts
from dashboard.screens.mechanisms import wanting
from dashboard.screens.mechanisms.assessment import LOW, assessment
from dashboard.screens.mechanisms.chief_auditors import chief_auditors
from dashboard.screens.mechanisms.cross_review import cross_review, late_reviews
from dashboard.screens.mechanisms.digital_supervision import digital_supervision
from dashboard.screens.mechanisms.guidance import guidance
from dashboard.screens.mechanisms.ratings import ratings
from dashboard.status import LOW as LOW_GRADES
from dashboard.status import VETOED, of_grade
from dashboard.widgets import sections
from dashboard.widgets.sections import Section
from data.mechanisms import assessments
from models.duty import PostRole
from models.text import N_
from models.warning import Level


def six_mechanisms(view: View) -> None:
    """Draw a tile for each mechanism and below them the one in the address, else what is wanting
    in all of them."""
    sections.draw(view, wanting.PAGE, _mechanisms(), together=wanting.wanting)


def _mechanisms() -> Mapping[str, Section]:
    return {
        "digital": Section(
            _("Digital supervision"),
            "warnings_open",
            _("open"),
            _warnings,
            _("no warning open"),
            digital_supervision,
        ),
        "review": Section(
            _("Cross review"),
            "cross_review_completion",
            _("done"),
            _reviews,
            _("none late"),
            cross_review,
        ),
        "guidance": Section(
            _("Guidance"),
            "guidance_coverage",
            _("guided"),
            _guidance,
            _("all guided"),
            guidance,
        ),
        "chiefs": Section(
            _("Chief auditors"),
            "chief_auditor_rate",
            _("in post"),
            _chiefs,
            _("all in post"),
            chief_auditors,
        ),
        "assessment": Section(
            _("Assessment"),
            "assessment_mean",
            _("mean"),
            _assessed,
            _("none below {low}%", low=LOW),
            assessment,
        ),
        "rating": Section(
            _("0-5A rating"),
            "rating_3a",
            _("3A or better"),
            _rated,
            _("all at 3A or above"),
            ratings,
        ),
    }


def _warnings(view: View) -> Iterator[Part]:
    readings = reads.figures_of(view.scope)
    for level, tone, words in (
        (Level.RED, Tone.BAD, N_("red {n}")),
        (Level.YELLOW, Tone.WARN, N_("yellow {n}")),
    ):
        now = readings[f"warnings_open:{level}"]
        if now.numerator:
            yield said(_(words, n=formats.text(now)), tone)


def _reviews(view: View) -> Iterator[Part]:
    if late := late_reviews(view):
        yield said(_("{n} late", n=late), Tone.BAD)


def _lacking(figure: str, tone: Tone, words: Callable[[int], str]) -> Callable[[View], list[Part]]:
    """Return a function that tells how many the share `figure` lacks, in `words`."""

    def told(view: View) -> list[Part]:
        short = reads.figures_of(view.scope)[figure].short
        return [said(words(short), tone)] if short else []

    return told


_guidance = _lacking("guidance_coverage", Tone.BAD, lambda n: _("{n} not guided", n=n))


def _chiefs(view: View) -> Iterator[Part]:
    """Yield how many posts are vacant, in the tone of the gravest vacancy."""
    short = reads.figures_of(view.scope)["chief_auditor_rate"].short
    if short:
        tone = vacant_posts.gravest_tone(view, {PostRole.CHIEF_AUDITOR})
        yield said(_("{n} vacant", n=short), tone)


def _rated(view: View) -> Iterator[Part]:
    """Yield how many units are rated 0A, then how many others below 3A, in the tones of their
    grades."""
    readings = reads.figures_of(view.scope)
    vetoed = int(readings[f"rating:{VETOED}"].numerator or 0)
    if vetoed:
        yield said(_("{n} rated {grade}", n=vetoed, grade=VETOED), of_grade(VETOED).tone)
    if others := readings["rating_3a"].short - vetoed:
        text = _("{n} rated 1A or 2A", n=others) if vetoed else _("{n} below 3A", n=others)
        yield said(text, of_grade(LOW_GRADES[-1]).tone)


def _assessed(view: View) -> Iterator[Part]:
    if low := reads.ask(assessments.below, view.scope, LOW):
        yield said(_("{n} below {low}%", n=low, low=LOW), Tone.WARN)
