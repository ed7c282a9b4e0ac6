"""The receipt shown after an own ledger is taken in: the number of the import and its counts."""

from dataclasses import dataclass

import streamlit as st

from dashboard.i18n import _
from dashboard.markdown import literal
from dashboard.screens.data.counts import show_counts
from dashboard.screens.data.understood import show_agreement
from data.own_ledgers.how_to_take import OwnTaken

STATE = "receipt"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The result of importing a file."""

    file: str
    taken: OwnTaken


def write(file: str, taken: OwnTaken) -> None:
    """Store the receipt until the next one, or until the viewer dismisses it."""
    st.session_state[STATE] = Receipt(file, taken)


def show() -> None:
    """Draw the receipt, if there is one."""
    kept: Receipt | None = st.session_state.get(STATE)
    if kept is None:
        return
    with st.container(border=True, key="receipt"):
        st.success(literal(_said(kept)))
        if kept.taken.earlier:
            numbers = _(", ").join(map(str, kept.taken.earlier))
            said = _(
                "{file}: its earlier months came in first: {numbers}.",
                file=kept.file,
                numbers=numbers,
            )
            st.info(literal(said))
        if kept.taken.set_aside:
            st.info(_("Rows that wait for answers: {n}.", n=kept.taken.set_aside))
        if kept.taken.taken.counts:
            show_counts(kept.taken.taken.counts, key="receipt-counts")
        show_agreement(kept.taken.sums, key="receipt-sums")
        if st.button(_("Put away"), key="receipt-away"):
            del st.session_state[STATE]
            st.rerun()


def _said(kept: Receipt) -> str:
    number = kept.taken.taken.number
    if number is None:
        return _("“{file}”: nothing changed, every row is equal to what is kept.", file=kept.file)
    return _("“{file}” was taken in as import {number}.", file=kept.file, number=number)
