"""The zip archive of a workbook, trusted only after every byte has been unpacked once.

This module does not interpret the parts; it decides whether they may be read.
"""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from data.workbook.archive.limits import Limits
from models.text import N_, Sentence, TellingError, sentence

CHUNK = 1 << 20
SMALL = 64 << 20  # the parts read whole: names, relations and styles
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
ENCRYPTED, OLD_BOOKS = "EncryptedPackage", ("Workbook", "Book")
CONTENT_TYPES = "[content_types].xml"
ENTRY = b"PK\x01\x02"
DOCTYPE, CDATA = b"<!DOCTYPE", b"<![CDATA["
OVERLAP = 16  # longer than any mark looked for across two chunks

DAMAGED = sentence(
    N_(
        "This workbook is damaged or was not copied completely. "
        "Open it in Excel or WPS, save it again as .xlsx and choose the new file."
    )
)
NOT_A_WORKBOOK = sentence(
    N_("This file is not an .xlsx workbook. Choose a workbook made from the template.")
)
UNUSUAL = sentence(
    N_(
        "This workbook is written in a way that Excel never writes and is not read for safety. "
        "Open it in Excel or WPS, save it again as .xlsx and choose the new file."
    )
)


class UnreadableError(TellingError):
    """The file cannot be read at all; `sentence` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Container:
    """The parts of a workbook by lower-case name, as the reader looks them up.

    `plainly_named`: the archive names them as Excel does, from the root with slashes.
    """

    path: Path
    parts: dict[str, zipfile.ZipInfo]
    plainly_named: bool = True

    def chunks(self, part: str) -> Iterator[bytes]:
        """The unpacked bytes of `part`, never more than its entry declares."""
        info = self.parts.get(part.lower())
        if info is None:
            raise UnreadableError(DAMAGED)
        given = 0
        for chunk in filter(None, _unpacked(self.path, info)):
            given += len(chunk)
            if given > info.file_size:
                raise UnreadableError(DAMAGED)
            yield chunk
        if given != info.file_size:
            raise UnreadableError(DAMAGED)

    def whole(self, part: str) -> bytes:
        """The bytes of a small part, already checked to have no document type declaration."""
        info = self.parts.get(part.lower())
        if info is None or info.file_size > SMALL:
            raise UnreadableError(DAMAGED)
        return b"".join(checked(self.chunks(part)))


def opened(path: Path, limits: Limits) -> Container:
    """The parts of the workbook at `path`; raises `UnreadableError` if it is not a workbook."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
        _refuse_by_start(path, size, start, limits)
        infos = _directory(path, limits)
    except OSError as error:
        raise UnreadableError(
            sentence(
                N_("This file cannot be opened. Check that it exists and that you may read it.")
            )
        ) from error
    names = [plain_name(info.filename) for info in infos]
    parts = {name.lower(): info for name, info in zip(names, infos, strict=True)}
    if len(parts) < len(infos):
        raise UnreadableError(DAMAGED)
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableError(_encrypted())
    if sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise UnreadableError(_unpacks_too_large(limits))
    if CONTENT_TYPES not in parts:
        raise UnreadableError(NOT_A_WORKBOOK)
    plainly_named = all(info.filename == name for name, info in zip(names, infos, strict=True))
    return Container(path, parts, plainly_named)


def plain_name(name: str) -> str:
    """The name of a part from the root, with slashes and without `.` or `..`."""
    way: list[str] = []
    for step in name.replace("\\", "/").split("/"):
        if step == "..":
            del way[-1:]
        elif step not in ("", "."):
            way.append(step)
    return "/".join(way)


def checked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks of a part; raises if they contain XML that must not be parsed."""
    tail = b""
    is_xml = None
    for chunk in chunks:
        if is_xml is None:
            is_xml = _begins_xml(chunk)
        if is_xml is not False:
            _refuse_markup(tail + chunk[:OVERLAP])
            _refuse_markup(chunk)
            tail = chunk[-OVERLAP:]
        yield chunk


def _begins_xml(start: bytes) -> bool | None:
    """Whether a part is XML; None while it has only white space."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableError(UNUSUAL)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<?xml"):
        declaration, _, _ = text[:200].lower().partition(b"?>")
        _, named, encoding = declaration.partition(b"encoding")
        if named and b"utf-8" not in encoding and b"ascii" not in encoding:
            raise UnreadableError(UNUSUAL)
    return text.startswith(b"<") if text else None


def _refuse_markup(xml: bytes) -> None:
    if DOCTYPE in xml:
        raise UnreadableError(
            sentence(
                N_(
                    "This workbook holds a document type declaration, which Excel never writes. "
                    "Open it in Excel and save it again as .xlsx."
                )
            )
        )
    # A zero byte suggests undeclared UTF-16, and the reader silently skips CDATA.
    if CDATA in xml or b"\x00" in xml:
        raise UnreadableError(UNUSUAL)


def _refuse_by_start(path: Path, size: int, start: bytes, limits: Limits) -> None:
    if size == 0:
        raise UnreadableError(
            sentence(N_("This file is empty. Save the workbook again and choose the new file."))
        )
    if size > limits.file_bytes:
        raise UnreadableError(
            sentence(
                N_(
                    "This file is larger than {limit} MB. Split it into several workbooks and "
                    "import them one after another."
                ),
                limit=limits.file_bytes // (1024 * 1024),
            )
        )
    if start == OLE:
        raise UnreadableError(_inside_ole(path))
    if start[:2] in BIFF:
        raise UnreadableError(_old_kind())
    if start[:2] != b"PK":
        raise UnreadableError(NOT_A_WORKBOOK)


def _inside_ole(path: Path) -> Sentence:
    content = path.read_bytes()
    if ENCRYPTED.encode("utf-16-le") in content:
        return _encrypted()
    if any(name.encode("utf-16-le") in content for name in OLD_BOOKS):
        return _old_kind()
    return NOT_A_WORKBOOK


def _encrypted() -> Sentence:
    return sentence(
        N_(
            "This workbook is protected by a password. Take the password off in Excel "
            "(File, Info, Protect Workbook), save it and choose it again."
        )
    )


def _old_kind() -> Sentence:
    return sentence(
        N_("This is a workbook of the old kind (.xls). Open it in Excel and save it as .xlsx.")
    )


def _unpacks_too_large(limits: Limits) -> Sentence:
    return sentence(
        N_(
            "This file unpacks to more than {limit} MB. Split it into several workbooks and "
            "import them one after another."
        ),
        limit=limits.unpacked_bytes // (1024 * 1024),
    )


def _directory(path: Path, limits: Limits) -> list[zipfile.ZipInfo]:
    """The entries of the archive, counted before they are listed, since each takes memory."""
    with path.open("rb") as file:
        entries = sum(chunk.count(ENTRY) for chunk in iter(lambda: file.read(CHUNK), b""))
    if entries > limits.parts:
        raise UnreadableError(UNUSUAL)
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableError(DAMAGED) from error


def _unpacked(path: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes of an entry.

    Does not use `zipfile`, which stops at the declared size while the reader that follows does not.
    """
    with path.open("rb") as file:
        file.seek(info.header_offset)
        header = file.read(30)
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise UnreadableError(DAMAGED)
        name, extra = header[26:28], header[28:30]
        file.seek(int.from_bytes(name, "little") + int.from_bytes(extra, "little"), os.SEEK_CUR)
        packed = _slices(file.read, info.compress_size)
        match info.compress_type:
            case zipfile.ZIP_STORED:
                yield from packed
            case zipfile.ZIP_DEFLATED:
                yield from _inflated(packed)
            case _:
                raise UnreadableError(UNUSUAL)


def _slices(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    while size:
        piece = read(min(size, CHUNK))
        if not piece:
            raise UnreadableError(DAMAGED)
        size -= len(piece)
        yield piece


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            while piece and not inflater.eof:
                yield inflater.decompress(piece, CHUNK)
                piece = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise UnreadableError(DAMAGED) from error
    if not inflater.eof:
        raise UnreadableError(DAMAGED)
