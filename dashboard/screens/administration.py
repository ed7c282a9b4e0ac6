"""The work of the three administrators: accounts, grants, the log. Each sees only their own
part."""

from functools import partial

import streamlit as st

from dashboard import clock, identity, log_guard, log_words
from dashboard.frame import head
from dashboard.i18n import _, name, say
from dashboard.markdown import literal
from dashboard.reads import cache
from dashboard.screens import account_changes, open_sessions, password_requests
from dashboard.widgets import asked
from dashboard.widgets.tables import table
from data.access import accounts, password_rules
from data.access.accounts import Listed
from data.access.permission import GRANTED, Action
from data.store import access_log
from data.store.database import reading
from data.store.log_anchors import NoAnchorError
from models.account import Event, GrantKind, Role
from models.text import N_, NOTHING

NO_ROLE = N_("No role yet")
ENTRIES = 200


def draw(question: str) -> None:
    """Draw, as tabs, the parts of which the viewer is administrator."""
    head.title(question)
    viewer = identity.require_viewer()
    account_changes.tell_notice()
    offered = {
        Action.MANAGE_ACCOUNTS: ("accounts", _("Accounts"), _accounts),
        Action.MANAGE_GRANTS: ("grants", _("Roles and grants"), _grants),
        Action.READ_LOG: ("log", _("Access log"), _log),
    }
    asked.tabs(
        {
            code: (title, draw_part)
            for action, (code, title, draw_part) in offered.items()
            if viewer.may(action)
        }
    )


def _accounts() -> None:
    with reading(cache.engine()) as connection:
        listed = accounts.listed(connection)
    _table(listed)
    adding, changing = st.columns(2)
    with adding, st.form("account-add", clear_on_submit=True):
        st.header(_("Add an account"), anchor=False)
        account = st.text_input(_("Account"), key="account-name", max_chars=32)
        full_name = st.text_input(_("Whose it is"), key="account-full-name", max_chars=50)
        if st.form_submit_button(_("Add"), key="account-add-go"):
            password = password_rules.one_time(account, full_name)
            given = accounts.given_password(password, account, full_name)
            account_changes.make(
                partial(accounts.add, name=account, full_name=full_name, password=given),
                account_changes.one_time_password(account, password),
            )
    with changing, st.container(border=True):
        st.header(_("Change an account"), anchor=False)
        chosen = _choose(listed, "account-chosen")
        if chosen:
            _change_account(chosen)
    password_requests.waiting()
    open_sessions.draw_all()


def _change_account(chosen: Listed) -> None:
    with st.container(horizontal=True):
        password_requests.new_password(chosen)
        if chosen.disabled_at:
            if st.button(_("Enable"), key="account-enable"):
                notice = _("{account} may sign in again.", account=chosen.name)
                account_changes.make(partial(accounts.enable, name=chosen.name), notice)
        elif st.button(_("Disable"), key="account-disable"):
            notice = _("{account} is signed out and may not sign in any more.", account=chosen.name)
            account_changes.make(partial(accounts.disable, name=chosen.name), notice)


def _grants() -> None:
    with reading(cache.engine()) as connection:
        listed = accounts.listed(connection)
        grantable = accounts.grantable(connection)
    password_requests.waiting()
    _table(listed)
    chosen = _choose(listed, "grants-chosen")
    if chosen is None:
        return
    # A key for each account, so that a choice made for one is not kept for the next.
    role = st.selectbox(
        _("Role"),
        list(Role),
        index=list(Role).index(chosen.role) if chosen.role else None,
        format_func=lambda role: name(role.label),
        placeholder=_(NO_ROLE),
        key=f"grants-role-{chosen.name}",
    )
    kind = GRANTED.get(role) if role else None
    codes = _choose_codes(chosen, kind, grantable[kind]) if kind else []
    if st.button(_("Save"), key="grants-save"):
        change = partial(
            accounts.grant,
            name=chosen.name,
            role=role,
            sectors=codes if kind is GrantKind.SECTOR else (),
            units=codes if kind is GrantKind.UNIT else (),
        )
        account_changes.make(change, _("The rights of {account} are changed.", account=chosen.name))


def _choose_codes(chosen: Listed, kind: GrantKind, names: dict[str, str]) -> list[str]:
    present = chosen.sectors if kind is GrantKind.SECTOR else chosen.units
    return st.multiselect(
        name(kind.label),
        list(names),
        default=[code for code in present if code in names],
        format_func=lambda code: f"{code} {names[code]}",
        placeholder=_("None: sees nothing"),
        key=f"grants-{kind.value}-{chosen.name}",
    )


def _log() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        account = st.text_input(_("Account"), key="log-account", width=200)
        what = st.selectbox(
            _("What"),
            list(Event),
            index=None,
            format_func=lambda event: name(event.label),
            placeholder=_("Everything"),
            key="log-what",
            width=240,
        )
        before = st.number_input(
            _("Before number"), min_value=1, value=None, key="log-before", width=160
        )
        if st.button(_("Check the chain"), key="log-verify"):
            _verify()
    with reading(cache.engine()) as connection:
        entries = access_log.entries(
            connection,
            account=account.strip() or None,
            what=what,
            before=before,
            limit=ENTRIES,
        )
    names = {event.value: name(event.label) for event in Event}
    table(
        {
            _("Number"): [entry.number for entry in entries],
            _("Time"): [f"{clock.local(entry.at):%Y-%m-%d %H:%M:%S}" for entry in entries],
            _("Account"): [entry.account for entry in entries],
            _("What"): [names.get(entry.what, entry.what) for entry in entries],
            _("Subject"): [entry.subject for entry in entries],
            _("Network address"): [entry.address or NOTHING for entry in entries],
            _("Hash"): [entry.hash[:12] for entry in entries],
        },
        key="log-entries",
        says=_("Access log"),
        tall=True,
    )
    st.caption(_("At most {entries} entries, the latest first.", entries=ENTRIES))


def _verify() -> None:
    try:
        verdict, noted = log_guard.verify(cache.engine())
    except NoAnchorError as error:
        st.error(literal(say(error.sentence)))
        return
    if verdict.why is not None:
        st.error(literal(log_words.of_verdict(verdict)))
        return
    if noted is None:
        st.success(
            _(
                "All {entries} entries fit. Last hash: {head}. No end is noted outside the database"
                " yet, so it is not proven that none of the last was cut off.",
                entries=verdict.entries,
                head=literal(verdict.head),
            )
        )
        return
    st.success(
        _(
            "All {entries} entries fit. Last hash: {head}. Up to entry {n} the note outside the"
            " database proves that none was cut off.",
            entries=verdict.entries,
            head=literal(verdict.head),
            n=noted[0],
        )
    )


def _table(listed: list[Listed]) -> None:
    table(
        {
            _("Account"): [account.name for account in listed],
            _("Whose it is"): [account.full_name for account in listed],
            _("Role"): [
                name(account.role.label) if account.role else _(NO_ROLE) for account in listed
            ],
            _("Sees"): [", ".join(account.sectors + account.units) for account in listed],
            _("Status"): [_state(account) for account in listed],
            _("Since"): [f"{clock.local(account.created_at):%Y-%m-%d}" for account in listed],
        },
        key="administration-accounts",
        says=_("Accounts"),
        tall=True,
    )


def _state(account: Listed) -> str:
    if account.disabled_at:
        return _("Disabled on {day:%Y-%m-%d}", day=clock.local(account.disabled_at))
    return _("Waits for the first sign-in") if account.must_change else _("Active")


def _choose(listed: list[Listed], key: str) -> Listed | None:
    chosen = {account.name: account for account in listed}
    picked = st.selectbox(
        _("Account"),
        list(chosen),
        index=None,
        format_func=lambda account: f"{account} · {chosen[account].full_name}",
        placeholder=_("Choose an account"),
        key=key,
    )
    return chosen[picked] if picked else None
