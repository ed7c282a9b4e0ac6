"""What the cells of a column say about it where its heading can mean two things."""

from collections.abc import Collection, Iterable

from data.own_ledgers.headings import BY_FORM, Match
from data.own_ledgers.phrases import Phrases
from data.own_ledgers.written import plain
from data.workbook.cells import CellValue

LISTS = {"state": "state", "severity": "severity", "rect_type": "rect_type"}
"""By column of choices, the list of its words."""
DISPOSAL_STATE = "disposal_state"
KNOWN_ENOUGH, LONG_WORDS, SAMPLE = 0.5, 9, 200


def by_content(
    cells: Iterable[CellValue],
    match: Match,
    phrases: Phrases,
    taken: Collection[str],
    targets: Collection[str],
) -> Match | None:
    """The column that one matched by its heading is by its cells; None: it is not kept.

    `taken` are the columns that the sheet has, `targets` those that it could have.
    整改情况 may hold a state or a whole report, 整改结果 either, 问题性质 a severity or a kind.
    """
    if match.rank == BY_FORM or match.column not in (*LISTS, "progress"):
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


def _known(written: list[str], words: str, phrases: Phrases) -> float:
    """The share of distinct texts that the list of words knows."""
    return sum(phrases.code(words, each) is not None for each in written) / len(written)
