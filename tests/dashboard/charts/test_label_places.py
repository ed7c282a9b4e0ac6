"""Labels of dots stand only where they fit; the most important one always does."""

from datetime import date

from dashboard.charts.label_places import ROOMS, Place, places

MARK = date(2026, 6, 30)
FAR = date(2028, 6, 30)
"""Ends the axis two years after the mark."""


def test_a_label_near_the_right_edge_stands_on_the_left():
    found = places({"A": (FAR, 0.5)}, {"A": 100}, mark=MARK)
    assert found == {"A": Place("left", 0)}


def test_of_three_labels_in_one_place_the_last_is_left_out():
    dots = {
        code: (date(2027, 6, 1), height)
        for code, height in zip("ABC", (0.5, 0.49, 0.51), strict=True)
    }
    found = places(dots | {"end": (FAR, 1.0)}, dict.fromkeys("ABC", 150), mark=MARK)
    assert found["A"].room == 0
    assert "C" not in found


def test_a_label_that_needs_more_room_waits_for_a_wider_drawing():
    dots = {"A": (date(2027, 1, 1), 0.5), "B": (date(2027, 9, 1), 0.5), "end": (FAR, 1.0)}
    found = places(dots, {"A": 60, "B": 190}, mark=MARK)
    assert found["A"] == Place("right", 0)
    assert found["B"].room in ROOMS[1:]


def test_the_first_label_stands_even_where_nothing_fits():
    found = places({"A": (MARK, 0.5), "B": (FAR, 0.5)}, {"A": 900, "B": 900}, mark=MARK)
    assert found["A"].room == 0


def test_no_label_crosses_the_rule():
    dots = {"0": (date(2024, 6, 30), 1.0), "A": (date(2026, 2, 1), 0.5), "end": (FAR, 0.9)}
    assert places(dots, {"end": 10, "A": 60}, mark=MARK)["A"] == Place("left", 0)
