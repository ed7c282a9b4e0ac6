"""Cross review: who reviews whom, how far each round is, and what it says of self-checks."""

from collections.abc import Sequence
from unicodedata import east_asian_width

import streamlit as st

from dashboard import formats, reads
from dashboard.charts import coverage
from dashboard.charts import mechanisms as charts
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.reports.reviewers import reviewers
from dashboard.widgets import asked, placeholders, ways
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import tile
from data.mechanisms import cross_reviews
from data.mechanisms.cross_reviews import Review, Round
from models.mechanism import ReviewState

REVIEWS = 40
"""Reviews of a round shown at a time; with more units the matrix could not be read."""
ROUNDS = 4
LATE = 30
UNTRUE = 30
TALLEST = 8
"""Signs of a Chinese heading that stands; longer ones are turned."""


def cross_review(view: View) -> None:
    """The rounds, the matrix of one, self-checks against cross reviews, and the reviewers."""
    found = reads.ask(cross_reviews.rounds, view.scope)
    matrix, rounds = st.columns([3, 2], border=True)
    with matrix:
        _matrix(view, found)
    with rounds:
        _rounds(view)
        _late(view)
    items, rows = st.columns(2, border=True)
    with items:
        _untrue_items(view)
    with rows:
        _untrue_rows(view)
    heading(_("Reviewers of reports"), _("how far the scores they give can be compared"))
    reviewers(view)


def _matrix(view: View, found: Sequence[Round]) -> None:
    if not found:
        heading(_("Who reviews whom"))
        st.caption(_("No cross review is known here. Take in the sheet of cross reviews."))
        return
    by_code = {each.code: each for each in found[:ROUNDS]}
    code = asked.pick("round", _("Round"), {code: code for code in by_code})
    reviews = reads.ask(cross_reviews.reviews, view.scope, code, REVIEWS)
    draw(
        charts.review_matrix,
        [
            {
                "code": review.reviewer,
                "reviewer": review.reviewer_name,
                "reviewed": review.reviewed_name,
                "state": str(review.state),
                "text": _when(view, review),
            }
            for review in sorted(reviews, key=lambda each: each.reviewer)
        ],
        key="cross-matrix",
        title=_("Who reviews whom"),
        says=_(
            "round {round}, {n} of {all} reviews, the late ones first; the reviewing unit at the"
            " left; click to see it",
            round=code,
            n=len(reviews),
            all=by_code[code].reviews,
        ),
        texts={str(state): name(state.label) for state in ReviewState},
        on_choose=ways.to_unit,
        options={"upright": _upright([review.reviewed_name for review in reviews])},
    )


def _when(view: View, review: Review) -> str:
    if review.completed_on:
        return _("done on {day}", day=review.completed_on)
    late = (view.as_of - review.due_on).days
    return _("{n} days late", n=late) if late > 0 else _("due on {day}", day=review.due_on)


def _upright(names: Sequence[str]) -> int:
    """How many signs the longest name has, where names are Chinese and short; else 0."""
    chinese = any(east_asian_width(sign) == "W" for each in names for sign in each)
    longest = max(map(len, names), default=0)
    return longest if chinese and longest <= TALLEST else 0


def _rounds(view: View) -> None:
    found = reads.ask(cross_reviews.rounds, view.scope)
    heading(_("Rounds"), _("number of reviews by state; a review counts for the unit that owes it"))
    if not found:
        st.caption(_("No round is known."))
        return
    states = (ReviewState.DONE, ReviewState.DUE, ReviewState.LATE)
    table(
        {
            _("Round"): [each.code for each in found],
            _("First due on"): [each.due_on for each in found],
            **{name(state.label): [each.states[state] for each in found] for state in states},
            _("Completed"): [f"{each.states[ReviewState.DONE]}/{each.reviews}" for each in found],
        },
        key="cross-rounds",
        says=_("Rounds"),
    )


def _late(view: View) -> None:
    found = reads.ask(cross_reviews.late, view.scope, LATE)
    heading(
        _("Late cross reviews"),
        _("due and not done, {n} at most; click to see the unit that owes it", n=LATE),
    )
    if not found:
        st.caption(_("No cross review is late on {day}.", day=view.as_of))
        return
    table(
        {
            _("Reviewing unit"): [review.reviewer_name for review in found],
            _("Reviewed unit"): [review.reviewed_name for review in found],
            _("Round"): [review.round for review in found],
            _("Days late"): [(view.as_of - review.due_on).days for review in found],
        },
        key="cross-late",
        says=_("Late cross reviews"),
        onward=lambda row: ways.unit_way(found[row].reviewer),
    )


def _untrue_items(view: View) -> None:
    counted = reads.ask(cross_reviews.untrue_by_item, view.scope)
    gap = reads.of(view.scope)["self_check_gap"]
    tile(view, "self_check_gap")
    placeholders.mark("content_items")
    draw(
        coverage.blind_spots,
        [
            {
                "code": item,
                "name": formats.listed_name("content_items", item),
                "value": untrue,
                "text": f"{untrue}/{compared}",
            }
            for item, (untrue, compared) in counted.items()
            if untrue
        ],
        key="cross-items",
        title=_("Self-checks that proved untrue"),
        says=_(
            "by content item: called normal by the unit and a problem by the cross review, of those"
            " compared; {gap} in all ({parts})",
            gap=formats.text(gap),
            parts=formats.of_denominator(gap) or formats.NOTHING,
        ),
        empty=_nothing_untrue(view),
        on_choose=lambda _item: ways.go("list", figure="self_check_gap"),
    )


def _nothing_untrue(view: View) -> str:
    if not reads.of(view.scope)["self_check_gap"].denominator:
        return _("No self-check of the last year can be compared with a cross review.")
    return _("No self-check of the last year proved untrue.")


def _untrue_rows(view: View) -> None:
    found = reads.ask(cross_reviews.untrue, view.scope, UNTRUE)
    heading(_("Unit by item"), _("where self-check and cross review differ; click to see the unit"))
    if not found:
        st.caption(_nothing_untrue(view))
        return
    table(
        {
            _("Unit"): [each.unit_name for each in found],
            _("Content item"): [formats.listed_name("content_items", each.item) for each in found],
            _("Self-check: normal"): [each.self_checked_on for each in found],
            _("Cross review: problem"): [each.cross_checked_on for each in found],
            _("Project"): [each.project for each in found],
        },
        key="cross-untrue",
        says=_("Unit by item"),
        onward=lambda row: ways.unit_way(found[row].unit),
        tall=True,
    )
    count = formats.text(reads.of(view.scope)["self_check_gap"])
    ways.list_link(_("All rows ({share}) ›", share=count), "self_check_gap")
