"""Open sessions: the viewer's own, and all of them for account administrators."""

from functools import partial

import pyarrow as pa
import streamlit as st

from dashboard import clock, identity, settings
from dashboard.frame import head
from dashboard.i18n import _
from dashboard.reads import cache
from dashboard.screens import account_changes
from data.access import sessions, sign_in
from data.access.sessions import OpenSession
from data.store.database import reading
from models.text import NOTHING

MOST_SHOWN = 500


def draw_own(question: str) -> None:
    """Draw the sessions of the viewer's account, each with a button to end it."""
    head.title(question)
    account_changes.tell_notice()
    open_now = _listed(identity.require_viewer().account)
    _table(open_now, with_account=False)
    here = _here()
    _ending([each for each in open_now if each.handle != here], "own-sessions")
    policy = settings.policy()
    if policy.idle:
        st.caption(
            _(
                "A session that asks for nothing for {minutes} minutes is over, unless it shows a"
                " wall screen.",
                minutes=int(policy.idle.total_seconds()) // 60,
            )
        )
    if policy.most_sessions:
        st.caption(
            _(
                "At most {most} browsers are signed in at once; one more ends the session that has"
                " been silent longest.",
                most=policy.most_sessions,
            )
        )


def draw_all() -> None:
    """Draw every open session, for an account administrator."""
    st.header(_("Signed in now"), anchor=False)
    open_now = _listed(None)
    _table(open_now[:MOST_SHOWN], with_account=True)
    _ending(open_now, "all-sessions", with_account=True)


def _listed(account: str | None) -> list[OpenSession]:
    with reading(cache.engine()) as connection:
        return sessions.listed(connection, clock.now(), settings.policy(), account=account)


def _here() -> str | None:
    held = identity.token()
    return sign_in.handle_of(held) if held else None


def _table(open_now: list[OpenSession], *, with_account: bool) -> None:
    here = _here()
    columns: dict[str, list[str]] = {}
    if with_account:
        columns[_("Account")] = [each.account for each in open_now]
    columns |= {
        _("Signed in at"): [f"{clock.local(each.started_at):%Y-%m-%d %H:%M}" for each in open_now],
        _("Last used"): [f"{clock.local(each.seen_at):%Y-%m-%d %H:%M}" for each in open_now],
        _("Network address"): [each.address or NOTHING for each in open_now],
        _("Kind of session"): [
            _("This browser") if each.handle == here else _("Wall screen") if each.wall else NOTHING
            for each in open_now
        ],
    }
    st.dataframe(pa.table(columns), hide_index=True, key="open-sessions", alt=_("Open sessions"))


def _ending(offered: list[OpenSession], key: str, *, with_account: bool = False) -> None:
    if not offered:
        return
    named = {each.handle: each for each in offered}

    def said(handle: str) -> str:
        each = named[handle]
        parts = (each.account if with_account else None, each.address)
        since = _("since {at:%Y-%m-%d %H:%M}", at=clock.local(each.started_at))
        return " · ".join([*(part for part in parts if part), since])

    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Session"),
            list(named),
            index=None,
            format_func=said,
            placeholder=_("Choose a session"),
            key=f"{key}-chosen",
            width=420,
        )
        if st.button(_("End"), key=f"{key}-end", disabled=chosen is None) and chosen:
            account_changes.make(partial(sessions.end, wanted=chosen), _("The session is over."))
