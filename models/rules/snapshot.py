"""Derive events from snapshots: compare a finding on a sheet with the one stored.

An office's own ledger states how a finding stands on a day, not what happened to it. The difference
from the stored state becomes events; where the difference is ambiguous, it becomes a doubt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from models.choice import Choice
from models.days import ONE_DAY
from models.rectification import Action, Finding, RectificationEvent, State
from models.rules.history import MOVES_DUE, Standing, first_misfit, in_order
from models.rules.snapshot_steps import CARRIED, Step, Transition, steps


class Matter(Choice):
    """What a snapshot leaves unclear about a stored finding or fund project."""

    REOPENED = "REOPENED", "已销号又列为未完成", "Closed, and open on the sheet"
    VOIDED = "VOIDED", "已撤销又列在表中", "Voided, and alive on the sheet"
    EARLIER_LIMIT = "EARLIER_LIMIT", "整改期限提前", "An earlier time limit"
    PAST_LIMIT = "PAST_LIMIT", "延期到已报送的日期之前", "Extended to a day already reported on"
    LIMIT_OF_CLOSED = "LIMIT_OF_CLOSED", "已销号问题的期限变动", "Another limit of a closed finding"
    LESS = "LESS", "累计数变少", "Less than before"
    PAID_AFTER_CLOSING = "PAID_AFTER_CLOSING", "销号后又有整改金额", "More rectified after closing"
    GUARDED = "GUARDED", "原登记内容变动", "Another value of what was entered first"
    LATER_HISTORY = "LATER_HISTORY", "与以后的记录不符", "Does not fit what was entered later"


class Answer(Choice):
    """A possible decision on a doubt."""

    REOPENED = "REOPENED", "重新打开", "It was reopened"
    MOVED = "MOVED", "期限有调整", "The limit was moved"
    MISTYPED = "MISTYPED", "原先录错", "What is kept was mistyped"
    KEPT = "KEPT", "以已录为准", "What is kept is right"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question to be asked: the stored value, the value on the sheet, and the possible answers.

    `column` is the id of the finding's column or of a cumulative value, or "state".
    """

    matter: Matter
    column: str
    kept: object
    stated: object
    answers: tuple[Answer, ...]


Decide = Callable[[Doubt], Answer | None]
"""A function that returns the answer to a doubt, or None if there is none yet."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A stored value that was entered wrong: ledger, values of the key, column, new value."""

    ledger: str
    key: tuple[object, ...]
    column: str
    value: object


@dataclass(frozen=True, slots=True)
class EarlierStatement:
    """What an earlier snapshot of the same sender said about the finding, and for which day.

    `said` has the names of `Stated.said`: `limit`, `progress`, the cumulative values, and the
    guarded columns with the prefix "finding.".
    """

    on: date
    said: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stated:
    """How a finding stands on the day `as_of` by a sheet; None and missing values were not stated.

    `state_on` is the day the state was reached, `submitted_on` the day a closed finding was
    submitted, `limit` the present time limit. `totals` are cumulative: `amount` in 分,
    `rules_built`, `persons_handled`. `columns` are guarded columns of the finding that the sheet
    itself has.
    """

    as_of: date
    state: State | None = None
    state_on: date | None = None
    submitted_on: date | None = None
    limit: date | None = None
    totals: Mapping[str, int] = field(default_factory=dict)
    progress: str | None = None
    transferred: bool = False
    columns: Mapping[str, object] = field(default_factory=dict)

    def said(self) -> dict[str, object]:
        """The values with which the next snapshot will be compared, by name."""
        others = {"limit": self.limit, "progress": self.progress}
        named = {name: value for name, value in others.items() if value is not None}
        first = {f"finding.{column}": value for column, value in self.columns.items()}
        return {**first, **self.totals, **named}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The events to enter and corrections to make; both are empty while there are open `doubts`.

    `apart` names what deliberately stays different from the sheet, because of an answer or an
    earlier sheet: "state", cumulative values, and guarded columns with the prefix "finding.".
    """

    events: tuple[Step, ...] = ()
    corrections: tuple[Correction, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    apart: frozenset[str] = frozenset()


def standing_on(finding: Finding, events: list[RectificationEvent], day: date) -> Standing:
    """The standing of `finding` after the last of its `events` by `day`."""
    standing = Standing(State.RECTIFYING, finding.due_on, finding.issued_on)
    for event in in_order(events):
        if event.on_date <= day:
            standing = standing.after(event)
    return standing


def happened(
    finding: Finding,
    events: list[RectificationEvent],
    stated: Stated,
    earlier: EarlierStatement | None,
    decide: Decide,
) -> Outcome:
    """What must be entered so that `finding` stands on the snapshot day as the sheet says.

    No event is dated on or before the day of `earlier`: what was reported then stays. A day on the
    sheet that is out of this range is moved to the nearest day within, and the event is marked as
    known as of the snapshot day.
    """
    return _Comparison(finding, events, stated, earlier, decide).outcome()


class _Comparison:
    """The comparison of one finding; collects doubts, corrections, and what stays different."""

    def __init__(
        self,
        finding: Finding,
        events: list[RectificationEvent],
        stated: Stated,
        earlier: EarlierStatement | None,
        decide: Decide,
    ) -> None:
        self.finding, self.stated, self.decide = finding, stated, decide
        self.all_events = in_order(events)
        self.events = [each for each in self.all_events if each.on_date <= stated.as_of]
        self.at = standing_on(finding, self.events, stated.as_of)
        self.said_before = earlier.said if earlier else {}
        self.first_day = max(finding.issued_on, self.at.last_event_on)
        if earlier:
            self.first_day = max(self.first_day, min(earlier.on + ONE_DAY, stated.as_of))
        self.corrections: list[Correction] = []
        self.doubts: list[Doubt] = []
        self.apart: set[str] = set()

    def outcome(self) -> Outcome:
        """The doubts if there are any, else what to enter."""
        if self.finding.issued_on > self.stated.as_of:
            self._ask(Matter.LATER_HISTORY, "issued_on", self.finding.issued_on, None)
            return self._unchanged("state", *CARRIED)
        self._guarded()
        wanted = self._state()
        if wanted is None:
            return self._unchanged()
        more = self._totals(wanted)
        self._limit(wanted)
        if self.doubts:
            return Outcome(doubts=tuple(self.doubts))
        entered = steps(self._with_words(wanted, more))
        later = len(self.all_events) > len(self.events)
        if later and first_misfit([*self.all_events, *map(self._as_event, entered)]):
            self._ask(Matter.LATER_HISTORY, "state", self.at.state, wanted.after)
            return self._unchanged("state", *CARRIED)
        return Outcome(entered, tuple(self.corrections), (), frozenset(self.apart))

    def _as_event(self, step: Step) -> RectificationEvent:
        return RectificationEvent(**step.values(self.finding.code))

    def _unchanged(self, *apart: str) -> Outcome:
        if self.doubts:
            return Outcome(doubts=tuple(self.doubts))
        return Outcome((), tuple(self.corrections), (), frozenset(self.apart.union(apart)))

    def _ask(
        self, matter: Matter, column: str, kept: object, stated: object, *answers: Answer
    ) -> Answer | None:
        doubt = Doubt(matter, column, kept, stated, (*answers, Answer.KEPT))
        answer = self.decide(doubt)
        if answer not in doubt.answers:
            self.doubts.append(doubt)
            return None
        return answer

    def _no_news(self, name: str, value: object) -> bool:
        """Whether the sender's last sheet said the same, so that the decision made then holds."""
        return bool(self.said_before.get(name) == value)

    def _guarded(self) -> None:
        for column, value in self.stated.columns.items():
            kept = getattr(self.finding, column)
            if value == kept:
                continue
            if self._no_news(f"finding.{column}", value):
                self.apart.add(f"finding.{column}")
                continue
            answer = self._ask(Matter.GUARDED, column, kept, value, Answer.MISTYPED)
            if answer is Answer.MISTYPED:
                self._correct_finding(column, value)
            else:
                self.apart.add(f"finding.{column}")

    def _state(self) -> Transition | None:
        """The transition to the stated state; None if there is nothing to enter."""
        before = State(self.at.state)
        after = self.stated.state or before
        if before is State.VOIDED:
            if after is not before:
                self._ask(Matter.VOIDED, "state", before, after)
                self.apart.add("state")
            return None
        wanted = Transition(before, after, self.at.due, self.first_day, self.stated.as_of)
        wanted.named, wanted.submitted = self.stated.state_on, self.stated.submitted_on
        if before is State.CLOSED and after is not before:
            answer = self._ask(Matter.REOPENED, "state", before, after, Answer.REOPENED)
            if answer is not Answer.REOPENED:
                self.apart.update(("state", *CARRIED))
                return None
            wanted.reopen = True
        return wanted

    def _totals(self, wanted: Transition) -> dict[str, int]:
        """The increase of each cumulative value."""
        more: dict[str, int] = {}
        for name, total in self.stated.totals.items():
            kept = sum(getattr(each, name) or 0 for each in self.events)
            if total == kept:
                continue
            if self._no_news(name, total):
                self.apart.add(name)
            elif total < kept:
                answer = self._ask(Matter.LESS, name, kept, total, Answer.MISTYPED)
                self._settle_total(name, answer, total - kept)
            elif wanted.closed and not wanted.reopen:
                answers = (Answer.REOPENED, Answer.MISTYPED)
                answer = self._ask(Matter.PAID_AFTER_CLOSING, name, kept, total, *answers)
                if answer is Answer.REOPENED:
                    wanted.reopen = True
                    more[name] = total - kept
                else:
                    self._settle_total(name, answer, total - kept)
            else:
                more[name] = total - kept
        return more

    def _settle_total(self, name: str, answer: Answer | None, change: int) -> None:
        if answer is not Answer.MISTYPED:
            self.apart.add(name)
            return
        # Assume that the mistake is in the latest entries.
        for event in reversed(self.events):
            carried = getattr(event, name) or 0
            if not change or (change < 0 and not carried):
                continue
            corrected = max(0, carried + change)
            change -= corrected - carried
            self._correct_event(event, name, corrected)

    def _limit(self, wanted: Transition) -> None:
        limit = self.stated.limit
        if limit is None or wanted.after is State.VOIDED:
            return
        if wanted.reopen:
            wanted.new_due = limit if limit >= self.first_day else None
            return
        if limit == self.at.due or self._no_news("limit", limit):
            return
        possible = limit >= self.first_day
        if wanted.closed:
            matter = Matter.LIMIT_OF_CLOSED
            answers = (Answer.MISTYPED, *([Answer.REOPENED] if possible else []))
        elif limit < self.at.due:
            matter = Matter.EARLIER_LIMIT
            answers = (*([Answer.MOVED] if possible else []), Answer.MISTYPED)
        elif not possible:
            matter, answers = Matter.PAST_LIMIT, (Answer.MISTYPED,)
        else:
            wanted.new_due = limit
            return
        answer = self._ask(matter, "limit", self.at.due, limit, *answers)
        if answer is Answer.MISTYPED:
            self._correct_limit(limit)
        elif answer in (Answer.MOVED, Answer.REOPENED):
            wanted.new_due = limit
            wanted.reopen = answer is Answer.REOPENED

    def _correct_limit(self, limit: date) -> None:
        movers = [each for each in self.events if each.action in MOVES_DUE and each.new_due_on]
        if movers:
            self._correct_event(movers[-1], "new_due_on", limit)
        else:
            self._correct_finding("due_on", limit)

    def _correct_finding(self, column: str, value: object) -> None:
        self.corrections.append(Correction("findings", (self.finding.code,), column, value))

    def _correct_event(self, event: RectificationEvent, column: str, value: object) -> None:
        key = (event.finding, event.on_date, event.number)
        self.corrections.append(Correction("rectification_events", key, column, value))

    def _with_words(self, wanted: Transition, more: Mapping[str, int]) -> Transition:
        wanted.carried = dict(more)
        words = self.stated.progress
        notes = [each.note for each in self.events if each.note]
        if words and not self._no_news("progress", words) and words not in notes[-1:]:
            wanted.words = words
        transferred = any(each.action == Action.TRANSFER for each in self.events)
        wanted.transfer = self.stated.transferred and not transferred
        wanted.numbers = {each.on_date: each.number for each in self.events}
        return wanted
