"""Cross review: reviewers and reviewed, progress by round, and agreement with self-checks."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import streamlit as st

from dashboard import address, formats, ledger_values, reads
from dashboard.charts import mechanisms as charts
from dashboard.charts import ranking
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.status import Status
from dashboard.widgets import asked, headlines, placeholders, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import draw_if_not_entered, text_if_empty
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import change_of
from data.mechanisms import cross_reviews
from data.mechanisms.cross_reviews import Review, Round
from models.mechanism import ReviewState
from models.rules.ranking import ENOUGH, wilson

REVIEWS = 40
"""The most reviews of a round in the list."""
ROUNDS = 6
LATE = 30
UNTRUE = 30
AT_FIRST = 8
LATE_AT_FIRST = 6
"""Rows of a list, and of reviews, shown at first."""
ROUND = "round"
"""The parameter for the round whose reviews are listed."""
STATES = (ReviewState.DONE, ReviewState.DUE, ReviewState.LATE)
TONES: Mapping[ReviewState, Tone] = {
    ReviewState.LATE: Tone.BAD,
    ReviewState.DUE: Tone.ONGOING,
    ReviewState.DONE: Tone.GOOD,
}


@still
def cross_review(view: View) -> None:
    """Draw late reviews or those of one round, the rounds, and self-checks against reviews."""
    known_rounds = reads.ask(cross_reviews.rounds, view.scope)
    listed, rounds = st.columns(2, border=True)
    with listed:
        _listed(view, known_rounds[:ROUNDS])
    with rounds:
        _rounds(view, known_rounds)
    items, rows = st.columns(2, border=True)
    with items:
        _untrue_items(view)
    with rows:
        _untrue_rows(view)
    ways.page_link(
        _("How far the scores of reviewers of reports agree ›"), "reports", tab="reviewers"
    )


def late_reviews(view: View) -> int:
    """Return how many reviews of all rounds are late."""
    rounds = reads.ask(cross_reviews.rounds, view.scope)
    return sum(each.states[ReviewState.LATE] for each in rounds)


def _listed(view: View, rounds: Sequence[Round]) -> None:
    """Draw the reviews of the round in the address, else the late ones of all rounds."""
    by_code = {each.code: each for each in rounds}
    chosen = asked.choice(ROUND, dict.fromkeys(by_code, ""))
    if chosen:
        _of_round(view, by_code[chosen])
    else:
        _late(view, late_reviews(view))


def _rounds(view: View, rounds: Sequence[Round]) -> None:
    """Draw the progress of each round; a click lists its reviews."""
    if draw_if_not_entered(view, "cross_review_completion", _("Rounds of cross review")):
        return
    if not rounds:
        heading(_("Rounds of cross review"))
        st.caption(_("No cross review is known here. Take in the sheet of cross reviews."))
        return
    draw(
        charts.review_rounds,
        [
            {
                "code": each.code,
                "name": each.code,
                "state": str(state),
                "word": name(state.label),
                "value": each.states[state],
            }
            for each in rounds[:ROUNDS]
            for state in STATES
        ],
        key="cross-rounds-chart",
        title=_in_words(rounds[0]),
        says=_("number of reviews by state; click a round to see its reviews"),
        texts={**{str(state): name(state.label) for state in STATES}, "reviews": _("Reviews")},
        on_choose=lambda code: address.put_of_page(ROUND, code),
        columns={"name": _("Round"), "word": _("Standing"), "value": _("Reviews")},
    )


def _of_round(view: View, chosen: Round) -> None:
    reviews = reads.ask(cross_reviews.reviews, view.scope, chosen.code, REVIEWS)
    heading(
        _("Round {round}: who reviews whom", round=literal(chosen.code)),
        _("the late ones first; click to see the reviewing unit"),
    )
    table(
        {
            _("Standing"): [Status(TONES[each.state], name(each.state.label)) for each in reviews],
            _("Reviewing unit"): [each.reviewer_name for each in reviews],
            _("Reviewed unit"): [each.reviewed_name for each in reviews],
            _("When"): [_when(view, each) for each in reviews],
        },
        key="cross-reviews",
        says=_("Who reviews whom"),
        onward=lambda row: ways.unit_way(reviews[row].reviewer),
        first=LATE_AT_FIRST,
    )
    asked.way(_("Late reviews of all rounds ›"), "cross-reviews-late", **{ROUND: ""})


def _in_words(latest: Round) -> str:
    """Return a title with the progress of the latest round."""
    return _(
        "Round {round}: {n} of {all} reviews done",
        round=latest.code,
        n=latest.states[ReviewState.DONE],
        all=latest.reviews,
    )


def _when(view: View, review: Review) -> str:
    if review.completed_on:
        return _("done on {day}", day=review.completed_on)
    late = (view.as_of - review.due_on).days
    return _("{n} days late", n=late) if late > 0 else _("due on {day}", day=review.due_on)


def _late(view: View, total: int) -> None:
    if draw_if_not_entered(view, "cross_review_completion", _("Late cross reviews")):
        return
    reviews = reads.ask(cross_reviews.late, view.scope, LATE)
    heading(
        _("Late cross reviews {n}", n=total),
        headlines.first_of(_("due and not done; click to see the unit that owes it"), LATE, total),
    )
    if not reviews:
        st.caption(_("No cross review is late on {day}.", day=view.as_of))
        return
    table(
        {
            _("Reviewing unit"): [review.reviewer_name for review in reviews],
            _("Days late"): [(view.as_of - review.due_on).days for review in reviews],
            _("Time limit"): [review.due_on for review in reviews],
            _("Reviewed unit"): [review.reviewed_name for review in reviews],
            _("Round"): [review.round for review in reviews],
        },
        key="cross-late",
        says=_("Late cross reviews"),
        first=LATE_AT_FIRST,
        late=(_("Days late"),),
        onward=lambda row: ways.unit_way(reviews[row].reviewer),
    )


def _untrue_items(view: View) -> None:
    counted = reads.ask(cross_reviews.untrue_by_item, view.scope)
    draw(
        ranking.ranked_shares,
        [_untrue_item(item, *counted[item]) for item in _by_share(counted)],
        key="cross-items",
        title=_proved_untrue(view),
        says=_(
            "share by content item of those compared: called normal by the unit, a problem by the"
            " cross review; the pale bar is how far chance reaches; from {n} compared on",
            n=ENOUGH,
        ),
        hint=_("click to see them"),
        texts={"RANKED": _("Enough to compare"), "FEW": _("Fewer than {n} compared", n=ENOUGH)},
        empty=_nothing_untrue(view),
        on_choose=lambda _item: ways.go("list", figure="self_check_gap"),
        columns={"name": _("Content item"), "text": _("Untrue of those compared")},
    )
    placeholders.mark("content_items")


def _proved_untrue(view: View) -> str:
    """Return a title with the number and share of untrue self-checks, and how the share changed."""
    gap = reads.figures_of(view.scope)["self_check_gap"]
    if not gap.known or not gap.denominator:
        return _("Self-checks that proved untrue")
    change = change_of(view, "self_check_gap")
    moved = change["text"] if change and change["tone"] else ""
    return _(
        "{n} of {all} self-checks proved untrue: {share}",
        n=int(gap.numerator or 0),
        all=gap.denominator,
        share=" ".join(filter(None, (formats.text(gap), moved))),
    )


def _by_share(counted: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return the items with untrue self-checks: those with enough cases first, highest share
    first."""
    return sorted(
        (item for item, (untrue, _compared) in counted.items() if untrue),
        key=lambda item: (
            counted[item][1] < ENOUGH,
            -Fraction(*counted[item]),
            -counted[item][1],
            item,
        ),
    )


def _untrue_item(item: str, untrue: int, compared: int) -> dict[str, object]:
    enough = compared >= ENOUGH
    low, high = wilson(untrue, compared) if enough else (None, None)
    share = formats.share_text(untrue, compared)
    return {
        "code": item,
        "name": ledger_values.listed_name("content_items", item),
        "share": untrue / compared,
        "low": low,
        "high": high,
        "text": f"{untrue}/{compared} · {share}" if enough else f"{untrue}/{compared}",
        "basis": "RANKED" if enough else "FEW",
    }


def _nothing_untrue(view: View) -> str:
    gap = reads.figures_of(view.scope)["self_check_gap"]
    if not gap.known or not gap.denominator:
        message = _("No self-check of the last year can be compared with a cross review.")
        return text_if_empty(view, "self_check_gap", message)
    return _("No self-check of the last year proved untrue.")


def _untrue_rows(view: View) -> None:
    untrue_checks = reads.ask(cross_reviews.untrue, view.scope, UNTRUE)
    heading(_("Unit by item"), _("where self-check and cross review differ; click to see the unit"))
    if not untrue_checks:
        st.caption(_nothing_untrue(view))
        return
    table(
        {
            _("Unit"): [each.unit_name for each in untrue_checks],
            _("Content item"): [
                ledger_values.listed_name("content_items", each.item) for each in untrue_checks
            ],
            _("Self-check: normal"): [each.self_checked_on for each in untrue_checks],
            _("Cross review: problem"): [each.cross_checked_on for each in untrue_checks],
            _("Project"): [each.project for each in untrue_checks],
        },
        key="cross-untrue",
        says=_("Unit by item"),
        onward=lambda row: ways.unit_way(untrue_checks[row].unit),
        first=AT_FIRST,
    )
    count = formats.text(reads.figures_of(view.scope)["self_check_gap"])
    ways.list_link(_("All rows ({share}) ›", share=count), "self_check_gap")
