"""Chief auditors of the district's state firms: who is in post, and since when nobody is."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats, reads
from dashboard.components import ways
from dashboard.components.drawing import heading
from dashboard.components.tables import table
from dashboard.frame import View
from dashboard.i18n import _
from data import chief_auditors as posts_of
from data.chief_auditors import Post
from models.grid import UnitKind

RULE = "W21"
"""The warning rule about a post that is vacant too long."""
SHOWN = 200


def chief_auditors(view: View) -> None:
    """The posts of the state firms, the longest vacant first, beside what hangs on them."""
    posts = reads.ask(posts_of.posts, view.scope, names_in_full=view.names_in_full)
    figures, rows = st.columns([1, 3], border=True)
    with figures:
        _beside(view)
    with rows:
        _posts(view, posts)


def _beside(view: View) -> None:
    found = reads.by_group(view.scope, "kind", "institution_rate", "duty_rate", "due_rect_rate")
    firms = found.get(UnitKind.SOE, {})
    heading(_("The state firms besides"), _("click for the list"))
    for figure in ("institution_rate", "duty_rate", "due_rect_rate"):
        reading = firms.get(figure)
        parts = formats.of_denominator(reading) if reading else ""
        label = _(reads.figure(figure).name) + f" {formats.text(reading)}"
        ways.list_link(
            f"{label} ({parts}) ›" if parts else f"{label} ›", figure, node=f"kind:{UnitKind.SOE}"
        )


def _posts(view: View, posts: Sequence[Post]) -> None:
    vacant = sum(post.vacant_since is not None for post in posts)
    heading(
        _("Chief auditors"),
        _(
            "{vacant} of {all} posts vacant, the longest first; click to see the firm",
            vacant=vacant,
            all=len(posts),
        ),
    )
    if not posts:
        st.info(_("No state firm stands in the grid here on {day}.", day=view.as_of))
        return
    limit = reads.references().thresholds.get(RULE)
    shown = posts[:SHOWN]
    table(
        {
            _("State firm"): [post.name for post in shown],
            _("Post"): [_state(view, post, limit) for post in shown],
            _("Chief auditor"): [post.person for post in shown],
            _("In post since"): [post.from_on for post in shown],
            _("Full time"): [
                None if post.full_time is None else _("yes") if post.full_time else _("no")
                for post in shown
            ],
            _("Vacant since"): [post.vacant_since for post in shown],
            _("Days vacant"): [
                (view.as_of - post.vacant_since).days if post.vacant_since else None
                for post in shown
            ],
        },
        key="chief-auditors",
        says=_("Chief auditors"),
        on_pick=lambda row: ways.to_unit(shown[row].code),
        tall=True,
    )
    if limit is not None:
        st.caption(
            _("▲ vacant for {n} days or more, which raises a warning ({rule}).", n=limit, rule=RULE)
        )


def _state(view: View, post: Post, limit: int | None) -> str:
    if post.vacant_since is None:
        return _("■ in post")
    days = (view.as_of - post.vacant_since).days
    return _("▲ vacant") if limit is not None and days >= limit else _("○ vacant")
