"""Slides on decisions: the state of the last meeting's, matters that need one, this meeting's."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import matter_words, reads
from dashboard.charts.status_colours import Tone
from dashboard.i18n import _, name, say
from dashboard.markdown import literal
from dashboard.screens.meeting import deciding
from dashboard.screens.overview import to_decide as on_overview
from dashboard.status import DECISION_TONES
from dashboard.wall.layout import (
    LINES,
    Seen,
    number,
    pill,
    toned,
)
from dashboard.wall.names import Names
from dashboard.widgets.drawing import heading
from dashboard.widgets.silence import nothing_to_decide
from data.meetings import drafts, held
from data.meetings.held import DecisionLine, MeetingLine
from models.work import DecisionState

FEW = 3
"""The most decisions that are written in larger type."""


def opening(seen: Seen) -> None:
    """Draw the decisions of the committee's previous meeting with their state, overdue ones
    first."""
    before, lines = before_lines(seen)
    if before is None:
        st.info(_("No earlier meeting of the audit committee is known."))
        return
    _standing(lines)
    if not lines:
        nothing = (
            _("Nothing that {meeting} ({day}) decided concerns your units.", **_of(before))
            if seen.view.scope.limited
            else _("{meeting} ({day}) decided nothing that is entered.", **_of(before))
        )
        st.info(nothing)
        return
    room = "few" if len(lines) <= FEW else "many"
    with st.container(border=True, key=f"wall-decisions-{room}"):
        heading(
            _("{meeting} ({day})", **_of(before)),
            _("what became of its decisions, the overdue ones first"),
        )
        order = list(DecisionState)
        worst = sorted(lines, key=lambda line: (order.index(line.state), line.due_on))
        decision_lines(worst, seen.names)


def before_lines(seen: Seen) -> tuple[MeetingLine | None, tuple[DecisionLine, ...]]:
    """Return the committee's previous meeting (None if there is none) and its decisions."""
    day = seen.meeting.on_date if seen.meeting else seen.view.as_of
    before = reads.ask(held.committee_before, seen.view.scope, day)
    return before, reads.ask(held.decided_by, seen.view.scope, before.code) if before else ()


def _of(meeting: MeetingLine) -> Mapping[str, object]:
    return {"meeting": literal(meeting.name), "day": meeting.on_date}


def _standing(lines: Sequence[DecisionLine]) -> None:
    counted = {
        state: sum(line.state is state for line in lines) for state in reversed(DecisionState)
    }
    done = counted[DecisionState.DONE_IN_TIME] + counted[DecisionState.DONE_LATE]
    numbers = [
        ("done", _("Decisions done"), f"{done} / {len(lines)}", None),
        *(
            (state.lower(), name(state.label), str(count), _tone(state) if count else None)
            for state, count in counted.items()
        ),
    ]
    columns = st.columns(len(numbers), border=True)
    for column, (key, label, text, tone) in zip(columns, numbers, strict=True):
        with column, number(key, tone):
            st.metric(label, text)


def _tone(state: DecisionState) -> Tone | None:
    """Return red for a state that is bad; the others are plain."""
    return Tone.BAD if DECISION_TONES[state] is Tone.BAD else None


def decision_lines(lines: Sequence[DecisionLine], names: Names) -> None:
    """Draw the first of `lines` one below the other: state, text, unit and time limit."""
    with st.container(key="wall-lines"):
        for at, line in enumerate(lines[:LINES]):
            whose = names.of(line.unit, line.unit_name) if line.unit else _("District")
            about = (literal(whose), _("by {day}", day=line.due_on))
            text = literal(names.within(line.text))
            state = pill(DECISION_TONES[line.state], _said(line))
            with toned(DECISION_TONES[line.state], at):
                st.markdown(f"{state} **{text}**  \n:gray[{' · '.join(about)}]")
    if len(lines) > LINES:
        st.caption(_("{shown} of {n} are shown.", shown=LINES, n=len(lines)))


def _said(line: DecisionLine) -> str:
    called = name(line.state.label)
    return _("{state} by {days} days", state=called, days=line.days) if line.days else called


def to_decide(seen: Seen) -> None:
    """Draw every matter that needs a decision: units, draft of the decision, by whom and by when it
    is carried out, and the rule."""
    drafts_to_decide = reads.ask(drafts.drafts, seen.view.scope)
    if not drafts_to_decide:
        st.info(nothing_to_decide(seen.view))
        return
    with st.container(border=True, key="wall-to-decide"):
        for at, draft in enumerate(drafts_to_decide):
            shown = matter_words.status_of(draft.matter)
            called = [seen.names.within(unit) for unit in draft.units] or [_("District")]
            what = seen.names.within(matter_words.what_of(draft))
            whose = literal(_(", ").join(called))
            why = [literal(_("Rule: {rule}", rule=_(draft.matter.rule)))]
            if draft.put:
                why.insert(0, f"**{literal(matter_words.put_of(draft.put))}**")
            words = seen.names.within(say(draft.words))
            with toned(shown.tone, at):
                st.markdown(f"{pill(shown.tone, shown.word)} **{whose} · {literal(what)}**")
                drafted = _("Draft: {words}", words=literal(words))
                # What is next is what the draft says; these say who does it, and until when.
                # That the day is past, the clock in the head says once for all.
                pieces = on_overview.by(seen.view, draft)[1:]
                by = seen.names.within(" · ".join(pieces))
                st.markdown(f"{drafted} **{literal(by)}**" if by else drafted)
                st.markdown(f":gray[{' · '.join(why)}]")


def decisions(seen: Seen) -> None:
    """Draw the decisions of this meeting, latest first, and the form to note one if it is open."""
    if seen.meeting is None:
        st.info(_("No meeting of the audit committee is known."))
        return
    lines = deciding.decided_now(seen.view, seen.meeting.code)
    listed, noted = st.columns(2, border=True) if seen.noting else (st.container(border=True), None)
    with listed:
        heading(_("Decisions of this meeting"), _("{n} so far, the latest first", n=len(lines)))
        decision_lines(tuple(reversed(lines)), seen.names)
        deciding.show_last_try(seen.meeting.code)
    if noted:
        with noted:
            deciding.form(seen.view, seen.meeting.code, seen.names.of_code, seen.names.within)
