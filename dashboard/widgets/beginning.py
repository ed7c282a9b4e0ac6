"""From which day on findings have a history; before it no change is told and no trend is drawn."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _
from data.figures.reading import Reading
from data.own_ledgers import history_begins
from models.rules.known import FINDINGS


def begins_on(view: View) -> date | None:
    """The day from which on the findings of the view have a history; None where nothing limits it.

    What is frozen stays as it was.
    """
    if view.scope.frozen is not None:
        return None
    return reads.ask_now(history_begins.begins_on, view.scope.on(view.as_of))


def before(view: View) -> Mapping[str, Reading]:
    """The figures on the day to compare with, without those that have no history by then."""
    found: Mapping[str, Reading] = reads.of(view.before)
    first = begins_on(view)
    if first is None or view.since >= first:
        return found
    return {key: each for key, each in found.items() if each.figure.known_by != FINDINGS}


def said(view: View) -> str:
    """From which day on findings are known, and by whom; "" where nothing limits it."""
    if view.scope.frozen is not None:
        return ""
    found = reads.ask_now(history_begins.beginnings, view.scope)
    if not found:
        return ""
    names = dict(reads.ask_now(history_begins.sender_names))
    senders = _(", ").join(
        _("{sender} from {day}", sender=names.get(each.sender, each.sender), day=each.on)
        for each in found
    )
    return _("Known from {day} on: {senders}.", day=found[0].on, senders=senders)


def note(view: View) -> None:
    """A line that says it, where something limits it."""
    if told := said(view):
        st.caption(told)
