"""The third part of a briefing: what is overdue, missing, silent or worse."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard.charts import rectification
from dashboard.documents.briefing.achievements import SAID, also, worse
from dashboard.documents.briefing.ahead import ahead
from dashboard.documents.briefing.blocks import Block, Chart, Paragraph
from dashboard.documents.briefing.phrases import (
    CLAUSES,
    LIST,
    Figures,
    Pieces,
    capitalised,
    joined,
    phrase,
    sentences,
)
from dashboard.documents.briefing.sources import LIGHTS, Part
from dashboard.i18n import _, name
from data.figures.catalogue.figure import Bucket
from models.rules.light import Light
from models.text import N_

NAMED = 5
"""The number of units named; more are only counted."""
MISSING: Mapping[str, str] = {
    "grid_coverage": N_("{n: unit~ lacks| units~ lack} one of the four elements"),
    "dual_responsibility": N_("{n: unit~ lacks| units~ lack} one of the two responsible subjects"),
    "institution_rate": N_("{n: unit~ has| units~ have} no independent audit institution"),
    "group_rate": N_("{n: unit~ has| units~ have} no complete audit group"),
    "chief_auditor_rate": N_("{n: state firm~ has| state firms~ have} no chief auditor"),
    "guidance_coverage": N_("{n: unit~ was| units~ were} not guided in the last year"),
}
"""Phrases for the difference between denominator and numerator of a share, by figure."""
COUNTED: Mapping[str, tuple[int, Mapping[str, str]]] = {
    N_("The four reports"): (
        4,
        {
            "reports_late": N_("{n: report~ is| reports~ are} late"),
            "report_grade:FAIL": N_("{n: report~ was| reports~ were} scored as failed"),
        },
    ),
    N_("Audit and mechanisms"): (
        6,
        {
            "content_problems": N_("{n: checked item~ shows| checked items~ show} a problem"),
            "self_check_gap": N_("the self-check gap is {n}"),
            "rating:0A": N_("{n: unit~ is| units~ are} rated 0A"),
        },
    ),
    N_("Funds, disposals and warnings"): (
        2,
        {
            "fund_idle": N_("{n} idle"),
            "disposals_late": N_("{n: disposal~ is| disposals~ are} late"),
            "warnings_open:RED": N_("{n: red warning~ is| red warnings~ are} open"),
            "warnings_open:YELLOW": N_("{n: yellow warning~ is| yellow warnings~ are} open"),
        },
    ),
    N_("Tasks and decisions"): (
        5,
        {
            "tasks_late": N_("{n: key task~ is| key tasks~ are} late"),
        },
    ),
}
"""Phrases for numbers above 0, by topic, each with the `cut` of its paragraph."""

AMONG_FINDINGS: Mapping[str, str] = {
    "overdue:severity=MAJOR": N_("{n} of them major"),
    "repeat_rate": N_("the repeat rate is {n}"),
    "reopened": N_("{n: finding~ was| findings~ were} reopened after closure"),
}
"""Phrases about overdue findings, by figure, for numbers above 0."""


def problems(figures: Figures) -> Iterator[Block]:
    """Overdue findings first, then what is missing, late or worse; or a sentence that none is."""
    paragraphs = list(_of_lists(figures))
    if not figures.entered("overdue"):
        yield Paragraph(phrase(N_("Findings are not entered: whether any is overdue is unknown.")))
        yield from paragraphs
        yield from ahead(figures)
        return
    if not figures.number("overdue") and not paragraphs and not figures.content.not_entered:
        yield Paragraph(
            phrase(
                N_("On {day}, no finding is overdue and nothing is missing or late."),
                day=figures.content.day,
            )
        )
        yield from ahead(figures)
        return
    yield from _of_overdue(figures)
    yield from paragraphs
    yield from ahead(figures)


def _of_overdue(figures: Figures) -> Iterator[Block]:
    lead = _("Rectification of findings")
    if not figures.number("overdue"):
        yield Paragraph(phrase(N_("No finding is overdue.")), lead=lead)
        return
    bands = [
        phrase(N_("{n} by {band}"), n=figures(f"overdue:{bucket.id}"), band=bucket.label)
        for bucket in figures.content.catalogue["overdue"].buckets
        if not bucket.dimension and figures.number(f"overdue:{bucket.id}")
    ]
    statements = [
        phrase(
            N_(
                "{n: finding~ is| findings~ are} overdue, {bands}; on average by {mean}, at most by"
                " {max}."
            ),
            n=figures("overdue"),
            bands=joined(bands, LIST),
            mean=figures("overdue_days_mean"),
            max=figures("overdue_days_max"),
        )
    ]
    facts = [
        phrase(message, n=figures(figure))
        for figure, message in AMONG_FINDINGS.items()
        if figures.number(figure)
    ]
    if figures.number("overdue_original") > figures.number("overdue"):
        message = N_("had no time limit been moved, {n} would be overdue")
        facts.append(phrase(message, n=figures("overdue_original")))
    detail = capitalised(phrase(N_("{facts}."), facts=joined(facts, CLAUSES))) if facts else ()
    yield Paragraph(sentences(statements), lead=lead, detail=detail)
    yield _bands(figures)


def _bands(figures: Figures) -> Chart:
    buckets = [
        bucket for bucket in figures.content.catalogue["overdue"].buckets if not bucket.dimension
    ]
    return Chart(
        rectification.bands,
        tuple((bucket.id, name(bucket.label)) for bucket in buckets),
        tuple(
            {"band": bucket.id, "value": figures.number(f"overdue:{bucket.id}")}
            for bucket in buckets
        ),
        _("Overdue findings by days overdue"),
        _most(figures, buckets),
    )


def _most(figures: Figures, buckets: Sequence[Bucket]) -> Pieces:
    """The band with the most overdue findings; all such bands if several tie."""
    largest = max(figures.number(f"overdue:{bucket.id}") for bucket in buckets)
    most = [b for b in buckets if figures.number(f"overdue:{b.id}") == largest]
    n, overdue = figures(f"overdue:{most[0].id}"), figures("overdue")
    if len(most) == 1:
        return phrase(
            N_("Most are overdue by {band}: {n} of {all: finding| findings}."),
            band=most[0].label,
            n=n,
            all=overdue,
        )
    bands = joined([phrase(N_("{band}"), band=bucket.label) for bucket in most], LIST)
    return phrase(
        N_("Most are overdue by {bands}: {n} each of {all: finding| findings}."),
        bands=bands,
        n=n,
        all=overdue,
    )


def _of_lists(figures: Figures) -> Iterator[Block]:
    missing = [
        phrase(message, n=figures(figure, part=Part.DIFFERENCE))
        for figure, message in MISSING.items()
        if figures.missing(figure)
    ]
    if missing:
        yield _facts(_("Grid and responsibilities"), missing, cut=1)
    for group, (cut, counted) in COUNTED.items():
        facts = [
            phrase(message, n=figures(figure))
            for figure, message in counted.items()
            if figures.number(figure)
        ]
        if facts:
            yield _facts(_(group), facts, cut=cut)
    if figures.content.lights.get(Light.GREY):
        yield Paragraph(_of_silent(figures), lead=_("Units that have not reported"), cut=4)
    if worse_figures := worse(figures):
        said = phrase(
            N_("Compared with {day}, these figures became worse: {facts}."),
            day=figures.content.before.as_of,
            facts=joined(worse_figures[:SAID], CLAUSES),
        )
        lead = _("Figures that became worse")
        yield Paragraph(said, lead=lead, detail=also(worse_figures[SAID:]), cut=1)


def _facts(lead: str, facts: list[Pieces], cut: int) -> Paragraph:
    pieces = capitalised(phrase(N_("{facts}."), facts=joined(facts, CLAUSES)))
    return Paragraph(pieces, lead=lead, cut=cut)


def _of_silent(figures: Figures) -> Pieces:
    silent = [unit.name for unit in figures.content.units if unit.light is Light.GREY]
    names = joined([phrase(N_("{name}"), name=unit) for unit in silent[:NAMED]], LIST)
    n = figures.listed(LIGHTS, Light.GREY)
    if len(silent) > NAMED:
        message = N_("From {n: unit| units} nothing has come in, among them {names}.")
    else:
        message = N_("From {n: unit| units} nothing has come in: {names}.")
    return phrase(message, n=n, names=names)
