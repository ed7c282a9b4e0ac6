"""Reminders to units whose file is late: choose the units, preview the letters, issue them."""

import streamlit as st

from dashboard import clock, identity, reads
from dashboard.documents.letters.file_wording import file_wording
from dashboard.documents.official.marks import plain
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.screens.letters import confirming, files
from dashboard.widgets.drawing import heading
from data.collection import reminders
from data.collection.inbox import Collected
from data.collection.reminders import FileReminder, IssuedReminder
from data.letters.numbers import LetterRefusedError
from data.reference import working_days

WORKING_DAYS = 3
"""The default time limit for the file, in working days after the letter."""
OPENED = 1
"""The most letters whose preview is open at first."""


def section(view: View, found: Collected) -> None:
    """Draw the choice among the late units listed above, a preview of their letters, and the button
    to issue them."""
    files.just_issued(view)
    heading(_("Remind those who are late"), _("a letter to each"))
    today = clock.today()
    names = {each.unit: each.unit_name for each in found.late}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        units = st.multiselect(
            _("Units to remind"),
            list(names),
            format_func=names.__getitem__,
            placeholder=_("All that were not reminded today"),
            key=f"inbox-remind-{found.period}-{cache.version()}",
        )
        reply_by = st.date_input(
            _("Send by"),
            value=working_days.after(today, WORKING_DAYS, reads.references()),
            min_value=today,
            key="inbox-remind-by",
            width=200,
        )
    scope = reminders.scope_of(view.viewer, today)
    chosen = tuple(units) or None
    try:
        wanted = reads.ask_now(reminders.drafts, scope, found.period, reply_by, chosen)
    except LetterRefusedError as refused:
        st.caption(told(refused.sentence))
        return
    previewed = reads.ask_now(reminders.numbered, wanted)
    with st.expander(
        _("Preview of the letters ({n})", n=len(previewed)), expanded=len(previewed) <= OPENED
    ):
        for letter in previewed:
            st.markdown(f"**{literal(letter.number)}**")
            _preview(letter)
    confirming.confirm(wanted, lambda: _issue(wanted), key="inbox-remind")


def _preview(letter: IssuedReminder) -> None:
    said = file_wording(letter)
    st.markdown(f"**{literal(plain(said.title))}**", text_alignment="center")
    for part in (said.addressee, said.opening, said.request):
        st.markdown(literal(plain(part)))
    st.markdown(literal(plain(said.day)), text_alignment="right")


def _issue(wanted: tuple[FileReminder, ...]) -> tuple[IssuedReminder, ...]:
    return reminders.issue(
        cache.engine(),
        identity.require_viewer(),
        wanted,
        act=identity.act(),
        today=clock.today(),
    )
