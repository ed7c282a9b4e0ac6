"""Corrections on the page: each shown old and new, by kind, and ticked one by one."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from dashboard.i18n import _, name, say
from dashboard.widgets.drawing import heading
from data.intake.checks.cells import as_written
from data.intake.checks.corrections import Correction, RowName
from data.intake.checks.remedies import remedy
from models.ledger import Column
from models.registry import BY_ID


def choose(corrections: Sequence[Correction]) -> frozenset[RowName]:
    """Show `corrections`; the rows of which every correction is ticked come back."""
    heading(
        _("Corrections"),
        _("kept values that this workbook changes; tick those that are mistakes, one by one"),
    )
    left: set[RowName] = set()
    ordered = sorted(corrections, key=_kind)
    for (ledger, column), found in groupby(ordered, key=_kind):
        left |= _unticked(ledger, column, list(found))
    return frozenset(each.row_name for each in corrections) - left


def _kind(correction: Correction) -> tuple[str, str]:
    return correction.row_name.ledger, correction.column


def _unticked(ledger: str, column_id: str, found: Sequence[Correction]) -> set[RowName]:
    """Show the corrections of one column; the rows that are not ticked."""
    column = BY_ID[ledger].column(column_id)
    st.markdown(f"**{name(BY_ID[ledger].SHEET)} · {name(column.label)}** ({len(found)})")
    st.caption(say(remedy(ledger, column_id, None)))
    chosen, kept, new = _("Correct"), _("Kept"), _("New")
    edited: Any = st.data_editor(
        {
            chosen: [False] * len(found),
            _("Row"): [each.row_name.key for each in found],
            _("About"): [each.subject for each in found],
            kept: [_written(column, each.before) for each in found],
            new: [_written(column, each.after) for each in found],
            _("Row of the sheet"): [each.row for each in found],
        },
        key=f"correcting-{ledger}-{column_id}",
        hide_index=True,
        width="stretch",
        disabled=[_("Row"), _("About"), kept, new, _("Row of the sheet")],
    )
    ticks = edited[chosen]
    return {each.row_name for each, tick in zip(found, ticks, strict=True) if not tick}


def _written(column: Column, value: object) -> str:
    return as_written(column.kind, value) or "—"
