"""The band below the title of a slide: what the committee asks of whom."""

import streamlit as st

from dashboard import call_words, reads
from dashboard.markdown import literal
from dashboard.wall.layout import Seen
from data.meetings import calls
from models.freeze import AgendaScreen


def call_band(screen: AgendaScreen, seen: Seen) -> None:
    """Draw what is asked for on `screen`; nothing where nothing is known."""
    meeting, figure = seen.meeting, calls.FIGURES.get(screen)
    call = reads.ask(
        calls.call,
        seen.view.scope,
        screen,
        reads.figure(figure) if figure else None,
        meeting.code if meeting else "",
        meeting.on_date if meeting else None,
    )
    if call is None:
        return
    said = call_words.text_of(
        call,
        lambda each: (
            seen.names.of(each.unit, each.name) if each.unit else seen.names.within(each.name)
        ),
    )
    with st.container(key="wall-call" if call.called else "wall-call-quiet"):
        st.markdown(f"**{literal(said)}**" if call.called else literal(said))
