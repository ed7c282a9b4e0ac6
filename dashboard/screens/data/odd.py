"""Warnings about imports, shown on the quality tab until somebody confirms them."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import clock, identity, reads
from dashboard.frame.view import View
from dashboard.i18n import _, say
from dashboard.reads import cache
from dashboard.widgets.drawing import heading, still
from dashboard.widgets.tables import choose, table
from data.access.permission import Action
from data.intake import kept_warnings
from data.intake.kept_warnings import KeptWarning
from data.store.database import writing

SHOWN = 200


def show(view: View) -> None:
    """Draw the unconfirmed warnings; viewers who may import can select and confirm some."""
    if reads.looked_at():
        return
    unconfirmed = reads.ask_now(kept_warnings.unconfirmed, view.scope)
    if not unconfirmed:
        return
    if not view.viewer.may(Action.IMPORT):
        _only_shown(view)
        return
    says = _("taken in, and not yet confirmed; choose what is right and confirm it")
    cells, ids = _begun(unconfirmed, says)
    chosen = choose(cells, key=f"odd-warnings-{cache.version()}", says=_("Anomalies"))
    if st.button(
        _("Confirm that the {n} chosen are right", n=len(chosen)),
        key="odd-confirm",
        disabled=not chosen,
    ):
        _confirm(view, [ids[at] for at in chosen])


@still
def _only_shown(view: View) -> None:
    cells, _ids = _begun(reads.ask_now(kept_warnings.unconfirmed, view.scope), "")
    table(
        cells,
        key="odd-warnings",
        says=_("Anomalies"),
        cards={_("Value"): "{n}", _("Anomaly"): "{n}"},
    )


def _begun(unconfirmed: Sequence[KeptWarning], says: str) -> tuple[dict[str, list[Any]], list[int]]:
    """Draw the heading; return the columns of the warnings shown, and their ids."""
    heading(_("Anomalies ({n})", n=len(unconfirmed)), says)
    shown = unconfirmed[:SHOWN]
    cells: dict[str, list[Any]] = {
        _("Unit"): [each.unit_name or each.unit or "" for each in shown],
        _("Value"): [each.value for each in shown],
        _("Anomaly"): [say(each.sentence) for each in shown],
        _("Sheet"): [each.sheet for each in shown],
        _("Column"): [each.column for each in shown],
        _("Row"): [each.row for each in shown],
        _("Import"): [each.import_number for each in shown],
        _("Taken in"): [f"{clock.local(each.at):%Y-%m-%d %H:%M}" for each in shown],
    }
    if len(unconfirmed) > len(shown):
        st.caption(_("The first {n} of {all} rows.", n=len(shown), all=len(unconfirmed)))
    return cells, [each.id for each in shown]


def _confirm(view: View, ids: list[int]) -> None:
    if not identity.require_viewer().may(Action.IMPORT):
        raise identity.SignedOutError
    with writing(cache.engine()) as connection:
        kept_warnings.confirm(connection, identity.act(), view.scope, ids)
    cache.forget_version()
    st.rerun()
