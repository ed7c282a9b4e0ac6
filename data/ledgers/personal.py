"""Names of persons: masked for those who do not need them."""

from collections.abc import Mapping
from typing import Any

from models.ledger import Ledger


def without_names(
    ledger: type[Ledger], values: Mapping[str, Any], *, in_full: bool
) -> Mapping[str, Any]:
    """`values` of a row of `ledger` with its personal columns masked, unless `in_full`."""
    hidden = [] if in_full else [column.id for column in ledger.columns if column.personal]
    masks = {name: masked(values[name]) for name in hidden if values.get(name)}
    return {**values, **masks} if masks else values


def masked(name: str) -> str:
    """The name of a person with all but its first character hidden."""
    return name[:1] + "＊" * max(1, len(name) - 1)
