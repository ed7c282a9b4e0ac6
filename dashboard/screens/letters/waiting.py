"""Letters and steps whose reply is still awaited, the longest overdue first."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from dashboard import reads
from dashboard.act_words import ToBeDone
from dashboard.charts.status_colours import Tone
from dashboard.elements import board
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import next_acts
from dashboard.screens.letters.sent import about
from dashboard.status import Status
from dashboard.widgets import lists, ways
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.lists import Column, Kind
from data.access.permission import Action
from data.findings import escalation
from data.findings.steps_taken import REPLY_DAYS
from data.letters.awaited import Awaited, awaited
from data.letters.sent import Sent
from data.responsibilities import in_charge
from data.scope import Scope
from models.duty import PostRole
from models.rectification import Step
from models.rules.next_act import Act, NextAct

SHOWN, AT_FIRST = 100, 15
"""The most letters and steps in the list, and those shown at first."""
STEPS_SHOWN = 200
"""The most findings due for a step that are listed above."""


@still
def without_reply(view: View) -> None:
    """Draw the letters and steps whose reply is awaited, as `counted` has them; nothing if there is
    none."""
    found = counted(view)
    if not found:
        return
    late = sum(bool(each.days_over(view.as_of)) and not each.of_committee for each in found)
    above = len(reads.ask(awaited, view.scope)) - len(found)
    said = [
        _("awaited: {n}", n=len(found)),
        *([_("as a further step is due, listed above: {n}", n=above)] if above else []),
        _("the longest overdue first"),
        _("where no last day is set, it is {days} working days after sending", days=REPLY_DAYS),
    ]
    heading(
        _("To do: press for late replies ({n})", n=late) if late else _("Waiting for a reply"),
        _("; ").join(said),
    )
    lists.draw(
        _columns(view, found),
        found[:SHOWN],
        key="letters-waiting",
        says=_("Waiting for a reply"),
        onward=lambda each: way(each.sent),
        first=AT_FIRST,
    )


def counted(view: View) -> Sequence[Awaited]:
    """Return the letters and steps whose reply is awaited, each matter once: those whose findings
    are due for a further step are counted with these alone, but for a unit, which still owes the
    reply."""
    return _counted(view, view.scope)


def counted_before(view: View) -> Sequence[Awaited]:
    """Return like `counted` what was awaited on the day of comparison."""
    return _counted(view, view.before)


def _counted(view: View, scope: Scope) -> Sequence[Awaited]:
    every = reads.ask(awaited, scope)
    return every if view.viewer.may(Action.SEND) else _without_further_step(scope, every)


def _without_further_step(scope: Scope, every: Sequence[Awaited]) -> list[Awaited]:
    """Return what of `every`, awaited in `scope`, is about a finding not due for a further step."""
    due = reads.ask(escalation.due_steps, scope, STEPS_SHOWN).findings
    return [
        each
        for each in every
        if not each.sent.steps or any(step.finding not in due for step in each.sent.steps)
    ]


def said_of_reply(view: View) -> Mapping[tuple[str, str], str]:
    """Return in words how the reply to a step stands, by the finding and the step; of those alone
    whose reply is awaited."""
    said = {}
    for each in reads.ask(awaited, view.scope):
        days = each.days_over(view.as_of)
        text = (
            _("reply {n} days late", n=days) if days else _("reply due by {day}", day=each.reply_by)
        )
        said.update({(step.finding, step.step): text for step in each.sent.steps})
    return said


def way(sent: Sent) -> Part:
    """Return the link to the first finding of a letter or step, or to the unit without one."""
    if sent.steps:
        return ways.finding_way(sent.steps[0].finding)
    return board.way("unit", node=f"unit:{sent.unit}")


def _columns(view: View, found: Sequence[Awaited]) -> list[Column[Awaited]]:
    def standing(each: Awaited) -> Status:
        if each.of_committee:
            tone = Tone.BAD if each.days_over(view.as_of) else Tone.ONGOING
            return Status(tone, name(Step.COMMITTEE.label))
        if each.days_over(view.as_of):
            return Status(Tone.BAD, _("Reply") if view.viewer.may(Action.SEND) else _("Press"))
        return Status(Tone.ONGOING, _("Waiting for a reply"))

    def overdue(each: Awaited) -> int | None:
        return each.days_over(view.as_of) or None

    def waited(each: Awaited) -> int:
        return (view.as_of - each.sent.issued_on).days

    def of_reply(each: Awaited) -> ToBeDone:
        """Return who replies or, once that is late, presses for it, and by when; of what was
        referred to the committee, that it decides."""
        if each.of_committee:
            return next_acts.of_first(view, NextAct(Act.DECIDE, Step.COMMITTEE))
        if each.days_over(view.as_of) and not view.viewer.may(Action.SEND):
            since = each.reply_by + timedelta(1)
            return ToBeDone(_("Press"), _("Committee office"), since, due_since=True)
        return ToBeDone(_("Reply"), _("the unit"), each.reply_by)

    principals = reads.ask(in_charge.principals, view.scope, names_in_full=view.names_in_full)

    def principal(each: Awaited) -> str | None:
        if each.of_committee:
            return None
        names = principals.get(each.sent.unit)
        return None if names is None else _(", ").join(names) or _("nobody in post")

    columns = [
        Column("standing", _("To do"), standing, Kind.STATUS),
        Column(
            "overdue",
            _("Reply overdue (days)"),
            overdue,
            Kind.WHOLE,
            late=True,
            card=_("overdue by {n} days", n="{n}"),
        ),
        Column("unit", _("Unit"), lambda each: each.sent.unit_name, card="{n}"),
        Column("finding", _("Finding"), lambda each: about(each.sent), width="large", card="{n}"),
        *next_acts.columns(view, of_reply, says_what=False),
        Column("step", _("Step"), lambda each: name(each.sent.step.label), card="{n}"),
        Column("principal", name(PostRole.PRINCIPAL.label), principal),
        Column("sent", _("Sent"), lambda each: each.sent.issued_on, Kind.DAY),
        Column("waited", _("Days without reply"), waited, Kind.WHOLE),
        Column("reply_by", _("Reply by"), lambda each: each.reply_by, Kind.DAY),
    ]
    if any(each.sent.number for each in found):
        columns.append(Column("number", _("Letter number"), lambda each: each.sent.number))
    return columns
