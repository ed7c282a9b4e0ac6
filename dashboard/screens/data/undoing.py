"""Undoing an import: what would be removed and restored, then the button that does it."""

from collections.abc import Iterator

import streamlit as st

from dashboard import clock, identity, reads
from dashboard.i18n import _, name
from dashboard.markdown import told
from dashboard.reads import cache
from dashboard.widgets import buttons
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.access.permission import Action
from data.intake.undo import Undone, UndoRefusedError, preview, undo
from data.intake.undo_plan import LedgerPlan, key_text_of

STATE = "undoing-preview"
DONE = "undoing-done"
ROWS_SHOWN = 500
Line = tuple[str, str, str]
"""The ledger, the key of a row, and what happens to it."""


def undoing(number: int) -> None:
    """Draw a field for the reason and a preview of undoing import `number`, and undo it on
    request."""
    if not identity.require_viewer().may(Action.IMPORT) or reads.looked_at():
        return
    heading(_("Take this import back"), _("what it brought goes, what it replaced comes back"))
    if done := st.session_state.pop(DONE, None):
        st.success(_("Import {undoes} is taken back, as import {number}.", **done))
    if st.button(_("Show what would be taken back"), key="undoing-preview-button"):
        st.session_state[STATE] = (number, cache.version())
    if st.session_state.get(STATE) != (number, cache.version()):
        return
    try:
        undone = preview(cache.engine(), number, day=clock.today(), references=reads.references())
    except UndoRefusedError as error:
        st.info(told(error.sentence))
        return
    _show(undone)
    reason = st.text_input(_("Reason for taking it back"), key="undoing-reason", max_chars=200)
    if st.button(
        _("Take import {number} back", number=number),
        type=buttons.main_button_type(),
        key="undoing-confirm",
        disabled=not (reason or "").strip(),
    ):
        _undo(number, reason or "")


def _undo(number: int, reason: str) -> None:
    if not identity.require_viewer().may(Action.IMPORT):
        raise identity.SignedOutError
    act = identity.act()
    done = undo(
        cache.engine(),
        number,
        reason=reason,
        account=act.account,
        day=clock.today(),
        now=act.at,
        references=reads.references(),
        address=act.address,
    )
    cache.forget_version()
    st.session_state.pop(STATE, None)
    st.session_state[DONE] = {"undoes": number, "number": done.number}
    st.rerun()


def _show(undone: Undone) -> None:
    lines = [line for each in undone.plan.values() for line in _lines(each)]
    shown = lines[:ROWS_SHOWN]
    table(
        {
            _("Ledger"): [ledger for ledger, _key, _what in shown],
            _("Row"): [key for _ledger, key, _what in shown],
            _("What becomes of it"): [what for _ledger, _key, what in shown],
        },
        key="undoing-rows",
        says=_("Rows of the import"),
    )
    if len(lines) > len(shown):
        st.caption(_("The first {n} of {all} rows.", n=len(shown), all=len(lines)))


def _lines(each: LedgerPlan) -> Iterator[Line]:
    """Yield the rows that stay, are removed and are restored; those that stay first, as
    unexpected."""
    ledger = name(each.ledger.SHEET)
    for key, why in each.stays.items():
        stays = _("stays as it is: {why}", why=why.label)
        yield ledger, key_text_of(each.ledger, key), stays
    for key in each.out:
        yield ledger, key_text_of(each.ledger, key), _("is taken out")
    for key in each.back:
        becomes = _("is put back as it was") if key in each.now else _("comes back")
        yield ledger, key_text_of(each.ledger, key), becomes
