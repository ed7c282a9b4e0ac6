"""Opens a chosen file and decides its kind: a workbook made from the template, or an own ledger."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import streamlit as st

from dashboard.i18n import _
from dashboard.serving import uploads
from data.own_ledgers.layout.apart import OpenedFile, open_apart
from models.file_names import fit

KEPT = "opening-file"
OURS, OWN = "ours", "own"


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """An uploaded file and the day of its import."""

    name: str
    content: bytes
    day: date

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, in hexadecimal."""
        return sha256(self.content).hexdigest()

    def put_into(self, folder: str) -> Path:
        """Write the file into `folder`; its name is shortened to what a disk allows."""
        path = Path(folder) / fit(self.name)
        path.write_bytes(self.content)
        return path


def opened(file: ChosenFile) -> OpenedFile:
    """Draw a choice of the file's kind, by default as detected; return the file opened as that
    kind."""
    digest = file.digest
    opened_file = _opened(file, digest, None)
    recognised = OURS if opened_file.is_ours else OWN
    names = {OURS: _("Workbook from the template"), OWN: _("Own ledger")}
    chosen = st.segmented_control(
        _("Read as"),
        list(names),
        default=recognised,
        required=True,
        format_func=names.__getitem__,
        key=f"opening-kind-{digest[:12]}",
    )
    return opened_file if chosen == recognised else _opened(file, digest, chosen == OURS)


def opened_as_found(file: ChosenFile) -> OpenedFile:
    """Return the file, opened as the kind that was detected."""
    return _opened(file, file.digest, None)


def forget() -> None:
    """Drop all opened files from the session."""
    uploads.opened(KEPT).clear()


def let_go(file: ChosenFile) -> None:
    """Drop an opened file from the session once all that is needed of it is known."""
    kept: dict[tuple[str, bool | None], OpenedFile] = uploads.opened(KEPT)
    for each in [each for each in kept if each[0] == file.digest]:
        del kept[each]


def keep_only(files: Sequence[ChosenFile]) -> None:
    """Drop all opened files but `files` from the session."""
    digests = {each.digest for each in files}
    kept: dict[tuple[str, bool | None], OpenedFile] = uploads.opened(KEPT)
    for each in [each for each in kept if each[0] not in digests]:
        del kept[each]


def _opened(file: ChosenFile, digest: str, is_ours: bool | None) -> OpenedFile:
    kept: dict[tuple[str, bool | None], OpenedFile] = uploads.opened(KEPT)
    if (digest, is_ours) not in kept:
        with tempfile.TemporaryDirectory() as folder, st.spinner(_("Reading the file")):
            kept[digest, is_ours] = open_apart(file.put_into(folder), is_ours=is_ours)
    return kept[digest, is_ours]
