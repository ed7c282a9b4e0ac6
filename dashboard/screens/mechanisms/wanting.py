"""What is wanting in all six mechanisms: the gravest of each first, who has to act, and by when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

import streamlit as st

from dashboard import act_words, ledger_values, reads, status
from dashboard.act_words import ToBeDone
from dashboard.charts.status_colours import Tone
from dashboard.elements import board
from dashboard.elements import matters as elements
from dashboard.elements.board import Part
from dashboard.elements.lists import Cell
from dashboard.elements.room import room
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import dotted
from dashboard.screens import listing, listing_moved, next_acts
from dashboard.screens.mechanisms import warning_next
from dashboard.screens.mechanisms.assessment import LOW, changed, next_of, percent
from dashboard.screens.mechanisms.ratings import missing
from dashboard.status import Status
from dashboard.widgets import headlines, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.panels import panel
from dashboard.widgets.place import look
from dashboard.widgets.silence import draw_if_silent
from dashboard.widgets.tables import table
from data.figures.lines import Line
from data.mechanisms import assessments, cross_reviews, warning_signals
from data.mechanisms import guidance as visits
from data.mechanisms import ratings as rated
from data.responsibilities import persons
from data.responsibilities.vacant_posts import CHIEF_AUDITOR_RULE
from models.days import YEAR
from models.mechanism import ReviewState
from models.warning import Level

PAGE = "mechanisms"
NO_BREAK = "\N{NO-BREAK SPACE}"
OF_EACH = 5
"""The most matters of one mechanism."""
READ = 1000
"""The most rows that are read of a mechanism in which many may be alike."""
AT_FIRST = 24
"""Of all other matters, those shown at first."""
MATTER = 50
"""The least height in pixels of one of the gravest matters."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something wanting: how it stands, what it is, its units, what is to be done next, how long it
    has been so, and its limit or the day from which it has been so.

    `together` says what it is of several units, if not as of one. `is_new` tells whether it was not
    so yet on the day of comparison, `long` says in words what the days are of.
    """

    stands: Status
    what: str
    units: tuple[str, ...]
    next: ToBeDone | None
    days: int | None
    when: str
    mechanism: str
    onward: Part | None
    together: str = ""
    is_new: bool = False
    long: str = ""


@still
def wanting(view: View) -> None:
    """Draw the gravest red matter of every mechanism, then the others in a table, the red ones
    first and of these the longest; a limit that is that of all is said once."""
    found = sorted(_matters(view), key=_gravity)
    until = _limit_of_all(view, found)
    if until:
        found = [replace(each, next=each.next and replace(each.next, until=None)) for each in found]
    gravest = gravest_of_each(found)
    others = [each for each in found if each not in gravest]
    with panel():
        heading(
            _("What wants attention first"),
            _together(_("the gravest of each mechanism"), until) if gravest else "",
        )
        if gravest:
            _first(view, gravest)
        if others:
            if gravest:
                heading(
                    _("Also wanting: {n}", n=len(others)),
                    _(
                        "the red first, then the longest; of each mechanism at most {n}",
                        n=OF_EACH,
                    ),
                )
            elif until:
                st.caption(_("all by {day}", day=until))
            _table(view, others)
            _to_all(found)
        elif not gravest and not draw_if_silent(view):
            st.caption(_("No mechanism falls short on {day}.", day=view.as_of))


def gravest_of_each(found: Sequence[Matter]) -> list[Matter]:
    """Return the first red matter of each mechanism, in the order of `found`."""
    first: dict[str, Matter] = {}
    for each in found:
        if each.stands.tone is Tone.BAD:
            first.setdefault(each.mechanism, each)
    return list(first.values())


def _gravity(matter: Matter) -> tuple[bool, int]:
    """Return the key of the order of matters: the red first, then the longest."""
    return matter.stands.tone is not Tone.BAD, -(matter.days or 0)


def _to_all(found: Sequence[Matter]) -> None:
    """Draw the ways to all matters of the mechanisms of which some are listed."""
    names = dict.fromkeys(each.mechanism for each in found)
    tabs = _tabs()
    listed = [
        elements.note(_("All of {mechanism} ›", mechanism=each), board.way(PAGE, tab=tabs[each]))
        for each in names
    ]
    region = board.region("all", *listed, name=_("The way to all"), plain=True)
    board.board("mechanisms-all", [region], layout="stack", look=look())


def _tabs() -> dict[str, str]:
    """Return the tabs of the page by the names of the mechanisms."""
    return {
        _("Digital supervision"): "digital",
        _("Cross review"): "review",
        _("Guidance"): "guidance",
        _("Chief auditors"): "chiefs",
        _("Assessment"): "assessment",
        _("0-5A rating"): "rating",
    }


def _limit_of_all(view: View, matters: Sequence[Matter]) -> date | None:
    """Return the day, not past, by which all is to be done that is next; None if there are
    several."""
    limits = {each.next.until for each in matters if each.next}
    until = limits.pop() if len(limits) == 1 else None
    return until if until and until >= view.as_of else None


def _together(says: str, until: date | None) -> str:
    return dotted((says, _("all by {day}", day=until))) if until else says


def _first(view: View, gravest: Sequence[Matter]) -> None:
    """Draw the gravest matters, each with its units, what is next, by whom and since when."""
    shown = elements.matters([_element(view, each) for each in gravest])
    region = board.region("gravest", shown, name=_("What wants attention first"), plain=True)
    with room(MATTER * len(gravest), "mechanisms-first"):
        board.board("mechanisms-first", [region], layout="stack", look=look())


def _element(view: View, matter: Matter) -> Part:
    return elements.matter(
        matter.stands,
        matter.what,
        _("; ").join(filter(None, (matter.mechanism, matter.when))),
        whose=headlines.first_named(matter.units),
        by=next_acts.pieces(view, matter.next) if matter.next else (),
        mark=listing_moved.mark(is_new=matter.is_new) or "",
        days=(matter.long, matter.stands.tone) if matter.long else None,
        onward=matter.onward,
    )


def _table(view: View, matters: list[Matter]) -> None:
    limited = any(each.next and each.next.until for each in matters)
    step = next_acts.heading() if limited else _("Next step · by whom")
    days: list[Cell] = [
        (each.long.replace(" ", NO_BREAK), each.stands.tone) if each.long else None
        for each in matters
    ]
    new = [listing_moved.mark(is_new=each.is_new) for each in matters]
    table(
        {
            _("Standing"): [each.stands for each in matters],
            _("Unit"): [headlines.first_named(each.units) for each in matters],
            **({listing_moved.mark_heading(view): new} if any(new) else {}),
            _("How long"): days,
            _("Matter"): [each.what for each in matters],
            step: [next_acts.cell(view, each.next) for each in matters],
            _("Mechanism"): [each.mechanism for each in matters],
            _("Limit or start"): [each.when for each in matters],
        },
        key="mechanisms-wanting",
        says=_("Also wanting"),
        onward=lambda row: matters[row].onward,
        first=AT_FIRST,
        spare=(_("Limit or start"),),
        cards={
            _("Matter"): "{n}",
            listing_moved.mark_heading(view): "{n}",
            step: next_acts.card(),
            _("How long"): "{n}",
        },
    )


def _matters(view: View) -> Iterator[Matter]:
    for mechanism, tab in (
        (_warnings, "digital"),
        (_reviews, "review"),
        (_guidance, "guidance"),
        (_chiefs, "chiefs"),
    ):
        yield from islice(_as_one(mechanism(view), board.way(PAGE, tab=tab)), OF_EACH)
    yield from _assessed(view)
    yield from _rated(view)


def _as_one(matters: Iterable[Matter], way: Part) -> Iterator[Matter]:
    """Yield matters that are alike but for their units and what is next as one, with the link
    `way`."""
    alike: dict[tuple[Status, str, int | None, str], list[Matter]] = {}
    for each in matters:
        what = each.together or each.what
        alike.setdefault((each.stands, what, each.days, each.when), []).append(each)
    for (_stands, what, _days, _when), some in alike.items():
        if len(some) == 1:
            yield some[0]
            continue
        units = tuple(dict.fromkeys(unit for each in some for unit in each.units))
        done = _of_all(some, len(units))
        yield replace(some[0], what=what, units=units, next=done, onward=way)


def _of_all(matters: Sequence[Matter], units: int) -> ToBeDone | None:
    """Return what is to be done first about matters of several `units`, and by whom."""
    found = [(each.next, each.units) for each in matters if each.next]
    if not found:
        return None
    done, whose = min(found, key=lambda each: each[0].until or date.max)
    same = [each for each, _whose in found if (each.what, each.until) == (done.what, done.until)]
    who = {each.who for each in same if each.who}
    if len(who) > 1:
        return replace(done, who=_("Competent departments"))
    if who == {_("the unit")} and units > 1:
        return replace(done, who=whose[0] if len(same) == 1 else _("each unit"))
    return replace(done, who=next(iter(who), ""))


def _warnings(view: View) -> Iterator[Matter]:
    """Yield the red warnings; several about the same, as of one problem in several units, since the
    first of them."""
    lines = [
        line
        for line in reads.ask(warning_signals.open_ones, view.scope, None, "", OF_EACH)
        if warning_signals.level_of(line) is Level.RED
    ]
    first: dict[str, date] = {}
    for line in lines:
        about = _about(line)
        first[about] = min(first.get(about, line.row.since), line.row.since)
    for line, done in zip(lines, warning_next.of(view, lines), strict=True):
        since = first[_about(line)]
        yield Matter(
            status.of_level(Level.RED),
            _about(line),
            (line.unit_name,),
            done,
            (view.as_of - since).days,
            _("since {day}", day=since),
            _("Digital supervision"),
            listing.onward(line),
            is_new=since > view.since,
            long=_("open for {n} days", n=(view.as_of - since).days),
        )


def _about(line: Line) -> str:
    """Return the rule of a warning and what it is about, which may be the rule itself."""
    rule = ledger_values.listed_name("warning_rules", warning_signals.rule_of(line))
    subject = listing.subject(line)
    return rule if subject == rule else _("{rule}: {subject}", rule=rule, subject=subject)


def _reviews(view: View) -> Iterator[Matter]:
    for review in reads.ask(cross_reviews.late, view.scope, READ):
        yield Matter(
            Status(Tone.BAD, name(ReviewState.LATE.label)),
            _("Review of {unit}, round {round}", unit=review.reviewed_name, round=review.round),
            (review.reviewer_name,),
            next_acts.by_next_meeting(view, _(act_words.FINISH_REVIEW), _("the unit")),
            (view.as_of - review.due_on).days,
            _("due {day}", day=review.due_on),
            _("Cross review"),
            ways.unit_way(review.reviewer),
            _("Reviews of round {round}", round=review.round),
            is_new=review.due_on >= view.since,
            long=_("overdue by {n} days", n=(view.as_of - review.due_on).days),
        )


def _guidance(view: View) -> Iterator[Matter]:
    not_guided = reads.ask(visits.not_guided, view.scope, READ)
    departments = next_acts.departments(unit.code for unit in not_guided)
    for unit in not_guided:
        due = unit.last_on and unit.last_on + timedelta(YEAR - 1)
        yield Matter(
            Status(Tone.BAD, _("not guided")),
            _("Last guided on {day}", day=unit.last_on) if unit.last_on else _("Never guided"),
            (unit.name,),
            next_acts.by_next_meeting(view, _(act_words.GUIDE), departments.get(unit.code, "")),
            (view.as_of - due).days if due else None,
            _("due {day}", day=due) if due else "",
            _("Guidance"),
            board.way(PAGE, tab="guidance"),
            is_new=due is not None and due >= view.since,
            long=_("overdue by {n} days", n=(view.as_of - due).days) if due else "",
        )


def _chiefs(view: View) -> Iterator[Matter]:
    threshold = reads.references().thresholds.get(CHIEF_AUDITOR_RULE)
    posts = reads.ask(
        persons.chief_auditors, view.scope, threshold, names_in_full=view.names_in_full
    )
    empty = [(each, each.level) for each in posts if each.level is not None]
    departments = next_acts.departments(post.unit for post, _level in empty)
    for post, level in empty:
        # As Two responsibilities says of empty posts.
        yield Matter(
            Status(status.LEVEL_TONES[level], _("vacant")),
            _("Post of chief auditor, vacant since {day}", day=post.since),
            (post.unit_name,),
            next_acts.by_next_meeting(view, _(act_words.FILL_POST), departments.get(post.unit, "")),
            post.days_empty,
            _("{n} days on {day}", n=threshold, day=post.since + timedelta(threshold))
            if threshold is not None
            else "",
            _("Chief auditors"),
            ways.unit_way(post.unit),
            is_new=post.since > view.since,
            long=_("vacant for {n} days", n=post.days_empty),
        )


def _assessed(view: View) -> Iterator[Matter]:
    for unit in reads.ask(assessments.units, view.scope, OF_EACH):
        if unit.part * 100 < LOW:
            yield Matter(
                Status(Tone.WARN, _("below {low}%", low=LOW)),
                _(
                    "{share} of full points, {more} pp on the year before",
                    share=percent(unit.part),
                    more=changed(unit.part - unit.before),
                )
                if unit.before is not None
                else _("{share} of full points", share=percent(unit.part)),
                (unit.name,),
                next_of(view, unit),
                None,
                _("assessed for {year}", year=unit.year),
                _("Assessment"),
                ways.unit_way(unit.code),
            )


def _rated(view: View) -> Iterator[Matter]:
    found = reads.ask(rated.ratings, view.scope, "", OF_EACH)
    for unit in found.units:
        stands = status.of_grade(unit.grade)
        if stands.tone in (Tone.BAD, Tone.WARN):
            yield Matter(
                stands,
                _("Rating of {year}", year=unit.year),
                (unit.name,),
                next_acts.by_next_meeting(
                    view, _(act_words.RISE, missing=missing(unit)), _("the unit")
                ),
                None,
                _("rated {day}", day=unit.rated_on),
                _("0-5A rating"),
                ways.unit_way(unit.code),
            )
