"""What the ledgers declare names columns that there are, and enough is declared."""

from collections.abc import Iterator

import pytest

from models.declarations import Referred
from models.kinds import Day, Refers
from models.ledger import Ledger
from models.registry import BY_ID, LEDGERS

every_ledger = pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.id())


def referred(ledger: type[Ledger]) -> Iterator[Referred]:
    yield from ledger.BORROWS
    if isinstance(ledger.DATED_BY, Referred):
        yield ledger.DATED_BY
    for column in ledger.columns:
        if column.not_before_referred:
            yield column.not_before_referred


@every_ledger
def test_columns_that_are_named_exist(ledger: type[Ledger]) -> None:
    ids = {column.id for column in ledger.columns}
    for column in ledger.columns:
        other = (column.after, column.not_before, column.not_more, column.needs, column.known_with)
        assert {each for each in other if each} <= ids
    for rule in ledger.ROW_RULES:
        assert set(rule.columns) <= ids
    if ledger.TIME_LINE:
        assert {ledger.TIME_LINE.on, *ledger.TIME_LINE.words} <= ids


@every_ledger
def test_the_day_that_dates_a_row_is_a_day(ledger: type[Ledger]) -> None:
    if isinstance(ledger.DATED_BY, str) and ledger.DATED_BY:
        assert isinstance(ledger.column(ledger.DATED_BY).kind, Day)


@every_ledger
def test_what_is_referred_to_exists(ledger: type[Ledger]) -> None:
    for by, column in referred(ledger):
        kind = ledger.column(by).kind
        assert isinstance(kind, Refers)
        assert BY_ID[kind.ledger].column(column)
    for composite in ledger.COMPOSITE:
        keys = BY_ID[composite.ledger].key_columns()
        assert [ledger.column(each).kind for each in composite.columns] == [
            key.kind for key in keys
        ]


@every_ledger
def test_a_list_can_say_what_a_row_is_about(ledger: type[Ledger]) -> None:
    assert ledger.about()


@every_ledger
def test_a_row_counts_for_one_unit_at_most(ledger: type[Ledger]) -> None:
    assert sum(column.owner for column in ledger.columns) <= 1


@every_ledger
def test_what_a_page_of_a_unit_shows_counts_for_a_unit(ledger: type[Ledger]) -> None:
    assert ledger.owner() or not ledger.UNIT_TAB
