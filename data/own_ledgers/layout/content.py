"""Decide by its cells which column it is, where the heading is ambiguous."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from data.own_ledgers.forms.subjects import CODES, SERIAL
from data.own_ledgers.layout.header import Heading
from data.own_ledgers.layout.headings import BY_FORM, Headings, Match, normal
from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.written import is_mark, plain, serial_number
from data.workbook.cells.value_texts import CellValue

LISTS = {"state": "state", "severity": "severity", "rect_type": "rect_type"}
"""By column of choices, the list of its words."""
TICKED = ("state", "rect_type")
DISPOSAL_STATE = "disposal_state"
KNOWN_ENOUGH, LONG_WORDS, SAMPLE = 0.5, 9, 200
MOST_CHOICES = 6
"""How many distinct words a column of choices may hold that is known by its words alone."""


def by_content(
    cells: Iterable[CellValue],
    match: Match,
    phrases: Phrases,
    taken: Collection[str],
    targets: Collection[str],
) -> Match | None:
    """Our column for one matched by its heading, as decided by its cells; None to leave it out.

    `taken` are the columns that the sheet has, `targets` those that it could have. 整改情况 may
    hold a state or a whole report, 整改结果 either, 问题性质 a severity or a kind. 编号 may be a
    lasting number or a row number.
    """
    if match.rank == BY_FORM:
        return match
    if match.column in CODES:
        return Match(SERIAL, match.rank) if _runs(list(cells)) else match
    if match.column not in (*LISTS, "progress"):
        return match
    written = list(dict.fromkeys(plain(each) for each in cells if plain(each)))[:SAMPLE]
    if not written:
        return match
    if match.column == "progress":
        if "state" in taken or _known(written, "state", phrases) < KNOWN_ENOUGH:
            return match
        return Match("state", match.rank, match.group)
    lists = (LISTS[match.column], DISPOSAL_STATE if match.column == "state" else "")
    if max(_known(written, each, phrases) for each in lists if each) >= KNOWN_ENOUGH:
        return match
    if match.column in ("severity", "rect_type"):
        return None
    if sum(map(len, written)) / len(written) < LONG_WORDS:
        return match
    return Match("progress", match.rank, match.group) if "progress" in targets else None


def of_words(cells: Iterable[CellValue], phrases: Phrases, taken: Collection[str]) -> str | None:
    """Our choice column that the cells belong to, whatever the heading: 整改要求 over 立行立改 and
    持续整改.

    None if there is none or it is in `taken`. Yes and no are ignored, since they can be about
    anything.
    """
    written = list(dict.fromkeys(plain(each) for each in cells if plain(each)))[:SAMPLE]
    telling = [each for each in written if phrases.code("yes_no", each) is None]
    if len(written) > MOST_CHOICES or not telling:
        return None
    for column, words in (("rect_type", "rect_type"), ("severity", "severity")):
        if column not in taken and all(phrases.code(words, each) for each in written):
            return column
    return None


def says_state(cells: Iterable[CellValue], phrases: Phrases) -> bool:
    """Whether a column holds state words rather than reports."""
    written = list(dict.fromkeys(plain(each) for each in cells if plain(each)))[:SAMPLE]
    return not written or _known(written, "state", phrases) >= KNOWN_ENOUGH


def _runs(cells: list[CellValue]) -> bool:
    """Whether a column numbers the rows from 1, perhaps anew in every section.

    Such a number gives a row's position and does not identify it, since it changes with the order.
    """
    numbers = [number for each in cells if (number := serial_number(each)) is not None]
    if not numbers or numbers[0] != 1 or 2 * len(numbers) < len(cells):
        return False
    return all(each in (1, before, before + 1) for before, each in pairwise(numbers))


def _known(written: list[str], words: str, phrases: Phrases) -> float:
    """The share of distinct texts that are in the list `words`."""
    known = (phrases.code(words, each) or phrases.beside_day(words, each) for each in written)
    return sum(each is not None for each in known) / len(written)


def ticked_words(
    headings: Headings, columns: Mapping[Heading, Sequence[CellValue]]
) -> dict[Heading, tuple[str, str]]:
    """The columns that each stand for one word of one of our columns, with column and code.

    Examples: 已整改 · 正在整改 · 未整改 for the state, 立行立改 · 分阶段整改 for the type, ticked.
    A group needs at least two of them; a number at the foot is the count of ticks.
    """
    found: dict[Heading, tuple[str, str]] = {}
    for column in TICKED:
        if column in headings.subject.targets:
            words = _ticked(headings, columns, column)
            found |= {heading: (column, word) for heading, word in words.items()}
    return found


def _ticked(
    headings: Headings, columns: Mapping[Heading, Sequence[CellValue]], column: str
) -> dict[Heading, str]:
    found: dict[Heading, str] = {}
    any_tick = False
    for heading, cells in columns.items():
        word = heading.pieces[-1]
        if len(normal(word)) < 2 or headings.phrases.code(column, word) is None:
            continue
        ticks = sum(is_mark(each) for each in cells)
        rest = [each for each in cells if not is_mark(each)]
        if len(rest) > 1 or (rest and serial_number(rest[0]) is None):
            continue
        found[heading] = word
        any_tick = any_tick or ticks > 0
    return found if any_tick and len(found) > 1 else {}
