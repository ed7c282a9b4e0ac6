"""What a briefing says about the days ahead: how many limits will be missed, and why it says so."""

from collections.abc import Iterator, Mapping

from dashboard.documents.briefing.blocks import Block, Paragraph
from dashboard.documents.briefing.phrases import (
    CLAUSES,
    Cited,
    Figures,
    Pieces,
    bare,
    joined,
    phrase,
    sentences,
)
from dashboard.documents.briefing.sources import FINDINGS_AHEAD, REPORTS_AHEAD
from dashboard.i18n import _
from data.outlook.expected import Horizon
from models.rules.expected import Expected
from models.rules.forecast_record import LEAST_CASES, Score
from models.text import N_

CUT = 3


def ahead(figures: Figures) -> Iterator[Block]:
    """A paragraph with the expected ranges for findings and reports; nothing without a forecast."""
    outlook = figures.content.ahead
    findings = list(_of_findings(figures, outlook.horizons, outlook.of_findings))
    more = list(_of_reports(figures, outlook.horizons, outlook.of_reports))
    if findings or more:
        message = N_("What is overdue already is not counted; a range holds four times in five.")
        more.append(phrase(message))
        # The version to circulate has little room.
        shown, detail = (findings, more) if findings else (more, [])
        lead = _("What comes next")
        yield Paragraph(sentences(shown), lead=lead, detail=sentences(detail), cut=CUT)


def _of_findings(figures: Figures, horizons: tuple[Horizon, ...], score: Score) -> Iterator[Pieces]:
    if figures.entered("required"):
        first = N_(
            "of {all: open finding| open findings} due within {days} days, {range} will be overdue"
        )
        facts = _facts(figures, FINDINGS_AHEAD, first, {e.days: e.findings for e in horizons})
        yield from _sentence(facts, score)


def _of_reports(figures: Figures, horizons: tuple[Horizon, ...], score: Score) -> Iterator[Pieces]:
    if figures.entered("reports_late"):
        first = N_("of {all: report| reports} due within {days} days, {range} will be late")
        facts = _facts(figures, REPORTS_AHEAD, first, {e.days: e.reports for e in horizons})
        yield from _sentence(facts, score)


def _facts(
    figures: Figures, listed: str, first: str, by_days: Mapping[int, Expected | None]
) -> list[Pieces]:
    """The expected range for each span of days in which more falls due than in the one before."""
    facts: list[Pieces] = []
    before = 0
    for days, expected in by_days.items():
        if not expected or expected.out_of <= before:
            continue
        before = expected.out_of
        message = N_("of {all} due within {days} days, {range}") if facts else first
        facts.append(
            phrase(
                message,
                all=figures.listed(listed, f"{days}/out_of"),
                days=str(days),
                range=_range(figures, listed, days, expected),
            )
        )
    return facts


def _sentence(facts: list[Pieces], score: Score) -> Iterator[Pieces]:
    """The expected ranges, and their basis: similar cases, or the base rate and why."""
    if not facts:
        return
    said = joined(facts, CLAUSES)
    if score.is_better:
        yield phrase(N_("Expected by cases alike: {facts}."), facts=said)
    elif score.is_enough:
        message = N_("Expected by the base rate, as cases alike told no better: {facts}.")
        yield phrase(message, facts=said)
    else:
        yield phrase(
            N_("Expected by the base rate, as fewer than {least} cases have come due: {facts}."),
            least=str(LEAST_CASES),
            facts=said,
        )


def _range(figures: Figures, listed: str, days: int, expected: Expected) -> Pieces:
    low: Cited = figures.listed(listed, f"{days}/low")
    high: Cited = figures.listed(listed, f"{days}/high")
    if expected.low == expected.high:
        return phrase(N_("{n}"), n=low)
    return phrase(N_("{low} to {high}"), low=bare(low), high=high)
