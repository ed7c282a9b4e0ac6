"""The declaration of a figure, from which its value, list, chart, export and definition derive."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from models.choice import Choice
from models.rules.rectification import UNRECTIFIED
from models.text import Label


class Way(StrEnum):
    """How the facts alive on a day are combined into the figure."""

    COUNT = "COUNT"
    SUM = "SUM"
    SHARE = "SHARE"
    MEAN = "MEAN"
    AGE_MEAN = "AGE_MEAN"
    AGE_MAX = "AGE_MAX"
    RATIO_MEAN = "RATIO_MEAN"


class Quantity(StrEnum):
    """What the values of a figure's facts are, which decides how the figure is written."""

    ROWS = "ROWS"
    PEOPLE = "PEOPLE"
    WEIGHT = "WEIGHT"
    DAYS = "DAYS"
    PERCENT = "PERCENT"
    POINTS = "POINTS"
    MONEY = "MONEY"


class Better(StrEnum):
    """Which direction is better; decides the order of rankings and the colour of changes."""

    HIGHER = "HIGHER"
    LOWER = "LOWER"
    NEITHER = "NEITHER"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A part of a figure: its id, which follows the colon, and its name."""

    id: str
    label: Label
    dimension: str = ""


def buckets_by(choices: type[Choice], dimension: str = "") -> tuple[Bucket, ...]:
    """A bucket for every choice; with a `dimension` its id is `dimension=CODE`."""
    prefix = f"{dimension}=" if dimension else ""
    return tuple(Bucket(f"{prefix}{each}", each.label, dimension) for each in choices)


@dataclass(frozen=True)
class Figure:
    """A figure of the catalogue. Texts are English messages; measures are names of facts.

    `bucket_measures` replace `numerator` in buckets. With `whole_denominator` a bucket is divided
    by the whole instead of by its own part. `only_buckets` figures have no value of their own;
    `district` figures exist for the district alone. `known_by` is the source without any row of
    which the figure is unknown (see `models.rules.known`).
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
    """The columns by which a row of the denominator is matched with its row in the numerator."""

    @property
    def version(self) -> str:
        """A digest of eight characters, which changes when the definition changes."""
        entry = asdict(self)
        # `paired_by` affects the list of rows, not the figure.
        del entry["paired_by"]
        # Figures without a source keep the version they had before `known_by` existed.
        if not self.known_by:
            del entry["known_by"]
        entry_as_json = json.dumps(entry, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(entry_as_json.encode()).hexdigest()[:8]

    @property
    def by_due_date(self) -> bool:
        """Whether the values of its facts are day numbers of due dates instead of weights."""
        return self.numerator == (UNRECTIFIED,)

    def measures(self, bucket: str) -> tuple[str, ...]:
        """The measures counted in the numerator of `bucket` ("" for the figure itself)."""
        return self.bucket_measures if bucket and self.bucket_measures else self.numerator

    def within_bucket(self, bucket: str) -> tuple[str, ...]:
        """The buckets of facts that are summed into the numerator of `bucket`."""
        return self.within if not bucket and self.within else (bucket,)

    def of_denominator(self, bucket: str) -> str:
        """The bucket of facts that is the denominator of `bucket`."""
        return "" if self.whole_denominator else bucket

    def with_buckets(self, buckets: tuple[Bucket, ...]) -> "Figure":
        """This figure with `buckets`, made from a reference list."""
        return replace(self, buckets=buckets)


Catalogue = Mapping[str, Figure]
