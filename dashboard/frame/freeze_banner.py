"""The banner on pages that show a freeze: its name and a link back to the present data."""

import streamlit as st

from dashboard import address, clock, reads
from dashboard.i18n import _
from dashboard.markdown import literal
from data.meetings.freezes import FreezeLine
from models.text import N_

OTHER_FACTS = N_(
    "This version of Gridlight derives other facts from the same rows. The figures are shown as "
    "they were kept; lists may differ from them."
)


def freeze_banner(line: FreezeLine) -> None:
    """Draw the banner for the freeze `line`."""
    faithful = reads.frozen_state(line.number).faithful
    with st.container(horizontal=True, vertical_alignment="center", key="frame-frozen"):
        st.badge(
            _(
                "Frozen for {meeting} · version {n}",
                meeting=literal(line.meeting_name),
                n=line.version,
            ),
            icon=":material/lock:",
            color="blue",
        )
        st.caption(
            _(
                "Figures of {day}, kept on {at:%Y-%m-%d %H:%M}",
                day=line.as_of,
                at=clock.local(line.at),
            ),
            width="content",
            help=_("SHA-256 over the facts: {hash}", hash=literal(line.facts_sha256)),
        )
        st.button(
            _("Back to the present"),
            key="frame-unfreeze",
            type="tertiary",
            icon=":material/lock_open:",
            on_click=lambda: address.put("frozen", None),
        )
    if not faithful:
        st.warning(_(OTHER_FACTS))
