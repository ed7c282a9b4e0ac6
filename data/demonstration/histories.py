"""The histories of findings in the demonstration: events, and letters that demand action."""

import random
from collections.abc import Iterator, Mapping
from datetime import date

from data.demonstration.calendar import plus
from data.demonstration.cases import Case, Ending, Fate
from data.demonstration.district import District
from models.rectification import Action, Escalation, RectificationEvent, RectType, Step
from models.rules.escalation import step_by_days

EARLY = 0.7
"""How many are put right well before the limit, of those whose limit is near on the last day."""
LATENESS: Mapping[RectType, float] = {
    RectType.IMMEDIATE: -0.14,
    RectType.PHASED: 0.16,
    RectType.CONTINUOUS: 0.24,
}
"""How much likelier than others those of a type are to be late."""
SOON = 16
"""A finding that is left open has at least so many days, or it would call for action."""
LADDER = (
    (Step.REMINDER, 2),
    (Step.SUPERVISION, 16),
    (Step.INTERVIEW, 31),
    (Step.CIRCULAR, 61),
    (Step.COMMITTEE, 91),
)
"""The step that escalates an overdue finding, and after how many days."""


def write_history(district: District, case: Case, chance: random.Random) -> None:
    """Write the history of a finding up to the last day, and its letters."""
    teller = _Teller(district, case, chance)
    match case.ending:
        case Ending.BY_CHANCE:
            teller.by_chance()
        case Ending.OVERDUE:
            teller.overdue()
        case Ending.OPEN:
            teller.go_on(district.last_day)
        case Ending.STALE:
            teller.go_on(plus(district.last_day, -61))
        case Ending.UNDER_REVIEW:
            teller.under_review()
        case Ending.SUSPENDED:
            teller.suspended()
        case Ending.REOPENED:
            teller.reopened()
    for event in case.events:
        district.book.add(RectificationEvent, finding=case.code, **event)


class _Teller:
    """Writes one history; every step begins where the previous one ended."""

    def __init__(self, district: District, case: Case, chance: random.Random) -> None:
        self.district, self.case, self.chance = district, case, chance
        self.last_day, self.pace = district.last_day, district.size.pace

    def by_chance(self) -> None:
        """Write the history of the finding's fate if time allows; else put right in time, or
        still under way."""
        case, chance = self.case, self.chance
        if case.fate is Fate.VOIDED and self._voided():
            return
        if case.fate is Fate.AT_ONCE and self._at_once():
            return
        if case.fate is Fate.TRANSFERRED:
            self._transfer()
        late = self._late()
        if plus(case.due_on, late + 260) <= self.last_day:
            self._on_the_way()
            self._finish(plus(case.due_on, late), late > 0)
        elif plus(case.due_on, late + 40) <= self.last_day:
            self._finish(plus(case.due_on, late), late > 0)
        elif plus(case.due_on, 20) <= self.last_day:
            self._finish(plus(case.due_on, -chance.randint(1, 9)), late=False)
        elif case.due_on <= plus(self.last_day, SOON):
            early = plus(case.due_on, -chance.randint(38, 44))
            if early > plus(case.issued_on, 6) and chance.random() < EARLY:
                self._finish(early, late=False)
            else:
                self.under_review()
        else:
            self._still_open()

    def overdue(self) -> None:
        """Write a finding that was never submitted, with letters, the last of them unanswered."""
        if self.case.extended:
            self._extend(self.case.extended)
        self.go_on(self.last_day)
        self._escalate(self.case.due_on, self.last_day, answered=False)

    def under_review(self) -> None:
        """Write a finding submitted in time, a few days before the last day."""
        day = min(self.case.due_on, self.last_day)
        day = max(plus(self.case.issued_on, 3), plus(day, -self.chance.randint(1, 7)))
        self.go_on(plus(day, -1))
        self.case.add(Action.SUBMIT, day, note="整改材料已报送，申请销号")

    def suspended(self) -> None:
        """Write a finding that has waited for somebody else's decision since before its limit."""
        day = plus(self.case.due_on, -self.chance.randint(15, 30))
        self.go_on(day)
        self.case.add(Action.SUSPEND, day, note="涉及诉讼，待裁判结果")

    def reopened(self) -> None:
        """Write a finding closed long ago, found not to be put right, and under way again."""
        self._finish(plus(self.case.due_on, -5), late=False)
        day = plus(self.last_day, -24)
        self.case.add(
            Action.REOPEN, day, new_due_on=plus(self.last_day, 50), note="“回头看”发现整改反弹"
        )
        self.go_on(self.last_day)

    def go_on(self, until: date) -> None:
        """Add entries of progress up to `until`, at short intervals."""
        chance, case = self.chance, self.case
        while True:
            day = plus(case.day, round(self.pace * chance.uniform(0.6, 1.25)))
            if day > until:
                return
            paid = case.pay(chance.uniform(0.1, 0.4)) if chance.random() < 0.45 else None
            case.add(Action.PROGRESS, day, amount=paid, note="按整改方案推进，已完成阶段性工作")

    def _late(self) -> int:
        """The days late, negative if before the limit; fewer findings are late every year."""
        age, chance = self.district.age(self.case.issued_on), self.chance
        lateness = LATENESS[self.case.rect_type]
        if chance.random() < 0.5 - 0.28 * age - 0.08 * self.case.quality + lateness:
            return chance.randint(4, 120 - round(75 * age))
        span = (self.case.due_on - self.case.issued_on).days
        return -chance.randint(1, max(2, min(30, span // 3)))

    def _voided(self) -> bool:
        day = plus(self.case.issued_on, self.chance.randint(12, 50))
        if day >= self.last_day:
            return False
        self.case.add(Action.VOID, day, note="经复核，与另一问题合并")
        return True

    def _at_once(self) -> bool:
        """Write a finding put right on the spot and closed without a submission."""
        case = self.case
        day = plus(case.issued_on, self.chance.randint(4, 18))
        if case.rect_type is not RectType.IMMEDIATE or plus(day, 9) > self.last_day:
            return False
        self._close(day, submit=False)
        return True

    def _transfer(self) -> None:
        day = plus(self.case.issued_on, self.chance.randint(3, 8))
        handled = self.chance.choice((None, 1, 2))
        self.case.add(Action.TRANSFER, day, persons_handled=handled, note="移送有关部门处理")

    def _on_the_way(self) -> None:
        """Add the events between issue and submission; there must be time for all of them."""
        case, chance = self.case, self.chance
        match case.fate:
            case Fate.EXTENDED:
                self._extend(chance.randint(20, 75))
            case Fate.EXTENDED_TWICE:
                self._extend(chance.randint(20, 75))
                self._extend(chance.randint(20, 75))
            case Fate.PAUSED:
                span = (case.due_on - case.issued_on).days
                self.go_on(plus(case.issued_on, span // 3))
                paused_on = plus(case.day, chance.randint(3, 10))
                days = chance.randint(20, 60)
                case.add(Action.SUSPEND, paused_on, note="等待上级批复")
                moved = plus(case.due_on, days) if chance.random() < 0.7 else None
                case.add(Action.RESUME, plus(paused_on, days), new_due_on=moved)

    def _extend(self, days: int) -> None:
        case = self.case
        day = plus(case.due_on, -self.chance.randint(8, 14))
        self.go_on(day)
        case.add(Action.EXTEND, day, new_due_on=plus(case.due_on, days), note="经批准延期")

    def _still_open(self) -> None:
        """Write a finding under way with time left; some got an extension."""
        case, chance = self.case, self.chance
        extended_on = plus(self.last_day, -chance.randint(4, 20))
        longer = case.fate in (Fate.EXTENDED, Fate.EXTENDED_TWICE)
        if longer and extended_on > plus(case.issued_on, 10):
            self.go_on(extended_on)
            case.add(
                Action.EXTEND, extended_on, new_due_on=plus(case.due_on, 60), note="经批准延期"
            )
        self.go_on(self.last_day)

    def _finish(self, submitted_on: date, late: bool) -> None:
        """Add the submission, perhaps one return, the closure, and perhaps a reopening."""
        case, chance = self.case, self.chance
        if case.events and submitted_on <= case.day:
            submitted_on = plus(case.day, 3)
        self.go_on(plus(submitted_on, -4))
        if late:
            self._escalate(case.due_on, submitted_on, answered=True)
        self._close(submitted_on, submit=True)
        reopened_on = plus(case.day, chance.randint(45, 120))
        if case.fate is Fate.REOPENED and plus(reopened_on, 90) < self.last_day:
            case.add(
                Action.REOPEN,
                reopened_on,
                new_due_on=plus(reopened_on, 60),
                note="“回头看”发现整改不到位",
            )
            self.go_on(plus(reopened_on, 40))
            self._close(plus(reopened_on, chance.randint(44, 58)), submit=True)

    def _close(self, day: date, *, submit: bool) -> None:
        case, chance = self.case, self.chance
        if submit:
            case.add(Action.SUBMIT, day, note="整改材料已报送，申请销号")
            if case.fate is Fate.RETURNED:
                case.add(
                    Action.RETURN, plus(day, chance.randint(2, 5)), note="佐证材料不完整，退回"
                )
                case.add(Action.SUBMIT, plus(case.day, chance.randint(2, 6)), note="补充材料后报送")
            day = plus(case.day, chance.randint(1, 8))
        heavy = chance.random()
        case.add(
            Action.CLOSE,
            day,
            amount=case.pay(1.0 if chance.random() < 0.88 else chance.uniform(0.5, 0.95)),
            rules_built=chance.randint(1, 2) if chance.random() < 0.32 else None,
            persons_handled=chance.randint(1, 3) if heavy < 0.06 else None,
            note="经复核，准予销号",
        )

    def _escalate(self, due_on: date, until: date, *, answered: bool) -> None:
        """Letters while it is overdue; each is answered within days, but for the last if not.

        Of what is overdue on the last day, every other finding waits for the step that is due.
        """
        letters = list(self._letters(due_on, until))
        behind = () if answered else self._not_yet_taken(due_on)
        taken = [step for step, _day in letters if step not in behind]
        for step, issued_on in letters:
            received_on = plus(issued_on, self.chance.randint(0, 2))
            replied_on: date | None = plus(issued_on, self.chance.randint(4, 12))
            if step in behind:
                continue
            if not answered and step == taken[-1]:
                replied_on = None
            self.district.book.add(
                Escalation,
                finding=self.case.code,
                step=step,
                issued_on=issued_on,
                received_on=received_on if received_on <= self.last_day else None,
                replied_on=replied_on if replied_on and replied_on <= self.last_day else None,
            )

    def _not_yet_taken(self, due_on: date) -> tuple[Step, ...]:
        """The steps from the one on that is due by the rule, where the office is behind."""
        overdue = (self.last_day - due_on).days
        step = step_by_days(overdue)
        if step is None or overdue % 2:
            return ()
        every = tuple(Step)
        return every[every.index(step) :]

    def _letters(self, due_on: date, until: date) -> Iterator[tuple[Step, date]]:
        for step, days in LADDER:
            if (issued_on := plus(due_on, days)) < until:
                yield step, issued_on
