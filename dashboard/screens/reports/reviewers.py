"""How far the reviewers of reports agree, and which of them mark more mildly than others."""

import streamlit as st

from dashboard import reads
from dashboard.charts import reports as charts
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.widgets import ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from data.figures.reading import rounded
from data.reports import scores
from data.reports.scores import Reviewers
from models.rules.agreement import ENOUGH, Agreement, Leniency, strength
from models.text import NOTHING

MOST = 30
"""The most reviewers, and pairs of reviewers, shown."""


@still
def reviewers(view: View) -> None:
    """Draw each reviewer's leniency beside the agreement of each pair."""
    if draw_if_not_entered(view, "report_quality"):
        return
    reviewers_read = reads.ask(scores.reviewers, view.scope, MOST)
    leniency, agreement = st.columns(2, border=True)
    with leniency:
        _leniency(reviewers_read)
    with agreement:
        _agreement(reviewers_read)


def _leniency(reviewers: Reviewers) -> None:
    shown = [each for each in reviewers.leniencies if each.low is not None]
    draw(
        charts.leniency,
        [
            {
                "code": each.reviewer if each.reviewer in reviewers.names else "",
                "name": reviewers.names.get(each.reviewer, each.reviewer),
                "mean": float(each.difference) / 100,
                "low": (each.low or 0) / 100,
                "high": (each.high or 0) / 100,
                "text": _signed(each),
                "reports": each.reports,
                "overall": 0,
            }
            for each in shown
        ],
        key="reviewers-leniency",
        title=_apart(reviewers),
        says=_whose(len(shown), reviewers.reviewers),
        hint=_("click to see the unit"),
        on_choose=ways.to_unit,
        columns={"name": _("Reviewer"), "text": _("Points above the others")},
        empty=_("No reviewer has scored two reports that others scored as well."),
        texts={
            "marks": _("Points above the others"),
            "overall": _("like the others"),
            "reports": _("reports"),
        },
    )
    st.caption(
        _(
            "Each total less the mean of the other reviewers' totals of the same report; interval"
            " by Student's t. A diamond stands apart from the others by more than chance."
        )
    )


def _whose(shown: int, known: int) -> str:
    """Return a note on what is drawn and for how many of the reviewers."""
    if shown == known:
        return _(
            "points above the other reviewers of the same reports, mean and 95 % interval;"
            " all {n} reviewers",
            n=known,
        )
    return _(
        "points above the other reviewers of the same reports, mean and 95 % interval;"
        " {n} of {all} reviewers, the furthest from the others",
        n=shown,
        all=known,
    )


def _apart(found: Reviewers) -> str:
    """Return a title with the number of reviewers who differ by more than chance."""
    apart = [each for each in found.leniencies if each.apart]
    if not found.leniencies:
        return _("Leniency")
    if not apart:
        return _("No reviewer is milder or stricter by more than chance")
    mild = sum(each.difference > 0 for each in apart)
    return _(
        "By more than chance {mild} reviewers are milder and {strict} stricter than the others",
        mild=mild,
        strict=len(apart) - mild,
    )


def _signed(each: Leniency) -> str:
    points = round(float(each.difference) / 100, 1)
    return f"{points:+.1f}" if points else "0.0"


def _agreement(reviewers: Reviewers) -> None:
    heading(
        _("Agreement"),
        _(
            "weighted kappa of pairs on the five score bands, the lowest first; {n} of {all} pairs"
            " have {enough} common reports",
            n=reviewers.pairs_enough,
            all=reviewers.pairs,
            enough=ENOUGH,
        ),
    )
    if not reviewers.agreements:
        st.caption(_("No two reviewers have scored the same report."))
        return
    pairs = [pair for pair in reviewers.agreements if pair.enough]
    if not pairs:
        st.caption(
            _(
                "No pair has scored {enough} reports in common, so none can be judged. The most"
                " any pair has in common are {most}.",
                enough=ENOUGH,
                most=max(pair.reports for pair in reviewers.agreements),
            )
        )
        return

    def called(reviewer: str) -> str:
        return reviewers.names.get(reviewer, reviewer)

    table(
        {
            _("Reviewer"): [called(pair.one) for pair in pairs],
            _("Other reviewer"): [called(pair.other) for pair in pairs],
            _("Common reports"): [pair.reports for pair in pairs],
            _("Same band"): [f"{pair.same}/{pair.reports}" for pair in pairs],
            _("Weighted kappa"): [_kappa(pair) for pair in pairs],
            _("In words"): [
                name(strength(pair.kappa).label) if pair.kappa is not None else NOTHING
                for pair in pairs
            ],
        },
        key="reviewers-agreement",
        says=_("Agreement"),
        tall=True,
    )
    st.caption(
        _(
            "Cohen's kappa with quadratic weights: 1 is full agreement, 0 what chance gives; words"
            " after Landis and Koch. Fewer than {n} common reports are too few.",
            n=ENOUGH,
        )
    )


def _kappa(pair: Agreement) -> str:
    if not pair.enough:
        return _("too few")
    return NOTHING if pair.kappa is None else str(rounded(pair.kappa, 2))
