"""Changes of stored values: old and new value, by column, each to be decided on one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

import streamlit as st

from dashboard.i18n import _, name
from dashboard.markdown import told
from dashboard.widgets.drawing import heading
from data.intake.checks.cells import as_written
from data.intake.checks.corrections import Correction, RowName
from data.intake.checks.remedies import remedy
from models.kinds import EARLIEST
from models.ledger import Column
from models.rectification import Finding
from models.registry import BY_ID

LIMIT = (Finding.id(), "due_on")
"""The only column whose change may be an extension: the time limit of a finding."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The viewer's decisions about changed rows: a mistake is corrected, or a time limit was
    extended.

    `ticked` are the rows to correct; `extended` has the day of the extension by code of the
    finding. A row may be in both if another of its columns is a mistake.
    """

    ticked: frozenset[RowName] = frozenset()
    extended: Mapping[str, date] = field(default_factory=dict)
    decided: frozenset[RowName] = frozenset()


NOTHING = Chosen()


def choose(corrections: Sequence[Correction], day: date) -> Chosen:
    """Draw `corrections` and return the decisions; the day of an extension is `day` or earlier."""
    heading(
        _("Changes of kept values"),
        _("say for each what happened: extended, where it is a limit, or what is kept is wrong"),
    )
    open_rows: set[RowName] = set()
    ticked: set[RowName] = set()
    extended: dict[str, date] = {}
    ordered = sorted(corrections, key=_kind)
    for kind, corrections_of_kind in groupby(ordered, key=_kind):
        group = list(corrections_of_kind)
        if kind == LIMIT:
            wrong, later = _limits(group, day)
            extended |= later
        else:
            wrong, later = _ticked(kind, group), {}
        ticked |= wrong
        open_rows |= {
            each.row_name
            for each in group
            if each.row_name not in wrong and each.row_name.key not in later
        }
    decided = frozenset(each.row_name for each in corrections) - open_rows
    return Chosen(
        frozenset(ticked & decided),
        {key: day for key, day in extended.items() if RowName(Finding.id(), key) in decided},
        decided,
    )


def _kind(correction: Correction) -> tuple[str, str]:
    return correction.row_name.ledger, correction.column


def _limits(corrections: Sequence[Correction], day: date) -> tuple[set[RowName], dict[str, date]]:
    """Draw changed time limits; return the rows that are mistakes, and the days of extensions by
    code."""
    happened, on = _("What became of the limit"), _("Extended on")
    was_extended, mistake = _("the limit was extended"), _("what is kept is a mistake")
    edited = _editor(
        LIMIT,
        corrections,
        {happened: [None] * len(corrections), on: [day] * len(corrections)},
        {
            happened: st.column_config.SelectboxColumn(
                options=[was_extended, mistake], width="medium"
            ),
            on: st.column_config.DateColumn(min_value=EARLIEST, max_value=day),
        },
    )
    wrong: set[RowName] = set()
    extended: dict[str, date] = {}
    for each, what, granted in zip(corrections, edited[happened], edited[on], strict=True):
        if what == mistake:
            wrong.add(each.row_name)
        elif what == was_extended and isinstance(granted, date):
            extended[each.row_name.key] = granted
    return wrong, extended


def _ticked(kind: tuple[str, str], corrections: Sequence[Correction]) -> set[RowName]:
    """Draw changes that can only be corrections of mistakes; return the rows that are ticked."""
    correct = _("Correct")
    edited = _editor(kind, corrections, {correct: [False] * len(corrections)}, {})
    return {each.row_name for each, tick in zip(corrections, edited[correct], strict=True) if tick}


def _editor(
    kind: tuple[str, str],
    corrections: Sequence[Correction],
    asked: Mapping[str, list[Any]],
    settings: Mapping[str, Any],
) -> Any:
    """Draw the changes of one column, old and new, behind the input columns `asked`."""
    ledger, column_id = kind
    column = BY_ID[ledger].column(column_id)
    st.markdown(f"**{name(BY_ID[ledger].SHEET)} · {name(column.label)}** ({len(corrections)})")
    st.caption(told(remedy(ledger, column_id, None)))
    shown = {
        _("Row"): [each.row_name.key for each in corrections],
        _("About"): [each.subject for each in corrections],
        _("Kept"): [_written(column, each.before) for each in corrections],
        _("New"): [_written(column, each.after) for each in corrections],
        _("Row of the sheet"): [each.row for each in corrections],
    }
    return st.data_editor(
        {**asked, **shown},
        key=f"correcting-{ledger}-{column_id}",
        hide_index=True,
        width="stretch",
        disabled=list(shown),
        column_config=dict(settings),
    )


def _written(column: Column, value: object) -> str:
    return as_written(column.kind, value) or "—"
