"""Mask the names of persons for viewers who may not see them."""

from collections.abc import Mapping
from typing import Any

from data.ledgers.rows import key_of_text
from models.ledger import Ledger, key_text


def without_names(
    ledger: type[Ledger], values: Mapping[str, Any], *, in_full: bool
) -> Mapping[str, Any]:
    """`values` of a row of `ledger` with its personal columns masked, unless `in_full`."""
    hidden = [] if in_full else [column.id for column in ledger.columns if column.personal]
    masks = {name: masked(values[name]) for name in hidden if values.get(name)}
    return {**values, **masks} if masks else values


def key_without_names(ledger: type[Ledger], key: str, *, in_full: bool) -> str:
    """The text of a key with the parts that name persons masked, unless `in_full`."""
    columns = ledger.key_columns()
    if in_full or not any(column.personal for column in columns):
        return key
    try:
        parts = key_of_text(ledger, key)
    except ValueError:
        return masked(key)
    return key_text(
        masked(str(part)) if column.personal else part
        for column, part in zip(columns, parts, strict=True)
    )


def masked(name: str) -> str:
    """The name of a person with all but its first character hidden."""
    return name[:1] + "＊" * max(1, len(name) - 1)
