"""Hands out a table as a workbook: to those who may export, and entered in the access log."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO

import streamlit as st

from dashboard import identity
from dashboard.frame.view import View
from dashboard.i18n import _
from data.access.permission import Action
from data.workbook import writing
from models.ledger import Day, Kind, Text, Whole

Cells = Mapping[str, Sequence[object]]
"""Columns by their headings."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LENGTH = 31
"""Signs that Excel allows in the name of a sheet."""


def offer(view: View, produce: Callable[[], Cells], *, title: str, key: str) -> None:
    """A button for the whole of a list of which the page shows a part."""
    if not view.viewer.may(Action.EXPORT):
        return
    st.download_button(
        _("Download the list (.xlsx)"),
        identity.export(
            lambda: workbook(produce(), title), f"{key} {view.scope.node} {view.as_of}"
        ),
        file_name=f"{title} {view.as_of}.xlsx",
        mime=XLSX,
        on_click="ignore",
        key=f"{key}-download",
        icon=":material/download:",
    )


def workbook(cells: Cells, title: str) -> bytes:
    """`cells` as a workbook of one sheet; texts stay texts, days and whole numbers are such."""
    target = BytesIO()
    headers = [(heading, _kind(values)) for heading, values in cells.items()]
    writing.table(target, title[:LENGTH], headers, zip(*cells.values(), strict=True))
    return target.getvalue()


def _kind(values: Sequence[object]) -> Kind:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, date) for value in known):
        return Day()
    return Whole() if known and all(isinstance(value, int) for value in known) else Text()
