"""Find the header of a sheet: one to three rows among the first fifteen."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from data.own_ledgers.forms.subjects import NOT_KEPT, SERIAL
from data.own_ledgers.layout.files import Grid
from data.own_ledgers.layout.headings import OF_UPPER, Headings, Match
from data.own_ledgers.words.written import clean, plain, serial_number

FIRST_ROWS, DEEPEST = 15, 3
FURTHER_ROWS = 80
"""Where a header is looked for if there is none among the first rows, as below a letter."""
NOT_KEPT_COUNTS = 0.2
LEAST = 3
"""How many known headings make a row a header."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of the column `at`, counted from 0: its texts, upper row first."""

    at: int
    pieces: tuple[str, ...]

    @property
    def theirs(self) -> str:
        """The heading as shown: `upper/lower`."""
        return "/".join(" ".join(piece.split()) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its first row, counted from 0, its depth in rows, and its headings."""

    start: int
    depth: int
    headings: tuple[Heading, ...]
    known: float

    @property
    def rows(self) -> tuple[int, ...]:
        """The header's rows by Excel's numbers."""
        return tuple(range(self.start + 1, self.start + self.depth + 1))

    @property
    def end(self) -> int:
        """The first row below the header, counted from 0."""
        return self.start + self.depth


def find(grid: Grid, headings: Headings, *, form_is_given: bool = False) -> Header | None:
    """The header with the most known headings; None if none has enough.

    It is among the first rows or, below a long preface, further down. Two headings are enough if
    the form is given, since unknown headings are asked about.
    """
    first, further = grid.first_row, grid.first_row + FIRST_ROWS
    last = further + FURTHER_ROWS + DEEPEST
    # Of ranges that begin in one cell, which Excel does not write, the last holds.
    merges = {(each[0], each[1]): each for each in grid.merges if each[0] <= last}
    # One of those further down is kept, since a sheet without any is read in another way.
    grid = replace(grid, merges=tuple(merges.values()) or grid.merges[:1])
    return _best(grid, range(first, further), headings, form_is_given) or _best(
        grid, range(further, further + FURTHER_ROWS), headings, form_is_given
    )


def _best(grid: Grid, rows: range, headings: Headings, form_is_given: bool) -> Header | None:
    best: Header | None = None
    for start in rows[: max(0, len(grid.lines) - rows.start)]:
        if _says_one_thing(grid, start):
            continue
        for depth in range(1, min(DEEPEST, len(grid.lines) - start) + 1):
            if depth > 1 and _is_data(grid, start + depth - 1):
                break
            those = headings_of(grid, start, depth)
            known = _known(those, headings.find)
            if best is None or (known, -depth) > (best.known, -best.depth):
                best = Header(start, depth, those, known)
    if best is None or not _enough(best, headings, form_is_given):
        return None
    return _with_lower_rows(grid, best, headings)


def _with_lower_rows(grid: Grid, header: Header, headings: Headings) -> Header:
    """The header extended by the row below, if a heading that spans columns has unknown headings
    under it: 支出情况 over 1月 · 2月 · 3月."""
    depth = header.depth
    while depth < DEEPEST and _spans_headings(grid, header.start + depth - 1):
        depth += 1
    if depth == header.depth:
        return header
    those = headings_of(grid, header.start, depth)
    return Header(header.start, depth, those, max(header.known, _known(those, headings.find)))


def _spans_headings(grid: Grid, row: int) -> bool:
    """Whether a merged cell that ends in `row` has different texts below it, and the rest is
    empty."""
    if row + 1 >= len(grid.lines) or _is_data(grid, row + 1):
        return False
    below = grid.lines[row + 1]
    covered: set[int] = set()
    for top, first, bottom, last in grid.merges:
        texts = {clean(below[at]) for at in range(first, min(last + 1, len(below)))} - {""}
        ends_here = bottom == row and first < last and len(texts) > 1
        if ends_here or top <= row < bottom:
            covered.update(range(first, last + 1))
    filled = [at for at, value in enumerate(below) if value != ""]
    return bool(filled) and all(at in covered and isinstance(below[at], str) for at in filled)


def _says_one_thing(grid: Grid, row: int) -> bool:
    """Whether a row is blank or a title: a single text, however many cells it covers."""
    return len({plain(value) for value in grid.lines[row] if value != ""}) < 2


def _is_data(grid: Grid, row: int) -> bool:
    """Whether a row has a serial number in its first filled cell."""
    first = next((value for value in grid.lines[row] if value != ""), "")
    return serial_number(first) is not None


def headings_of(grid: Grid, start: int, depth: int) -> tuple[Heading, ...]:
    """The headings formed by `depth` rows from `start`; columns without a heading are left out."""
    rows = [[clean(value) for value in grid.lines[at]] for at in range(start, start + depth)]
    _spread_merges(rows, grid, start)
    if not grid.merges:
        _spread_to_the_right(rows)
    found = []
    for at in range(len(rows[0])):
        pieces = tuple(dict.fromkeys(row[at] for row in rows if row[at]))
        if pieces:
            found.append(Heading(at, pieces))
    return tuple(found)


def _spread_merges(rows: list[list[str]], grid: Grid, start: int) -> None:
    """Copy a merged heading to all the columns it covers."""
    for top, first, _, last in grid.merges:
        if 0 <= top - start < len(rows):
            row = rows[top - start]
            for at in range(first, min(last + 1, len(row))):
                row[at] = row[first]


def _spread_to_the_right(rows: list[list[str]]) -> None:
    """Copy an upper heading to the columns on its right with only a lower one; for sheets
    without merges."""
    for number, row in enumerate(rows[:-1]):
        below = rows[number + 1]
        for at in range(1, len(row)):
            if not row[at] and below[at] and row[at - 1] and below[at - 1]:
                row[at] = row[at - 1]


def _known(
    headings: tuple[Heading, ...], match: Callable[[tuple[str, ...]], Match | None]
) -> float:
    kept: set[tuple[str, str]] = set()
    passed = 0
    for heading in headings:
        found = match(heading.pieces)
        if found is None or found.rank >= OF_UPPER:
            continue
        if found.column == NOT_KEPT:
            passed += 1
        else:
            kept.add((found.column, found.group))
    return round(len(kept) + NOT_KEPT_COUNTS * passed, 3)


def _enough(header: Header, headings: Headings, form_is_given: bool) -> bool:
    found = {
        match.column
        for heading in header.headings
        if (match := headings.find(heading.pieces)) and match.column != NOT_KEPT
    }
    missing = headings.subject.missing(found | _second_things(header, headings))
    if form_is_given:
        return len(found) >= 2
    may_be = any(_may_be_missing(headings.find(each.pieces)) for each in header.headings)
    # The unit may apply to the whole sheet; every other required value needs a column.
    if missing - {"unit"} and not may_be:
        return False
    # One required column may have an unknown heading, which is then asked about.
    return len(found - {SERIAL}) >= (LEAST if missing else 2) and len(missing) <= 1


def _second_things(header: Header, headings: Headings) -> set[str]:
    """The second meanings of headings whose first meaning another heading has too."""
    matches = {each: headings.find(each.pieces) for each in header.headings}
    first = Counter(match.column for match in matches.values() if match)
    return {
        second.column
        for each, match in matches.items()
        if match and first[match.column] > 1 and (second := headings.second(each.pieces))
    }


def _may_be_missing(match: Match | None) -> bool:
    """Whether a heading may be the missing column: it is unknown, or left out only by a pattern."""
    return match is None or (match.column == NOT_KEPT and match.by_pattern)


def is_repeated(grid: Grid, row: int, header: Header) -> bool:
    """Whether a row below repeats the header, as at the top of a printed page."""
    texts = {plain(piece) for heading in header.headings for piece in heading.pieces}
    cells = [plain(value) for value in grid.lines[row] if value != ""]
    return len(cells) >= LEAST and all(cell in texts for cell in cells)
