"""The fifth and sixth part of a briefing: matters for supervision, and next steps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import matter_words
from dashboard.documents.briefing.blocks import Block, Paragraph
from dashboard.documents.briefing.phrases import (
    LIST,
    Cited,
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

FIRST_STEPS, LATER = 4, 9
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


@dataclass(frozen=True, slots=True)
class Owed:
    """Who acts, and by when: None if no limit is known. `of_committee` is true of a limit that is
    the day of the committee's meeting, false of one that a rule sets."""

    who: Pieces
    limit: date | None
    of_committee: bool


Numbered = tuple[int, Owed]


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
    owed = [_owed_of_matter(figures, draft) for draft in matters_to_decide]
    yield from _past_limit_of_committee(figures, owed)
    for number, draft in enumerate(matters_to_decide, 1):
        yield Paragraph(
            phrase(
                N_("{matter} To decide: {act} ({by_whom})."),
                matter=_matter(figures, number, draft),
                act=_(draft.act),
                by_whom=_by_whom(figures, owed[number - 1]),
            ),
            detail=phrase(N_("Rule: {rule}"), rule=_(draft.matter.rule)),
        )
    yield from _past_limits_of_rules(figures, enumerate(owed, 1), kept=len(owed))
    due, waiting = _of_letters(figures)
    yield Paragraph(due, lead=_("Letters and further steps"), detail=waiting, cut=4)


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
        owed = _owed(figures, (_(COMMITTEE_OFFICE),))
        ladder = phrase(
            N_("By the ladder, findings are due for: {steps} ({by_whom})."),
            steps=joined(due, LIST),
            by_whom=_by_whom(figures, owed),
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
    steps: list[tuple[str, Cited | None, Owed]] = [
        (message, figures(figure), _owed_of_step(figures, figure))
        for figure, message in NEXT.items()
        if figures.number(figure)
    ]
    steps += [
        (message, figures(figure, part=Part.DIFFERENCE), _owed_of_step(figures, figure))
        for figure, message in NEXT_MISSING.items()
        if figures.missing(figure)
    ]
    steps += _of_lists(figures)
    if not steps:
        steps_in_words = [phrase(N_("Go on reporting and rectifying in time."))]
    else:
        steps_in_words = [
            phrase(message, by_whom=_by_whom(figures, owed), **({"n": n} if n else {}))
            for message, n, owed in steps
        ]
    if not figures.content.drafts:
        yield from _past_limit_of_committee(figures, (owed for *_step, owed in steps))
    for number, step in enumerate(steps_in_words, 1):
        pieces = phrase(N_("{number}. {step}"), number=str(number), step=step)
        yield Paragraph(pieces, cut=0 if number <= FIRST_STEPS else LATER)
    numbered = [(number, owed) for number, (*_step, owed) in enumerate(steps, 1)]
    yield from _past_limits_of_rules(figures, numbered, kept=FIRST_STEPS)


def _of_lists(figures: Figures) -> Iterator[tuple[str, Cited | None, Owed]]:
    """The steps that follow from lists, not from figures: message, number and who acts by when."""
    content = figures.content
    if content.lights.get(Light.GREY):
        yield (
            N_(
                "Have the {n: unit~ that has not reported send its data"
                "| units~ that have not reported send their data} ({by_whom})."
            ),
            figures.listed(LIGHTS, Light.GREY),
            _owed(figures, content.owners.silent),
        )
    if content.decided.get(DecisionState.OVERDUE):
        yield (
            N_("Carry out the {n: overdue decision| overdue decisions} ({by_whom})."),
            figures.listed(DECISIONS, DecisionState.OVERDUE),
            _owed(figures, content.owners.deciding or (_(COMMITTEE_OFFICE),)),
        )
    if content.not_entered:
        yield (
            N_("Have the ledgers filled in that nobody has entered ({by_whom})."),
            None,
            _owed(figures, (_(UNITS_CONCERNED),)),
        )


def _owed_of_step(figures: Figures, figure: str) -> Owed:
    """Who takes the step that follows from a figure, and by when."""
    owners = figures.content.owners
    if figure in OF_OFFICE:
        until = owners.first_limit if figure == "due_soon" else None
        return _owed(figures, (_(COMMITTEE_OFFICE),), until)
    return _owed(figures, owners.by_step.get(figure) or (_(DEPARTMENTS),))


def _owed_of_matter(figures: Figures, draft: Draft) -> Owed:
    """Who has to do what is next about a matter, and by when; a day that was past on that of the
    figures is not one by which it can be done."""
    content = figures.content
    done = matter_words.next_of(draft, content.day, content.owners.meeting)
    if done is None or not done.who:
        return _owed(figures, (_(DEPARTMENTS),))
    ahead = done.until if done.until and done.until > content.day else None
    return _owed(figures, (done.who,), ahead)


def _owed(figures: Figures, who: Sequence[str], until: date | None = None) -> Owed:
    """Who acts, and by when: `until`, else the day on which the committee meets next, if one is
    known."""
    shown = who if len(who) <= NAMED else who[: NAMED - 1]
    names = joined([phrase(N_("{name}"), name=in_sentence(each)) for each in shown], LIST)
    if len(shown) < len(who):
        names = phrase(N_("{names} and others"), names=names)
    meeting = figures.content.owners.meeting
    met_on = meeting.on_date if meeting else None
    limit = until or met_on
    return Owed(names, limit, limit is not None and limit == met_on)


def _by_whom(figures: Figures, owed: Owed) -> Pieces:
    """Who acts, and by when; a limit that is past on the day of the briefing is not among these
    words, as it has a sentence of its own."""
    names, limit = plain(owed.who), owed.limit
    if limit is None or figures.is_past(limit):
        return (Quoted(names, strong=True, limit=limit),)
    day = Quoted(limit_in_words(limit, figures.content.day), strong=True, limit=limit)
    return phrase(N_("{who}, by {day}"), who=(Quoted(names, strong=True),), day=(day,))


def _past_limit_of_committee(figures: Figures, owed: Iterable[Owed]) -> Iterator[Block]:
    """The sentence that the committee's meeting is past by which `owed` is to be done, if it is: it
    stands once, above all that has this limit."""
    for each in owed:
        if each.of_committee and each.limit and figures.is_past(each.limit):
            named = phrase(N_("Unless said otherwise below, the"))
            yield Paragraph(_past(figures, named, each))
            return


def _past_limits_of_rules(
    figures: Figures, numbered: Iterable[Numbered], *, kept: int
) -> Iterator[Block]:
    """A sentence for each item with a limit of a rule that is past; that of an item after the first
    `kept` is left out of the version to circulate with it."""
    for number, owed in numbered:
        if owed.limit and not owed.of_committee and figures.is_past(owed.limit):
            named = phrase(N_("For {number}, the"), number=str(number))
            yield Paragraph(_past(figures, named, owed), cut=0 if number <= kept else LATER)


def _past(figures: Figures, named: Pieces, owed: Owed) -> Pieces:
    """That the limit of the items `named` was and is past, by how many days, and what is asked
    now: of a later day of the data, to look there; else a new limit of the committee if the limit
    was its meeting, and of one that a rule sets to act at once."""
    limit, today, content = owed.limit, figures.today, figures.content
    assert limit is not None and today is not None, "only a limit can be past, and on a known day"
    if content.latest and content.latest > content.day:
        asked = phrase(N_("; see the data of {day} for what was done since."), day=content.latest)
    elif owed.of_committee:
        asked = phrase(N_("; the committee has to set a new one."))
    else:
        asked = phrase(N_("; act at once, or ask the committee for a new one."))
    was = phrase(
        N_("{items} limit was {limit}, {days} past by {today}"),
        items=named,
        limit=limit,
        days=in_days((today - limit).days),
        today=today,
    )
    return (Quoted(plain(was) + plain(asked), strong=True, is_past=True),)


def in_days(days: int) -> str:
    """A number of days in words."""
    return _("{n} days", n=days)
