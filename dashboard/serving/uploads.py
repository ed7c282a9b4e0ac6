"""Which sessions may upload, and how much: only those whose page shows an upload field.

Data derived from an upload is deleted with it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.i18n import _
from dashboard.markdown import literal
from dashboard.serving import memory
from models.file_names import fit

MOST_WAITING = 2_000
"""The most sessions remembered; the one that asked longest ago is dropped first."""
MOST_OF_ONE = 256 * 1024 * 1024
"""The most bytes of uploads kept in memory for all sessions of one account together."""
MOST_IN_ALL = 768 * 1024 * 1024
"""The most bytes of uploads kept in memory for everybody."""
MOST_MADE = 384 * 1024 * 1024
"""The most bytes kept of what was made of files, for all sessions together."""
OF_A_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONGEST_NAME = 60
"""The most characters shown of the name of a file that is not looked at."""
_arriving: Counter[str] = Counter()
"""By session, the bytes of the uploads that are still on their way."""
_waiting: dict[str, None] = {}
_asked: set[str] = set()
_lock = Lock()


class Opened(dict[str, dict[Any, Any]]):
    """What one session keeps of the files that it looks at, by use; many times their size."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()
        """What the present run of the page has used."""
        self.weight = 0
        """At most how many bytes were made of files since it was last empty."""

    def empty(self) -> None:
        """Drop all of it; what a run still has in its hands goes with the run."""
        self.clear()
        self.weight = 0


OPENED = "uploads-opened"
"""The session key of what was made of files."""
_opened: WeakValueDictionary[str, Opened] = WeakValueDictionary()
"""The same by session, until the session is gone; the one that was used last is the last."""


def opened(use: str) -> dict[Any, Any]:
    """What the session keeps for `use` of the files that it looks at: opened files, trial runs.

    Emptied when the page is left, a while after the connection ends, and with the session; must
    then be made again.
    """
    whole: Opened = st.session_state.setdefault(OPENED, Opened())
    context = get_script_run_ctx()
    if context is not None:
        with _lock:
            _opened.pop(context.session_id, None)
            _opened[context.session_id] = whole
    whole.used.add(use)
    return whole.setdefault(use, {})


def made(weight: int) -> None:
    """Count `weight` bytes that were made of a file for the session whose page runs.

    Where all sessions together hold more than `MOST_MADE`, those go first that were used longest
    ago; their pages make them again when they are next used.
    """
    context = get_script_run_ctx()
    whole: Opened = st.session_state.setdefault(OPENED, Opened())
    whole.weight += weight
    if context is not None and _make_room(context.session_id):
        memory.give_back()


def _make_room(session: str) -> bool:
    """Drop what other sessions hold beyond what all may; whether any did."""
    dropped = False
    with _lock:
        held = list(_opened.items())
        total = sum(each.weight for _session, each in held)
        for other, each in held:
            if total <= MOST_MADE:
                break
            if other != session and each.weight:
                total -= each.weight
                each.empty()
                dropped = True
    return dropped


def forget_opened(session: str) -> None:
    """Drop the data that `session` derived from files; the files themselves stay."""
    with _lock:
        whole = _opened.get(session)
    if whole:
        whole.empty()
        memory.give_back()


def uploader_of_several(label: str, *, types: Sequence[str], key: str) -> list[UploadedFile]:
    """An upload field for several files; the server accepts files only while it is shown.

    Returns those whose names end like one of `types`; a sentence names the others.
    """
    _expect_files()
    # With a kind of content beside the endings, Streamlit leaves the names to us: it would raise
    # an error in place of the page where one ends otherwise.
    asked_for = [*types, OF_A_WORKBOOK]
    sent = st.file_uploader(label, type=asked_for, key=key, accept_multiple_files=True)
    _say_limits(types)
    return _of_known_types(sent, types)


def _of_known_types(sent: Sequence[UploadedFile], types: Sequence[str]) -> list[UploadedFile]:
    """The files whose names end like one of `types`; a sentence names the others.

    Browsers offer only such files, but others can be sent by other means.
    """
    endings = tuple(f".{each}" for each in types)
    known = [each for each in sent if each.name.lower().endswith(endings)]
    others = [each.name for each in sent if each not in known]
    if others:
        st.error(
            _(
                "Not looked at: {files}. The name of a file must end in {endings}.",
                files=_(", ").join(
                    _("“{file}”", file=literal(each[:LONGEST_NAME])) for each in others
                ),
                endings=_(", ").join(endings),
            )
        )
    return known


def _expect_files() -> None:
    """Accept files from the session whose page runs."""
    context = get_script_run_ctx()
    if context is not None:
        with _lock:
            _asked.add(context.session_id)
            _waiting.pop(context.session_id, None)
            _waiting[context.session_id] = None
            while len(_waiting) > MOST_WAITING:
                del _waiting[next(iter(_waiting))]


def _say_limits(types: Sequence[str]) -> None:
    """Show the allowed types and size; Streamlit's own line about it is hidden (page.css)."""
    st.caption(
        _(
            "A file of at most {size} MB ({types}).",
            size=st.get_option("server.maxUploadSize"),
            types=_(", ").join(each.lstrip(".").upper() for each in types),
        )
    )


@contextmanager
def run_of_page() -> Iterator[None]:
    """A run of a page, after which uploads are deleted if it showed no upload field, and data
    derived from uploads if it did not use them."""
    context = get_script_run_ctx()
    session = context.session_id if context else ""
    with _lock:
        _asked.discard(session)
    before: Opened | None = st.session_state.get(OPENED)
    if before is not None:
        before.used.clear()
    yield
    after: Opened | None = st.session_state.get(OPENED)
    left = set(after or ()) - (after.used if after else set())
    if after and left:
        for use in left:
            after.pop(use, None)
        memory.give_back()
    if after is not None and (not after or after.weight > MOST_MADE):
        after.empty()
    with _lock:
        asked = session in _asked
        if not asked:
            _waiting.pop(session, None)
    if context is not None and not asked:
        context.uploaded_file_mgr.remove_session_files(session)


def is_waiting(session: str) -> bool:
    """Whether the page of `session` shows an upload field."""
    return session in _waiting


def forget(session: str) -> None:
    """Accept no more files from `session`, which has ended, and keep nothing of those it sent."""
    with _lock:
        _waiting.pop(session, None)
        _asked.discard(session)
    forget_opened(session)
    if Runtime.exists():
        # Streamlit does not do this where it forgets a session by itself.
        Runtime.instance().uploaded_file_mgr.remove_session_files(session)


@contextmanager
def admit(session: str, own: Iterable[str], size: int) -> Iterator[bool]:
    """Whether an upload of `size` bytes into `session` may come in; it is counted in the block.

    Streamlit keeps uploads in memory until their page is left. `own` are all sessions of the same
    sign-in.
    """
    with _lock:
        kept = _kept()
        kept.update(_arriving)
        of_one = sum(kept[each] for each in {session, *own})
        admitted = of_one + size <= MOST_OF_ONE and kept.total() + size <= MOST_IN_ALL
        _arriving[session] += size if admitted else 0
    try:
        yield admitted
    finally:
        with _lock:
            _arriving[session] -= size if admitted else 0
            if not _arriving[session]:
                del _arriving[session]


def clean_names(session: str) -> None:
    """Replace characters that no file name may hold in the names of what `session` sent: at some
    Streamlit raises an error, and others end a line or turn the text around."""
    if not Runtime.exists():
        return
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    for record in list(manager.file_storage.get(session, {}).values()):
        if NOT_IN_NAMES.search(record.name):
            manager.add_file(session, record._replace(name=fit(record.name)))


def _kept() -> Counter[str]:
    """By session, the bytes of the uploads that Streamlit keeps."""
    if not Runtime.exists():
        return Counter()
    manager = Runtime.instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return Counter(
        {
            session: sum(len(record.data) for record in list(files.values()))
            for session, files in list(manager.file_storage.items())
        }
    )
