"""Letters as files to download: written, read back and checked, singly or as a zip."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from dashboard.documents.letters.checking import check
from dashboard.documents.letters.document import write
from dashboard.documents.letters.names import file_name
from dashboard.reads import cache
from data.access.permission import Viewer
from data.collection import reminders
from data.collection.reminders import IssuedReminder
from data.documents import masthead
from data.letters.issuing import Issued, Key, asked_by, issued
from data.store.database import reading
from models.kinds import LATEST
from models.letter import FilesLetter


@dataclass(frozen=True, slots=True)
class File:
    """The file of a letter, with its name."""

    name: str
    content: bytes


def files(viewer: Viewer, keys: Iterable[Key]) -> tuple[File, ...]:
    """The letters `keys` in the language in use, with every figure compared with the data.

    Raises `FigureDiffersError`, and `NoSuchLetterError` for letters that `viewer` may not see.
    """
    demonstration = cache.is_demonstration()
    with reading(cache.engine()) as connection:
        issuer = masthead.current(connection).issuer
    made = []
    for key in keys:
        letter = _read(viewer, key)
        content = write(letter, demonstration=demonstration, issuer=issuer)
        check(content, _read(viewer, key), issuer)
        made.append(File(file_name(letter), content))
    return tuple(made)


def zipped(made: Sequence[File]) -> bytes:
    """The files in one zip archive."""
    target = BytesIO()
    given: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, file in enumerate(made, start=1):
            name = file.name if file.name not in given else f"{number} {file.name}"
            given.add(name)
            archive.writestr(name, file.content)
    return target.getvalue()


def _read(viewer: Viewer, key: Key) -> Issued | IssuedReminder:
    with reading(cache.engine()) as connection:
        if key.step is FilesLetter.LATE_FILE:
            return reminders.issued(connection, asked_by(viewer, LATEST), key)
        return issued(connection, asked_by(viewer, LATEST), key)
