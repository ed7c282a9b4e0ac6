"""Compute the total length of the cells' texts without expanding them.

Texts are stored once and cells refer to them, so a small file may expand to gigabytes.
"""

import re
from array import array
from collections.abc import Iterator

from data.workbook.archive.container import UNUSUAL, UnreadableError
from data.workbook.archive.limits import Limits
from models.text import N_, sentence

TEXT_ENDS = re.compile(rb"</(?:[^\s<>/:]+:)?si\s*>|<(?:[^\s<>/:]+:)?si\s*/>")
REFERS = re.compile(
    rb"<(?:[^\s<>/:]+:)?c\s(?>[^<>]*?\bt\s*=\s*[\"']s[\"'][^<>]*>)\s*"
    rb"<(?:[^\s<>/:]+:)?v\s*>\s*([0-9]{1,9})"
)
LONGEST_TAG = 1024
TOO_MANY = N_(
    "The cells of this workbook hold more than {limit} million characters. Delete what is not"
    " needed, or split it into several workbooks."
)


def lengths(texts: Iterator[bytes], limits: Limits) -> "array[int]":
    """The length of each shared text in bytes with markup, which is at least its number of
    characters.

    Raises `UnreadableError` if there are more texts than cells are allowed.
    """
    found = array("Q")
    begun, rest = 0, b""
    for chunk in texts:
        # A tag split between two chunks is handled with the second.
        piece = rest + chunk
        at = piece.rfind(b"<")
        cut = at if at >= 0 and len(piece) - at < LONGEST_TAG else len(piece)
        piece, rest = piece[:cut], piece[cut:]
        parts = TEXT_ENDS.split(piece)
        found.extend(map(len, parts[:-1]))
        if len(parts) > 1:
            found[-len(parts) + 1] += begun
            begun = 0
        begun += len(parts[-1])
        if len(found) > limits.cells:
            raise UnreadableError(UNUSUAL)
    return found


def referred(cells: Iterator[bytes], texts: "array[int]") -> int:
    """The total length of the `texts` that the cells of a sheet refer to, counted at each
    reference."""
    total, rest = 0, b""
    for chunk in cells:
        piece = rest + chunk
        at = piece.rfind(b"<c")
        if at < 0 and piece.endswith(b"<"):
            at = len(piece) - 1
        cut = at if at >= 0 and len(piece) - at < LONGEST_TAG else len(piece)
        rest = piece[cut:]
        total += _of(piece[:cut], texts)
    return total + _of(rest, texts)


def _of(piece: bytes, texts: "array[int]") -> int:
    known = len(texts)
    return sum(texts[at] for at in map(int, REFERS.findall(piece)) if at < known)


def too_many(limits: Limits) -> UnreadableError:
    """The error that the cells hold too many characters."""
    return UnreadableError(sentence(TOO_MANY, limit=limits.characters // 1_000_000))
