"""The fifth and sixth part of a briefing: matters for supervision, and next steps."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dashboard import matter_words
from dashboard.documents.briefing.blocks import Block, Paragraph
from dashboard.documents.briefing.phrases import (
    LIST,
    Figures,
    Pieces,
    Quoted,
    Value,
    in_sentence,
    joined,
    limit_in_words,
    phrase,
    plain,
)
from dashboard.documents.briefing.sources import DECISIONS, LADDER, LIGHTS, MATTERS, MEASURED, Part
from dashboard.i18n import _
from data.meetings.drafts import ALL_RECTIFIED, Draft
from models.rectification import Step
from models.rules.light import Light
from models.text import N_
from models.work import DecisionState

FIRST_STEPS, LATER = 4, 8
"""The steps that always stay in the version to circulate, and those dropped when it is long."""
NEXT: Mapping[str, str] = {
    "overdue": N_(
        "Escalate the {n: overdue finding| overdue findings} one by one, by the ladder ({by_whom})."
    ),
    "warnings_open": N_("Look into the {n: open warning| open warnings} one by one ({by_whom})."),
    "fund_idle": N_("Have the {n} of idle funds spent as approved ({by_whom})."),
    "tasks_late": N_("Finish the {n: late key task| late key tasks} ({by_whom})."),
    "disposals_late": N_("Finish the {n: late disposal| late disposals} ({by_whom})."),
    "reports_late": N_("Call in the {n: late report| late reports} ({by_whom})."),
    "due_soon": N_("Remind the units in time of the {n: finding| findings} due next ({by_whom})."),
    "under_review": N_("Judge the {n: finding| findings} submitted for closure ({by_whom})."),
}
"""The next step for each figure that is not zero, the gravest first, with who takes it and by
when."""
NEXT_MISSING: Mapping[str, str] = {
    "grid_coverage": N_(
        "See to it that {n: unit~ completes its| units~ complete their} elements ({by_whom})."
    ),
    "dual_responsibility": N_(
        "See to it that {n: unit~ fills| units~ fill} the empty posts ({by_whom})."
    ),
    "chief_auditor_rate": N_(
        "See to it that {n: state firm~ has| state firms~ have} a chief auditor ({by_whom})."
    ),
}
"""The next step for each share whose numerator is less than its denominator."""
OF_OFFICE = ("overdue", "due_soon", "under_review")
"""The figures whose next step the committee's office takes."""
NAMED = 3
"""The most of those who act that are named; of more, the first ones are, one fewer than so many."""
COMMITTEE_OFFICE, DEPARTMENTS = N_("Committee office"), N_("Competent departments")
UNITS_CONCERNED = N_("each unit")


def matters(figures: Figures) -> Iterator[Block]:
    """The matters that need a decision, the gravest first; letters due and letters unanswered."""
    matters_to_decide = figures.content.drafts
    if not matters_to_decide and not figures.entered("overdue"):
        yield Paragraph(
            phrase(N_("Findings are not entered: which of them need a decision is unknown."))
        )
    elif not matters_to_decide:
        message = (
            N_("Of what is entered, nothing needs a decision on {day}.")
            if figures.content.not_entered
            else N_("By the rules, nothing needs a decision on {day}.")
        )
        yield Paragraph(phrase(message, day=figures.content.day))
    for number, draft in enumerate(matters_to_decide, 1):
        yield Paragraph(
            phrase(
                N_("{matter} To decide: {act} ({by_whom})."),
                matter=_matter(figures, number, draft),
                act=_(draft.act),
                by_whom=_by_whom_of_matter(figures, draft),
            ),
            detail=phrase(N_("Rule: {rule}"), rule=_(draft.matter.rule)),
        )
    due, waiting = _of_letters(figures)
    yield Paragraph(due, lead=_("Letters and further steps"), detail=waiting, cut=3)


def _matter(figures: Figures, number: int, draft: Draft) -> Pieces:
    matter = draft.matter
    cited = figures.listed(MATTERS, str(number))
    values: dict[str, Value] = {
        name: cited if name in MEASURED else str(value)
        for name, value in matter.what.values.items()
    }
    what = phrase(matter.what.message, **values)
    if matter.days:
        what = phrase(N_("{what} (overdue by {days} days)"), what=what, days=cited)
    if draft.so_far and draft.so_far.message == ALL_RECTIFIED:
        what = phrase(N_("{what}, all of them rectified, which still is a red warning"), what=what)
    if draft.put:
        what = phrase(N_("{what} ({before})"), what=what, before=matter_words.put_of(draft.put))
    if matter.unit_name:
        return phrase(
            N_("{number}. {unit}: {what}."),
            number=str(number),
            unit=matter.unit_name,
            what=what,
        )
    return phrase(N_("{number}. {what}."), number=str(number), what=what)


def _of_letters(figures: Figures) -> tuple[Pieces, Pieces]:
    """The letters due by the ladder of steps, and the letters that wait for a reply."""
    if not figures.entered("overdue"):
        message = N_("Findings are not entered: whether any is due for a further step is unknown.")
        return phrase(message), ()
    due = [
        phrase(N_("{step} {n}"), step=step.label, n=figures.listed(LADDER, step))
        for step, count in figures.content.due_steps.counted.items()
        if count
    ]
    if due:
        ladder = phrase(
            N_("By the ladder, findings are due for: {steps} ({by_whom})."),
            steps=joined(due, LIST),
            by_whom=_by_whom(figures, (_(COMMITTEE_OFFICE),)),
        )
    else:
        ladder = phrase(N_("By the ladder, no finding is due for a further step."))
    if not figures.number("escalations_open"):
        return ladder, phrase(N_("No letter waits for a reply."))
    waiting = [
        phrase(N_("{step} {n}"), step=step.label, n=figures(f"escalations_open:{step}"))
        for step in Step
        if figures.number(f"escalations_open:{step}")
    ]
    return ladder, phrase(
        N_("{n: letter or step~ waits| letters and steps~ wait} for a reply: {steps}."),
        n=figures("escalations_open"),
        steps=joined(waiting, LIST),
    )


def next_steps(figures: Figures) -> Iterator[Block]:
    """The steps that follow from what is overdue, warned of, idle, late, due, missing or silent, in
    this order; each with who takes it and by when."""
    sentences_of_steps = [
        phrase(message, n=figures(figure), by_whom=_by_whom_of_step(figures, figure))
        for figure, message in NEXT.items()
        if figures.number(figure)
    ]
    sentences_of_steps += [
        phrase(
            message,
            n=figures(figure, part=Part.DIFFERENCE),
            by_whom=_by_whom_of_step(figures, figure),
        )
        for figure, message in NEXT_MISSING.items()
        if figures.missing(figure)
    ]
    sentences_of_steps += _of_lists(figures)
    if not sentences_of_steps:
        sentences_of_steps.append(phrase(N_("Go on reporting and rectifying in time.")))
    for number, step in enumerate(sentences_of_steps, 1):
        pieces = phrase(N_("{number}. {step}"), number=str(number), step=step)
        yield Paragraph(pieces, cut=0 if number <= FIRST_STEPS else LATER)


def _of_lists(figures: Figures) -> Iterator[Pieces]:
    """The steps that follow from lists, not from figures."""
    content = figures.content
    if content.lights.get(Light.GREY):
        yield phrase(
            N_(
                "Have the {n: unit~ that has not reported send its data"
                "| units~ that have not reported send their data} ({by_whom})."
            ),
            n=figures.listed(LIGHTS, Light.GREY),
            by_whom=_by_whom(figures, content.owners.silent),
        )
    if content.decided.get(DecisionState.OVERDUE):
        yield phrase(
            N_("Carry out the {n: overdue decision| overdue decisions} ({by_whom})."),
            n=figures.listed(DECISIONS, DecisionState.OVERDUE),
            by_whom=_by_whom(figures, content.owners.deciding or (_(COMMITTEE_OFFICE),)),
        )
    if content.not_entered:
        yield phrase(
            N_("Have the ledgers filled in that nobody has entered ({by_whom})."),
            by_whom=_by_whom(figures, (_(UNITS_CONCERNED),)),
        )


def _by_whom_of_step(figures: Figures, figure: str) -> Pieces:
    """Who takes the step that follows from a figure, and by when."""
    owners = figures.content.owners
    if figure in OF_OFFICE:
        until = owners.first_limit if figure == "due_soon" else None
        return _by_whom(figures, (_(COMMITTEE_OFFICE),), until)
    return _by_whom(figures, owners.by_step.get(figure) or (_(DEPARTMENTS),))


def _by_whom_of_matter(figures: Figures, draft: Draft) -> Pieces:
    """Who has to do what is next about a matter, and by when; a day that is past is not one by
    which it can be done."""
    content = figures.content
    done = matter_words.next_of(draft, content.day, content.owners.meeting)
    if done is None or not done.who:
        return _by_whom(figures, (_(DEPARTMENTS),))
    ahead = done.until if done.until and done.until > content.day else None
    return _by_whom(figures, (done.who,), ahead)


def _by_whom(figures: Figures, who: Sequence[str], until: date | None = None) -> Pieces:
    """Who acts, and by when: `until`, else the day on which the committee meets next, if one is
    known."""
    content = figures.content
    shown = who if len(who) <= NAMED else who[: NAMED - 1]
    names = joined([phrase(N_("{name}"), name=in_sentence(each)) for each in shown], LIST)
    if len(shown) < len(who):
        names = phrase(N_("{names} and others"), names=names)
    named = (Quoted(plain(names), strong=True),)
    meeting = content.owners.meeting
    last = until or (meeting.on_date if meeting else None)
    if last is None:
        return named
    day = Quoted(limit_in_words(last, content.day), strong=True, limit=last)
    return phrase(N_("{who}, by {day}"), who=named, day=(day,))
