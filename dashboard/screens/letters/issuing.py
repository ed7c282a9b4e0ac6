"""Issue letters about selected findings, or enter other steps as taken for them."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import address, clock, identity, reads
from dashboard.documents.letters.wording import wording
from dashboard.documents.official.marks import plain
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.screens.letters import confirming
from dashboard.widgets import asked, buttons
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.findings.steps_taken import REPLY_DAYS
from data.letters import issuing
from data.letters.answers import take_step
from data.letters.issuing import Draft, Issued
from data.letters.numbers import SHIPPED, LetterRefusedError
from data.reference import working_days
from models.rectification import Step

OPENED = 3
"""The number of letters that are shown expanded at first."""
TAKEN = "letters-taken"
"""The session key of a message that a step was entered, shown in the rerun after it."""


def issue(view: View, chosen: Mapping[Step, Sequence[str]]) -> None:
    """Draw what can be done for the `chosen` findings, given as codes by the step that is due."""
    by_letter = {step: tuple(codes) for step, codes in chosen.items() if step in SHIPPED}
    if by_letter:
        _letters(view, by_letter)
    for step, codes in chosen.items():
        if step not in SHIPPED:
            _steps(view, step, tuple(codes))


def day_is_fit(view: View) -> bool:
    """Return whether letters may bear the day of this view; if not, say why."""
    if view.as_of <= clock.today():
        return True
    st.info(
        _(
            "What is issued bears the day of the head, {day}, which has not come yet. Choose"
            " today or an earlier day there.",
            day=view.as_of,
        )
    )
    return False


def dated(view: View) -> list[str]:
    """Return the date that letters will bear, in words; empty if that is today."""
    if view.as_of == clock.today():
        return []
    return [_("What is issued bears the day of the head, {day}.", day=view.as_of)]


def take_today(view: View) -> None:
    """Draw a button by which letters bear today's date; nothing if they do."""
    today = clock.today()
    if view.as_of == today:
        return
    st.button(
        _("Take today, {day}", day=today),
        key="letters-today",
        on_click=address.put,
        args=("as_of", today.isoformat()),
    )


def _letters(view: View, chosen: Mapping[Step, tuple[str, ...]]) -> None:
    """Draw a preview of the letters about the selected findings, one per unit and step, and issue
    them."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reply_by = st.date_input(
            _("Reply by"),
            value=working_days.after(view.as_of, REPLY_DAYS, reads.references()),
            min_value=view.as_of,
            key=f"letters-reply-by-{view.as_of}",
            help=_("At first {n} working days after the day of the letter.", n=REPLY_DAYS),
            width=200,
        )
        ways_to_write = {"unit": _("A letter for each unit"), "finding": _("for each finding")}
        apart = asked.pick("by", _("Letters"), ways_to_write) == "finding"
    scope = issuing.asked_by(view.viewer, view.as_of)
    try:
        wanted = tuple(
            draft
            for step, codes in chosen.items()
            for draft in reads.ask(issuing.drafts, scope, step, codes, reply_by, apart)
        )
    except LetterRefusedError as refused:
        st.error(told(refused.sentence))
        return
    previewed = reads.ask(issuing.numbered, wanted)
    heading(_("Preview"), _("letters: {n}", n=len(previewed)))
    for letter in previewed:
        with st.expander(
            literal(f"{letter.number} {letter.draft.unit_name}"), expanded=len(previewed) <= OPENED
        ):
            preview(letter)
    confirming.confirm(wanted, lambda: _issue(wanted), key="letters")


def preview(letter: Issued) -> None:
    """Draw the text of the letter as it will be written."""
    words = wording(letter)
    st.markdown(f"**{literal(plain(words.title))}**", text_alignment="center")
    st.markdown(literal(plain(words.addressee)))
    st.markdown(literal(plain(words.opening)))
    columns = zip(*words.rows, strict=True)
    table(
        {
            heading: [plain(text) for text in column]
            for heading, column in zip(words.headings, columns, strict=True)
        },
        key=f"letters-preview-{letter.key.step}-{letter.key.serial}",
        says=words.title,
    )
    st.markdown(literal(plain(words.request)))
    st.markdown(literal(words.closing))
    st.markdown(literal(plain(words.day)), text_alignment="right")


def _issue(wanted: tuple[Draft, ...]) -> tuple[Issued, ...]:
    return issuing.issue(
        cache.engine(),
        identity.require_viewer(),
        wanted,
        act=identity.act(),
        today=clock.today(),
        references=reads.references(),
    )


def _steps(view: View, step: Step, codes: tuple[str, ...]) -> None:
    """Draw the form to enter a step other than a letter for the selected findings."""
    due = step
    if step is Step.INTERVIEW:
        both = {each.value: name(each.label) for each in (Step.INTERVIEW, Step.CIRCULAR)}
        step = Step(asked.pick("taken", _("Step taken"), both))
    st.caption(
        _(
            "“{step}” is no letter. It is entered as taken on {day} for each finding chosen.",
            step=step.label,
            day=view.as_of,
        )
    )
    if not st.button(
        _("Enter as taken: {step} ({n})", step=step.label, n=len(codes)),
        type=buttons.main_button_type(),
        key=f"letters-take-{due}",
    ):
        return
    try:
        take_step(
            cache.engine(),
            identity.require_viewer(),
            step,
            codes,
            taken_on=view.as_of,
            act=identity.act(),
            today=clock.today(),
            references=reads.references(),
        )
    except LetterRefusedError as refused:
        st.error(told(refused.sentence))
        return
    cache.forget_version()
    st.session_state[TAKEN] = _(
        "“{step}” is entered for {n} findings; receipts and replies stand under “Other steps”.",
        step=step.label,
        n=len(codes),
    )
    st.rerun()
