"""Files that name the rows to correct, one `ledger,key` per line."""

from collections.abc import Iterable
from pathlib import Path

from data.intake.checks.corrections import RowName
from models.registry import BY_ID
from models.text import N_, TellingError

NO_ROW = N_("Line {line} of {file} names no row: write the ledger, a comma and the key.")
NOT_TEXT = N_("{file} is not a text file of rows to correct, one “ledger,key” a line.")


class KeysRefusedError(TellingError):
    """The file cannot be understood; `sentence` says where."""


def write(file: Path, rows: Iterable[RowName]) -> None:
    """Write a file that names `rows`; raises `OSError` if it cannot be written."""
    file.write_text("".join(f"{ledger},{key}\n" for ledger, key in rows), encoding="utf-8")


def read(file: Path) -> frozenset[RowName]:
    """The rows named in `file`; raises `KeysRefusedError`, or `OSError` if it cannot be read."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise KeysRefusedError(NOT_TEXT, file=file) from error
    named = [(at, line.strip()) for at, line in enumerate(lines, start=1)]
    return frozenset(_row(file, at, line) for at, line in named if line)


def _row(file: Path, at: int, line: str) -> RowName:
    ledger, _, key = (part.strip() for part in line.partition(","))
    if ledger not in BY_ID or not key:
        raise KeysRefusedError(NO_ROW, line=at, file=file)
    return RowName(ledger, key)
