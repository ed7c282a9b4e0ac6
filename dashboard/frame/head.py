"""The head of every page: its title (a question), the controls of the view, the account menu."""

import streamlit as st

from dashboard import clock, identity, reads
from dashboard.frame import choosers, view
from dashboard.frame.account_menu import ACCOUNT, account_menu
from dashboard.frame.freeze_banner import freeze_banner
from dashboard.frame.refusals import log_refusal, name_of_page
from dashboard.frame.reset_notice import reset_notice
from dashboard.frame.view import Asked, View
from dashboard.i18n import _
from dashboard.navigation import page_entry
from dashboard.reads import cache
from data.access.permission import Action, Viewer


def title(question: str) -> None:
    """Draw the head of a page without data: its title and the account menu."""
    with st.container(horizontal=True, vertical_alignment="center"):
        _question(question, demonstration=cache.is_demonstration())
        account_menu()
    viewer = identity.viewer()
    if viewer:
        reset_notice(viewer)


def header(question: str, *, of_today: bool = False) -> View:
    """Draw the head of a page with data; return the view in the address.

    A page `of_today` counts to today: its head names that day, and none can be chosen.

    Raises AddressError or NoSuchNodeError, but only after the controls are drawn, so that the
    viewer can correct the address. `edge` shows the error's sentence.
    """
    viewer = identity.require_viewer()
    asked = view.asked(of_today=of_today)
    # The contents of an open menu depend on the session, so the head must not be replayed.
    if asked.faults or any(st.session_state.get(menu) for menu in (choosers.COMPARE, ACCOUNT)):
        _controls(question, viewer, asked, cache.is_demonstration())
    else:
        shown = choosers.shown(viewer, asked)
        reads.drawn_controls(_controls, shown, question, viewer, asked, cache.is_demonstration())
    reset_notice(viewer)
    if asked.frozen:
        freeze_banner(asked.frozen)
    if reads.latest_import() is None:
        _say_empty(viewer)
    elif not asked.frozen and not reads.rules_in_force():
        _say_other_rules()
    return asked.view(viewer)


def _controls(question: str, viewer: Viewer, asked: Asked, demonstration: bool) -> None:
    st.session_state.update(choosers.shown(viewer, asked))
    with st.container(horizontal=True, vertical_alignment="center", key="frame-head"):
        _question(question, demonstration=demonstration)
        _freshness()
        choosers.search()
        choosers.choose_node(viewer, asked.node)
        if asked.of_today:
            choosers.name_today(asked.today)
        else:
            choosers.choose_day("as_of", _("Figures of"))
        choosers.choose_since(asked)
        account_menu()


def refuse_page() -> None:
    """Draw a page that says that the viewer may not see it, and log the attempt."""
    title(_("Check access"))
    log_refusal(name_of_page())
    st.error(_("This page is not open to you. Ask the permission administrator if it should be."))


def _question(question: str, *, demonstration: bool) -> None:
    st.title(question, anchor=False, width="stretch")
    if demonstration:
        st.badge(_("Demonstration data"), color="orange")


def _freshness() -> None:
    last = reads.latest_import()
    if last is None:
        st.caption(_("Nothing has been taken in yet."), width="content")
        return
    told = _("Import {n}, taken in {at:%Y-%m-%d %H:%M}", n=last.number, at=clock.local(last.at))
    st.caption(_("Data to {day}", day=last.day), width="content", help=told)


def _say_other_rules() -> None:
    """Warn that the stored facts were derived by rules or reference lists that are no longer in
    force."""
    st.warning(
        _(
            "These figures were derived by an earlier version or by other reference lists and may"
            " be wrong. The operator brings them up to date with “gridlight upgrade”."
        ),
        icon=":material/sync_problem:",
    )


def _say_empty(viewer: Viewer) -> None:
    """Say that the database is empty and who can import data."""
    if not viewer.may(Action.IMPORT):
        st.info(_("Nothing has been taken in yet. The steward takes in the district's workbook."))
        return
    st.info(
        _(
            "Nothing has been taken in yet. Get the template under “Workbooks out”, fill it in, and"
            " take it in under “Import data”."
        )
    )
    if name_of_page() != "data":
        st.page_link(page_entry("data").script, label=_("To the page of data ›"))
