"""Warnings, found by checking every condition on every day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial

from tests.oracle import forms
from tests.oracle.audit import grades
from tests.oracle.district import YEAR, District, Row, by, in_last_year
from tests.oracle.findings import standing
from tests.oracle.forms import Form
from tests.oracle.funds import flowed
from tests.oracle.known import is_known
from tests.oracle.net import in_post
from tests.oracle.reports import late

ONE_DAY = timedelta(1)


@dataclass(frozen=True)
class Signal:
    """A warning as of a day: whether it is open, was raised in the last year, and is over."""

    unit: str
    level: str
    source: str
    open: bool
    raised: bool
    over: bool


def figures(district: District, day: date, units: set[str]) -> dict[str, Form]:
    signals = [each for each in warnings(district, day) if each.unit in units]
    found: dict[str, Form] = {}
    for bucket in ("", "RED", "YELLOW", "source=IMPORTED", "source=COMPUTED"):
        fitting = [each for each in signals if bucket in ("", each.level, f"source={each.source}")]
        suffix = f":{bucket}" if bucket else ""
        raised = [each for each in fitting if each.raised]
        found[f"warnings_open{suffix}"] = forms.count(each for each in fitting if each.open)
        found[f"warning_closure{suffix}"] = forms.share(
            sum(each.over for each in raised), len(raised)
        )
    return found


def warnings(district: District, day: date) -> list[Signal]:
    """Every warning open on, or raised in the year up to, `day`; cached."""
    if day not in district.warnings:
        district.warnings[day] = [*_imported(district, day), *_computed(district, day)]
    return district.warnings[day]


def _imported(district: District, day: date) -> Iterator[Signal]:
    for row in district.all("warnings"):
        false = row["verdict"] == "FALSE" and by(row["verified_on"], day)
        over = by(row["closed_on"], day) or false
        yield Signal(
            row["unit"],
            row["level"],
            "IMPORTED",
            open=row["raised_on"] <= day and not over,
            raised=in_last_year(row["raised_on"], day),
            over=over,
        )


def _computed(district: District, day: date) -> Iterator[Signal]:
    for subject in _subjects(district):
        yield from _episodes(district, subject, day)


@dataclass(frozen=True)
class _Subject:
    """What a rule judges: a row of a unit, and the condition on a day."""

    rule: str
    level: str
    unit: str
    key: object
    condition: Callable[[date], bool]

    def holds(self, district: District, day: date) -> bool:
        known = (self.rule, self.unit, self.key, day)
        if known not in district.remembered:
            district.remembered[known] = self.condition(day)
        return district.remembered[known]


def _episodes(district: District, subject: _Subject, day: date) -> Iterator[Signal]:
    """The runs of days on which the condition holds, within the last year."""
    found = partial(Signal, subject.unit, subject.level, "COMPUTED")
    at = day - YEAR
    before, raised = subject.holds(district, at), False
    while at < day:
        at += ONE_DAY
        now = subject.holds(district, at)
        if now and not before:
            raised = True
        if before and not now and raised:
            yield found(open=False, raised=True, over=True)
            raised = False
        before = now
    if before:
        yield found(open=True, raised=raised, over=False)


def _subjects(district: District) -> Iterator[_Subject]:
    for rule in district.lists["warning_rules"]:
        if rule["source"] == "COMPUTED" and rule.get("on") != "0":
            code, threshold = rule["code"], int(rule["threshold"] or 0)
            for unit, key, condition in _RULES[code](district, threshold):
                yield _Subject(code, rule["level"], unit, key, condition)


Looked = Iterator[tuple[str, object, Callable[[date], bool]]]


def _slow_disbursement(district: District, days: int) -> Looked:
    def slow(project: Row, day: date) -> bool:
        disbursed = flowed(district, project, "DISBURSED", day)
        waited = day >= project["approved_on"] + timedelta(days)
        return waited and disbursed * 100 < project["approved"] * 30

    for project in district.all("fund_projects"):
        if project["approved"] > 0:
            yield project["unit"], project["code"], partial(slow, project)


def _idle_money(district: District, days: int) -> Looked:
    def idle(project: Row, day: date) -> bool:
        long_ago = flowed(district, project, "DISBURSED", day - timedelta(days))
        return long_ago > 0 and flowed(district, project, "SPENT", day) * 100 < long_ago * 20

    for project in district.all("fund_projects"):
        yield project["unit"], project["code"], partial(idle, project)


def _beyond(district: District, _: int) -> Looked:
    def beyond(project: Row, day: date) -> bool:
        disbursed = flowed(district, project, "DISBURSED", day)
        return flowed(district, project, "SPENT", day) > disbursed or (
            disbursed > project["approved"]
        )

    for project in district.all("fund_projects"):
        yield project["unit"], project["code"], partial(beyond, project)


def _year_end(district: District, percent: int) -> Looked:
    def rushed(project: Row, year: int, day: date) -> bool:
        last = date(year, 12, 31)
        if not last <= day < last + timedelta(90):
            return False
        whole = flowed(district, project, "SPENT", last, since=date(year, 1, 1))
        december = flowed(district, project, "SPENT", last, since=date(year, 12, 1))
        return whole > 0 and december * 100 > whole * percent

    for project in district.all("fund_projects"):
        flows = district.where("fund_flows", project=project["code"])
        for year in {flow["on_date"].year for flow in flows}:
            yield project["unit"], (project["code"], year), partial(rushed, project, year)


def _stale(district: District, days: int) -> Looked:
    def stale(finding: Row, day: date) -> bool:
        now = standing(district, finding, day)
        return now is not None and now.state == "RECTIFYING" and (day - now.last_on).days > days

    for finding in district.all("findings"):
        yield finding["unit"], finding["code"], partial(stale, finding)


def _late_report(district: District, _: int) -> Looked:
    for report in district.all("reports"):
        key = (report["year"], report["kind"], report["number"])
        yield report["unit"], key, partial(late, report)


def _many_units(district: District, units: int) -> Looked:
    def concerns(finding: Row, day: date) -> bool:
        now = standing(district, finding, day)
        return now is not None and now.required and in_last_year(finding["issued_on"], day)

    def many(category: str, unit: str, day: date) -> bool:
        known = ("W18", category, day)
        if known not in affected:
            same = district.where("findings", category=category)
            affected[known] = {finding["unit"] for finding in same if concerns(finding, day)}
        return unit in affected[known] and len(affected[known]) >= units

    affected: dict[object, set[str]] = {}
    pairs = {(row["unit"], row["category"]) for row in district.all("findings") if row["category"]}
    for unit, category in sorted(pairs):
        yield unit, category, partial(many, category, unit)


def _not_heard(district: District, days: int) -> Looked:
    def unheard(unit: Row, day: date) -> bool:
        if not district.in_grid({unit["code"]}, day) or not is_known(district, "hearings", day):
            return False
        heard = [
            duty["done_on"]
            for duty in district.where("duties", unit=unit["code"], item="P2")
            if by(duty["done_on"], day)
        ]
        return (day - max(heard, default=unit["enrolled_on"])).days > days

    for unit in district.all("units"):
        yield unit["code"], None, partial(unheard, unit)


def _grade_drop(district: District, least: int) -> Looked:
    order = [
        row["grade"]
        for row in sorted(
            district.lists["rating_grades"], key=lambda row: float(row["lowest_points"])
        )
    ]

    def dropped(unit: Row, day: date) -> bool:
        latest = grades(district, unit["code"], day)[:2]
        return len(latest) == 2 and order.index(latest[1]) - order.index(latest[0]) >= least

    for unit in district.all("units"):
        yield unit["code"], None, partial(dropped, unit)


def _no_chief_auditor(district: District, days: int) -> Looked:
    @cache
    def without(unit: str, day: date) -> bool:
        return not in_post(district, unit, "CHIEF_AUDITOR", day)

    def vacant(unit: Row, day: date) -> bool:
        if not district.in_grid({unit["code"]}, day) or not is_known(district, "appointments", day):
            return False
        looked_at = [day - timedelta(back) for back in range(days + 1)]
        return unit["enrolled_on"] <= looked_at[-1] and all(
            without(unit["code"], each) for each in looked_at
        )

    for unit in district.where("units", kind="SOE"):
        yield unit["code"], None, partial(vacant, unit)


_RULES: dict[str, Callable[[District, int], Looked]] = {
    "W01": _slow_disbursement,
    "W02": _idle_money,
    "W03": _beyond,
    "W08": _year_end,
    "W15": _stale,
    "W17": _late_report,
    "W18": _many_units,
    "W19": _not_heard,
    "W20": _grade_drop,
    "W21": _no_chief_auditor,
}
