"""Rectification, counted independently by going through the events of every finding."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from tests.oracle import forms
from tests.oracle.district import District, Row, by
from tests.oracle.forms import Form

TYPES = ("IMMEDIATE", "PHASED", "CONTINUOUS")
SOURCES = ("STATE", "INTERNAL", "CROSS", "SELF_CHECK", "FISCAL", "INSPECTION", "OTHER")
SEVERITIES = ("ORDINARY", "IMPORTANT", "MAJOR")
STEPS = ("REMINDER", "SUPERVISION", "INTERVIEW", "CIRCULAR", "COMMITTEE")
BANDS = {"1-30": (1, 30), "31-90": (31, 90), "91-180": (91, 180), "181+": (181, 10**6)}
LEADS_TO = {
    "SUBMIT": "REVIEWING",
    "RETURN": "RECTIFYING",
    "CLOSE": "CLOSED",
    "SUSPEND": "SUSPENDED",
    "RESUME": "RECTIFYING",
    "VOID": "VOIDED",
    "REOPEN": "RECTIFYING",
}


@dataclass
class Standing:
    """The state of a finding on a day; `events` are those up to it."""

    finding: Row
    source: str
    events: list[Row]
    day: date

    @property
    def state(self) -> str:
        led = [LEADS_TO[each["action"]] for each in self.events if each["action"] in LEADS_TO]
        return led[-1] if led else "RECTIFYING"

    @property
    def due(self) -> date:
        return self._due_after(self.events)

    @property
    def done_due(self) -> date:
        return self._due_after(self.events[: self._close() + 1])

    @property
    def submitted(self) -> date:
        """The day of submission of a closed finding."""
        close = self._close()
        for event in reversed(self.events[:close]):
            if event["action"] in ("RETURN", "REOPEN"):
                break
            if event["action"] == "SUBMIT":
                return event["on_date"]
        return self.events[close]["on_date"]

    def _close(self) -> int:
        return max(at for at, event in enumerate(self.events) if event["action"] == "CLOSE")

    def _due_after(self, events: Iterable[Row]) -> date:
        due: date = self.finding["due_on"]
        for event in events:
            if event["action"] in ("EXTEND", "REOPEN", "RESUME") and event["new_due_on"]:
                due = event["new_due_on"]
        return due

    @property
    def last_on(self) -> date:
        return self.events[-1]["on_date"] if self.events else self.finding["issued_on"]

    @property
    def required(self) -> bool:
        return self.state != "VOIDED"

    @property
    def days_over(self) -> int:
        """Days since the time limit of an overdue finding; else 0."""
        over = (self.day - self.due).days
        return over if self.state == "RECTIFYING" and over > 0 else 0

    @property
    def status(self) -> str:
        if self.state == "CLOSED":
            return "rectified"
        return "unrectified" if self.days_over else "in_progress"

    @property
    def amount(self) -> int:
        return self.finding["amount"] or 0

    @property
    def put_right(self) -> int:
        return min(sum(event["amount"] or 0 for event in self.events), self.amount)

    @property
    def due_soon(self) -> bool:
        within = self.day <= self.due <= self.day + timedelta(15)
        return self.state == "RECTIFYING" and within

    def had(self, action: str) -> bool:
        return any(event["action"] == action for event in self.events)

    def total(self, column: str) -> int:
        return sum(event[column] or 0 for event in self.events)


def standing(district: District, finding: Row, day: date) -> Standing | None:
    """The state of `finding` after the last event of `day`; None before it is issued."""
    if finding["issued_on"] > day:
        return None
    events = district.where("rectification_events", finding=finding["code"])
    so_far = [event for event in events if event["on_date"] <= day]
    so_far.sort(key=lambda event: (event["on_date"], event["number"]))
    return Standing(finding, source_of(district, finding), so_far, day)


def source_of(district: District, finding: Row) -> str:
    """The source of the finding's project; `OTHER` without one."""
    if not finding["project"]:
        return "OTHER"
    return str(district.one("projects", code=finding["project"])["source"])


def standings(district: District, day: date, units: set[str]) -> list[Standing]:
    found = (standing(district, each, day) for each in district.of(units, "findings"))
    return [each for each in found if each]


def figures(district: District, day: date, units: set[str]) -> dict[str, Form]:
    required = [each for each in standings(district, day, units) if each.required]
    return {
        **_statuses(required),
        **_rates(required, day),
        **_overdue(required, day),
        **_movements(required),
        **_escalations(district, required, day),
    }


def _statuses(required: list[Standing]) -> dict[str, Form]:
    rectified = [each for each in required if each.status == "rectified"]
    found = {
        "amount_required": forms.money(sum(each.amount for each in required)),
        "amount_rectified": forms.money(sum(each.put_right for each in required)),
        "rect_rate_amount": forms.money_share(
            sum(each.put_right for each in required), sum(each.amount for each in required)
        ),
    }
    for bucket, fits in (("", _any), *_by_type()):
        found[f"required{bucket}"] = forms.count(filter(fits, required))
        found[f"rect_rate{bucket}"] = forms.share(
            len(list(filter(fits, rectified))), len(list(filter(fits, required)))
        )
        for status in ("rectified", "in_progress", "unrectified"):
            of_status = [each for each in required if each.status == status and fits(each)]
            found[f"{status}{bucket}"] = forms.count(of_status)
    for bucket, fits in _by_source_and_severity():
        found[f"required{bucket}"] = forms.count(filter(fits, required))
        found[f"amount_required{bucket}"] = forms.money(
            sum(each.amount for each in filter(fits, required))
        )
    return found


def _rates(required: list[Standing], day: date) -> dict[str, Form]:
    due = [each for each in required if each.due <= day]
    closed = [each for each in due if each.state == "CLOSED"]
    in_time = [each for each in closed if each.submitted <= each.done_due]
    first_due = [each for each in required if each.finding["due_on"] <= day]
    strictly = [
        each
        for each in first_due
        if each.state == "CLOSED" and each.submitted <= each.finding["due_on"]
    ]
    repeated = [each for each in required if each.finding["repeat_of"]]
    return {
        "due_rect_rate": forms.share(len(closed), len(due)),
        "on_time_rate": forms.share(len(in_time), len(due)),
        "on_time_rate_strict": forms.share(len(strictly), len(first_due)),
        "repeat_rate": forms.share(len(repeated), len(required)),
        "rect_days_mean": forms.mean(
            (each.submitted - each.finding["issued_on"]).days
            for each in required
            if each.state == "CLOSED"
        ),
    }


def _overdue(required: list[Standing], day: date) -> dict[str, Form]:
    overdue = [each for each in required if each.days_over]
    return {
        "overdue": forms.count(overdue),
        **{
            f"overdue:{band}": forms.count(
                each for each in overdue if first <= each.days_over <= last
            )
            for band, (first, last) in BANDS.items()
        },
        **{
            f"overdue{bucket}": forms.count(filter(fits, overdue))
            for bucket, fits in _by_source_and_severity()
        },
        "overdue_days_mean": forms.mean(each.days_over for each in overdue),
        "overdue_days_max": forms.greatest(each.days_over for each in overdue),
        "overdue_original": forms.count(
            each for each in required if each.state == "RECTIFYING" and each.finding["due_on"] < day
        ),
        "due_soon": forms.count(each for each in required if each.due_soon),
    }


def _movements(required: list[Standing]) -> dict[str, Form]:
    return {
        "under_review": forms.count(each for each in required if each.state == "REVIEWING"),
        "suspended": forms.count(each for each in required if each.state == "SUSPENDED"),
        "reopened": forms.count(each for each in required if each.had("REOPEN")),
        "transferred": forms.count(each for each in required if each.had("TRANSFER")),
        "rules_built": forms.number(sum(each.total("rules_built") for each in required)),
        "persons_handled": forms.number(sum(each.total("persons_handled") for each in required)),
    }


def _escalations(district: District, required: list[Standing], day: date) -> dict[str, Form]:
    waiting = [
        letter
        for each in required
        if each.state != "CLOSED"
        for letter in district.where("escalations", finding=each.finding["code"])
        if letter["issued_on"] <= day and not by(letter["replied_on"], day)
    ]
    return {
        "escalations_open": forms.count(waiting),
        **{
            f"escalations_open:{step}": forms.count(
                letter for letter in waiting if letter["step"] == step
            )
            for step in STEPS
        },
    }


Fits = Callable[[Standing], bool]


def _any(_: Standing) -> bool:
    return True


def _has(each: Standing, *, column: str, value: str) -> bool:
    return (each.source if column == "source" else each.finding[column]) == value


def _by_type() -> Iterable[tuple[str, Fits]]:
    for value in TYPES:
        yield f":{value}", partial(_has, column="rect_type", value=value)


def _by_source_and_severity() -> Iterable[tuple[str, Fits]]:
    for column, values in (("source", SOURCES), ("severity", SEVERITIES)):
        for value in values:
            yield f":{column}={value}", partial(_has, column=column, value=value)
