"""A column pasted one row too low is noticed on sheets of any size, in little time."""

import time

from data.own_ledgers.layout.shifted import MOST_COMPARED, shift

MANY = 2_100


def rows(texts, amounts):
    return [
        {"row": at, "title": text, "amount": amount}
        for at, (text, amount) in enumerate(zip(texts, amounts, strict=True), 3)
    ]


TEXTS = [f"问题{at}" for at in range(MANY)]
AMOUNTS = [at * 7 % 1000 for at in range(MANY)]
BEFORE = rows(TEXTS, AMOUNTS)


def test_a_large_sheet_with_a_shifted_column_is_noticed():
    assert MANY * MANY > MOST_COMPARED
    found = shift(BEFORE, rows(TEXTS, [0, *AMOUNTS[:-1]]), ("amount",), text="title")
    assert found is not None
    assert (found.columns, found.by, found.row) == (("amount",), 1, 4)


def test_texts_that_stand_twice_on_a_large_sheet_say_nothing():
    twice = ["往来款"] * MANY
    assert shift(rows(twice, AMOUNTS), rows(twice, AMOUNTS), ("amount",), text="title") is None


def test_a_large_sheet_in_the_opposite_order_is_compared_at_once():
    many = 20_000
    texts, amounts = [f"问题{at}" for at in range(many)], list(range(many))
    began = time.process_time()
    found = shift(rows(texts, amounts), rows(texts[::-1], amounts[::-1]), ("amount",), text="title")
    assert found is None
    assert time.process_time() - began < 10, "by the square it takes a minute and more"
