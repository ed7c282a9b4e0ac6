"""The catalogue: the declaration of every figure."""

from functools import lru_cache

from data.figures.catalogue import audit, money, net, rectification, report, work
from data.figures.catalogue.figure import Better, Bucket, Catalogue, Figure, Quantity, Way
from data.reference.lists import References
from models.audit import ContentGroup
from models.text import Label

__all__ = ["FIGURES", "Better", "Bucket", "Catalogue", "Figure", "Quantity", "Way", "catalogue"]

FIGURES: tuple[Figure, ...] = (
    net.FIGURES
    + report.FIGURES
    + rectification.FIGURES
    + audit.FIGURES
    + work.FIGURES
    + money.FIGURES
)
"""All figures in the order of the screens, without the buckets that come from reference lists;
`catalogue` adds those."""


def catalogue(references: References) -> Catalogue:
    """All figures by id, with the buckets that the reference lists define."""
    items = tuple(
        (row["code"], row["name"], row["name_en"]) for row in references.lists["content_items"]
    )
    return _with_items(items)


@lru_cache(maxsize=8)
def _with_items(items: tuple[tuple[str, str, str], ...]) -> Catalogue:
    groups = tuple(Bucket(group, group.label) for group in ContentGroup)
    listed = groups + tuple(Bucket(code, Label(zh, en)) for code, zh, en in items)
    return {
        figure.id: figure.with_buckets(listed) if figure.listed_buckets else figure
        for figure in FIGURES
    }
