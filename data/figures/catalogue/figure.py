"""What a figure is: declared once; value, list, chart, export, definition come from it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from models.choice import Choice
from models.rules.rectification import UNRECTIFIED
from models.text import Label


class Way(StrEnum):
    """How facts alive add up to a figure."""

    COUNT = "COUNT"
    SUM = "SUM"
    SHARE = "SHARE"
    MEAN = "MEAN"
    AGE_MEAN = "AGE_MEAN"
    AGE_MAX = "AGE_MAX"
    RATIO_MEAN = "RATIO_MEAN"


class Quantity(StrEnum):
    """What the value of a fact is, and so how a figure is written."""

    ROWS = "ROWS"
    PEOPLE = "PEOPLE"
    WEIGHT = "WEIGHT"
    DAYS = "DAYS"
    PERCENT = "PERCENT"
    POINTS = "POINTS"
    MONEY = "MONEY"


class Better(StrEnum):
    """Which way is better; it sorts rankings and colours changes."""

    HIGHER = "HIGHER"
    LOWER = "LOWER"
    NEITHER = "NEITHER"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A part of a figure: its id after the colon, and its name."""

    id: str
    label: Label
    dimension: str = ""


def buckets_by(choices: type[Choice], dimension: str = "") -> tuple[Bucket, ...]:
    """A bucket for every choice; with a dimension the id is `dimension=CODE`."""
    prefix = f"{dimension}=" if dimension else ""
    return tuple(Bucket(f"{prefix}{each}", each.label, dimension) for each in choices)


@dataclass(frozen=True)
class Figure:
    """A catalogue entry. Texts are English messages; measures name facts.

    `bucket_measures` stand in for the numerator inside buckets; with `whole_denominator` buckets
    are measured against the whole. `only_buckets` figures have no value of their own, `district`
    figures none at other nodes. `known_by` is the source without whose rows the figure is not
    known (see `models.rules.known`).
    """

    id: str
    subject: str
    name: str
    definition: str
    formula: str
    way: Way
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    quantity: Quantity = Quantity.ROWS
    better: Better = Better.NEITHER
    buckets: tuple[Bucket, ...] = ()
    bucket_measures: tuple[str, ...] = ()
    whole_denominator: bool = False
    only_buckets: bool = False
    district: bool = False
    listed_buckets: str = ""
    within: tuple[str, ...] = ()
    known_by: str = ""
    paired_by: tuple[str, ...] = ("ledger", "key", "unit")
    """What a row of the denominator and the same row in the numerator have in common."""

    @property
    def version(self) -> str:
        """A digest of eight characters that changes whenever anything in this entry changes."""
        entry = asdict(self)
        # It says how rows are listed, not what they add up to.
        del entry["paired_by"]
        # What has no source says what it said before figures had one.
        if not self.known_by:
            del entry["known_by"]
        entry_as_json = json.dumps(entry, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(entry_as_json.encode()).hexdigest()[:8]

    @property
    def by_due_date(self) -> bool:
        """Whether the value of its facts is the day number of a due date, not a weight."""
        return self.numerator == (UNRECTIFIED,)

    def measures(self, bucket: str) -> tuple[str, ...]:
        """The measures counted in the numerator of `bucket` ("" for the figure itself)."""
        return self.bucket_measures if bucket and self.bucket_measures else self.numerator

    def within_bucket(self, bucket: str) -> tuple[str, ...]:
        """The buckets of facts whose sum is the numerator of `bucket`."""
        return self.within if not bucket and self.within else (bucket,)

    def of_denominator(self, bucket: str) -> str:
        """The bucket of facts that is counted in the denominator of `bucket`."""
        return "" if self.whole_denominator else bucket

    def with_buckets(self, buckets: tuple[Bucket, ...]) -> "Figure":
        """The same figure with the buckets of a reference list."""
        return replace(self, buckets=buckets)


Catalogue = Mapping[str, Figure]
