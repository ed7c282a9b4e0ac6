"""Matters to decide in words: their status, what is to be decided, where they were put before."""

from dashboard.i18n import _, name, say
from dashboard.status import LIGHT_TONES, Status, of_task
from data.matters import Matter
from data.meetings.drafts import Draft
from data.meetings.put_before import PutBefore


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


def put_of(put: PutBefore) -> str:
    """To which meeting a matter was put, and what became of the decision noted there."""
    if put.met_on is None:
        return _("referred to the committee on {day}", day=put.referred_on)
    if put.state is None:
        return _("put to {meeting} ({day}), no decision entered", meeting=put.name, day=put.met_on)
    return _("put to {meeting}: {state}", meeting=put.name, state=name(put.state.label))
