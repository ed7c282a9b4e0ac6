"""What every page begins with: a question as its title, the account, and what is asked of the data.

Node and days stand in the address bar, so that a link is a view.
"""

from dataclasses import dataclass
from datetime import date
from typing import overload
from urllib.parse import urlsplit

import streamlit as st

from dashboard import address, clock, identity, node_choices, reads, session_bridge
from dashboard.edge import AddressError
from dashboard.i18n import LANGUAGES, _, language, name
from dashboard.navigation import PASSWORD, page
from dashboard.node_choices import NodeChoice
from data.access import sign_in
from data.access.permission import Action, Viewer
from data.figures.changes import WITHOUT_MEETING
from data.meetings.freezes import FreezeLine
from data.meetings.frozen_state import FrozenState
from data.scope import NoSuchNodeError, Scope
from data.store.database import writing
from models.account import Event
from models.ledger import EARLIEST, LATEST
from models.text import N_, sentence

DISTRICT = "district"
OTHER_FACTS = N_(
    "This version of Gridlight derives other facts from the same rows. The figures are shown as "
    "they were kept; lists may differ from them."
)
NO_FREEZE = N_("Nothing is frozen under number “{text}”. Choose a freeze on the page of meetings.")
NOT_A_DAY = N_("“{text}” is not a day. Write it like 2026-06-30.")
SINCE_AFTER = N_("The day to compare with, {since}, must lie before {as_of}.")


@dataclass(frozen=True, slots=True)
class View:
    """What the viewer asks to see; `since` is the day to compare with."""

    viewer: Viewer
    scope: Scope
    since: date
    since_meeting: bool = False
    """Whether that day is the one of the last meeting."""
    frozen: FreezeLine | None = None
    """The freeze that is looked at; None for what is known now."""
    compared: FreezeLine | None = None
    """The freeze that is compared with; None for a day."""

    @property
    def as_of(self) -> date:
        """The day of the figures."""
        return self.scope.as_of

    @property
    def before(self) -> Scope:
        """The same on the day to compare with; as it was frozen, if a freeze is compared with."""
        day = self.scope.on(self.since)
        return day.as_frozen(self.compared.number) if self.compared else day

    @property
    def names_in_full(self) -> bool:
        """Whether names of persons are shown."""
        return self.viewer.may(Action.SEE_NAMES)


def title(question: str) -> None:
    """The head of a page that asks nothing of the data: its title, the language, the account."""
    with st.container(horizontal=True, vertical_alignment="center"):
        _question(question)
        _account()


def header(question: str) -> View:
    """The head of a page about the data, and what it is asked.

    Raises what the edge makes a sentence of once the controls stand, so that they can be set right.
    """
    viewer = identity.require_viewer()
    node = address.get("node") or DISTRICT
    as_of, as_of_error = _asked_day()
    chosen, since_error = _day("since", None)
    frozen = reads.looked_at()
    compared = None if chosen else _last_freeze(as_of)
    meeting = compared.as_of if compared else reads.last_meeting(as_of)
    since = chosen or meeting or as_of - WITHOUT_MEETING
    with st.container(horizontal=True, vertical_alignment="center", key="frame-head"):
        _question(question)
        _freshness()
        _choose_node(viewer, node)
        _choose_day("as_of", _("Figures of"), as_of)
        _choose_since(since, chosen, meeting, compared)
        _account()
    if frozen:
        _say_frozen(frozen)
    if reads.latest_import() is None:
        _say_empty(viewer)
    for error in (_unknown_freeze(), as_of_error, since_error):
        if error:
            raise error
    if since >= as_of:
        raise AddressError(sentence(SINCE_AFTER, since=since, as_of=as_of))
    by_meeting = chosen is None and meeting is not None
    view = View(viewer, _scope(viewer, node, as_of), since, by_meeting, frozen, compared)
    # Figures were kept of whole nodes; for who sees less of one they are read from its rows.
    if view.scope.limited:
        bring_back(view)
    return view


def bring_back(view: View) -> None:
    """Have the rows at hand that `view` compares with; the first time that takes its time."""
    if view.compared and not reads.at_hand(view.compared.number):
        _bring_back(view.compared)


def _bring_back(line: FreezeLine) -> FrozenState:
    with st.spinner(_("Bringing back what was known then…")):
        return reads.frozen_state(line.number)


def at(viewer: Viewer, node: str) -> View:
    """What the address asks of `node`, for a page without controls; raises as `header`."""
    as_of, as_of_error = _asked_day()
    for error in (_unknown_freeze(), as_of_error):
        if error:
            raise error
    compared = _last_freeze(as_of)
    met = compared.as_of if compared else reads.last_meeting(as_of)
    since = met or as_of - WITHOUT_MEETING
    scope = _scope(viewer, node, as_of)
    return View(viewer, scope, since, met is not None, reads.looked_at(), compared)


def _asked_day() -> tuple[date, AddressError | None]:
    frozen = reads.looked_at()
    if frozen:
        return frozen.as_of, None
    return _day("as_of", reads.latest_day() or clock.today())


def _last_freeze(day: date) -> FreezeLine | None:
    """The freeze to compare with: the latest one of a day before `day`."""
    earlier = [line for line in reads.freezes_kept() if line.as_of < day]
    return max(earlier, key=lambda line: (line.as_of, line.number), default=None)


def _unknown_freeze() -> AddressError | None:
    text = address.get("frozen")
    if text and reads.looked_at() is None:
        return AddressError(sentence(NO_FREEZE, text=text[:20]))
    return None


def _say_empty(viewer: Viewer) -> None:
    """Before the first import: what is to be done, and by whom."""
    if not viewer.may(Action.IMPORT):
        st.info(_("Nothing has been taken in yet. The steward takes in the district's workbook."))
        return
    st.info(
        _(
            "Nothing has been taken in yet. Get the template under “Workbooks out”, fill it in, and"
            " take it in under “Take in”."
        )
    )
    if urlsplit(address_of_page()).path != "data":
        st.page_link(page("data").script, label=_("To the page of data ›"))


def _say_frozen(line: FreezeLine) -> None:
    """What is looked at is not the present: which freeze it is, and the way back."""
    faithful = _bring_back(line).faithful
    with st.container(horizontal=True, vertical_alignment="center", key="frame-frozen"):
        st.badge(
            _("Frozen for {meeting} · version {n}", meeting=line.meeting_name, n=line.version),
            icon=":material/lock:",
            color="blue",
        )
        st.caption(
            _(
                "Figures of {day}, kept on {at:%Y-%m-%d %H:%M}",
                day=line.as_of,
                at=clock.local(line.at),
            ),
            width="content",
            help=_("SHA-256 over the facts: {hash}", hash=line.facts_sha256),
        )
        st.button(
            _("Back to the present"),
            key="frame-unfreeze",
            type="tertiary",
            icon=":material/lock_open:",
            on_click=lambda: address.put("frozen", None),
        )
    if not faithful:
        st.warning(_(OTHER_FACTS))


def refuse_page() -> None:
    """Say that a page is not for the viewer, and log that it was asked for."""
    title(_("May I see this?"))
    log_refusal(address_of_page())
    st.error(_("This page is not open to you. Ask the permission administrator if it should be."))


def address_of_page() -> str:
    """The path of the page that is looked at."""
    url = st.context.url
    return url.split("/", 3)[-1] if isinstance(url, str) else ""


def _question(question: str) -> None:
    st.title(question, anchor=False, width="stretch")
    if reads.is_demonstration():
        st.badge(_("Demonstration data"), color="orange")


def _choose_node(viewer: Viewer, node: str) -> None:
    choices = {choice.id: choice for choice in node_choices.nodes(viewer)}
    if node not in choices:
        named = node_choices.node_name(viewer, node)
        choices |= {named.id: named} if named else {}
    # The address decides; the control only shows it, and is empty for what is not there.
    st.session_state["frame-node"] = node if node in choices else None
    st.selectbox(
        _("Node"),
        list(choices),
        index=None,
        format_func=lambda choice: node_label(choices[choice]),
        placeholder=_("Choose a node"),
        key="frame-node",
        on_change=_put_node,
        label_visibility="collapsed",
        width=170,
    )


def node_label(choice: NodeChoice) -> str:
    """A node in words, with what kind of node it is."""
    return _(choice.message, name=choice.name)


def _put_node() -> None:
    chosen = st.session_state["frame-node"]
    address.put("node", chosen if chosen != DISTRICT else None)


def _choose_since(
    since: date, chosen: date | None, meeting: date | None, compared: FreezeLine | None
) -> None:
    label = _("Compared with {day}", day=since)
    popover = st.popover(label, key="frame-compare", on_change="rerun")
    if not popover.open:
        return
    with popover:
        if compared:
            st.caption(
                _(
                    "What was frozen for {meeting}, version {n}.",
                    meeting=compared.meeting_name,
                    n=compared.version,
                )
            )
        elif chosen is None and meeting:
            st.caption(_("The day of the last meeting of the audit committee."))
        elif chosen is None:
            st.caption(_("30 days before: no meeting of the audit committee is known."))
        _choose_day("since", _("Compared with"), chosen)


def _choose_day(which: str, label: str, day: date | None) -> None:
    st.session_state[f"frame-{which}"] = day
    st.date_input(
        label,
        value=None,
        min_value=EARLIEST,
        max_value=LATEST,
        key=f"frame-{which}",
        on_change=_put_day,
        args=(which,),
        disabled=which == "as_of" and reads.looked_at() is not None,
        label_visibility="collapsed",
        width=160,
    )


def _put_day(which: str) -> None:
    day: date | None = st.session_state[f"frame-{which}"]
    address.put(which, day.isoformat() if day else None)


@overload
def _day(which: str, otherwise: date) -> tuple[date, AddressError | None]: ...
@overload
def _day(which: str, otherwise: None) -> tuple[date | None, AddressError | None]: ...
def _day(which: str, otherwise: date | None) -> tuple[date | None, AddressError | None]:
    """The day asked for; with what is wrong with it, if anything."""
    text = address.get(which)
    if text is None:
        return otherwise, None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise, AddressError(sentence(NOT_A_DAY, text=text[:40]))
    return day, None


def _scope(viewer: Viewer, node: str, as_of: date) -> Scope:
    try:
        return reads.scope(viewer, node, as_of)
    except NoSuchNodeError:
        log_refusal(node)
        raise


def log_refusal(subject: str) -> None:
    """Enter in the access log that the viewer asked for what is not theirs, or not there."""
    # A page is run again and again; one entry for each thing asked for is enough.
    logged: set[str] = st.session_state.setdefault("frame-refused", set())
    if subject not in logged:
        logged.add(subject)
        identity.note(Event.ACCESS_REFUSED, subject)


def _freshness() -> None:
    last = reads.latest_import()
    if last is None:
        st.caption(_("Nothing has been taken in yet."), width="content")
        return
    told = _("Import {n}, taken in {at:%Y-%m-%d %H:%M}", n=last.number, at=clock.local(last.at))
    st.caption(_("Data to {day}", day=last.day), width="content", help=told)


def _account() -> None:
    viewer = identity.viewer()
    if viewer is None:
        _choose_language()
        return
    popover = st.popover(
        viewer.name, icon=":material/account_circle:", key="frame-account", on_change="rerun"
    )
    # What stands in a menu is drawn when it is opened.
    if not popover.open:
        return
    with popover:
        st.caption(name(viewer.role.label) if viewer.role else _("No role yet"))
        _choose_language()
        st.page_link(PASSWORD.script, label=_(PASSWORD.title))
        if st.button(_("Sign out"), key="frame-sign-out"):
            _sign_out()


def _choose_language() -> None:
    st.session_state["frame-language"] = language()
    st.segmented_control(
        "Language · 语言",
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        required=True,
        key="frame-language",
        on_change=lambda: address.put("lang", st.session_state["frame-language"]),
        label_visibility="collapsed",
    )


def _sign_out() -> None:
    held = identity.token()
    if held:
        with writing(reads.engine()) as connection:
            sign_in.sign_out(connection, held, clock.now(), identity.network_address())
        reads.forget_viewers()
    session_bridge.close_session()


def may(action: Action) -> bool:
    """Whether whoever looks may do `action`, asked on every run."""
    return identity.require_viewer().may(action)
