"""Split long streams into lists, so that a statement carries many rows but never all of them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """`items` in their order, in lists of at most `size`."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch
