"""Matters to decide in words: their status, what is to be decided, where they were put before."""

from datetime import date

from dashboard import act_words
from dashboard.act_words import ToBeDone, of_act
from dashboard.i18n import _, name, say
from dashboard.status import LIGHT_TONES, Status, of_task
from data import matters
from data.matters import About, Matter
from data.meetings.drafts import Draft
from data.meetings.held import MeetingLine
from data.meetings.put_before import PutBefore
from models.rules.next_act import Act

BY_UNIT = {
    matters.NO_GRADE_RULE: act_words.MEND_CONTROL,
    matters.SILENT_RULE: act_words.REPORT,
}
BY_DEPARTMENT = {
    matters.BEYOND_RULE: act_words.ACCOUNT,
    matters.IDLE_RULE: act_words.SPEND,
}
"""What is to be done about a unit or its money, by the rule that brought the matter up."""


def status_of(matter: Matter) -> Status:
    """The status of a matter: that of the task if it is about one, else its light."""
    if matter.task is not None:
        return of_task(matter.task)
    return Status(LIGHT_TONES[matter.light], name(matter.light.label))


def what_of(draft: Draft) -> str:
    """What a matter is, with how many of its findings are rectified where it counts several."""
    what = say(draft.matter.what)
    return _("{what} ({so_far})", what=what, so_far=say(draft.so_far)) if draft.so_far else what


def act_of(draft: Draft) -> str:
    """What is to be decided, in a short phrase with its label."""
    return _("To decide: {act}", act=_(draft.act))


def is_next_decided(draft: Draft) -> bool:
    """Whether the next step about a matter is what is to be decided: of a finding, if the committee
    decides; of anything else always, so that the one act is said once."""
    if draft.finding is None:
        return True
    act = draft.finding.next_act
    return act is not None and act.act is Act.DECIDE


def next_of(draft: Draft, day: date, meeting: MeetingLine | None) -> ToBeDone | None:
    """What is to be done next about a matter, in words on `day`, as lists of its findings, tasks
    and projects say it; what no rule sets a day for is to be done by `meeting`, the committee's
    next one, if it is known.

    None if nothing is to be done.
    """
    matter = draft.matter
    if draft.finding:
        act = draft.finding.next_act
        since = draft.finding.standing.waiting_since
        return of_act(act, day, draft.finding.unit_name, meeting, since) if act else None
    until = meeting.on_date if meeting else None
    if matter.task is not None:
        return ToBeDone(_(act_words.CO_ORDINATE), _("Audit committee"), until)
    if matter.about is About.CATEGORY:
        return ToBeDone(_(act_words.CHECK_OTHERS), _("Competent departments"), until)
    if matter.rule in BY_UNIT:
        return ToBeDone(_(BY_UNIT[matter.rule]), matter.unit_name, until)
    return ToBeDone(_(BY_DEPARTMENT[matter.rule]), draft.department, until)


def put_of(put: PutBefore) -> str:
    """To which meeting a matter was put, and what became of the decision noted there."""
    if put.met_on is None:
        return _("referred to the committee on {day}", day=put.referred_on)
    if put.state is None:
        return _("put to {meeting} ({day}), no decision entered", meeting=put.name, day=put.met_on)
    return _("put to {meeting}: {state}", meeting=put.name, state=name(put.state.label))
