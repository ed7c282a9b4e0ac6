"""The maximum size of a workbook; larger ones are refused before they are read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings of the reader. `cells` limits the rectangle around a sheet's cells, which takes
    32 bytes of memory per cell: one stray cell far from the table makes it huge."""

    file_bytes: int = 200 * 1024 * 1024
    unpacked_bytes: int = 2 * 1024 * 1024 * 1024
    rows: int = 1_048_576
    columns: int = 200
    cells: int = 20_000_000
    characters: int = 300_000_000
    """Of all cells together, each with the whole of its text."""
    parts: int = 10_000
