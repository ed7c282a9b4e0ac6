"""The rest of a share: what counts in its denominator and not in its numerator."""

from pathlib import Path

import pytest

from data.figures.catalogue import Better, Quantity, Way, catalogue
from data.figures.rows import Side, length, listed, rows_on_page
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import connect, reading
from tests.demonstration_day import TODAY

FIGURES = catalogue(shipped())
PARTED = [
    figure.id
    for figure in FIGURES.values()
    if figure.way is Way.SHARE and figure.quantity is not Quantity.MONEY
]


@pytest.mark.parametrize("figure", PARTED)
def test_the_two_parts_of_a_share_are_the_whole(demonstration: Path, figure: str) -> None:
    entry = FIGURES[figure]
    scope = everything(parse("district"), TODAY)
    with reading(connect(f"sqlite:///{demonstration}")) as connection:
        for bucket in ("", *(part.id for part in entry.buckets)):
            rest, counted, whole = (
                length(connection, scope, entry, bucket, side)
                for side in (Side.REST, Side.NUMERATOR, Side.DENOMINATOR)
            )
            assert rest + counted == whole, bucket


@pytest.mark.parametrize("figure", ["due_rect_rate", "grid_coverage", "content_coverage"])
def test_no_row_is_in_both_parts(demonstration: Path, figure: str) -> None:
    entry = FIGURES[figure]
    scope = everything(parse("district"), TODAY)
    with reading(connect(f"sqlite:///{demonstration}")) as connection:
        rest, counted = (
            {
                tuple(getattr(row, name) for name in entry.paired_by)
                for row in rows_on_page(connection, scope, entry, "", side)
            }
            for side in (Side.REST, Side.NUMERATOR)
        )
    assert rest and counted and not rest & counted


def test_what_is_wanting_is_listed_first() -> None:
    firsts = {figure: listed(FIGURES[figure])[0] for figure in PARTED}
    for figure, first in firsts.items():
        fewer = FIGURES[figure].better is Better.LOWER
        assert first is (Side.NUMERATOR if fewer else Side.REST)


def test_money_has_no_rest() -> None:
    """A payment is no part of the sum that was approved."""
    assert Side.REST not in listed(FIGURES["disbursement_rate"])
