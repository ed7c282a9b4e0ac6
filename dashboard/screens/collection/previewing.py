"""The preview of a checked file and its faults, the same for its unit and for a steward."""

import streamlit as st

from dashboard import clock, identity, reads
from dashboard.i18n import _
from dashboard.markdown import told
from dashboard.reads import cache
from dashboard.screens.data import ahead, questions, understood
from dashboard.screens.data.counts import show_counts
from dashboard.screens.data.faults import show_faults, show_warnings
from dashboard.screens.data.own_ledger import more_answers
from dashboard.screens.data.questions import Answers
from dashboard.serving import uploads
from data.collection import checking
from data.collection.checking import Checked, Circumstances, FileOfUnit
from data.own_ledgers.layout.apart import OpenedFile
from data.own_ledgers.memory.offers import offers

STATE = "collection-checked"


def circumstances() -> Circumstances:
    """Return the circumstances of an import now: today, the viewer, the reference lists."""
    return Circumstances(clock.today(), identity.act(), reads.references())


def check(file: FileOfUnit, opened: OpenedFile) -> Checked:
    """Return the trial run of `file`; cached for the same file, answers and data."""
    used = tuple(sorted(file.answers.items()))
    mark = (file.digest, file.name, file.unit, opened.is_ours, used, cache.version())
    of_session = uploads.opened(STATE)
    kept: Checked | None = of_session.get(mark)
    if kept is None:
        of_session.clear()
        with st.spinner(_("Checking the file")):
            kept = checking.check(cache.engine(), file, opened, circumstances())
        of_session[mark] = kept
    return kept


def show(checked: Checked, answers: Answers, key: str, *, of_sender: bool = False) -> None:
    """Draw the file's faults, questions and warnings, and the rows that would be imported.

    `of_sender`: the viewer cannot correct the file, but returns it to its unit.
    """
    faults = checked.taken.faults
    if len(faults) == 1 and faults[0].sheet is None:
        st.error(told(faults[0].sentence))
    elif faults:
        show_faults(faults, of_sender=of_sender)
    if checked.own is not None:
        own = checked.own
        show_warnings([*own.stated.warnings, *own.taken.warnings], key="collection-warnings")
        understood.show_sums(own.stated)
        offered = reads.ask_now(offers)
        questions.show(own, answers, more_answers(own.stated, offered), key)
    else:
        show_warnings(checked.taken.warnings, key="collection-warnings")
    if faults or checked.questions:
        return
    if not any(each["new"] or each["changed"] for each in checked.counts.values()):
        st.info(_("Every row of this file is equal to what is kept: nothing would change."))
        return
    show_counts(checked.counts, key=f"{key}-counts")
    ahead.show(checked.taken.preview, checked.counts, key=f"{key}-ahead")
