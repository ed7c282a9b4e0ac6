"""Faults for which a workbook is refused, grouped and one by one, and warnings, which do not
refuse it."""

from collections.abc import Sequence

import streamlit as st

from dashboard.i18n import _, say
from dashboard.widgets.tables import table
from data.own_ledgers.words.stated import FileWarning
from data.workbook.fault_groups import FaultGroup, fault_groups
from data.workbook.rows import Fault

SHOWN = 500
"""The most faults that are listed one by one; the marked workbook has them all."""
WARNINGS_SHOWN = 200


def show_faults(faults: Sequence[Fault], *, of_sender: bool = False) -> None:
    """Draw the faults by kind and column with a count and an example; one kind can be selected.

    `of_sender`: the viewer cannot correct the file, which somebody else sent.
    """
    groups = fault_groups(faults)
    message = (
        _(
            "Faults that keep this file out: {n}. Return it: its unit corrects them and sends it"
            " again.",
            n=len(faults),
        )
        if of_sender
        else _(
            "Faults that keep this workbook out: {n}. Nothing was changed. Correct them and"
            " choose it again.",
            n=len(faults),
        )
    )
    st.error(message)
    if len(groups) == len(faults):
        _list(faults)
        return
    _kinds(groups)
    # The session keeps the function as long as the field, so it must not hold the faults.
    names = [_("All"), *map(_name, groups)]
    chosen = st.selectbox(
        _("Faults to show"),
        range(len(names)),
        format_func=names.__getitem__,
        key="importing-kind",
    )
    _list(groups[chosen - 1].faults if chosen else faults)


def show_warnings(warnings: Sequence[FileWarning | Fault], *, key: str) -> None:
    """Draw the warnings about a file, for which it is not refused; `key` is the key of the
    table."""
    if not warnings:
        return
    st.warning(
        _("{n} anomalies that are not errors. Check them before you go on.", n=len(warnings))
    )
    shown = warnings[:WARNINGS_SHOWN]
    table(
        {
            _("Sheet"): [each.sheet for each in shown],
            _("Row"): [each.row for each in shown],
            _("Column"): [each.column for each in shown],
            _("Value"): [each.value for each in shown],
            _("Anomaly"): [say(each.sentence) for each in shown],
        },
        key=key,
        says=_("Anomalies"),
        columns={_("Anomaly"): st.column_config.TextColumn(width="large")},
    )
    if len(shown) < len(warnings):
        st.caption(_("The first {n} of {all} are shown.", n=len(shown), all=len(warnings)))


def _kinds(groups: Sequence[FaultGroup]) -> None:
    """Draw a line for each kind of fault and column."""
    examples = [group.example for group in groups]
    table(
        {
            _("Faults"): [group.count for group in groups],
            _("Sheet"): [fault.sheet for fault in examples],
            _("Column"): [fault.column for fault in examples],
            _("First row"): [fault.row for fault in examples],
            _("Example"): [fault.value for fault in examples],
            _("What is wrong and what to do"): [say(fault.sentence) for fault in examples],
        },
        key="importing-kinds",
        says=_("Faults by kind and column"),
        columns={_("What is wrong and what to do"): st.column_config.TextColumn(width="large")},
    )


def _name(group: FaultGroup) -> str:
    place = " · ".join(filter(None, (group.example.sheet, group.example.column)))
    return f"{place} ({group.count}) {say(group.example.sentence)}"


def _list(faults: Sequence[Fault]) -> None:
    shown = faults[:SHOWN]
    table(
        {
            _("Sheet"): [fault.sheet for fault in shown],
            _("Row"): [fault.row for fault in shown],
            _("Column"): [fault.column for fault in shown],
            _("Value"): [fault.value for fault in shown],
            _("What is wrong and what to do"): [say(fault.sentence) for fault in shown],
        },
        key="importing-faults",
        says=_("Faults of the workbook"),
        columns={_("What is wrong and what to do"): st.column_config.TextColumn(width="large")},
    )
    if len(faults) > len(shown):
        st.caption(_("The first {n} are shown; the marked workbook has them all.", n=len(shown)))
