"""The net and the two responsible subjects: who counts on which day."""

from datetime import date, timedelta

import pytest

from models.days import Span
from models.duty import GROUP, Appointment, Duty, Institution
from models.grid import Element, GridElement, Unit
from models.rules.fact import Fact
from models.rules.grid import facts_of_duty, facts_of_grid
from tests.models.rules.rows import DAY, START, days, unit, values

FEB, MAR, APR = date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)


def element(kind: str, met_on: date = START, lapsed_on: date | None = None) -> GridElement:
    return GridElement(unit="U1", element=kind, met_on=met_on, lapsed_on=lapsed_on)


def person(role: str, from_on: date = START, until_on: date | None = None) -> Appointment:
    return Appointment(unit="U1", name="张三", role=role, from_on=from_on, until_on=until_on)


def institution(form: str, from_on: date = START, until_on: date | None = None) -> Institution:
    return Institution(unit="U1", form=form, from_on=from_on, until_on=until_on)


def people(*found: Appointment, of: Unit | None = None) -> list[Fact]:
    return list(facts_of_grid(of or unit(), [], found, []))


def elements(*found: GridElement, of: Unit | None = None) -> list[Fact]:
    return list(facts_of_grid(of or unit(), found, [], []))


def test_a_unit_is_in_the_grid_from_enrolment_to_the_day_before_withdrawal() -> None:
    facts = elements(of=unit(enrolled_on=FEB, withdrawn_on=APR))
    assert days(facts, "member") == [Span(FEB, APR)]


def test_a_grid_is_complete_while_all_four_elements_are_in_force() -> None:
    rows = [element(each) for each in list(Element)[1:]]
    facts = elements(element(Element.GRID, FEB, APR), *rows)
    assert days(facts, "grid_complete") == [Span(FEB, APR)]


def test_three_elements_are_no_complete_grid() -> None:
    assert days(elements(*map(element, list(Element)[:3])), "grid_complete") == []


def test_an_element_counts_by_itself() -> None:
    assert days(elements(element("TASKS", FEB)), "grid_element", "TASKS") == [Span(FEB)]


def test_an_element_met_again_before_it_lapsed_counts_once() -> None:
    facts = elements(element("GRID", START, MAR), element("GRID", FEB))
    assert len([fact for fact in facts if fact.measure == "grid_element"]) == 1


def test_an_element_counts_only_while_the_unit_is_in_the_grid() -> None:
    facts = elements(element("GRID"), of=unit(enrolled_on=FEB, withdrawn_on=MAR))
    assert days(facts, "grid_element") == [Span(FEB, MAR)]


def test_both_subjects_are_in_post_while_both_are() -> None:
    facts = people(person("PRINCIPAL", FEB), person("AUDITOR", START, MAR))
    assert days(facts, "dual_responsibility") == [Span(FEB, MAR)]


def test_on_the_day_of_leaving_nobody_is_in_post() -> None:
    facts = people(person("PRINCIPAL"), person("AUDITOR", START, MAR), person("AUDITOR", MAR + DAY))
    assert days(facts, "dual_responsibility") == [Span(START, MAR), Span(MAR + DAY)]


def test_a_successor_on_the_day_of_leaving_leaves_no_gap() -> None:
    facts = people(person("PRINCIPAL"), person("AUDITOR", START, MAR), person("AUDITOR", MAR))
    assert days(facts, "dual_responsibility") == [Span(START)]


def test_a_group_needs_its_leader_and_all_four_functions() -> None:
    assert days(people(*map(person, GROUP)), "group") == [Span(START)]
    for missing in GROUP:
        assert days(people(*(person(each) for each in GROUP if each != missing)), "group") == []


def test_only_state_firms_need_a_chief_auditor() -> None:
    chief = person("CHIEF_AUDITOR", FEB)
    firm = people(chief, of=unit(kind="SOE"))
    assert days(firm, "state_firm") == [Span(START)]
    assert days(firm, "chief_auditor") == [Span(FEB)]
    agency = people(chief)
    assert days(agency, "state_firm") == days(agency, "chief_auditor") == []


def test_a_joint_office_is_no_independent_institution() -> None:
    rows = [institution("JOINT"), institution("INDEPENDENT", FEB, MAR)]
    facts = list(facts_of_grid(unit(), [], [], rows))
    assert days(facts, "institution") == [Span(FEB, MAR)]


# Duties


def duty(done_on: date | None) -> list[Fact]:
    row = Duty(unit="U1", item="P2", due_on=MAR, done_on=done_on)
    return list(facts_of_duty(row, "PRINCIPAL", 25))


YEAR = Span(MAR, MAR + timedelta(365))


def test_a_duty_counts_for_a_year_with_the_weight_of_its_item() -> None:
    facts = duty(None)
    assert days(facts, "duty_due", "PRINCIPAL") == [YEAR]
    assert values(facts, "duty_due", MAR) == [25]


def test_a_duty_done_late_counts_as_done_from_its_day() -> None:
    facts = duty(APR)
    assert days(facts, "duty_done") == [Span(APR, YEAR.ends_on)]
    assert days(facts, "duty_on_time") == []


@pytest.mark.parametrize("done_on", [MAR, FEB])
def test_a_duty_done_by_the_day_it_is_due_is_on_time(done_on: date) -> None:
    assert days(duty(done_on), "duty_on_time") == days(duty(done_on), "duty_done") == [YEAR]


def test_a_duty_done_a_year_late_never_counts_as_done() -> None:
    assert days(duty(YEAR.ends_on), "duty_done") == []
    assert days(duty(YEAR.ends_on - DAY), "duty_done") == [Span(YEAR.ends_on - DAY, YEAR.ends_on)]
