"""A run of a page shows one state of the data: a figure and its list never differ by an import."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

from dashboard.reads import cache

STATE = "reads-begun-again"
MOST = 3
"""Runs that are begun again in a row; the next keeps a snapshot of the database."""


@contextmanager
def one_state() -> Iterator[None]:
    """One run; it is begun again where the data changes before it has asked everything.

    A button that was clicked for it counts as clicked in the next one too, unless what it does was
    done already: the click would be lost otherwise.
    """
    begun_again: int = st.session_state.get(STATE, 0)
    if begun_again >= MOST:
        # Somebody writes all the time.
        st.session_state[STATE] = 0
        with cache.one_snapshot():
            yield
        return
    held = cache.Held()
    try:
        with cache.one_version() as held:
            yield
    except cache.ChangedMeanwhileError:
        wrote = held.wrote
        cache.forget_version()
        st.session_state[STATE] = begun_again + 1
        if not wrote:
            _keep_clicked()
        st.rerun()
    if begun_again:
        st.session_state[STATE] = 0


def _keep_clicked() -> None:
    """Have the next run find the buttons clicked that this one does; their callbacks ran already,
    and are not called again."""
    context = get_script_run_ctx()
    if context is None or context.script_requests is None:
        return
    states = context.session_state.get_widget_states()
    clicked = [each for each in states if each.trigger_value]
    if clicked:
        # It is joined with the request of `st.rerun`, which names the page.
        replayed = WidgetStates(widgets=clicked)
        context.script_requests.request_rerun(RerunData(replay_trigger_states=replayed))
