"""Tells the owner of an account that somebody else reset its password, and who used it, or removed
its second factor."""

import streamlit as st

from dashboard import clock, identity
from dashboard.i18n import _
from dashboard.markdown import literal
from dashboard.reads import cache
from data.access import sign_in
from data.access.permission import ResetNotice, Viewer
from data.store.database import recording


def reset_notice(viewer: Viewer) -> None:
    """Show the recent resets of the viewer's password and removals of the second factor, the latest
    first, until the viewer confirms them in this session."""
    if not viewer.resets or viewer.must_change:
        return
    with st.container(key="frame-reset"):
        # Show every reset: the latest alone would hide that somebody used an earlier one.
        for notice in viewer.resets:
            st.warning(_told(notice), icon=":material/key:")
        if st.button(_("I have read this"), key="frame-reset-read"):
            held = identity.token()
            if held:
                with recording(cache.engine()) as connection:
                    sign_in.told(connection, held)
            cache.forget_viewers()
            st.rerun()


def _told(notice: ResetNotice) -> str:
    made_at = clock.local(notice.made_at)
    if notice.of_factor:
        return _(
            "{by} removed the second factor of your account on {at:%Y-%m-%d %H:%M}. If you did not"
            " ask for that, set it up anew and tell the log administrator.",
            by=literal(notice.made_by),
            at=made_at,
        )
    if notice.used_at is None:
        return _(
            "{by} gave your account a new password on {at:%Y-%m-%d %H:%M}. Nobody has signed in"
            " with it.",
            by=literal(notice.made_by),
            at=made_at,
        )
    return _(
        "{by} gave your account a new password on {at:%Y-%m-%d %H:%M}. Somebody first signed in"
        " with it on {used_at:%Y-%m-%d %H:%M} from {address}. If that was not you, tell the log"
        " administrator.",
        by=literal(notice.made_by),
        at=made_at,
        used_at=clock.local(notice.used_at),
        address=literal(notice.used_from or _("this machine")),
    )
