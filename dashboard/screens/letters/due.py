"""Findings that are due for a step of escalation, in one list, and what is said of them first."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.reads import cache
from dashboard.screens.letters import files, issuing, waiting
from dashboard.screens.rectification import escalation as steps_due
from dashboard.status import Status
from dashboard.widgets import asked, buttons, headlines, lists, sentence, tables, tiles, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.lists import Column
from dashboard.widgets.silence import draw_if_not_entered
from data.access.permission import Action
from data.findings import escalation
from data.findings.escalation import Due
from data.letters.awaited import awaited
from data.letters.numbers import SHIPPED
from models.rectification import Step
from models.rules import extremes
from models.rules.escalation import LADDER

SHOWN = waiting.STEPS_SHOWN
AT_FIRST = 15
"""Of these, those shown at first."""


def due(view: View) -> None:
    """Draw the findings that are due for a step of the ladder, and the actions on them."""
    files.just_issued(view)
    if notice := st.session_state.pop(issuing.TAKEN, None):
        st.success(notice)
    if draw_if_not_entered(view, "overdue", _("Due for the next step")):
        return
    if not view.viewer.may(Action.ISSUE) or view.frozen:
        _to_read(view)
        return
    _say(view)
    found = _due_findings(view)
    if not found:
        _none(view)
        waiting.without_reply(view)
        return
    act = st.container(horizontal=True, vertical_alignment="center")
    with st.container(key="letters-due"):
        rows = lists.choose(
            _columns(view),
            found,
            key=table_key(view),
            says=_("Due for the next step"),
            first=AT_FIRST,
        )
    with act:
        if not issuing.day_is_fit(view):
            return
        _act(view, found, rows)
    if not rows:
        waiting.without_reply(view)
        return
    chosen: dict[Step, list[str]] = {}
    for row in rows:
        chosen.setdefault(found[row].step, []).append(found[row].line.finding.code)
    issuing.issue(view, chosen)


def _act(view: View, found: Sequence[Due], rows: Sequence[int]) -> None:
    """Draw the button that chooses all findings, what follows, and the date that the letters
    will bear."""
    st.button(
        _("Choose all and review ({n})", n=len(found)),
        type="secondary" if rows else buttons.main_button_type(),
        key="letters-choose-all",
        disabled=len(rows) == len(found),
        on_click=tables.choose_all,
        args=(table_key(view), len(found)),
    )
    issuing.take_today(view)
    hint = _(
        "Choose findings in the list, or all at once: their letters stand below it, to be looked at"
        " and issued there."
    )
    if rows:
        hint = _("Chosen: {n}; what is issued stands below the list.", n=len(rows))
    st.caption(" ".join((hint, *issuing.dated(view))), width="content")


def table_key(view: View) -> str:
    """Return the key of the table, which changes with its rows, so that a selection keeps its
    meaning."""
    step = asked.choice("step", _steps())
    return f"letters-due-{step}-{view.scope.node}-{view.as_of}-{cache.version()}"


@still
def _to_read(view: View) -> None:
    """Draw the sentence, the findings due and what waits for a reply, without any action."""
    _say(view)
    found = _due_findings(view)
    if found:
        st.caption(
            _(
                "The office of the audit committee issues the letters and enters the steps; click a"
                " row to see the finding."
            )
        )
        lists.draw(
            _columns(view),
            found,
            key="letters-due-list",
            says=_("Due for the next step"),
            onward=lambda each: ways.finding_way(each.line.finding.code),
            first=AT_FIRST,
        )
    else:
        _none(view)
    waiting.without_reply(view)


def _columns(view: View) -> list[Column[Due]]:
    """Return the columns of findings due for a step, led by what is to be done; the step taken last
    says how its reply stands, for which nobody is pressed any more."""
    step, *others = steps_due.columns(view)
    replies = waiting.said_of_reply(view)

    def last(due: Due) -> str | None:
        if due.last is None:
            return None
        reply = replies.get((due.line.finding.code, due.last))
        taken = name(due.last.label)
        return _("{step}, {reply}", step=taken, reply=reply) if reply else taken

    others = [
        replace(each, value=last, card=_("last step: {step}", step="{n}"))
        if each.id == "last"
        else each
        for each in others
    ]
    return [replace(step, heading=_("To do"), value=_to_do), *others]


def _to_do(due: Due) -> Status:
    """Return the next step of a finding as an act, as grave as the step."""
    step = steps_due.next_step(due)
    if due.step not in SHIPPED:
        return step
    return replace(step, word=_("issue a {step}", step=name(due.step.label).lower()))


def _steps() -> dict[str, str]:
    return {step.value: name(step.label) for _first, step in LADDER}


def _due_findings(view: View) -> Sequence[Due]:
    """Draw the heading and the choice of a step; return the findings due, of that step or all."""
    counted = reads.ask(escalation.due_steps, view.scope, SHOWN).counted
    total = sum(counted.values())
    if not total:
        return ()
    heading(
        _("To do: letters or steps, findings {n}", n=total),
        headlines.first_of(_("the gravest step first, then the longest overdue"), SHOWN, total),
    )
    choices = {"": _("All steps {n}", n=total)}
    asked_for = asked.choice("step", _steps())
    choices |= {
        code: f"{label} {counted[Step(code)]}"
        for code, label in _steps().items()
        if counted[Step(code)] or code == asked_for
    }
    chosen = asked.pick("step", _("Step"), choices)
    if chosen:
        return reads.ask(escalation.due_for_step, view.scope, Step(chosen), SHOWN)
    return reads.ask(escalation.due_steps, view.scope, SHOWN).gravest


def _none(view: View) -> None:
    if asked.choice("step", _steps()):
        st.caption(
            _(
                "By the ladder, no finding here is due for this step on {day}. Choose another step"
                " above, or another node or day in the head.",
                day=view.as_of,
            )
        )
        return
    st.caption(_("By the ladder, no finding here is due for a step on {day}.", day=view.as_of))


@still
def _say(view: View) -> None:
    """Draw one sentence: how many findings are due, where the most are, how many replies wait, and
    what changed in this."""
    pieces = [*_said_of_due(view), *_said_of_replies(view), tiles.said_against(view)]
    sentence.draw(pieces, "letters-say")


def _said_of_due(view: View) -> list[Part]:
    due_steps = reads.ask(escalation.due_steps, view.scope, SHOWN)
    total = sum(due_steps.counted.values())
    if not total:
        return [matters.piece(_("no finding is due for a letter or step"), Tone.GOOD)]
    before = sum(reads.ask(escalation.due_steps, view.before, SHOWN).counted.values())
    change = tiles.counted_change(view, total, before, more_is_good=False)
    text = _("findings due for a letter or step: {n}", n=total)
    pieces = [matters.piece(text, Tone.BAD, change=change)]
    most = extremes.most(due_steps.by_unit)
    if most is None or view.scope.node.is_unit:
        return pieces
    names = reads.unit_names(most.keys)
    where = headlines.named([names.get(code, code) for code in most.keys])
    if len(most.keys) == 1:
        text = _("most at {unit} ({n})", unit=where, n=most.value)
        return [*pieces, matters.piece(text, Tone.BAD, ways.unit_way(most.keys[0]))]
    return [*pieces, matters.piece(_("most at {where} ({n} each)", where=where, n=most.value))]


def _said_of_replies(view: View) -> list[Part]:
    every = waiting.counted(view)
    if not every and reads.ask(awaited, view.scope):
        # Each stands with the step that its finding is due for.
        return []
    if not every:
        return [matters.piece(_("no reply is awaited"), Tone.GOOD)]
    late = [each for each in every if each.days_over(view.as_of)]
    if not late:
        text = _("awaiting a reply: {n}, none past its last day", n=len(every))
        return [matters.piece(text, Tone.ONGOING)]
    days = late[0].days_over(view.as_of)
    worst = [each for each in late if each.days_over(view.as_of) == days]
    text = _("awaiting a reply: {n}, past the last day: {late}", n=len(every), late=len(late))
    earlier = waiting.counted_before(view)
    before = sum(bool(each.days_over(view.before.as_of)) for each in earlier)
    change = tiles.counted_change(view, len(late), before, more_is_good=False)
    pieces = [matters.piece(text, Tone.BAD, change=change)]
    if len(worst) > 1:
        text = _("reply overdue longest: {days} days, {n} alike", days=days, n=len(worst))
        return [*pieces, matters.piece(text, Tone.BAD)]
    [longest] = worst
    called = {"unit": longest.sent.unit_name, "days": days}
    text = (
        _("put to the committee and undecided longest: {unit}, {days} days past", **called)
        if longest.of_committee
        else _("reply overdue longest: {unit}, {days} days", **called)
    )
    return [*pieces, matters.piece(text, Tone.BAD, waiting.way(longest.sent))]
