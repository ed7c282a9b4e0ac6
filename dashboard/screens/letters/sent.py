"""Letters that were sent and other steps that were taken, with receipts and replies."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import clock, identity, reads
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.screens.letters import files
from dashboard.status import Status
from dashboard.widgets import ways
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.access.permission import Action
from data.letters import sent as letter_list
from data.letters.answers import Answer, StepKey, answer
from data.letters.awaited import awaited
from data.letters.issuing import Key
from data.letters.numbers import LetterRefusedError
from data.letters.sent import Sent

SHOWN = 100
CHOSEN, NOTICE = "letters-chosen", "letters-answered"


def letters(view: View) -> None:
    """Draw the letters issued here, overdue replies first; a click shows one with its file."""
    found = reads.ask(letter_list.letters, view.scope)
    if not found:
        heading(_("Letters sent"))
        st.caption(
            _(
                "No letter was issued here by {day}. Letters are issued by the office of the audit"
                " committee under “Due for a step”.",
                day=view.as_of,
            )
        )
        return
    late = sum(each.is_late(view.as_of) for each in found)
    waiting = sum(each.waits for each in found)
    heading(
        _("Letters sent"),
        _(
            "letters: {n}; waiting for a reply: {waiting}; reply overdue: {late}; click to see one",
            n=len(found),
            waiting=waiting,
            late=late,
        ),
    )
    _list(view, found[:SHOWN], key="letters-sent")
    if len(found) > SHOWN:
        st.caption(_("The first {n} of {all} are shown.", n=SHOWN, all=len(found)))


def steps(view: View) -> None:
    """Draw the steps without a letter issued here: interviews, and steps entered by workbook."""
    found = reads.ask(letter_list.steps, view.scope, SHOWN)
    heading(
        _("Other steps"),
        _("without a letter of this system; {n} at most; click to see one", n=SHOWN),
    )
    if not found:
        st.caption(
            _(
                "No other step was taken here by {day}. They are entered under “Due for a step” or"
                " taken in by workbook.",
                day=view.as_of,
            )
        )
        return
    _list(view, found, key="letters-steps")


def _list(view: View, found: Sequence[Sent], *, key: str) -> None:
    lettered = any(sent.number for sent in found)
    cells: dict[str, list[object]] = {}
    if lettered:
        cells[_("Letter number")] = [sent.number for sent in found]
    cells |= {
        _("Step"): [name(sent.step.label) for sent in found],
        _("Unit"): [sent.unit_name for sent in found],
        _("Finding"): [about(sent) for sent in found],
        _("Sent"): [sent.issued_on for sent in found],
    }
    if lettered:
        cells[_("Reply by")] = [sent.reply_by for sent in found]
    cells |= {
        _("Receipt"): [sent.received_on for sent in found],
        _("Reply"): [sent.replied_on for sent in found],
        _("Standing"): _standings(view, found),
    }
    table(
        cells,
        tall=True,
        key=key,
        says=_("Letters and steps with what came back"),
        on_pick=lambda row: _choose(found[row]),
    )
    chosen = st.session_state.get(CHOSEN)
    picked = next((sent for sent in found if chosen and chosen == _mark(sent)), None)
    if picked is None:
        st.caption(_("Click into a row to see it and what can be done with it."))
    else:
        _one(view, picked)


def _choose(sent: Sent) -> None:
    st.session_state[CHOSEN] = _mark(sent)


def _mark(sent: Sent) -> StepKey | Key | None:
    """Return the key of a letter or step."""
    return sent.steps[0] if sent.steps else sent.key


def _standings(view: View, found: Sequence[Sent]) -> list[object]:
    """Return of each whether a reply has come, is awaited, or is overdue."""
    days_over = {each.sent: each.days_over(view.as_of) for each in reads.ask(awaited, view.scope)}
    return [_standing(sent, days_over.get(sent)) for sent in found]


def _standing(sent: Sent, days_over: int | None) -> Status:
    """Return the standing of one; `days_over` is None if no reply is awaited."""
    if days_over:
        return Status(Tone.BAD, _("reply overdue by {n} days", n=days_over))
    if days_over is not None:
        return Status(Tone.ONGOING, _("Waiting for a reply"))
    if sent.replied_on:
        return Status(Tone.GOOD, _("Replied"))
    return Status(Tone.SILENT, _("Closed without a reply"))


def about(sent: Sent) -> str:
    """Return what a letter or step is about: its first finding, or the month of a file."""
    if sent.period:
        return _("Ledger of {month}", month=sent.period)
    if len(sent.steps) < 2:
        return sent.about
    return _("{title} and others ({n})", title=sent.about, n=len(sent.steps))


def _one(view: View, sent: Sent) -> None:
    """Draw a letter or step: its findings, its file, its receipt and reply."""
    with st.container(border=True, key="letters-one"):
        step = f"{name(sent.step.label)} {sent.issued_on}"
        heading(literal(sent.number or step), literal(sent.unit_name))
        if notice := st.session_state.pop(NOTICE, None):
            st.success(notice)
        with st.container(horizontal=True):
            for key in sent.steps:
                ways.page_link(key.finding, "finding", finding=key.finding)
        if sent.key:
            files.downloads(view, [sent.key], key="again")
        if not sent.steps:
            st.caption(_("The file of the unit is the reply; it comes by the inbox."))
            return
        receipt, reply = st.columns(2)
        with receipt:
            _answer(view, sent, Answer.RECEIPT, sent.received_on)
        with reply:
            _answer(view, sent, Answer.REPLY, sent.replied_on)


def _answer(view: View, sent: Sent, what: Answer, day: date | None) -> None:
    called = {Answer.RECEIPT: _("Receipt"), Answer.REPLY: _("Reply")}[what]
    acting = view.viewer.may(Action.ISSUE) and not view.frozen
    if day is not None or not acting:
        said = day.isoformat() if day else _("none")
        st.markdown(f"**{called}** {said}")
        if acting:
            _take_back(sent, what)
        return
    today = clock.today()
    key = f"letters-{what}-{sent.steps[0].finding}-{sent.issued_on}-{sent.step}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        entered = st.date_input(
            called,
            value=max(min(view.as_of, today), sent.issued_on),
            min_value=sent.issued_on,
            max_value=max(today, sent.issued_on),
            key=key,
            width=180,
        )
        label = {
            Answer.RECEIPT: _("Enter the receipt"),
            Answer.REPLY: _("Enter the reply"),
        }[what]
        if st.button(label, key=f"letters-enter-{what}") and isinstance(entered, date):
            _enter(sent, what, entered)


def _take_back(sent: Sent, what: Answer) -> None:
    popover = st.popover(_("Undo"), key=f"letters-undo-{what}", on_change="rerun")
    if not popover.open:
        return
    with popover:
        reason = st.text_input(
            _("Why is it taken back?"), key=f"letters-reason-{what}", max_chars=200
        )
        if st.button(
            _("Take back"), key=f"letters-take-back-{what}", disabled=not (reason or "").strip()
        ):
            _enter(sent, what, None, reason or "")


def _enter(sent: Sent, what: Answer, day: date | None, reason: str = "") -> None:
    try:
        answer(
            cache.engine(),
            identity.require_viewer(),
            sent.steps,
            what,
            day,
            act=identity.act(),
            today=clock.today(),
            references=reads.references(),
            reason=reason,
        )
    except LetterRefusedError as refused:
        st.error(told(refused.sentence))
        return
    cache.forget_version()
    st.session_state[NOTICE] = (
        _("Entered for {day}.", day=day) if day else _("Taken back; the earlier day is kept.")
    )
    st.rerun()
