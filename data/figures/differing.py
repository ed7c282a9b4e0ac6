"""Compute figures of many nodes, of each only those that differ from a node without facts.

A unit has facts of a fraction of all figures and buckets; the others need not be computed.
"""

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction

from data.facts.balances import Totals
from data.figures.catalogue import Figure, Way
from data.figures.reading import Reading, ids, values_of
from data.scope import Scope

Values = tuple[str, int | Fraction | None, int | None]
"""The key under which a reading is printed, its numerator and its denominator (see `Reading`)."""


class Differing:
    """Computes those readings of `figures` that differ from the ones of a node without facts.

    All nodes share the day of `scope`, and whether they are the whole district. `unknown` are the
    sources without any row on that day.
    """

    def __init__(self, scope: Scope, figures: Iterable[Figure], unknown: Collection[str]) -> None:
        self._scope = scope
        asked = [
            (figure, bucket)
            for figure in figures
            if figure.known_by not in unknown
            for bucket in ids(figure)
        ]
        self._asked = [
            (
                Reading(figure, bucket, None).id,
                figure,
                bucket,
                values_of(figure, bucket, {}, scope, None),
            )
            for figure, bucket in asked
        ]
        self._by_key: dict[tuple[str, str], list[int]] = {}
        self._by_measure: dict[str, list[int]] = {}
        self._always = [at for at, (figure, _) in enumerate(asked) if figure.way is Way.AGE_MAX]
        for at, (figure, bucket) in enumerate(asked):
            if figure.way is Way.RATIO_MEAN:
                # Each bucket of its measure has a denominator of its own.
                self._by_measure.setdefault(figure.numerator[0], []).append(at)
            for key in _read(figure, bucket):
                self._by_key.setdefault(key, []).append(at)

    def values(self, totals: Totals, oldest: int | None) -> Iterator[Values]:
        """The values from `totals` that differ, in the order of the figures.

        `oldest` is the day number of the earliest overdue time limit.
        """
        touched = set(self._always)
        by_key, by_measure = self._by_key, self._by_measure
        for read in totals:
            touched.update(by_key.get(read, ()), by_measure.get(read[0], ()))
        for at in sorted(touched):
            key, figure, bucket, without_facts = self._asked[at]
            values = values_of(figure, bucket, totals, self._scope, oldest)
            if values != without_facts:
                yield key, *values


def _read(figure: Figure, bucket: str) -> Iterator[tuple[str, str]]:
    """The totals, by measure and bucket, from which a reading is computed."""
    for part in figure.within_bucket(bucket):
        for measure in figure.measures(bucket):
            yield measure, part
    for measure in figure.denominator:
        yield measure, figure.of_denominator(bucket)
