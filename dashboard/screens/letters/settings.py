"""The page of letters: findings due for a step, letters sent, and the numbering of letters."""

import streamlit as st

from dashboard import clock, identity, reads
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.screens.letters import due as letters_due
from dashboard.screens.letters import sent as letters_sent
from dashboard.widgets import asked
from dashboard.widgets.drawing import heading
from data.access.permission import Action
from data.letters import numbers as letter_numbers
from data.letters.numbers import SHIPPED, LetterRefusedError
from data.store.database import writing

# The session key of a message that is shown in the rerun after a change.
NOTICE = "letters-notice"


def letters_page(view: View) -> None:
    """Draw a tab for each: first what is due for a letter or step and which replies are late."""
    notice = st.session_state.pop(NOTICE, None)
    if notice:
        st.success(notice)
    issuing = view.viewer.may(Action.ISSUE)
    if issuing and view.frozen:
        st.info(
            _(
                "You look at a frozen meeting: nothing can be issued or entered here. Choose “Back"
                " to the present” above to do so."
            )
        )
    parts = {
        "due": (_("Due for a step"), letters_due.due),
        "sent": (_("Letters sent"), letters_sent.letters),
        "steps": (_("Other steps"), letters_sent.steps),
    }
    if issuing and not view.frozen:
        parts["numbers"] = (_("Numbers of letters"), numbers)
    asked.tabs_of_view(view, parts)


def numbers(view: View) -> None:
    """Draw the form for the numbering of letters, with the next number."""
    heading(
        _("Numbers of letters"),
        _("each step counts its letters by itself, from 1 on in every year"),
    )
    kept = reads.ask_now(letter_numbers.styles)
    today = clock.today()
    wanted = {}
    for step in SHIPPED:
        written, shown = st.columns(2, vertical_alignment="bottom")
        with written:
            wanted[step] = st.text_input(
                name(step.label),
                value=kept[step],
                key=f"letters-style-{step}",
                max_chars=letter_numbers.LONGEST,
                help=_("{{year}} and {{serial}} stand for the year and the serial number."),
            )
        with shown:
            serial = reads.ask_now(letter_numbers.next_serial, step, today.year)
            st.markdown(_next_number(wanted[step], today.year, serial))
    try:
        letter_numbers.check({step: style.strip() for step, style in wanted.items()})
    except LetterRefusedError as refused:
        st.error(told(refused.sentence))
        return
    st.caption(_("Letters that were issued keep their numbers."))
    if st.button(_("Save the styles"), key="letters-style-save", disabled=wanted == dict(kept)):
        try:
            with writing(cache.engine()) as connection:
                viewer = identity.require_viewer()
                letter_numbers.set_styles(connection, viewer, wanted, identity.act())
        except LetterRefusedError as refused:
            st.error(told(refused.sentence))
            return
        cache.forget_version()
        st.session_state[NOTICE] = _("The styles are saved.")
        st.rerun()


def _next_number(style: str, year: int, serial: int) -> str:
    try:
        letter_numbers.check({next(iter(SHIPPED)): style.strip()})
    except LetterRefusedError:
        return ""
    number = letter_numbers.written(style.strip(), year, serial)
    return _("Next: {number}", number=literal(number))
