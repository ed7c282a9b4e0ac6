"""Download buttons for those who may export; every download is entered in the access log."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Literal

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import identity, reads
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.serving import files
from dashboard.status import Status
from data.access.permission import Action
from data.workbook.outgoing import writing
from models.kinds import Day, Kind, Number, Text, Whole

Cells = Mapping[str, Sequence[object]]
"""Values of each column, by its heading."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


SCRIPT = """
export default function ({ data }) {
  if (!data || window.gridlightFile === data.once) return
  window.gridlightFile = data.once
  const link = document.createElement("a")
  link.href = data.path
  link.download = ""
  link.click()
}
"""


def hand_out(
    label: str,
    produce: Callable[[], bytes],
    *,
    subject: str,
    file_name: str,
    mime: str,
    key: str,
    width: Literal["content", "stretch"] = "content",
    look: Literal["primary", "secondary"] = "secondary",
) -> None:
    """Draw a button that makes a file when clicked and sends it to the browser.

    All downloads of pages go through this function. `subject` is the text for the access log.
    Streamlit's own download button is not used: it serves files to anybody who has their URL, and
    drops them when another viewer's page is drawn.
    """
    reads.live(
        partial(_button, label, produce, subject, file_name, mime, key, width=width, look=look)
    )


def _button(
    label: str,
    produce: Callable[[], bytes],
    subject: str,
    file_name: str,
    mime: str,
    key: str,
    *,
    width: Literal["content", "stretch"],
    look: Literal["primary", "secondary"],
) -> None:
    # One element of the page, so that nothing drawn after it takes the place of the file.
    with st.container(width=width):
        if not st.button(label, key=key, icon=":material/download:", width=width, type=look):
            return
        viewer = identity.require_viewer()
        held, context = identity.token(), get_script_run_ctx()
        if held is None or context is None:
            raise identity.SignedOutError
        with st.spinner(_("Making the file")):
            content = produce()
        path = files.keep(
            content,
            name=file_name,
            mime=mime,
            subject=subject,
            session=context.session_id,
            token=held,
            viewer=viewer,
        )
        fetch = st.components.v2.component("gridlight_file", js=SCRIPT)
        # A later run with the same `once` does not send the file again.
        fetch(data={"path": path, "once": path}, key=f"{key}-fetch")


def offer(view: View, produce: Callable[[], Cells], *, title: str, key: str) -> None:
    """Draw a button that downloads a whole list of which the page shows only a part."""
    if not view.viewer.may(Action.EXPORT):
        return
    hand_out(
        _("Download the list (.xlsx)"),
        lambda: workbook(produce(), title),
        subject=f"{key} {view.scope.node} {view.as_of}",
        file_name=f"{title} {view.as_of}.xlsx",
        mime=XLSX,
        key=f"{key}-download",
    )


def workbook(cells: Cells, title: str) -> bytes:
    """Return `cells` as an .xlsx workbook of one sheet, with texts, days and whole numbers as
    typed cells."""
    target = BytesIO()
    headers = [(heading, _kind(values)) for heading, values in cells.items()]
    rows = zip(*cells.values(), strict=True)
    writing.table(target, title, headers, ([_cell(value) for value in row] for row in rows))
    return target.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, Status):
        return value.cell
    return Decimal(str(value)) if isinstance(value, float) else value


def _kind(values: Sequence[object]) -> Kind:
    known = [value for value in values if value is not None]
    if known and any(isinstance(value, float) for value in known):
        return Number()
    if known and all(isinstance(value, date) for value in known):
        return Day()
    return Whole() if known and all(isinstance(value, int) for value in known) else Text()
