"""A run of a page shows one state of the data: a figure and its list never differ by an import."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.reads import cache

STATE = "reads-begun-again"
MOST = 3
"""Runs that are begun again in a row; the next keeps a snapshot of the database."""


@contextmanager
def one_state() -> Iterator[None]:
    """One run; it is begun again where the data changes before it has asked everything."""
    begun_again: int = st.session_state.get(STATE, 0)
    if begun_again >= MOST:
        # Somebody writes all the time.
        st.session_state[STATE] = 0
        with cache.one_snapshot():
            yield
        return
    try:
        with cache.one_version():
            yield
    except cache.ChangedMeanwhileError:
        cache.forget_version()
        st.session_state[STATE] = begun_again + 1
        st.rerun()
    if begun_again:
        st.session_state[STATE] = 0
