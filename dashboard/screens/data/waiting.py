"""Rows that were set aside in an import, shown on the quality tab until they are imported or
dropped."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import clock, identity, reads
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.screens.data import ahead, receipt
from dashboard.screens.data.counts import show_counts
from dashboard.screens.data.faults import show_faults
from dashboard.widgets import buttons
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.access.permission import Action
from data.own_ledgers import waiting_rows
from data.own_ledgers.how_to_take import HowToTake, OwnTaken
from data.own_ledgers.taking_waiting import take_waiting
from data.own_ledgers.waiting_rows import WaitingQuestion, WaitingRow, WaitingRowError
from data.own_ledgers.words.questions import LEAVE_OUT
from data.store.database import writing
from models.registry import BY_ID

CHOSEN = "waiting-chosen"
TOLD = "waiting-told"
TRIED = "waiting-tried"


def show(view: View) -> None:
    """Draw the rows that wait; viewers who may import can answer or drop the selected one."""
    if reads.looked_at():
        return
    rows = reads.ask_now(waiting_rows.waiting_rows, view.scope)
    receipt.show()
    if told := st.session_state.pop(TOLD, None):
        st.success(told)
    if not rows:
        return
    may = view.viewer.may(Action.IMPORT)
    says = _("set aside when an own ledger was taken in; click one to answer or to drop it")
    heading(_("Pending rows ({n})", n=len(rows)), says if may else "")
    table(
        {
            _("Sender"): [each.sender for each in rows],
            _("As of"): [each.as_of for each in rows],
            _("File"): [each.file_name for each in rows],
            _("Sheet"): [each.sheet for each in rows],
            _("Row"): [each.row for each in rows],
            _("Unit"): [each.unit_name or each.unit or "" for each in rows],
            _("About"): [_about(each) for each in rows],
            _("Asked"): [_asked(each) for each in rows],
        },
        key="waiting-rows",
        says=_("Pending rows"),
        on_pick=(lambda at: _choose(rows[at].id)) if may else None,
        columns={_("Asked"): st.column_config.TextColumn(width="large")},
    )
    if may:
        chosen = next((each for each in rows if each.id == st.session_state.get(CHOSEN)), rows[0])
        _one(view, chosen)


def _choose(id_: int) -> None:
    st.session_state[CHOSEN] = id_


def _about(row: WaitingRow) -> str:
    stated = row.said
    return str(stated.get("title") or stated.get("name") or name(BY_ID[row.ledger].SHEET))


def _asked(row: WaitingRow) -> str:
    if row.answered:
        return (
            _("answered; can be taken in") if row.sha256 else _("answered; comes in with the sheet")
        )
    return " ".join(say(each.asks) for each in row.questions if not each.answer)


def _one(view: View, row: WaitingRow) -> None:
    """Draw one row with its values, its questions, and the buttons to import or drop it."""
    with st.container(border=True, key="waiting-one"):
        message = _(
            "Row {row} of “{sheet}”: {about}", row=row.row, sheet=row.sheet, about=_about(row)
        )
        st.markdown(f"**{literal(message)}**")
        answers = {each.id: _field(row, each) for each in row.questions}
        given = {each: text for each, text in answers.items() if text}
        before = {each.id: each.answer for each in row.questions if each.answer}
        st.caption(_way_in(row))
        if row.sha256 and len(given) == len(answers):
            _take(view, row, given)
        if st.button(_("Keep the answers"), key="waiting-answer", disabled=given == before):
            _answer(view, row, given)
        reason = st.text_input(_("Reason for dropping the row"), key=f"waiting-why-{row.id}")
        if st.button(_("Drop the row"), key="waiting-drop", disabled=not (reason or "").strip()):
            _drop(view, row, reason or "")


def _way_in(row: WaitingRow) -> str:
    if row.sha256:
        return _(
            "An answer is kept for every sheet of this sender. Once all are there, the row can be"
            " taken in here."
        )
    return _(
        "An answer is kept for every sheet of this sender. The row comes in with the next"
        " one; to have it now, take the same file in again: its other rows are equal."
    )


def _take(view: View, row: WaitingRow, answers: Mapping[str, str]) -> None:
    """Draw the preview of the row with these answers, and the button to import it."""
    try:
        would = _tried(view, row, answers)
    except WaitingRowError as error:
        st.warning(told(error.sentence))
        return
    if would.taken.refused:
        show_faults(would.taken.faults)
        return
    if would.questions:
        for question in would.questions:
            st.warning(told(question.asks))
        return
    show_counts(would.taken.counts, key="waiting-counts")
    ahead.show(would.taken.preview, would.taken.counts, key="waiting-ahead")
    if not st.button(_("Take the row in"), type=buttons.main_button_type(), key="waiting-take"):
        return
    done = _run(view, row, answers, dry_run=False)
    st.session_state.pop(TRIED, None)
    if done.refused:
        st.rerun()
    receipt.write(_("row {row} of “{file}”", row=row.row, file=row.file_name), done)
    cache.forget_version()
    st.rerun()


def _tried(view: View, row: WaitingRow, answers: Mapping[str, str]) -> OwnTaken:
    """Return the trial run of the row; cached for the same answers and data."""
    mark = (row.id, tuple(sorted(answers.items())), cache.version())
    kept: tuple[object, OwnTaken] | None = st.session_state.get(TRIED)
    if kept is None or kept[0] != mark:
        kept = st.session_state[TRIED] = (mark, _run(view, row, answers, dry_run=True))
    return kept[1]


def _run(view: View, row: WaitingRow, answers: Mapping[str, str], *, dry_run: bool) -> OwnTaken:
    if not identity.require_viewer().may(Action.IMPORT):
        raise identity.SignedOutError
    how = HowToTake(
        day=clock.today(),
        act=identity.act(),
        references=reads.references(),
        dry_run=dry_run,
    )
    with st.spinner(_("Reading the file")):
        return take_waiting(cache.engine(), view.scope, row.id, answers, how)


def _answer(view: View, row: WaitingRow, answers: Mapping[str, str]) -> None:
    if not identity.require_viewer().may(Action.IMPORT):
        raise identity.SignedOutError
    try:
        with writing(cache.engine()) as connection:
            waiting_rows.answer(connection, identity.act(), view.scope, row.id, answers)
    except WaitingRowError as error:
        st.error(told(error.sentence))
        return
    _tell(_("The answers are kept."))


def _drop(view: View, row: WaitingRow, reason: str) -> None:
    if not identity.require_viewer().may(Action.IMPORT):
        raise identity.SignedOutError
    try:
        with writing(cache.engine()) as connection:
            waiting_rows.drop(connection, identity.act(), view.scope, row.id, reason)
    except WaitingRowError as error:
        st.error(told(error.sentence))
        return
    _tell(_("The row is dropped."))


def _tell(message: str) -> None:
    st.session_state[TOLD] = message
    cache.forget_version()
    st.rerun()


def _field(row: WaitingRow, question: WaitingQuestion) -> str:
    options: Sequence[str] = tuple(
        dict.fromkeys(each for each in (*question.proposed, question.answer) if each)
    )
    names = dict(reads.ask_now(waiting_rows.unit_names))
    chosen = st.selectbox(
        told(question.asks),
        options,
        index=options.index(question.answer) if question.answer else None,
        format_func=lambda each: _("leave it out") if each == LEAVE_OUT else names.get(each, each),
        accept_new_options=True,
        placeholder=_("Choose or type"),
        key=f"waiting-{row.id}-{question.id}",
        width=640,
    )
    return (chosen or "").strip()
