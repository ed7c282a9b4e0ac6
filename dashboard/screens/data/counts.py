"""A table of new, changed and equal rows by ledger."""

from collections.abc import Mapping

from dashboard.i18n import _, name
from dashboard.widgets.tables import table
from models.registry import BY_ID


def show_counts(counts: Mapping[str, Mapping[str, int]], key: str = "importing-counts") -> None:
    """Draw a line for each ledger of `counts`."""
    shown = list(counts.items())
    table(
        {
            _("Ledger"): [name(BY_ID[ledger].SHEET) for ledger, _counted in shown],
            _("New"): [counted.get("new", 0) for _ledger, counted in shown],
            _("Changed"): [counted.get("changed", 0) for _ledger, counted in shown],
            _("Equal"): [counted.get("equal", 0) for _ledger, counted in shown],
        },
        key=key,
        says=_("Rows by ledger"),
    )
