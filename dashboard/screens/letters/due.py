"""Findings that are due for a step of pressing: select them, preview their letters, issue these."""

from collections.abc import Sequence

import streamlit as st

from dashboard import address, clock, formats, identity, reads
from dashboard.documents.letters.wording import wording
from dashboard.documents.official.marks import plain
from dashboard.frame.view import View
from dashboard.i18n import _, name, say
from dashboard.markdown import literal
from dashboard.reads import cache
from dashboard.screens.letters import confirming, files, sent
from dashboard.widgets import asked, buttons, ways
from dashboard.widgets.drawing import heading
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import choose, table
from data.access.permission import Action
from data.findings import pressing
from data.findings.pressing import Due
from data.letters import issuing
from data.letters.answers import take_step
from data.letters.issuing import Draft, Issued
from data.letters.numbers import SHIPPED, LetterRefusedError
from data.reference import working_days
from models.rectification import Severity, Step
from models.rules.pressing import LADDER

SHOWN = 200
WORKING_DAYS = 10
"""The default time limit for a reply, in working days after the letter."""
OPENED = 3
"""The number of letters that are shown expanded at first."""
TAKEN = "letters-taken"


def due(view: View) -> None:
    """Draw the findings that are due for the selected step of the ladder, and the actions on
    them."""
    files.just_issued(view)
    if notice := st.session_state.pop(TAKEN, None):
        st.success(notice)
    if draw_if_not_entered(view, "overdue", _("Due for the next step")):
        return
    counted = reads.ask(pressing.to_press, view.scope, 0).counted
    steps = [step for _first, step in LADDER]
    # The page opens on a step that something is due for.
    usual = next((step for step in steps if counted[step]), steps[0])
    chosen = asked.pick(
        "step",
        _("Step"),
        {step.value: f"{name(step.label)} {counted[step]}" for step in steps},
        usual=usual.value,
    )
    step = Step(chosen)
    if not any(counted.values()):
        st.caption(_("By the ladder, no finding here is due for a step on {day}.", day=view.as_of))
        sent.without_reply(view)
        return
    due_findings = reads.ask(pressing.to_press_by, view.scope, step, SHOWN)
    heading(
        _("Due for the step “{step}”", step=step.label),
        _("by the ladder, the longest overdue first; {n} at most", n=SHOWN),
    )
    if not due_findings:
        st.caption(
            _(
                "By the ladder, no finding here is due for this step on {day}. Choose another step"
                " above, or another node or day in the head.",
                day=view.as_of,
            )
        )
        return
    if not view.viewer.may(Action.ISSUE) or view.frozen:
        table(
            _cells(view, due_findings),
            tall=True,
            key="letters-due-list",
            says=_("Due for the next step"),
            onward=lambda row: ways.finding_way(due_findings[row].line.finding.code),
        )
        sent.without_reply(view)
        return
    with st.container(key="letters-due"):
        rows = choose(
            _cells(view, due_findings), key=table_key(view, step), says=_("Due for the next step")
        )
    if not _day_is_fit(view):
        return
    if not rows:
        st.caption(_("Choose findings in the first column of the table to see what is issued."))
        sent.without_reply(view)
        return
    codes = tuple(due_findings[row].line.finding.code for row in rows)
    if step in SHIPPED:
        _letters(view, step, codes)
    else:
        _steps(view, step, codes)


def table_key(view: View, step: Step) -> str:
    """Return the key of the table, which changes with its rows, so that a selection keeps its
    meaning."""
    return f"letters-due-{step}-{view.scope.node}-{view.as_of}-{cache.version()}"


def _cells(view: View, due_findings: Sequence[Due]) -> dict[str, list[object]]:
    lines = [each.line for each in due_findings]
    return {
        _("Unit"): [line.unit_name for line in lines],
        _("Finding"): [line.finding.title for line in lines],
        _("Overdue (days)"): [line.days_over(view.as_of) for line in lines],
        _("Present limit"): [line.standing.due for line in lines],
        _("Severity"): [name(Severity(line.finding.severity).label) for line in lines],
        _("Amount"): [
            formats.fen(line.finding.amount) if line.finding.amount else None for line in lines
        ],
        _("Last step"): [name(each.last.label) if each.last else None for each in due_findings],
        _("taken on"): [each.last_on for each in due_findings],
        _("Finding code"): [line.finding.code for line in lines],
    }


def _day_is_fit(view: View) -> bool:
    """Say which date issued letters will bear; return whether letters may be issued in this
    view."""
    today = clock.today()
    if view.as_of > today:
        st.info(
            _(
                "What is issued bears the day of the head, {day}, which has not come yet. Choose"
                " today or an earlier day there.",
                day=view.as_of,
            )
        )
        return False
    if view.as_of < today:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                _("What is issued bears the day of the head, {day}.", day=view.as_of),
                width="content",
            )
            st.button(
                _("Take today, {day}", day=today),
                key="letters-today",
                type="tertiary",
                on_click=address.put,
                args=("as_of", today.isoformat()),
            )
    return True


def _letters(view: View, step: Step, codes: tuple[str, ...]) -> None:
    """Draw a preview of the letters about the selected findings, one per unit, and issue them."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reply_by = st.date_input(
            _("Reply by"),
            value=working_days.after(view.as_of, WORKING_DAYS, reads.references()),
            min_value=view.as_of,
            key=f"letters-reply-by-{view.as_of}",
            help=_("At first {n} working days after the day of the letter.", n=WORKING_DAYS),
            width=200,
        )
        ways_to_write = {"unit": _("A letter for each unit"), "finding": _("for each finding")}
        apart = asked.pick("by", _("Letters"), ways_to_write) == "finding"
    scope = issuing.asked_by(view.viewer, view.as_of)
    try:
        wanted = reads.ask(issuing.drafts, scope, step, codes, reply_by, apart)
    except LetterRefusedError as refused:
        st.error(say(refused.sentence))
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
        key=f"letters-preview-{letter.key.serial}",
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
        key="letters-take-step",
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
        st.error(say(refused.sentence))
        return
    cache.forget_version()
    st.session_state[TAKEN] = _(
        "“{step}” is entered for {n} findings; receipts and replies stand under “Other steps”.",
        step=step.label,
        n=len(codes),
    )
    st.rerun()
