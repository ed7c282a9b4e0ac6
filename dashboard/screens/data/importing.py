"""The import of a workbook: check it, see its preview or its faults, take it in."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import streamlit as st

from dashboard import clock, identity, reads
from dashboard.frame.view import View
from dashboard.i18n import _, say
from dashboard.markdown import told
from dashboard.reads import cache
from dashboard.screens.data import (
    ahead,
    correcting,
    opening,
    receipt,
    senders,
    several,
    to_settle,
)
from dashboard.screens.data.correcting import Chosen
from dashboard.screens.data.counts import show_counts
from dashboard.screens.data.faults import show_faults, show_warnings
from dashboard.screens.data.opening import ChosenFile
from dashboard.screens.data.own_ledger import own_ledger
from dashboard.serving import uploads
from dashboard.serving.uploads import uploader_of_several
from dashboard.widgets import buttons
from dashboard.widgets.downloads import XLSX, hand_out
from dashboard.widgets.drawing import heading
from data.access.permission import Action
from data.intake.checks.corrections import TRIAL, Correcting
from data.intake.keeping import SHOWN_OF_DIGEST
from data.intake.senders import SenderRefusedError
from data.intake.taken import Taken
from data.intake.taking import take
from data.workbook.apart import read_apart
from data.workbook.outgoing.marking import mark
from data.workbook.rows import Fault

# The session key of the trial run of the chosen file. It is replaced with another file, day or
# reason, and after the stored data change.
STATE = "importing-preview"
TAKEN_IN = "importing-files-taken-in"
"""Session key: the number of own ledgers taken in (part of the form's key, to empty it)."""
"""The reason passed to a trial run, which does not store it."""
FILE = "workbook.xlsx"
"""The name of the file on disk: the original name may be longer than the disk allows."""
LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A file with the settings of its import."""

    file_name: str
    content: bytes
    day: date
    reason: str
    sender: str = ""

    @property
    def mark(self) -> str:
        """A key that changes with the file, the settings or the stored data."""
        return f"{self.digest} {self.day} {self.reason} {self.sender} {cache.version()}"

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()


def importing(view: View) -> None:
    """Draw a sentence of what waits, the form, the preview of the workbook or its faults, and the
    list of what waits."""
    to_settle.in_words(view)
    # On a phone the list comes before the form until a file is chosen.
    with st.container(key="data-take-in"):
        _take_in()
        to_settle.to_settle(view)


def _take_in() -> None:
    """Draw the form, then what it was given."""
    with st.container(border=True):
        heading(
            _("Take in a workbook or an own ledger"),
            _("whole or not at all; nothing is kept before you confirm"),
        )
        if reads.looked_at():
            st.info(
                _("What is frozen cannot be changed. Go back to the present to take something in.")
            )
            return
        receipt.show()
        several.show_done()
        files, reason = _form()
    opening.keep_only(files)
    if len(files) > 1:
        one = several.several(files)
        if one is not None:
            st.divider()
            _one(one, reason, alone=False)
    elif files:
        _one(files[0], reason, alone=True)


def _one(file: ChosenFile, reason: str, *, alone: bool) -> None:
    """Draw one file; if it is an own ledger and `alone`, the form is emptied after it is taken
    in."""
    opened = opening.opened(file)
    if opened.is_ours:
        _workbook(Asked(file.name, file.content, file.day, reason))
    elif own_ledger(file, opened):
        if alone:
            st.session_state[TAKEN_IN] = st.session_state.get(TAKEN_IN, 0) + 1
        st.rerun()


def _workbook(asked: Asked) -> None:
    """Draw the preview of a workbook made from the template, or its faults."""
    asked = replace(asked, sender=senders.choose("importing-sender"))
    kept: dict[str, Taken] = uploads.opened(STATE)
    if asked.mark not in kept:
        kept.clear()
        try:
            kept[asked.mark] = _run(asked, dry_run=True)
        except SenderRefusedError as error:
            st.error(told(error.sentence))
            return
    taken = kept[asked.mark]
    if taken.refused:
        show_faults(taken.faults)
        _offer_marked(asked, taken.faults)
    elif taken.number is not None:
        st.success(_("Taken in as import {number}.", number=taken.number))
        show_counts(taken.counts)
    elif not any(count["new"] or count["changed"] for count in taken.counts.values()):
        st.info(_("Every row of this workbook is equal to what is kept: nothing would change."))
    else:
        st.info(_("No faults. This is what the workbook would do:"))
        show_counts(taken.counts)
        show_warnings(taken.warnings, key="importing-warnings")
        ahead.show(taken.preview, taken.counts, key="importing-ahead")
        chosen = correcting.NOTHING
        if taken.corrections:
            chosen = correcting.choose(taken.corrections, asked.day)
        missing = _missing(asked, taken, chosen)
        if missing:
            st.warning(missing)
        if st.button(
            _("Take it in"),
            type=buttons.main_button_type(),
            key="importing-confirm",
            disabled=bool(missing),
        ):
            done = _run(asked, dry_run=False, chosen=chosen)
            kept.clear()
            kept[asked.mark] = done
            st.rerun()


def _missing(asked: Asked, taken: Taken, chosen: Chosen) -> str:
    """Return what must be done before the workbook can be taken in; "" if nothing."""
    left = {each.row_name for each in taken.corrections} - chosen.decided
    if left:
        return _(
            "{n} rows are not decided. Say for each what happened, or put the kept values back in"
            " the workbook and choose it again.",
            n=len(left),
        )
    if chosen.ticked and not asked.reason:
        return _("Corrections need a reason: enter it above.")
    if not asked.sender:
        return _("Say above who sent the file; then it can be taken in.")
    return ""


def _form() -> tuple[list[ChosenFile], str]:
    """Draw the form; return the chosen files and the reason for corrections."""
    before = st.session_state.get(TAKEN_IN, 0)
    of_files, of_import = st.columns(2, gap="medium")
    with of_files:
        files = uploader_of_several(
            _("Workbooks or own ledgers (.xlsx, .xls, .csv), one or several"),
            types=["xlsx", "xls", "xlsm", "csv"],
            key=f"importing-file-{before}" if before else "importing-file",
        )
    with of_import:
        with st.container(horizontal=True):
            day = st.date_input(
                _("Day of the import"),
                value=clock.today(),
                max_value=clock.today(),
                key="importing-day",
                help=_("What has happened may not lie after this day."),
                width=200,
            )
            reason = st.text_input(
                _("Reason for corrections"),
                key="importing-reason",
                max_chars=200,
                help=_(
                    "Only needed when kept dates of findings or rectification events are to be"
                    " corrected; the earlier version stays beside the new one."
                ),
            )
        if not files:
            st.caption(
                _(
                    "Choose workbooks made from the template, or ledgers in the shape in which an"
                    " office keeps them: the page tells them apart and finds the order."
                )
            )
    chosen = [ChosenFile(Path(each.name).name, each.getvalue(), day) for each in files]
    return chosen, (reason or "").strip()


def _run(asked: Asked, *, dry_run: bool, chosen: Chosen = correcting.NOTHING) -> Taken:
    if not identity.require_viewer().may(Action.IMPORT):
        raise identity.SignedOutError
    act = identity.act()
    with tempfile.TemporaryDirectory() as folder, st.status(_("Reading the workbook")) as status:
        path = Path(folder) / FILE
        path.write_bytes(asked.content)
        taken = take(
            cache.engine(),
            path,
            file_name=asked.file_name,
            day=asked.day,
            account=act.account,
            now=act.at,
            address=act.address,
            references=reads.references(),
            sender=senders.sender_of(asked.sender, asked.day),
            correct=Correcting(asked.reason or TRIAL, most=None)
            if dry_run
            else Correcting(asked.reason, chosen.ticked, extended=chosen.extended),
            dry_run=dry_run,
            reader=read_apart,
            progress=lambda stage, done, of: status.update(label=f"{_(stage)} {done}/{of}"),
        )
        status.update(label=_("Checked") if dry_run else _("Done"), state="complete")
    if taken.number is not None:
        cache.forget_version()
    return taken


def _offer_marked(asked: Asked, faults: Sequence[Fault]) -> None:
    """Draw a download of the workbook with its faulty cells marked."""
    if not any(fault.sheet for fault in faults):
        return  # A file that is not a workbook has no cells to mark.

    def marked() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / FILE
            path.write_bytes(asked.content)
            target = BytesIO()
            mark(path, faults, target, say)
        return target.getvalue()

    hand_out(
        _("The workbook with its faults marked (.xlsx)"),
        marked,
        subject=f"faults {asked.digest[:SHOWN_OF_DIGEST]}",
        file_name=Path(asked.file_name).stem[:LONGEST_STEM] + " " + _("faults") + ".xlsx",
        mime=XLSX,
        key="importing-marked",
    )
