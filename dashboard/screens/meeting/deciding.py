"""Decisions of a meeting: the list, the form to note one during the meeting, and withdrawing it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from dashboard import clock, identity, matter_words, reads, status
from dashboard.frame.view import View
from dashboard.i18n import _, say
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.widgets import buttons, ways
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.access.permission import Action
from data.meetings import drafts, held, noting
from data.meetings.agendas import Item
from data.meetings.held import DecisionLine, MeetingLine
from data.meetings.noting import NewDecision, NotNotedError
from data.nodes import DISTRICT, parse
from data.reference.lists import current
from data.workbook.rows import Fault
from models.freeze import AgendaScreen
from models.kinds import LATEST

STATE = "deciding-said"
"""Session key of the last attempt: the decision that was noted, or the reason why not."""
USUAL_LIMIT = timedelta(30)
TWO_LINES = 80
"""Height in pixels of a text of two lines."""
DRAFT = "deciding-draft"
"""Session key of the selected draft's index, from 0."""


def decisions_of(view: View, meeting: str) -> None:
    """Draw the present decisions of a meeting and, for viewers with the right, the form to note
    one."""
    lines = decided_now(view, meeting)
    heading(_("Decisions of this meeting"), _("as they stand now"))
    if lines:
        _table(lines)
    elif not (view.viewer.may(Action.DECIDE) and _not_yet_held(view, meeting)):
        st.caption(_("Nothing is noted so far."))
    if view.viewer.may(Action.DECIDE):
        show_last_try(meeting)
        form(view, meeting, main=False)


def decided_now(view: View, meeting: str) -> tuple[DecisionLine, ...]:
    """Return the present decisions of a meeting, even in a freeze."""
    now = view.scope.at(parse(DISTRICT)).as_frozen(None).on(clock.today())
    return reads.ask(held.decided_by, now, meeting)


def shown_on_wall(
    view: View, meeting: MeetingLine | None, items: tuple[Item, ...]
) -> tuple[Item, ...]:
    """Return the items that the wall shows: without that of this meeting's decisions while nothing
    is decided, unless it is the only one."""
    if meeting and decided_now(view, meeting.code):
        return items
    return tuple(each for each in items if each.screen is not AgendaScreen.DECISIONS) or items


def _table(lines: Sequence[DecisionLine]) -> None:
    table(
        {
            _("No."): [line.number for line in lines],
            _("Decision"): [line.text for line in lines],
            _("Unit"): [line.unit_name or _("District") for line in lines],
            _("Time limit"): [line.due_on for line in lines],
            _("Standing"): [status.of_decision(line.state) for line in lines],
        },
        key="deciding-list",
        says=_("Decisions of this meeting"),
        onward=lambda row: ways.unit_way(lines[row].unit),
        columns={_("Decision"): st.column_config.TextColumn(width="medium")},
        tall=True,
    )


def form(
    view: View,
    meeting: str,
    called: Callable[[str], str] | None = None,
    within: Callable[[str], str] = str,
    *,
    main: bool = True,
) -> None:
    """Draw the form to note a decision: text, unit, time limit.

    `main` is False on a screen whose main button is another.

    If names are hidden, `called` returns the label of a unit by code, and `within` replaces the
    names in a text.
    """
    units = {
        line.code: line.name for line in reads.units(view.scope.at(parse(DISTRICT)).as_frozen(None))
    }
    today = clock.today()
    not_yet = _not_yet_held(view, meeting)
    if not_yet:
        # A form that cannot work yet is not offered.
        st.info(not_yet, icon=":material/event:")
        return
    _take_over(view, units, within)
    st.session_state.setdefault("deciding-due", today + USUAL_LIMIT)
    # What was typed stays where the decision is refused.
    with st.form("deciding", clear_on_submit=False):
        st.text_area(
            _("Decision"), key="deciding-text", max_chars=500, height=None if main else TWO_LINES
        )
        who, by = st.columns([3, 2])
        with who:
            st.selectbox(
                _("Unit that answers for it"),
                sorted(units, key=lambda code: units[code]),
                index=None,
                format_func=called or units.__getitem__,
                placeholder=_("District"),
                key="deciding-unit",
            )
        with by:
            st.date_input(
                _("Time limit"),
                value=None,
                max_value=LATEST,
                key="deciding-due",
            )
        st.form_submit_button(
            _("Note the decision"),
            type=buttons.main_button_type() if main else "secondary",
            on_click=_submit,
            args=(meeting, today),
        )


def _not_yet_held(view: View, meeting: str) -> str:
    """Return why no decision of the meeting can be noted yet; "" if it can."""
    today = clock.today()
    now = view.scope.at(parse(DISTRICT)).as_frozen(None).on(today)
    line = reads.ask(held.one, now, meeting)
    if line is None or line.on_date <= today:
        return ""
    return _(noting.NOT_YET_HELD, meeting=literal(line.name), day=line.on_date)


def _take_over(view: View, units: Mapping[str, str], within: Callable[[str], str]) -> None:
    """Draw drafts for the matters that need a decision; selecting one fills the form."""
    waiting_drafts = reads.ask(drafts.drafts, view.scope.at(parse(DISTRICT)))
    if not waiting_drafts:
        return

    def option(at: int) -> str:
        draft = waiting_drafts[at]
        # The text of a matter that concerns several units names them.
        whose = draft.units if len(draft.units) == 1 else ()
        before = (matter_words.put_of(draft.put),) if draft.put else ()
        return within(" · ".join((*whose, matter_words.what_of(draft), *before)))

    def fill() -> None:
        at = st.session_state[DRAFT]
        if at is None:
            return
        draft = waiting_drafts[at]
        st.session_state["deciding-text"] = say(draft.words)
        st.session_state["deciding-unit"] = (
            draft.matter.unit if draft.matter.unit in units else None
        )

    st.selectbox(
        _("Take over a draft"),
        range(len(waiting_drafts)),
        index=None,
        format_func=option,
        placeholder=_("{n} matters wait for a decision", n=len(waiting_drafts)),
        key=DRAFT,
        on_change=fill,
    )


def _submit(meeting: str, today: date) -> None:
    """Note the decision that the form holds, and empty the form if it was noted."""
    typed = st.session_state
    due_on: date = typed["deciding-due"] or today + USUAL_LIMIT
    if _note(NewDecision(meeting, typed["deciding-text"], typed["deciding-unit"] or "", due_on)):
        typed["deciding-text"], typed["deciding-unit"], typed[DRAFT] = "", None, None
        typed["deciding-due"] = today + USUAL_LIMIT


def _note(wanted: NewDecision) -> bool:
    """Note a decision and store the outcome for `show_last_try`; return whether it was noted."""
    viewer = identity.require_viewer()
    try:
        noted = noting.note(
            cache.engine(),
            viewer,
            wanted,
            act=identity.act(),
            today=clock.today(),
            references=reads.ask_now(current),
        )
    except NotNotedError as error:
        st.session_state[STATE] = (wanted.meeting, None, told(error.sentence))
        return False
    cache.forget_version()
    why = "" if noted.number else _why(noted.faults)
    st.session_state[STATE] = (wanted.meeting, noted.number, why)
    return bool(noted.number)


def _why(faults: Sequence[Fault]) -> str:
    return " ".join(told(fault.sentence) for fault in faults)


def show_last_try(meeting: str) -> None:
    """Draw the result of the last attempt: noted, with a button to withdraw it, or the reason
    why not."""
    of, number, why = st.session_state.get(STATE, ("", None, ""))
    if of != meeting:
        return
    if number is None:
        st.error(why)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(_("Decision {number} is noted.", number=number))
        if st.button(_("Take it back"), key="deciding-undo"):
            _take_back(meeting, number)
            st.rerun()


def _take_back(meeting: str, number: int) -> None:
    viewer = identity.require_viewer()
    st.session_state.pop(STATE)
    try:
        noting.take_back(
            cache.engine(),
            viewer,
            meeting,
            number,
            reason=_("Taken back right after it was noted"),
            act=identity.act(),
            today=clock.today(),
            references=reads.ask_now(current),
        )
    except NotNotedError as error:
        st.session_state[STATE] = (meeting, None, told(error.sentence))
    cache.forget_version()
