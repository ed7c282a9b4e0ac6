"""New passwords for accounts and removals of second factors, done at once or requested until a
second administrator agrees."""

from functools import partial

import streamlit as st

from dashboard import clock, identity
from dashboard.i18n import _
from dashboard.markdown import literal
from dashboard.reads import cache
from dashboard.screens import account_changes
from data.access import accounts, password_rules, resets, second_factor
from data.access.accounts import Listed
from data.access.resets import Request
from data.store.database import reading


def new_password(chosen: Listed) -> None:
    """Draw the buttons by which an account administrator gives, or requests, a new password and
    the removal of a second factor."""
    request = _request_for(chosen, of_factor=False)
    if resets.needs_two(chosen.role) and not (request and request.confirmed_by):
        if st.button(
            _("Ask for a new password"), key="account-ask-reset", disabled=request is not None
        ):
            notice = _("Another administrator is asked to agree.")
            account_changes.make(partial(resets.ask, name=chosen.name), notice)
    elif st.button(_("New one-time password"), key="account-reset"):
        password = password_rules.one_time(chosen.name, chosen.full_name)
        given = accounts.given_password(password, chosen.name, chosen.full_name)
        account_changes.make(
            partial(resets.make, name=chosen.name, password=given),
            account_changes.one_time_password(chosen.name, password),
        )
    with reading(cache.engine()) as connection:
        has_factor = second_factor.is_on(connection, chosen.name)
    if has_factor:
        _removal(chosen)


def _removal(chosen: Listed) -> None:
    """Draw the button that removes the second factor of the account, or requests it."""
    request = _request_for(chosen, of_factor=True)
    if resets.needs_two(chosen.role) and not (request and request.confirmed_by):
        if st.button(
            _("Ask to remove the second factor"),
            key="account-ask-remove-factor",
            disabled=request is not None,
        ):
            notice = _("Another administrator is asked to agree.")
            account_changes.make(partial(resets.ask, name=chosen.name, of_factor=True), notice)
    elif st.button(_("Remove the second factor"), key="account-remove-factor"):
        account_changes.make(
            partial(resets.remove_factor, name=chosen.name),
            _(
                "{account} signs in without a second factor until it is set up anew.",
                account=chosen.name,
            ),
        )


def waiting() -> None:
    """Draw the requests for new passwords and for removals of second factors, with the viewer's
    possible actions on each."""
    requests = _waiting()
    for of_factor, title in (
        (False, _("New passwords asked for")),
        (True, _("Removals of second factors asked for")),
    ):
        asked = [each for each in requests if each.of_factor == of_factor]
        if asked:
            st.header(title, anchor=False)
        for request in asked:
            _request(request)


def _request(request: Request) -> None:
    values = {
        "account": request.account,
        "asker": request.asked_by,
        "at": clock.local(request.asked_at),
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        if request.confirmed_by:
            st.text(
                _(
                    "{account}, asked for by {asker} on {at:%Y-%m-%d %H:%M}; {agreed} agrees.",
                    **values,
                    agreed=request.confirmed_by,
                )
            )
        else:
            st.text(_("{account}, asked for by {asker} on {at:%Y-%m-%d %H:%M}", **values))
        own = request.asked_by == identity.require_viewer().account
        offered = not own and not request.confirmed_by
        if offered and st.button(_("Agree"), key=f"reset-agree-{request.number}"):
            account_changes.make(partial(resets.confirm, number=request.number), _may_now(request))
        if st.button(
            _("Give up") if own else _("Do not agree"), key=f"reset-refuse-{request.number}"
        ):
            account_changes.make(
                partial(resets.refuse, number=request.number),
                _("The request is taken away."),
            )


def _may_now(request: Request) -> str:
    if request.of_factor:
        return _("{asker} may now remove the second factor.", asker=literal(request.asked_by))
    return _("{asker} may now give out the password.", asker=literal(request.asked_by))


def _request_for(chosen: Listed, *, of_factor: bool) -> Request | None:
    """Return the open request for the account of this kind."""
    found = (each for each in _waiting() if each.of_factor == of_factor)
    return next((each for each in found if each.account == chosen.name), None)


def _waiting() -> list[Request]:
    with reading(cache.engine()) as connection:
        return resets.waiting(connection, clock.now())
