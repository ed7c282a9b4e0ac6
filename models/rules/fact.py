"""Facts: a ledger row that counts for a measure on some days, with a weight."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from models.days import Span
from models.ledger import Ledger, key_text

NO_UNIT = ""
"""The unit of facts that belong to the district alone."""


class Fact(NamedTuple):
    """Something that counts for `measure` from `span.starts_on` until before `span.ends_on`.

    `bucket` is a path of bucket ids joined by `/`; `unit` is empty for the district's own rows;
    `value` is a weight: 1, points in hundredths, money in 分, days, or the day number of a date.
    """

    measure: str
    bucket: str
    unit: str
    span: Span
    value: int
    ledger: str
    key: str


class Origin(NamedTuple):
    """The row behind a fact: its unit, ledger and key."""

    unit: str
    ledger: str
    key: str

    def fact(self, measure: str, span: Span, value: int = 1, bucket: str = "") -> tuple[Fact, ...]:
        """A fact about the row, as a tuple; empty if `span` is empty."""
        unit, ledger, key = self
        return (Fact(measure, bucket, unit, span, value, ledger, key),) if span else ()

    def facts(
        self, measure: str, spans: Iterable[Span], value: int = 1, bucket: str = ""
    ) -> Iterator[Fact]:
        """A fact for each of `spans` that is not empty."""
        for span in spans:
            yield from self.fact(measure, span, value, bucket)


def origin(unit: str, row: Ledger, ledger: type[Ledger]) -> Origin:
    """The origin of facts about `row`, a row of `ledger` that counts for `unit`."""
    name, parts_of = _named(ledger)
    return Origin(unit, name, key_text(parts_of(row)))


@cache
def _named(ledger: type[Ledger]) -> tuple[str, Callable[[Ledger], tuple[object, ...]]]:
    """The id of `ledger`, and a function that takes the key from a row."""
    names = [each.id for each in ledger.key_columns()]
    if len(names) > 1:
        return ledger.id(), attrgetter(*names)
    only = attrgetter(*names)
    return ledger.id(), lambda row: (only(row),)


def path(*buckets: str) -> str:
    """The bucket path of `buckets`, joined by `/`; empty ones are left out."""
    return "/".join(bucket for bucket in buckets if bucket)
