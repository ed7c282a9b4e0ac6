"""Tell whether SQLite leaves out something that was stored in the file beside a database.

What was written last lies in `NAME-wal` until it is copied into the database. SQLite reads that
file up to the first frame it cannot read and says nothing about what follows.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine

from data.store.beside import file_of

HEADER, FRAME_HEADER, CHECKSUM = 32, 24, 8
"""Bytes of the parts of the file; the format is https://www.sqlite.org/fileformat2.html#walformat.
"""
LITTLE, BIG = 0x377F0682, 0x377F0683
"""The first number of the file, by the order of bytes in which checksums read their words."""
SMALLEST_PAGE, LARGEST_PAGE = 512, 65_536
FRAMES_AT_ONCE = 2_000
MOST_USES = 1 << 20
"""The most times SQLite may have reused the file with frames of an earlier use still in it."""
Words = npt.NDArray[np.uint32]
Answers = npt.NDArray[np.bool_]


def leaves_out_commits(engine: Engine) -> bool:
    """Whether transactions lie in the file beside the SQLite database that cannot be read any more.

    What lies behind a transaction that was broken off is none. A database that is written to
    meanwhile is not judged. To be asked before the database is opened: SQLite removes the file.
    """
    database = file_of(engine)
    if database is None:
        return False
    file = database.with_name(f"{database.name}-wal")
    try:
        header = _header(file)
        if len(header) < HEADER:
            return False
        # A frame may be half written at the first look, never at both.
        found = _leaves_out(file, header) and _leaves_out(file, header)
        return found and _header(file) == header
    except FileNotFoundError:
        return False


def _header(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(HEADER)


def _leaves_out(file: Path, header: bytes) -> bool:
    numbers = np.frombuffer(header, ">u4")
    order, page = "<u4" if numbers[0] == LITTLE else ">u4", int(numbers[2])
    words = np.frombuffer(header[:-CHECKSUM], order).reshape(1, -1)
    start = np.zeros((1, 2), dtype=np.uint32)
    readable = (
        numbers[0] in (LITTLE, BIG)
        and SMALLEST_PAGE <= page <= LARGEST_PAGE
        and np.array_equal(_checksums(words, start)[0], numbers[6:])
    )
    if not readable:
        return file.stat().st_size > HEADER
    broken = False
    for frames in _frames(file, order, page, numbers):
        behind = 0 if broken else _until_first(~frames.right) + 1
        if frames.strange.any() or frames.commits[behind:].any():
            return True
        broken = broken or not frames.right.all()
    return False


class _Frames(NamedTuple):
    """Of frames that follow one another, which can be read, which end a transaction, and which
    are neither of this use of the file nor of an earlier one."""

    right: Answers
    commits: Answers
    strange: Answers


def _frames(file: Path, order: str, page: int, header: Words) -> Iterator[_Frames]:
    """The frames of the file in batches.

    Behind those of this use of the file lie some of earlier uses, whose first salts are lower.
    """
    salts, before, length = header[4:6], header[6:8], FRAME_HEADER + page
    with file.open("rb") as opened:
        opened.seek(HEADER)
        while read := opened.read(length * FRAMES_AT_ONCE):
            # A frame that is not whole was being written when the machine stopped.
            whole = np.frombuffer(read, np.uint8)[: len(read) // length * length]
            rows = whole.reshape(-1, length)
            heads = np.ascontiguousarray(rows[:, :FRAME_HEADER]).view(">u4").astype(np.uint32)
            of_now = (heads[:, 2:4] == salts).all(axis=1)
            words = np.concatenate([rows[:, :8], rows[:, FRAME_HEADER:]], axis=1).view(order)
            stored = heads[:, 4:6]
            starts = np.concatenate([before.reshape(1, 2), stored[:-1]])
            right = of_now & (_checksums(words, starts) == stored).all(axis=1)
            strange = salts[0].astype(np.uint32) - heads[:, 2] > MOST_USES
            yield _Frames(right, of_now & (heads[:, 1] != 0), strange)
            before = stored[-1] if len(stored) else before


def _until_first(marked: Answers) -> int:
    """The number of values before the first that is true; of all if none is."""
    return int(np.argmax(marked)) if marked.any() else len(marked)


def _checksums(words: Words, starts: Words) -> Words:
    """Of each row its checksum, of two numbers, which goes on from those in `starts`."""
    first, second = starts[:, 0].astype(np.uint32), starts[:, 1].astype(np.uint32)
    for at in range(0, words.shape[1], 2):
        first += words[:, at] + second
        second += words[:, at + 1] + first
    return np.stack([first, second], axis=1)
