"""The handover lists (交接清单) of a unit: one for each post given up, and for present holders."""

import streamlit as st

from dashboard import reads
from dashboard.documents.handover.files import file, file_name
from dashboard.documents.official.file_types import DOCX
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets.downloads import hand_out
from dashboard.widgets.drawing import heading
from data import handover
from data.access.permission import Action
from data.handover import Leaving


def lists_to_take(view: View) -> None:
    """Draw a choice of who hands over, and the download of the list; nothing without the right
    to it."""
    if not (view.names_in_full and view.viewer.may(Action.EXPORT)):
        return
    heading(
        _("Handover lists"),
        _("what is open when a principal or an internal auditor leaves; to be signed by both"),
    )
    found = reads.ask(handover.leavings, view.scope, view.viewer)
    if not found:
        st.caption(_("Nobody is entered in these posts by {day}.", day=view.as_of))
        return
    by_id = {leaving.id: leaving for leaving in found}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Who hands over"),
            list(by_id),
            format_func=lambda each: _called(by_id[each]),
            key=f"handover-{view.scope.node}",
        )
        _button(view, by_id[chosen])


def _button(view: View, leaving: Leaving) -> None:
    hand_out(
        _("Handover list (.docx)"),
        lambda: file(view.viewer, view.scope, leaving.id),
        subject=f"handover {view.scope.node} {leaving.role} {leaving.day}",
        file_name=file_name(leaving, reads.units(view.scope)[0].name),
        mime=DOCX,
        key="handover-file",
    )


def _called(leaving: Leaving) -> str:
    about = {"post": leaving.role.label, "name": leaving.name, "since": leaving.since}
    if not leaving.left:
        return _("{post} {name}, since {since}, in post on {day}", day=leaving.day, **about)
    return _("{post} {name}, {since} until {day}", day=leaving.day, **about)
