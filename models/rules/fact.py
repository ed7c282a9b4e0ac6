"""A fact: one row of a ledger, alive on some days, with a weight."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.days import Span
from models.ledger import Ledger, key_text


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
    """The row a fact stands for: its unit, its ledger and its key."""

    unit: str
    ledger: str
    key: str

    def fact(self, measure: str, span: Span, value: int = 1, bucket: str = "") -> Iterator[Fact]:
        """The fact, if `span` has a day."""
        if span:
            yield Fact(measure, bucket, self.unit, span, value, self.ledger, self.key)

    def facts(
        self, measure: str, spans: Iterable[Span], value: int = 1, bucket: str = ""
    ) -> Iterator[Fact]:
        """One fact for every span that has a day."""
        for span in spans:
            yield from self.fact(measure, span, value, bucket)


def origin(unit: str, row: Ledger, ledger: type[Ledger]) -> Origin:
    """Where facts about `row` of `ledger` come from."""
    key = ledger.key_columns()
    return Origin(
        unit,
        ledger.id(),
        key_text({each.id: getattr(row, each.id) for each in key}, key),
    )


def path(*buckets: str) -> str:
    """A bucket path; empty parts fall out."""
    return "/".join(bucket for bucket in buckets if bucket)
