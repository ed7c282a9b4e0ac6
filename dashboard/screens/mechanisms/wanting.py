"""What is wanting in all six mechanisms, the gravest of each: who has to act, and by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from dashboard import ledger_values, reads, status
from dashboard.charts.status_colours import Tone
from dashboard.elements import board
from dashboard.elements.board import Part
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import listing
from dashboard.screens.mechanisms.assessment import LOW, changed, percent
from dashboard.screens.mechanisms.digital_supervision import standing_of
from dashboard.screens.mechanisms.ratings import missing
from dashboard.screens.responsibilities.posts import CHIEF_AUDITOR_RULE
from dashboard.status import Status
from dashboard.widgets import headlines, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.panels import panel
from dashboard.widgets.silence import draw_if_silent
from dashboard.widgets.tables import table
from data.figures.lines import Line
from data.mechanisms import assessments, cross_reviews, warning_signals
from data.mechanisms import guidance as visits
from data.mechanisms import ratings as rated
from data.responsibilities import persons
from models.days import YEAR
from models.mechanism import ReviewState
from models.warning import Level

PAGE = "mechanisms"
OF_EACH = 5
"""The most matters of one mechanism."""
AT_FIRST = 24
"""Of all matters, those shown at first."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something wanting: how it stands, what it is, who has to act, how long it has been so, and
    its limit or the day from which it has been so."""

    stands: Status
    what: str
    who: str
    days: int | None
    when: str
    mechanism: str
    onward: Part | None


@still
def wanting(view: View) -> None:
    """Draw the gravest matters of every mechanism, the red ones first."""
    matters = sorted(_matters(view), key=lambda each: each.stands.tone is not Tone.BAD)
    with panel():
        heading(
            _("What wants attention first"),
            _("of each mechanism the {n} gravest, the red first; its tile leads to all", n=OF_EACH)
            if matters
            else "",
        )
        if matters:
            _table(matters)
        elif not draw_if_silent(view):
            st.caption(_("Nothing is wanting in any mechanism on {day}.", day=view.as_of))


def _table(matters: list[Matter]) -> None:
    days: list[Cell] = [
        None if each.days is None else (each.days, each.stands.tone) for each in matters
    ]
    table(
        {
            _("Standing"): [each.stands for each in matters],
            _("Who has to act"): [each.who for each in matters],
            _("Days"): days,
            _("Limit or start"): [each.when for each in matters],
            _("Matter"): [each.what for each in matters],
            _("Mechanism"): [each.mechanism for each in matters],
        },
        key="mechanisms-wanting",
        says=_("What wants attention first"),
        onward=lambda row: matters[row].onward,
        first=AT_FIRST,
        cards={
            _("Matter"): "{n}",
            _("Days"): _("{n} days", n="{n}"),
            _("Limit or start"): "{n}",
        },
    )


def _matters(view: View) -> Iterator[Matter]:
    yield from _warnings(view)
    yield from _reviews(view)
    yield from _guidance(view)
    yield from _chiefs(view)
    yield from _assessed(view)
    yield from _rated(view)


def _warnings(view: View) -> Iterator[Matter]:
    """Yield the red warnings; several about the same, as of one problem in several units, as one
    matter."""
    alike: dict[str, list[Line]] = {}
    for line in reads.ask(warning_signals.open_ones, view.scope, None, "", OF_EACH):
        if warning_signals.level_of(line) is Level.RED:
            alike.setdefault(_about(line), []).append(line)
    for what, lines in alike.items():
        since = min(line.row.since for line in lines)
        yield Matter(
            standing_of(Level.RED, is_new=since > view.since),
            what,
            headlines.first_named([line.unit_name for line in lines]),
            (view.as_of - since).days,
            _("since {day}", day=since),
            _("Digital supervision"),
            listing.onward(lines[0]) if len(lines) == 1 else board.way(PAGE, tab="digital"),
        )


def _about(line: Line) -> str:
    """Return the rule of a warning and what it is about, which may be the rule itself."""
    rule = ledger_values.listed_name("warning_rules", warning_signals.rule_of(line))
    subject = listing.subject(line)
    return rule if subject == rule else _("{rule}: {subject}", rule=rule, subject=subject)


def _reviews(view: View) -> Iterator[Matter]:
    for review in reads.ask(cross_reviews.late, view.scope, OF_EACH):
        yield Matter(
            Status(Tone.BAD, name(ReviewState.LATE.label)),
            _("Review of {unit}, round {round}", unit=review.reviewed_name, round=review.round),
            review.reviewer_name,
            (view.as_of - review.due_on).days,
            _("due {day}", day=review.due_on),
            _("Cross review"),
            ways.unit_way(review.reviewer),
        )


def _guidance(view: View) -> Iterator[Matter]:
    departments = reads.ask(visits.departments)
    for unit in reads.ask(visits.not_guided, view.scope, OF_EACH):
        _sector, department = departments.get(unit.sector, ("", None))
        due = unit.last_on and unit.last_on + timedelta(YEAR - 1)
        yield Matter(
            Status(Tone.BAD, _("not guided")),
            _("Guidance of {unit}, the last on {day}", unit=unit.name, day=unit.last_on)
            if unit.last_on
            else _("Guidance of {unit}, never guided", unit=unit.name),
            department or unit.name,
            (view.as_of - due).days if due else None,
            _("due {day}", day=due) if due else "",
            _("Guidance"),
            board.way(PAGE, tab="guidance"),
        )


def _chiefs(view: View) -> Iterator[Matter]:
    threshold = reads.references().thresholds.get(CHIEF_AUDITOR_RULE)
    posts = reads.ask(
        persons.chief_auditors, view.scope, threshold, names_in_full=view.names_in_full
    )
    for post in [each for each in posts if each.days_empty is not None][:OF_EACH]:
        yield Matter(
            Status(Tone.BAD, _("vacant")),
            _("Post of chief auditor, vacant since {day}", day=post.since),
            post.unit_name,
            post.days_empty,
            _("{n} days on {day}", n=threshold, day=post.since + timedelta(threshold))
            if threshold is not None
            else "",
            _("Chief auditors"),
            ways.unit_way(post.unit),
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
                unit.name,
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
                _("Rating {year}: {missing}", year=unit.year, missing=missing(unit)),
                unit.name,
                None,
                _("rated {day}", day=unit.rated_on),
                _("0-5A rating"),
                ways.unit_way(unit.code),
            )
