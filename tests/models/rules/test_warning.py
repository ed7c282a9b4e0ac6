"""Warnings: the day each begins and ends, with thresholds just met and just missed."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from models.days import FOREVER, Span
from models.duty import Appointment, Duty
from models.fund import FundFlow
from models.rectification import RectificationEvent
from models.rules.fact import Fact
from models.rules.history import stretches
from models.rules.warning import (
    Rules,
    SameKind,
    facts_of_signal,
    fund_warnings,
    grade_drop,
    late_report,
    no_chief_auditor,
    not_heard,
    same_kind_in_many_units,
    stale_finding,
)
from models.warning import Warning as WarningSignal
from tests.models.rules.rows import (
    ALL_RULES,
    ALWAYS,
    DAY,
    GRADES,
    ISSUED,
    START,
    count,
    days,
    events,
    finding,
    flow,
    fund,
    rating,
    report,
    unit,
)

FEB, MAR, APR, MAY = date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)
YEAR = timedelta(365)


def after(day: date, count: int) -> date:
    return day + timedelta(count)


def raised(facts: Iterable[Fact], rule: str = "") -> list[Span]:
    """The days on which a warning is open."""
    return days(facts, "warning_open", f"rule={rule}" if rule else "")


# Imported


def signal(**values: object) -> list[Fact]:
    row = {"code": "W1", "unit": "U1", "rule": "W04", "level": "RED", "raised_on": FEB}
    return list(facts_of_signal(WarningSignal(**row | values)))


def test_an_imported_warning_is_open_until_it_is_closed() -> None:
    assert raised(signal(closed_on=APR)) == [Span(FEB, APR)]
    assert raised(signal()) == [Span(FEB)]


def test_an_imported_warning_found_false_is_closed_on_that_day() -> None:
    assert raised(signal(verdict="FALSE", verified_on=MAR, closed_on=APR)) == [Span(FEB, MAR)]


def test_an_imported_warning_found_true_stays_open() -> None:
    assert raised(signal(verdict="TRUE", verified_on=MAR)) == [Span(FEB)]


def test_a_warning_counts_as_raised_for_a_year_and_as_done_from_its_end() -> None:
    facts = signal(closed_on=APR)
    assert days(facts, "warning_raised") == [Span(FEB, FEB + YEAR)]
    assert days(facts, "warning_done") == [Span(APR, FEB + YEAR)]


def test_a_warning_closed_on_its_own_day_was_raised_and_is_done() -> None:
    facts = signal(closed_on=FEB)
    assert raised(facts) == []
    assert days(facts, "warning_raised") == days(facts, "warning_done") == [Span(FEB, FEB + YEAR)]


def test_a_warning_stands_under_its_level_and_source() -> None:
    for bucket in ("RED", "source=IMPORTED"):
        assert count(signal(), "warning_open", FEB, bucket) == 1
    computed = list(late_report(ALL_RULES, report(due_on=FEB)))
    for bucket in ("YELLOW", "source=COMPUTED"):
        assert count(computed, "warning_open", MAR, bucket) == 1


# Funds


def of_fund(rule: str, *flows: FundFlow, approved: int = 1000) -> list[Span]:
    return raised(fund_warnings(ALL_RULES, fund(approved), flows), rule)


W01_FROM = after(START, 60)


def test_w01_slow_disbursement_is_raised_on_the_sixtieth_day() -> None:
    assert of_fund("W01") == [Span(W01_FROM)]


@pytest.mark.parametrize(("disbursed", "slow"), [(299, True), (300, False)])
def test_w01_is_about_less_than_thirty_percent(disbursed: int, slow: bool) -> None:
    assert bool(of_fund("W01", flow(FEB, "DISBURSED", disbursed))) is slow


def test_w01_ends_with_the_payment_that_reaches_it() -> None:
    flows = flow(APR, "DISBURSED", 100), flow(MAY, "DISBURSED", 200)
    assert of_fund("W01", *flows) == [Span(W01_FROM, MAY)]


def test_w01_looks_at_no_project_without_approved_money() -> None:
    assert of_fund("W01", approved=0) == []


W02_FROM = after(FEB, 90)


def test_w02_idle_money_is_raised_ninety_days_after_disbursement() -> None:
    assert of_fund("W02", flow(FEB, "DISBURSED", 500)) == [Span(W02_FROM)]


@pytest.mark.parametrize(("spent", "idle"), [(99, True), (100, False)])
def test_w02_is_about_less_than_twenty_percent_spent(spent: int, idle: bool) -> None:
    flows = flow(FEB, "DISBURSED", 500), flow(MAR, "SPENT", spent)
    assert bool(of_fund("W02", *flows)) is idle


def test_w02_looks_only_at_what_was_disbursed_long_ago() -> None:
    flows = flow(FEB, "DISBURSED", 500), flow(MAR, "SPENT", 100), flow(APR, "DISBURSED", 9000)
    assert of_fund("W02", *flows) == [Span(after(APR, 90))]


def test_w02_needs_money() -> None:
    assert of_fund("W02", flow(FEB, "SPENT", 1)) == []


@pytest.mark.parametrize(("spent", "beyond"), [(100, []), (101, [Span(MAR)])])
def test_w03_spending_beyond_what_was_disbursed(spent: int, beyond: list[Span]) -> None:
    assert of_fund("W03", flow(FEB, "DISBURSED", 100), flow(MAR, "SPENT", spent)) == beyond


@pytest.mark.parametrize(("disbursed", "beyond"), [(1000, []), (1001, [Span(FEB)])])
def test_w03_disbursing_beyond_what_was_approved(disbursed: int, beyond: list[Span]) -> None:
    assert of_fund("W03", flow(FEB, "DISBURSED", disbursed)) == beyond


def test_w03_raised_again_is_another_warning() -> None:
    flows = (
        flow(FEB, "SPENT", 10),
        flow(MAR, "DISBURSED", 10),
        flow(APR, "SPENT", 10, 2),
        flow(MAY, "DISBURSED", 10, 2),
    )
    assert of_fund("W03", *flows) == [Span(FEB, MAR), Span(APR, MAY)]
    facts = list(fund_warnings(ALL_RULES, fund(), flows))
    assert count(facts, "warning_raised", MAY, "rule=W03") == 2


def test_w03_of_flows_of_one_day_only_their_sums_count() -> None:
    assert of_fund("W03", flow(FEB, "SPENT", 10), flow(FEB, "DISBURSED", 10)) == []


LAST = date(2025, 12, 31)


def december(of_december: int, before: int = 700) -> list[Span]:
    earlier = flow(date(2025, 11, 30), "SPENT", before)
    return of_fund("W08", earlier, flow(date(2025, 12, 1), "SPENT", of_december))


def test_w08_year_end_spending_is_raised_on_the_last_day_for_ninety_days() -> None:
    assert december(301) == [Span(LAST, after(LAST, 90))]


def test_w08_is_about_more_than_thirty_percent() -> None:
    assert december(300) == []


def test_w08_needs_spending() -> None:
    assert december(0, before=0) == []


def test_w08_looks_at_each_year_by_itself() -> None:
    flows = flow(date(2024, 12, 31), "SPENT", 1), flow(date(2025, 12, 5), "SPENT", 1)
    assert [span.starts_on for span in of_fund("W08", *flows)] == [date(2024, 12, 31), LAST]


def test_w08_disbursing_in_december_is_no_spending() -> None:
    assert of_fund("W08", flow(date(2025, 12, 5), "DISBURSED", 500)) == []


# Findings


def stale(*named: tuple[date, str] | tuple[date, str, date]) -> list[Span]:
    history: list[RectificationEvent] = events(*named)
    return raised(stale_finding(ALL_RULES, finding(), stretches(finding(), history)))


def test_w15_a_finding_without_news_is_raised_on_the_forty_sixth_day() -> None:
    assert stale() == [Span(after(ISSUED, 46))]


def test_w15_any_event_is_news() -> None:
    day = after(ISSUED, 46)
    assert stale((day, "PROGRESS")) == [Span(after(day, 46))]
    assert stale((day - DAY, "TRANSFER")) == [Span(after(day, 45))]


@pytest.mark.parametrize("action", ["SUBMIT", "SUSPEND", "CLOSE", "VOID"])
def test_w15_only_what_is_being_rectified_can_be_stale(action: str) -> None:
    assert stale((after(ISSUED, 50), action)) == [Span(after(ISSUED, 46), after(ISSUED, 50))]


def test_w15_a_return_is_news_too() -> None:
    returned = after(ISSUED, 200)
    assert stale((ISSUED, "SUBMIT"), (returned, "RETURN")) == [Span(after(returned, 46))]


def many(*of: tuple[str, date]) -> dict[str, list[Span]]:
    findings = [
        SameKind(unit, f"{unit}-{number}", Span(day, day + YEAR))
        for number, (unit, day) in enumerate(of)
    ]
    facts = list(same_kind_in_many_units(ALL_RULES, findings))
    return {each: raised(fact for fact in facts if fact.unit == each) for each in ("A", "B", "C")}


def test_w18_findings_of_one_kind_in_three_units_are_raised_in_each() -> None:
    until = FEB + YEAR
    found = many(("A", FEB), ("B", MAR), ("C", APR))
    assert found == dict.fromkeys("ABC", [Span(APR, until)])


def test_w18_two_units_are_not_many_however_many_findings() -> None:
    assert many(("A", FEB), ("B", MAR), ("B", APR)) == {"A": [], "B": [], "C": []}


def test_w18_a_second_finding_prolongs_the_warning_of_its_unit() -> None:
    found = many(("A", FEB), ("A", MAY), ("B", MAR), ("C", MAR))
    assert found["A"] == [Span(MAR, MAR + YEAR)]


def test_w18_a_unit_counts_only_while_it_has_such_a_finding() -> None:
    others = [("D", START), ("E", START), ("F", START)]
    assert many(("A", FEB), *others)["A"] == [Span(FEB, START + YEAR)]


def test_w18_stands_for_the_finding_that_was_there_first() -> None:
    found = [SameKind(unit, unit.lower(), Span(FEB, MAY)) for unit in ("A", "B", "C")]
    earlier = SameKind("A", "earlier", Span(START, MAR))
    facts = list(same_kind_in_many_units(ALL_RULES, [*found, earlier]))
    assert {fact.key for fact in facts if fact.unit == "A"} == {"earlier"}


# Reports, people, ratings


def test_w17_a_report_is_raised_the_day_after_it_was_due_until_it_comes_in() -> None:
    facts = list(late_report(ALL_RULES, report(due_on=FEB, submitted_on=APR)))
    assert raised(facts) == [Span(FEB + DAY, APR)]


def test_w17_a_report_in_time_raises_nothing() -> None:
    assert list(late_report(ALL_RULES, report(due_on=FEB, submitted_on=FEB))) == []


def heard(*done: date | None, item: str = "P2", known: Span = ALWAYS, **of: object) -> list[Span]:
    duties = [Duty(unit="U1", item=item, due_on=START, done_on=day) for day in done]
    return raised(not_heard(ALL_RULES, unit(**of), duties, known))


def test_w19_is_raised_on_the_hundred_and_first_day_from_enrolment() -> None:
    assert heard() == [Span(after(START, 101))]


def test_w19_is_not_raised_before_hearings_are_known_in_the_district() -> None:
    known = after(START, 150)
    assert heard(known=Span(known)) == [Span(known)]
    assert heard(known=Span(after(START, 100))) == [Span(after(START, 101))]
    assert heard(known=Span(FOREVER)) == []


def test_w19_each_hearing_begins_the_count_anew() -> None:
    assert heard(MAR) == [Span(after(MAR, 101))]
    day = after(START, 150)
    assert heard(day) == [Span(after(START, 101), day), Span(after(day, 101))]


def test_w19_a_hearing_before_enrolment_counts() -> None:
    assert heard(START - timedelta(50)) == [Span(after(START, 51))]


def test_w19_a_hearing_long_before_enrolment_has_it_raised_at_once() -> None:
    assert heard(START - YEAR) == [Span(START)]


def test_w19_only_a_hearing_that_took_place_counts() -> None:
    assert heard(None) == heard(MAR, item="P1") == heard()


def test_w19_is_raised_only_in_the_grid() -> None:
    withdrawn_on = after(START, 110)
    assert heard(withdrawn_on=withdrawn_on) == [Span(after(START, 101), withdrawn_on)]


def dropped(*rated: tuple[int, date, int]) -> list[Span]:
    ratings = [rating(points, day, year=year) for points, day, year in rated]
    return raised(grade_drop(ALL_RULES, unit(), ratings, GRADES))


def test_w20_a_drop_by_two_grades_is_raised() -> None:
    assert dropped((9500, FEB, 2024), (8000, MAR, 2025)) == [Span(MAR)]


def test_w20_a_drop_by_one_grade_is_not() -> None:
    assert dropped((9500, FEB, 2024), (9000, MAR, 2025)) == []


def test_w20_ends_with_the_next_rating() -> None:
    assert dropped((9500, FEB, 2023), (8000, MAR, 2024), (8000, APR, 2025)) == [Span(MAR, APR)]


def test_w20_a_second_drop_at_once_is_the_same_warning() -> None:
    assert dropped((9500, FEB, 2023), (8000, MAR, 2024), (6000, APR, 2025)) == [Span(MAR)]


def test_w20_of_one_day_the_earlier_year_is_the_one_before() -> None:
    assert dropped((8000, FEB, 2025), (9500, FEB, 2024)) == [Span(FEB)]


def test_w20_the_first_rating_drops_from_nothing() -> None:
    assert dropped((0, FEB, 2025)) == []


def test_w20_a_veto_drops_to_the_last_grade() -> None:
    rows = [rating(7000, FEB, year=2024), rating(9900, MAR, year=2025, veto="V1")]
    assert raised(grade_drop(ALL_RULES, unit(), rows, GRADES)) == [Span(MAR)]


def vacant(*posts: tuple[date, date | None], known: Span = ALWAYS, **of: object) -> list[Span]:
    people = [
        Appointment(unit="U1", name="张三", role="CHIEF_AUDITOR", from_on=first, until_on=end)
        for first, end in posts
    ]
    return raised(no_chief_auditor(ALL_RULES, unit(**{"kind": "SOE"} | of), people, known))


def test_w21_is_raised_on_the_sixtieth_day_after_enrolment() -> None:
    assert vacant() == [Span(after(START, 60))]


def test_w21_is_not_raised_before_appointments_are_known_in_the_district() -> None:
    known = after(START, 90)
    assert vacant(known=Span(known)) == [Span(known)]
    assert vacant(known=Span(after(START, 59))) == [Span(after(START, 60))]
    assert vacant(known=Span(FOREVER)) == []


def test_w21_the_sixty_days_count_from_the_day_the_post_became_vacant() -> None:
    assert vacant((START, MAR)) == [Span(after(MAR, 60))]


def test_w21_a_post_filled_on_the_sixtieth_day_raises_nothing() -> None:
    assert vacant((after(START, 60), None)) == []
    assert vacant((after(START, 61), None)) == [Span(after(START, 60), after(START, 61))]


def test_w21_is_about_state_firms_in_the_grid() -> None:
    assert vacant(kind="AGENCY") == []
    assert vacant(withdrawn_on=after(START, 60)) == []


def test_w21_a_chief_auditor_before_enrolment_does_not_count() -> None:
    assert vacant((START - YEAR, START)) == [Span(after(START, 60))]


def test_a_rule_that_is_not_on_the_list_is_switched_off() -> None:
    off = Rules({}, {})
    facts = [
        *fund_warnings(off, fund(), [flow(FEB, "SPENT", 5)]),
        *stale_finding(off, finding(), stretches(finding(), [])),
        *late_report(off, report()),
        *not_heard(off, unit(), [], ALWAYS),
        *grade_drop(off, unit(), [rating(9500, FEB, year=2024), rating(0, MAR)], GRADES),
        *no_chief_auditor(off, unit(kind="SOE"), [], ALWAYS),
        *same_kind_in_many_units(off, [SameKind(each, each, Span(FEB)) for each in "ABC"]),
    ]
    assert facts == []


def test_a_warning_has_the_level_that_the_list_gives_it() -> None:
    rules = Rules({"W17": 0}, {"W17": "RED"})
    assert count(late_report(rules, report(due_on=FEB)), "warning_open", MAR, "RED") == 1
