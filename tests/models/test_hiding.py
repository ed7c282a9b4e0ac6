"""Numbers in the place of names of units."""

from hypothesis import given
from hypothesis import strategies as st

from models.hiding import numbered, without_names

CODES = st.sets(st.text("ABC019", min_size=1, max_size=4), min_size=1, max_size=30)


@given(codes=CODES, meeting=st.text(max_size=6))
def test_every_unit_has_a_number_of_its_own_from_one_on(codes: set[str], meeting: str) -> None:
    numbers = numbered(codes, meeting)
    assert set(numbers) == codes
    assert sorted(numbers.values()) == list(range(1, len(codes) + 1))


@given(codes=CODES, meeting=st.text(max_size=6))
def test_a_meeting_numbers_units_the_same_way_each_time(codes: set[str], meeting: str) -> None:
    assert numbered(sorted(codes), meeting) == numbered(sorted(codes, reverse=True), meeting)


def test_another_meeting_numbers_them_otherwise_and_not_in_the_order_of_codes():
    codes = [f"U{number:02}" for number in range(30)]
    first, second = (list(numbered(codes, meeting)) for meeting in ("M1", "M2"))
    assert first != second
    assert codes not in (first, second)


def test_names_are_replaced_wherever_they_stand_the_longest_first():
    named = {"第一中学": "单位07", "第一中学分校": "单位02", "": "单位99"}
    text = "请第一中学分校、第一中学整改"
    assert without_names(text, named) == "请单位02、单位07整改"
