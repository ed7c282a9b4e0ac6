"""The content items that units have to check, from the reference list."""

from dashboard import reads
from models.rules.blind_spot import Item


def items(group: str | None = None) -> tuple[Item, ...]:
    """Return all items, or those of a `group`."""
    return tuple(
        Item(row["code"], int(row["weight"] or 0), row["key"] == "1")
        for row in reads.references().lists["content_items"]
        if group is None or row["group"] == group
    )
