"""The sender of a workbook: chosen before the import, and shown in the history of imports."""

from datetime import date

import streamlit as st

from dashboard import clock, reads
from dashboard.i18n import _
from dashboard.reads import cache
from data.intake import senders
from data.intake.senders import Sender
from data.store.database import reading


def choose(key: str) -> str:
    """Draw the field for the sender of a workbook; return "" while nobody is chosen."""
    chosen = st.selectbox(
        _("Sender"),
        reads.ask_now(senders.offered, clock.today()),
        index=None,
        accept_new_options=True,
        placeholder=_("Choose or type"),
        key=key,
        help=_(
            "Who the file comes from. The file of a unit may hold rows of that unit and of those"
            " below it alone."
        ),
        width=320,
    )
    return (chosen or "").strip()


def sender_of(text: str, day: date) -> Sender | None:
    """Return the sender that `text` names on `day`, None for ""; raises SenderRefusedError."""
    if not text:
        return None
    with reading(cache.engine()) as connection:
        return senders.sender_of(connection, text, day)


def sender_name(kept: str | None) -> str:
    """Return the display name of a sender as stored with an import."""
    return reads.ask(senders.names).get(kept, kept) if kept else ""
