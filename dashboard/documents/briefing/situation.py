"""The first part of a briefing: the overall situation."""

from collections.abc import Iterator, Sequence

from dashboard import formats
from dashboard.charts import rectification
from dashboard.documents.briefing.blocks import Block, Chart, Paragraph
from dashboard.documents.briefing.phrases import (
    CLAUSES,
    LIST,
    Figures,
    Pieces,
    joined,
    phrase,
    sentences,
)
from dashboard.documents.briefing.read_once import HELD, NAMED_AS_WORST
from dashboard.documents.briefing.sources import DECISIONS, LIGHTS, Source
from dashboard.i18n import _
from data.figures.targets import target
from data.findings.holding import Part
from models.rules.light import Light
from models.text import N_
from models.work import DecisionState

HEADLINE = "due_rect_rate"
AT_FIRST = (
    "grid_coverage",
    "dual_responsibility",
    "duty_rate",
    "report_submission",
    "report_quality",
    "content_coverage",
    "rating_3a",
)
"""The figures of the first sentence; unknown ones are left out."""
TREND_HEIGHT = 150


def situation(figures: Figures) -> Iterator[Block]:
    """Units, findings, money and work; then the trend of the headline figure."""
    yield Paragraph(_of_the_net(figures), detail=_entered(figures))
    if missing := _not_entered(figures):
        yield Paragraph(missing)
    yield Paragraph(_of_findings(figures))
    if held := _held(figures):
        yield Paragraph(held, cut=6)
    yield from _trend(figures)
    if figures.number("fund_approved"):
        yield Paragraph(_of_funds(figures), cut=5)
    if figures.known("task_progress") or figures.number("meetings_held"):
        yield Paragraph(_of_work(figures), cut=8)


def _of_the_net(figures: Figures) -> Pieces:
    statements = [figures.named(figure) for figure in AT_FIRST if figures.known(figure)]
    day, units = figures.content.day, figures("units")
    if statements:
        first = phrase(
            N_("On {day}, the grid holds {units: unit| units}: {facts}."),
            day=day,
            units=units,
            facts=joined(statements, LIST),
        )
    else:
        first = phrase(N_("On {day}, the grid holds {units: unit| units}."), day=day, units=units)
    lights = [
        phrase(N_("{light} {n}"), light=light.label, n=figures.listed(LIGHTS, light))
        for light in Light
        if figures.content.lights.get(light)
    ]
    if not lights:
        return first
    by_light = phrase(N_("Units by their lights: {lights}."), lights=joined(lights, LIST))
    return sentences([first, by_light])


def _entered(figures: Figures) -> Pieces:
    """The ledgers that only some units have entered; empty if there are none."""
    partial = [phrase(N_("“{ledger}”"), ledger=each) for each in figures.content.partly_entered]
    if not partial:
        return ()
    return phrase(
        N_(
            "◐ Entered by some units only in the last year, so that what is read from them is not"
            " complete: {ledgers}."
        ),
        ledgers=joined(partial, LIST),
    )


def _not_entered(figures: Figures) -> Pieces:
    """The ledgers of which nobody has entered a row; empty if there are none."""
    missing = [phrase(N_("“{ledger}”"), ledger=each) for each in figures.content.not_entered]
    if not missing:
        return ()
    return phrase(
        N_("○ Not entered by any unit, so that nothing is known of these: {ledgers}."),
        ledgers=joined(missing, LIST),
    )


def _of_findings(figures: Figures) -> Pieces:
    if not figures.entered("required"):
        return phrase(N_("Findings are not entered: nothing is known of rectification."))
    if not figures.number("required"):
        return phrase(N_("There is no finding to be rectified."))
    statements = [
        phrase(
            N_(
                "{required: finding~ is| findings~ are} to be rectified: {rectified} rectified,"
                " {in_progress} in progress, {unrectified} unrectified; the rectification rate is"
                " {rate}."
            ),
            required=figures("required"),
            rectified=figures("rectified"),
            in_progress=figures("in_progress"),
            unrectified=figures("unrectified"),
            rate=figures("rect_rate"),
        )
    ]
    if figures.known(HEADLINE):
        statements.append(
            phrase(
                N_("Of what was due by the day, {rate} is rectified{since}{yearly}."),
                rate=figures(HEADLINE),
                since=figures.since(HEADLINE),
                yearly=figures.since_last_year(HEADLINE),
            )
        )
    else:
        statements.append(phrase(N_("None of them has been due so far.")))
    if figures.number("amount_required"):
        statements.append(
            phrase(
                N_("They concern {required}, of which {rectified} is rectified, {rate}."),
                required=figures("amount_required"),
                rectified=figures("amount_rectified"),
                rate=figures("rect_rate_amount"),
            )
        )
    return sentences(statements)


def _held(figures: Figures) -> Pieces:
    """The share of closures that lasted, and where most did not; empty if unknown."""
    if not figures.number("required") or not figures.known(HELD):
        return ()
    rate = phrase(
        N_(
            "Of what was closed a year ago or more, {rate} held: neither reopened nor"
            " found again within a year."
        ),
        rate=figures(HELD),
    )
    return sentences(filter(None, (rate, _came_back(figures))))


def _came_back(figures: Figures) -> Pieces:
    """The units and the categories with the most closures that did not last; empty for none."""
    came_back = figures.content.came_back
    units = [
        phrase(
            N_("{unit} ({rate} held)"),
            unit=part.name,
            rate=figures(HELD, node=f"unit:{part.code}"),
        )
        for part in _most(came_back.units)
        if not figures.content.scope.node.is_unit
    ]
    categories = [phrase(N_("{name}"), name=part.name) for part in _most(came_back.categories)]
    statements = []
    if units:
        statements.append(phrase(N_("by unit in {units}"), units=joined(units, LIST)))
    if categories:
        statements.append(
            phrase(N_("by kind in {categories}"), categories=joined(categories, LIST))
        )
    return (
        phrase(N_("Most came back {facts}."), facts=joined(statements, CLAUSES))
        if statements
        else ()
    )


def _most(parts: Sequence[Part]) -> Sequence[Part]:
    """Those with the most closures that did not last; none where too many are alike."""
    worst = [part for part in parts if part.came_back == parts[0].came_back]
    return worst if len(worst) <= NAMED_AS_WORST else ()


def _trend(figures: Figures) -> Iterator[Block]:
    """The headline figure by month; nothing without at least two months."""
    trend = figures.content.trend
    known = [day for day, reading in trend.items() if reading.exact is not None]
    if len(known) < 2:
        return
    node = figures.content.node
    first, last = (figures.cited(Source(HEADLINE, node, day)) for day in (known[0], known[-1]))
    wanted = target(figures.content.references, HEADLINE, known[-1])
    yield Chart(
        rectification.trend,
        (("target", _("Target")),),
        tuple(
            {
                "month": day,
                "share": formats.share(reading),
                "text": reading.text,
                "target": wanted.share if wanted else None,
            }
            for day, reading in trend.items()
        ),
        _("Due rectification rate at the end of each month"),
        phrase(
            N_("The due rectification rate was {first} on {from_day} and is {last} on {day}."),
            first=first,
            from_day=known[0],
            last=last,
            day=known[-1],
        ),
        (("height", TREND_HEIGHT),),
    )


def _of_funds(figures: Figures) -> Pieces:
    sums = phrase(
        N_("Major funds: {approved} approved, {disbursed} disbursed, {spent} spent"),
        approved=figures("fund_approved"),
        disbursed=figures("fund_disbursed"),
        spent=figures("fund_spent"),
    )
    rates = [
        figures.named(rate)
        for rate in ("disbursement_rate", "spending_rate")
        if figures.known(rate)
    ]
    return (*joined([sums, *rates], N_(", ")), *phrase(N_(".")))


def _of_work(figures: Figures) -> Pieces:
    statements = []
    if figures.known("task_progress"):
        statements.append(
            phrase(
                N_("the key tasks stand at {progress} on average"),
                progress=figures("task_progress"),
            )
        )
    if figures.number("meetings_held"):
        statements.append(
            phrase(
                N_("{held: meeting~ has| meetings~ have} been held"), held=figures("meetings_held")
            )
        )
    if figures.known("decisions_done"):
        statements.append(
            phrase(
                N_("of the decisions that are due, {done} are carried out"),
                done=figures("decisions_done"),
            )
        )
    overdue = figures.content.decided.get(DecisionState.OVERDUE)
    if overdue:
        statements.append(
            phrase(N_("{n:~ is|~ are} overdue"), n=figures.listed(DECISIONS, DecisionState.OVERDUE))
        )
    return phrase(N_("As to tasks and meetings, {facts}."), facts=joined(statements, CLAUSES))
