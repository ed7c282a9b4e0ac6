"""The page of a meeting: the link to its wall screen, freezing its figures, looking at a freeze."""

from collections.abc import Sequence

import streamlit as st

from dashboard import address, clock, identity, reads
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.widgets import asked, buttons, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.tables import table
from data.access.permission import Action
from data.meetings import freezes, held
from data.meetings.freezes import FreezeLine, FreezeRefusedError
from data.meetings.held import MeetingLine
from data.nodes import DISTRICT, parse

MEETINGS = 200


def chosen(view: View) -> MeetingLine | None:
    """Draw a choice of meeting, by default the one nearest to the view's day; None if there is
    none."""
    district = view.scope.at(parse(DISTRICT)).as_frozen(None)
    known = [
        *reads.ask_now(held.ahead, district, MEETINGS)[::-1],
        *reads.ask_now(held.held, district, MEETINGS),
    ]
    if not known:
        return None
    by_code = {line.code: line for line in known}
    nearest = min(known, key=lambda line: (abs((line.on_date - view.as_of).days), line.code))
    labels = {line.code: f"{line.on_date} {line.name}" for line in known}
    code = asked.choice("meeting", labels) or nearest.code
    st.session_state["meeting-chosen"] = code
    st.selectbox(
        _("Meeting"),
        list(labels),
        format_func=labels.__getitem__,
        key="meeting-chosen",
        on_change=lambda: address.put_of_page("meeting", st.session_state["meeting-chosen"]),
        label_visibility="collapsed",
        width=420,
    )
    return by_code[code]


@still
def to_wall(view: View, meeting: MeetingLine) -> None:
    """Draw the link to the wall screen of the meeting, and whether its figures are frozen."""
    latest = next((line for line in reads.freezes_kept() if line.meeting == meeting.code), None)
    frozen = str(latest.number) if latest else None
    st.link_button(
        _("Open the wall screen"),
        ways.wall_address(meeting=meeting.code, **({"frozen": frozen} if frozen else {})),
        icon=":material/present_to_all:",
        type=buttons.main_button_type(),
    )
    if latest is None:
        st.caption(
            _("Nothing is frozen yet: the wall shows what is known at the moment."),
            width="content",
        )


@still
def about(view: View, meeting: MeetingLine) -> None:
    """Draw the subject of the meeting."""
    heading(literal(meeting.name), f"{name(meeting.kind.label)} · {meeting.on_date}")
    if meeting.topics:
        st.markdown(literal(meeting.topics))


def freezing(view: View, meeting: MeetingLine) -> None:
    """Draw the freezes of the meeting and the button that makes one."""
    heading(
        _("Frozen figures"), _("never changed; a second time is a new version beside the first")
    )
    own = [line for line in reads.freezes_kept() if line.meeting == meeting.code]
    if own:
        _frozen(own)
    else:
        st.caption(_("Nothing is frozen for this meeting."))
    if view.frozen:
        st.caption(_("Go back to the present to freeze."))
    elif view.viewer.may(Action.FREEZE):
        _freeze(meeting)
    else:
        st.caption(_("The office of the audit committee freezes figures."))


def without_meeting(view: View) -> None:
    """Draw existing freezes for viewers who see no meeting, or before the first meeting."""
    if view.scope.limited:
        st.caption(_("Meetings belong to the district. What was frozen for them is open to you."))
    else:
        st.info(
            _(
                "No meeting is entered yet. Enter it in the ledger “meetings” of a workbook;"
                " then its figures can be frozen here."
            )
        )
    if reads.freezes_kept():
        _frozen(reads.freezes_kept())


def _frozen(own: Sequence[FreezeLine]) -> None:
    table(
        {
            _("Meeting"): [line.meeting_name for line in own],
            _("Version"): [line.version for line in own],
            _("Figures of"): [line.as_of for line in own],
            _("Frozen"): [f"{clock.local(line.at):%Y-%m-%d %H:%M}" for line in own],
            _("By"): [line.account for line in own],
            _("Last import"): [line.import_number or None for line in own],
            "SHA-256": [line.facts_sha256[:12] for line in own],
        },
        key="meeting-frozen",
        says=_("Frozen figures"),
    )
    labels = {
        line.number: _(
            "{meeting}, version {n}, {day}",
            meeting=line.meeting_name,
            n=line.version,
            day=line.as_of,
        )
        for line in own
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            _("Version"), list(labels), format_func=labels.__getitem__, key="meeting-version"
        )
        st.button(
            _("Look at it"),
            key="meeting-look",
            icon=":material/lock:",
            on_click=_look,
            args=(number, "overview"),
        )
        st.button(
            _("What was entered since?"),
            key="meeting-late",
            icon=":material/difference:",
            on_click=_look,
            args=(number, "late"),
        )


def _look(number: int, page: str) -> None:
    address.put("frozen", str(number))
    ways.go(page)


def _freeze(meeting: MeetingLine) -> None:
    today = clock.today()
    with (
        st.form("meeting-freeze", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        day = st.date_input(
            _("Figures of the day"), value=min(meeting.on_date, today), max_value=today, width=200
        )
        sure = st.checkbox(_("A freeze cannot be undone"), key="meeting-sure")
        pressed = st.form_submit_button(_("Freeze the figures"), icon=":material/lock:")
    if not pressed:
        return
    if not sure:
        st.warning(_("Tick the box to say that you mean it: a freeze cannot be undone."))
        return
    viewer = identity.require_viewer()
    if not viewer.may(Action.FREEZE):
        raise identity.SignedOutError
    try:
        with st.spinner(_("Freezing every figure of every node…")):
            line = freezes.freeze(cache.engine(), meeting.code, day, identity.act(), today)
            cache.forget_version()
    except FreezeRefusedError as error:
        st.error(told(error.sentence))
        return
    st.toast(_("Frozen as version {n}.", n=line.version))
    st.rerun()
