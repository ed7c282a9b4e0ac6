"""What kind of file was chosen: a workbook of ours, or an office's own ledger."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import streamlit as st

from dashboard.i18n import _
from data.own_ledgers.apart import OpenedFile, open_apart
from models.file_names import fit

KEPT = "opening-file"
OURS, OWN = "ours", "own"


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file as it was sent, and the day on which it is to be taken in."""

    name: str
    content: bytes
    day: date

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return sha256(self.content).hexdigest()

    def put_into(self, folder: str) -> Path:
        """Write the file into `folder` under its name, as far as a disk takes that."""
        path = Path(folder) / fit(self.name)
        path.write_bytes(self.content)
        return path


def opened(file: ChosenFile) -> OpenedFile:
    """The file, opened as what it is; who looks on may say that it is the other kind."""
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
    """The file, opened as what it looks like."""
    return _opened(file, file.digest, None)


def forget() -> None:
    """Let go of what was opened."""
    st.session_state.pop(KEPT, None)


def keep_only(files: Sequence[ChosenFile]) -> None:
    """Let go of what was opened of other files than `files`."""
    digests = {each.digest for each in files}
    kept: dict[tuple[str, bool | None], OpenedFile] = st.session_state.get(KEPT, {})
    for each in [each for each in kept if each[0] not in digests]:
        del kept[each]


def _opened(file: ChosenFile, digest: str, is_ours: bool | None) -> OpenedFile:
    kept: dict[tuple[str, bool | None], OpenedFile] = st.session_state.setdefault(KEPT, {})
    if (digest, is_ours) not in kept:
        with tempfile.TemporaryDirectory() as folder, st.spinner(_("Reading the file")):
            kept[digest, is_ours] = open_apart(file.put_into(folder), is_ours=is_ours)
    return kept[digest, is_ours]
