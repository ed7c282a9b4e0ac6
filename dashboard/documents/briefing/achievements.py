"""The second part of a briefing: what improved, and what has been achieved so far."""

from collections.abc import Iterator, Mapping

from dashboard.charts import rectification
from dashboard.documents.briefing.blocks import Block, Chart, Paragraph
from dashboard.documents.briefing.phrases import (
    CLAUSES,
    LIST,
    Figures,
    Pieces,
    capitalised,
    joined,
    phrase,
)
from dashboard.i18n import _, name
from data.figures import changes
from data.reports import upcoming
from models.rectification import PublicStatus, RectType
from models.text import N_

GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("Grid and responsibilities"): (
        "grid_coverage",
        "dual_responsibility",
        "duty_rate",
    ),
    N_("The four reports"): (
        "report_submission",
        "report_timeliness",
        "report_quality",
    ),
    N_("Audit and mechanisms"): (
        "plan_completion",
        "content_coverage",
        "cross_review_completion",
        "rating_3a",
        "assessment_mean",
    ),
    N_("Rectification of findings"): (
        "due_rect_rate",
        "on_time_rate",
        "rect_rate_amount",
        "overdue",
        "repeat_rate",
    ),
    N_("Funds, disposals and warnings"): (
        "spending_rate",
        "fund_idle",
        "disposal_rate",
        "warnings_open",
    ),
    N_("Tasks and decisions"): (
        "task_progress",
        "decisions_done",
    ),
}
"""The figures whose changes are told, by subject."""
SAID = 3
"""The number of changes named in the version to circulate; the checked one names all."""
SO_FAR: Mapping[str, str] = {
    "rules_built": N_("{n: rule| rules} built"),
    "persons_handled": N_("{n: person| persons} handled"),
    "posts_recovered": N_("{n: post| posts} recovered"),
    "assets_recovered": N_("{n} recovered by disposals"),
    "training_people": N_("{n: attendance| attendances} at trainings of the last year"),
}
"""What has been achieved, by the figure that counts it."""
CHANGED = N_("{figure} ({moved})")


def achievements(figures: Figures) -> Iterator[Block]:
    """What improved since the day of comparison, by group; then the totals achieved."""
    content = figures.content
    day = content.before.as_of
    if not any(figures.entered(figure) for own in GROUPS.values() for figure in own):
        yield Paragraph(phrase(N_("Nothing is entered that could be compared.")))
    elif not content.compared:
        yield Paragraph(
            phrase(N_("Nothing is known of {day}, so nothing is compared with it."), day=day)
        )
    elif better := [moved for group in GROUPS for moved in _moved(figures, group, good=True)]:
        first, others = better[:SAID], better[SAID:]
        yield Paragraph(
            phrase(
                N_("Compared with {day}, these figures became better: {facts}."),
                day=day,
                facts=joined(first, CLAUSES),
            ),
            detail=also(others),
        )
    else:
        yield Paragraph(phrase(N_("Compared with {day}, no figure became better."), day=day))
    statements = [
        phrase(message, n=figures(figure))
        for figure, message in SO_FAR.items()
        if figures.number(figure)
    ]
    if statements:
        yield Paragraph(
            phrase(N_("So far: {facts}."), facts=joined(statements, LIST)),
            cut=6,
        )
    yield from _by_type(figures)


def also(facts: list[Pieces]) -> Pieces:
    """Further facts of the same kind, shown in the checked version only; empty for no `facts`."""
    if not facts:
        return ()
    return capitalised(phrase(N_("also: {facts}."), facts=joined(facts, CLAUSES)))


def worse(figures: Figures) -> list[Pieces]:
    """The figures that became worse since the day of comparison, each with its change; those that
    became gravely worse stand before the others."""
    found = [
        [moved for group in GROUPS for moved in _moved(figures, group, good=False, grave=grave)]
        for grave in (True, False)
    ]
    return [*found[0], *found[1]]


def _moved(figures: Figures, group: str, *, good: bool, grave: bool = False) -> list[Pieces]:
    statements = []
    for figure in GROUPS[group]:
        now, then = figures.content.now.get(figure), figures.content.then.get(figure)
        days = (figures.content.day - figures.content.before.as_of).days
        change = changes.change(now, then, days) if now and then else None
        if now and then and change and figure in upcoming.OF_DUE:
            change = upcoming.judged(change, now, then, figures.content.due_today)
        if change and change.good is good and change.grave is grave:
            moved = figures.moved(figure, figures.content.before.as_of)
            statements.append(phrase(CHANGED, figure=figures.named(figure), moved=moved))
    return statements


def _by_type(figures: Figures) -> Iterator[Block]:
    """Findings by type and public status; nothing if there are none."""
    if not figures.number("required"):
        return
    parts = {
        PublicStatus.RECTIFIED: "rectified",
        PublicStatus.IN_PROGRESS: "in_progress",
        PublicStatus.UNRECTIFIED: "unrectified",
    }
    rates = [
        phrase(N_("{type} {rate}"), type=kind.label, rate=figures(f"rect_rate:{kind}"))
        for kind in RectType
        if figures.known(f"rect_rate:{kind}")
    ]
    yield Chart(
        rectification.status_by_type,
        (
            *((str(status), name(status.label)) for status in parts),
            ("findings", _("Findings")),
        ),
        tuple(
            {
                "name": name(kind.label),
                "status": str(status),
                "value": figures.number(f"{figure}:{kind}"),
            }
            for kind in RectType
            for status, figure in parts.items()
        ),
        _("Findings by type and status"),
        phrase(N_("Rectification rate by type: {rates}."), rates=joined(rates, LIST)),
    )
