"""What is to be done next in words: what, by whom, until when."""

from dataclasses import dataclass
from datetime import date

from dashboard.i18n import _
from data.meetings.held import MeetingLine
from models.rectification import Step
from models.rules.next_act import Act, NextAct
from models.text import N_

TO_DO = {
    Act.DECIDE: N_("Hear the results, and decide what follows"),
    Act.REPLY: N_("Reply to the step “{step}”"),
    Act.RECTIFY: N_("Rectify; submit for closure or an extension"),
    Act.REVIEW: N_("Review; close or return it"),
    Act.RESUME: N_("Resume it once the reason for suspending is gone"),
}
STEPS = {
    Step.REMINDER: N_("Issue a reminder"),
    Step.SUPERVISION: N_("Issue a supervision letter"),
    Step.INTERVIEW: N_("Hold an interview, or issue a circular"),
    Step.COMMITTEE: N_("Refer it to the committee"),
}
VERIFY = N_("Verify the warning")
SETTLE = N_("Deal with the warning")
SPEND = N_("Spend or return the idle money")
ACCOUNT = N_("Account for the overspending, and correct it")
SETTLE_PROJECT = N_("Report on completion, and settle the unspent money")
COMPLETE = N_("Complete the disposal")
PUT_IN_PLACE = N_("Put the missing elements in place")
HAND_IN = N_("Hand in the late reports")
REPORT = N_("Report all data that are due")
FINISH_REVIEW = N_("Finish the review")
GUIDE = N_("Guide the unit")
FILL_POST = N_("Fill the post of chief auditor")
FILL_POSTS = N_("Fill the vacant posts")
MEND_CONTROL = N_("Put internal control in order")
COMPLETE_TASK = N_("Complete the task")
CATCH_UP = N_("Catch up with the plan")
CO_ORDINATE = N_("Name a leader who co-ordinates the task")
CHECK_OTHERS = N_("Check the other units for the same")
RECHECK = N_("Rectify it, and have it checked again")
CHECK = N_("Check the items")
SEND_PEOPLE = N_("Send people to a training")
MAKE_UP = N_("Say how the missed trainings are made up for")
IMPROVE = N_("Improve, and report on: {indicators}")
RISE = N_("Report how to rise: {missing}")
"""What is asked for about other things than findings, as the committee asks for it."""
OF_WARNING = {
    "W01": N_("Disburse what was approved"),
    "W02": SPEND,
    "W03": ACCOUNT,
    "W04": N_("Clear up the payments to others than the contract names"),
    "W08": N_("Account for the spending of December"),
    "W09": N_("Bring the record of the decision, or account for the payment"),
    "W10": N_("Put the bank account on record"),
    "W11": N_("Hand in the missing reconciliations"),
    "W12": N_("Clear receivables and payables"),
    "W13": N_("Put the idle assets to use"),
    "W15": N_("Enter how rectification stands"),
    "W17": HAND_IN,
    "W18": CHECK_OTHERS,
    "W19": N_("Have the principal hear internal audit"),
    "W20": N_("Say why the rating fell, and how it rises again"),
    "W21": FILL_POST,
}
"""What a warning asks for, by its rule; a rule that a district has added asks to be dealt with."""
BY_UNIT = (Act.REPLY, Act.RECTIFY)
WITHOUT_LIMIT = (Act.REVIEW, Act.RESUME)
"""What is to be done by no day, as no rule sets one."""


@dataclass(frozen=True, slots=True)
class ToBeDone:
    """What is to be done next: `what`, by whom (`who`), and until when; "" and None if not known.

    `due_since` says that `until` is the day from which it has been due, not its last day;
    `without_limit` that no rule sets a day, `waits_since` since when it waits if that is known.
    """

    what: str
    who: str = ""
    until: date | None = None
    due_since: bool = False
    without_limit: bool = False
    waits_since: date | None = None

    def is_late(self, day: date) -> bool:
        """Whether it was to be done before `day`."""
        return self.until is not None and self.until < day

    def is_past_only(self, day: date, today: date | None) -> bool:
        """Whether it was to be done by a day that is not past on `day`, but is `today`."""
        return today is not None and self.is_late(today) and not self.is_late(day)

    def pieces(self, day: date, today: date | None = None) -> tuple[str, ...]:
        """What is to be done, by whom and until when, in words on `day`, without what is not
        known; with `today`, a limit that has passed since `day` is said to have."""
        return tuple(piece for piece in (self.what, self.who, self._when(day, today)) if piece)

    def _when(self, day: date, today: date | None) -> str:
        if self.until is None:
            return self.waits(day)
        if today and self.is_past_only(day, today) and not self.due_since:
            past = (today - self.until).days
            return _("by {day}, {n} days past", day=self.until, n=past)
        if self.due_since:
            return _("due since {day}", day=self.until)
        if self.until < day:
            return _("was due by {day}", day=self.until)
        return _("by {day}", day=self.until)

    def waits(self, day: date) -> str:
        """That it has no limit, and since when it waits on `day`; "" if a rule sets a day."""
        if not self.without_limit:
            return ""
        if self.waits_since is None:
            return _("no limit set")
        waited = (day - self.waits_since).days
        return _("waiting {n} days since {day}, no limit", n=waited, day=self.waits_since)


def of_warning(rule: str) -> str:
    """What a warning of a rule asks for."""
    return _(OF_WARNING.get(rule, SETTLE))


def of_act(
    act: NextAct,
    day: date,
    unit_name: str,
    meeting: MeetingLine | None,
    submitted_on: date | None = None,
) -> ToBeDone:
    """An act about a finding of a unit in words on `day`; `meeting` is the committee's next one, if
    one is known, and the finding waits for review since `submitted_on`."""
    until = meeting.on_date if act.act is Act.DECIDE and meeting else act.until
    who = unit_name if act.act in BY_UNIT else _office(act)
    due_since = act.act is Act.ISSUE and until is not None and until <= day
    without_limit = act.act in WITHOUT_LIMIT
    waits_since = submitted_on if act.act is Act.REVIEW else None
    return ToBeDone(_what(act, day), who, until, due_since, without_limit, waits_since)


def _what(act: NextAct, day: date) -> str:
    if act.act is not Act.ISSUE:
        return _(TO_DO[act.act], step=act.step.label if act.step else "")
    assert act.step is not None and act.until is not None, "a step has a day from which it is due"
    what = _(STEPS[act.step])
    return _("If still open: {what}", what=what) if act.until > day else what


def _office(act: NextAct) -> str:
    return _("Audit committee") if act.act is Act.DECIDE else _("Committee office")
