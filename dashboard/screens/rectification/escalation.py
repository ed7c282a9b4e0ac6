"""Escalation (督办): the ladder of steps, letters without a reply, and findings due for the next
step."""

import streamlit as st

from dashboard import reads
from dashboard.act_words import ToBeDone
from dashboard.charts.status_colours import SHAPES, Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import next_acts
from dashboard.status import Status
from dashboard.widgets import lists, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.lists import Column, Kind
from dashboard.widgets.panels import panel
from dashboard.widgets.silence import draw_if_not_entered
from dashboard.widgets.tables import table
from dashboard.widgets.tiles import row_of_figures
from data.findings import escalation as escalations
from data.findings.escalation import Due, DueSteps, Letter
from data.findings.steps_taken import answer_to
from models.rectification import Severity, Step

SHOWN = 50
AT_FIRST = 10
"""Of these, those shown at first."""
GRAVITY = {Step.INTERVIEW: 2, Step.CIRCULAR: 2, Step.COMMITTEE: 3}
"""How many signs stand before a step that is graver than a letter."""


@still
def escalation(view: View) -> None:
    """Draw the findings due for the next step, then the letters that await a reply."""
    if draw_if_not_entered(view, "overdue", _("The ladder")):
        return
    due_steps = reads.ask(escalations.due_steps, view.scope, SHOWN)
    with panel():
        _to_do(view, due_steps)
    with panel():
        _letters(view)
    ladder, waiting = st.columns(2, border=True)
    with ladder:
        _ladder(view, due_steps)
    with waiting:
        _waiting(view)


def _ladder(view: View, due_steps: DueSteps) -> None:
    heading(_("The ladder"), _("by days overdue; a graver step stands for the milder ones"))
    rules = {
        Step.REMINDER: _("1 to 30 days: reminder"),
        Step.SUPERVISION: _("31 to 90 days: supervision letter"),
        Step.INTERVIEW: _("91 to 180 days: interview, or circular"),
        Step.COMMITTEE: _("181 days and more: to the committee"),
    }
    table(
        {
            _("Rule"): list(rules.values()),
            _("Findings due for it"): [due_steps.counted[step] for step in rules],
        },
        key="pressing-ladder",
        says=_("The ladder"),
    )
    st.caption(
        _(
            "A step counts as taken when it was issued after the present limit had passed."
            " On {day}, {n} findings are due for a step.",
            day=view.as_of,
            n=sum(due_steps.counted.values()),
        )
    )


def _waiting(view: View) -> None:
    waiting_by_step = reads.ask(escalations.waiting, view.scope)
    row_of_figures(view, ("escalations_open",), key="pressing-figures")
    table(
        {
            _("Step"): [name(step.label) for step in waiting_by_step],
            _("Without reply"): [each.letters for each in waiting_by_step.values()],
            _("of these without receipt"): [
                each.without_receipt for each in waiting_by_step.values()
            ],
            _("Longest wait (days)"): [
                (view.as_of - each.oldest_on).days if each.oldest_on else None
                for each in waiting_by_step.values()
            ],
        },
        key="pressing-waiting",
        says=_("Letters without reply, by step"),
    )


def _to_do(view: View, due_steps: DueSteps) -> None:
    heading(
        _("Due for the next step"),
        _("the gravest step first, then the longest overdue; {n} at most", n=SHOWN),
    )
    ways.page_link(_("Letters"), "letters", icon=":material/mail:", tab="due")
    if not due_steps.gravest:
        st.caption(_("By the ladder, nothing is due on {day}.", day=view.as_of))
        return
    lists.draw(
        columns(view),
        due_steps.gravest,
        key="pressing-due",
        says=_("Due for the next step"),
        onward=lambda due: ways.finding_way(due.line.finding.code),
        first=AT_FIRST,
    )
    length = sum(due_steps.counted.values())
    lists.download(
        view,
        columns(view),
        lambda: reads.ask(escalations.due_steps, view.scope, length).gravest,
        title=_("Escalation"),
        key="pressing",
        file_name=_("Due for escalation {day}.xlsx", day=view.as_of),
    )


def columns(view: View) -> list[Column[Due]]:
    """Return the columns of findings due for a step, for the screen and the workbook."""
    return [
        Column("step", _("Next step"), next_step, Kind.STATUS),
        Column(
            "overdue",
            _("Overdue (days)"),
            lambda due: due.line.days_over(view.as_of),
            Kind.WHOLE,
            late=True,
            card=_("overdue by {n} days", n="{n}"),
        ),
        Column("unit_code", _("Unit code"), lambda due: due.line.finding.unit, screen=False),
        Column("unit", _("Unit"), lambda due: due.line.unit_name, card="{n}"),
        Column(
            "finding", _("Finding"), lambda due: due.line.finding.title, width="large", card="{n}"
        ),
        *next_acts.columns(view, lambda due: next_acts.of_line(view, due.line), says_what=False),
        Column(
            "severity", _("Severity"), lambda due: name(Severity(due.line.finding.severity).label)
        ),
        Column(
            "limit", _("Present limit"), lambda due: due.line.standing.due, Kind.DAY, screen=False
        ),
        Column("last", _("Last step"), lambda due: name(due.last.label) if due.last else None),
        Column("taken_on", _("Taken on"), lambda due: due.last_on, Kind.DAY),
        Column("code", _("Finding code"), lambda due: due.line.finding.code, Kind.CODE),
    ]


def next_step(due: Due) -> Status:
    """Return the next step of a finding, graver from step to step: yellow, red, red with two or
    three signs."""
    word = name(due.step.label)
    if due.step is Step.INTERVIEW:
        word = _(
            "{interview} or {circular}",
            interview=Step.INTERVIEW.label,
            circular=Step.CIRCULAR.label,
        )
    tone = Tone.WARN if due.step is Step.REMINDER else Tone.BAD
    return Status(tone, word, SHAPES[tone] * GRAVITY.get(due.step, 1))


def _letters(view: View) -> None:
    heading(
        _("Letters without reply"),
        _("the longest waiting first; {n} at most; click to see the finding", n=SHOWN),
    )
    letter_lines = reads.ask(escalations.letters, view.scope, SHOWN)
    if not letter_lines:
        st.caption(_("No letter waits for a reply on {day}.", day=view.as_of))
        return
    table(
        {
            _("Step"): [name(each.step.label) for each in letter_lines],
            _("Days without reply"): [(view.as_of - each.issued_on).days for each in letter_lines],
            _("Unit"): [each.unit_name for each in letter_lines],
            _("Finding"): [each.title for each in letter_lines],
            next_acts.heading(): [
                next_acts.cell(view, _answer(view, each)) for each in letter_lines
            ],
            _("Sent"): [each.issued_on for each in letter_lines],
            _("Receipt"): [
                each.received_on.isoformat() if each.received_on else _("none")
                for each in letter_lines
            ],
        },
        first=AT_FIRST,
        late=(_("Days without reply"),),
        key="pressing-letters",
        says=_("Letters without reply"),
        cards={
            _("Days without reply"): _("no reply for {n} days", n="{n}"),
            _("Unit"): "{n}",
            _("Finding"): "{n}",
            next_acts.heading(): next_acts.card(),
        },
        onward=lambda row: ways.finding_way(letter_lines[row].finding),
    )


def _answer(view: View, letter: Letter) -> ToBeDone:
    """Return what a letter without a reply asks for, of whom and until when."""
    return next_acts.of_first(view, answer_to(letter.step, letter.reply_by))
