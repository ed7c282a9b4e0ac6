"""The day from which findings have a full history; changes and trends before that day are not
shown."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.markdown import literal
from data.figures.reading import Reading
from data.own_ledgers.entering import history_begins
from models.rules.known import FINDINGS


def begins_on(view: View) -> date | None:
    """Return the first day on which the findings of the view have a history.

    None if there is no such limit, and for a freeze, whose figures do not change.
    """
    if view.scope.frozen is not None:
        return None
    return reads.ask_now(history_begins.begins_on, view.scope.on(view.as_of))


def readings_before(view: View) -> Mapping[str, Reading]:
    """Return the figures on the day of comparison, without those whose history begins later."""
    readings_before: Mapping[str, Reading] = reads.figures_of(view.before)
    first = begins_on(view)
    if first is None or view.since >= first:
        return readings_before
    return {key: each for key, each in readings_before.items() if each.figure.known_by != FINDINGS}


def beginning_in_words(view: View) -> str:
    """Return a sentence that says from which day findings are known, by sender.

    "" if nothing limits the history, and for a freeze.
    """
    if view.scope.frozen is not None:
        return ""
    beginnings = reads.ask_now(history_begins.beginnings, view.scope)
    if not beginnings:
        return ""
    names = dict(reads.ask_now(history_begins.sender_names))
    senders = _(", ").join(
        _("{sender} from {day}", sender=names.get(each.sender, each.sender), day=each.on)
        for each in beginnings
    )
    return _("Known from {day} on: {senders}.", day=beginnings[0].on, senders=senders)


def draw_beginning(view: View) -> None:
    """Draw the sentence of `beginning_in_words`, if there is one."""
    if told := beginning_in_words(view):
        st.caption(literal(told))
