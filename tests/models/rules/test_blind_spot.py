"""Which pairs of unit and item are blind spots, and in what order they are looked at."""

from datetime import date, timedelta

from models.rules.blind_spot import BlindSpot, Item, blind_spots, most_urgent

DAY = date(2026, 6, 30)
ENROLLED = {"U1": DAY - timedelta(500)}
LIGHT, HEAVY, KEY = Item("A", 1), Item("B", 5), Item("C", 1, key=True)


def spots(item: Item, checked: date | None = None) -> list[BlindSpot]:
    known = {("U1", item.code): checked} if checked else {}
    return list(blind_spots(ENROLLED, [item], known, DAY))


def test_a_check_of_the_last_year_leaves_no_blind_spot():
    assert spots(LIGHT, DAY - timedelta(364)) == []


def test_a_check_a_year_ago_leaves_one():
    (spot,) = spots(LIGHT, DAY - timedelta(365))
    assert (spot.checked_on, spot.days) == (DAY - timedelta(365), 365)


def test_never_checked_counts_from_the_enrolment_of_the_unit():
    (spot,) = spots(LIGHT)
    assert (spot.checked_on, spot.days) == (None, 500)


def test_a_key_item_comes_before_heavier_ones():
    found = [*spots(HEAVY), *spots(KEY, DAY - timedelta(400))]
    assert [spot.item for spot in most_urgent(found, 2)] == [KEY, HEAVY]


def test_weight_and_days_decide_together():
    found = [*spots(LIGHT), *spots(HEAVY, DAY - timedelta(400))]
    assert [spot.urgency for spot in most_urgent(found, 2)] == [2000, 500]


def test_of_equals_the_never_checked_comes_first():
    never, long_ago = spots(LIGHT), spots(Item("0", 1), DAY - timedelta(500))
    assert most_urgent([*long_ago, *never], 1) == never


def test_no_more_than_asked_for_are_listed():
    assert len(most_urgent([*spots(LIGHT), *spots(HEAVY)], 1)) == 1
