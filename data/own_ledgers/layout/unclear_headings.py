"""What a heading means where its words alone do not say: by the other columns and by the cells."""

import re
from collections.abc import Collection

from data.own_ledgers.forms.subjects import NOT_KEPT, OF_PERIOD
from data.own_ledgers.layout.content import of_words, says_state
from data.own_ledgers.layout.files import Grid
from data.own_ledgers.layout.header import Header, Heading
from data.own_ledgers.layout.headings import (
    BY_FORM,
    ONE_MONTH,
    Headings,
    Match,
    normal,
)
from data.own_ledgers.words.written import plain
from data.workbook.cells.value_texts import CellValue

WITHIN_UNIT = re.compile("(?:科|处|股)室$")
"""At the end of a heading of the offices within a unit: 责任科室."""


def states_and_reports(
    grid: Grid, header: Header, matched: list[tuple[Heading, Match]], headings: Headings
) -> list[tuple[Heading, Match]]:
    """Treat columns without state words as progress reports, where several columns could be the
    state: 整改情况 beside 是否完成."""
    holding = {
        heading.at: says_state(cells_below(grid, header, heading.at), headings.phrases)
        for heading, match in matched
        if match.column == "state" and match.rank != BY_FORM
    }
    if "progress" not in headings.subject.targets or len(set(holding.values())) < 2:
        return matched
    return [
        (heading, match if holding.get(heading.at, True) else Match("progress", match.rank))
        for heading, match in matched
    ]


def swap_meanings(
    matched: list[tuple[Heading, Match]], chosen: dict[int, Match], headings: Headings
) -> None:
    """Use the second meaning of a heading for a missing required column, if another column can
    take its first meaning: 单位名称 beside 主管部门."""
    for column in headings.subject.missing({each.column for each in chosen.values()}):
        for heading, match in matched:
            second = headings.second(heading.pieces)
            if second is None or second.column != column:
                continue
            if heading.at not in chosen and match.column != NOT_KEPT:
                # Another column is what this heading usually is: 单位名称 beside 资产名称.
                chosen[heading.at] = second
                break
            if chosen.get(heading.at) != match:
                continue
            others = [
                (other.rank, each.at, other)
                for each, other in matched
                if other.column == match.column and each.at != heading.at
            ]
            if others:
                _, at, other = min(others, key=lambda each: each[:2])
                chosen[heading.at], chosen[at] = second, other
                break


def add_by_words(
    grid: Grid,
    header: Header,
    headings: Headings,
    ticked: Collection[Heading],
    chosen: dict[int, Match],
) -> None:
    """Map columns that are recognized only by their cells."""
    for heading in header.headings:
        found = headings.find(heading.pieces)
        if heading.at in chosen or heading in ticked or (found and found.rank == BY_FORM):
            continue
        taken = {each.column for each in chosen.values()}
        column = of_words(cells_below(grid, header, heading.at), headings.phrases, taken)
        if column is not None and column in headings.subject.targets:
            chosen[heading.at] = Match(column, 0)


def settle_texts(
    grid: Grid,
    header: Header,
    matched: list[tuple[Heading, Match]],
    chosen: dict[int, Match],
) -> None:
    """Use the shorter of two description columns as the title, if there is no title column:
    问题描述 beside 具体表现."""
    texts = {
        heading.at: match
        for heading, match in matched
        if match.column == "text" and filled_below(grid, header, heading.at)
    }
    if len(texts) != 2 or "title" in {each.column for each in chosen.values()}:
        return
    shorter, longer = sorted(texts, key=lambda at: _mean_length(grid, header, at))
    chosen[shorter] = Match("title", texts[shorter].rank)
    chosen[longer] = texts[longer]


def _mean_length(grid: Grid, header: Header, at: int) -> float:
    lengths = [len(plain(each)) for each in cells_below(grid, header, at)]
    return sum(lengths) / len(lengths)


def leave_out_periods(chosen: dict[int, Match]) -> None:
    """Leave out amounts of the month where the sheet also has the cumulative amount."""
    columns = {each.column for each in chosen.values()}
    for so_far, of_period in OF_PERIOD.items():
        if so_far in columns:
            for at in [at for at, each in chosen.items() if each.column == of_period]:
                del chosen[at]


def leave_out_offices(header: Header, chosen: dict[int, Match]) -> None:
    """Leave out the offices within a unit where the unit of the sheet is known: 责任科室."""
    for heading in header.headings:
        match = chosen.get(heading.at)
        of_unit = match is not None and match.column == "unit" and match.rank != BY_FORM
        if of_unit and WITHIN_UNIT.search(normal(heading.pieces[-1])):
            del chosen[heading.at]


def add_months(
    grid: Grid,
    header: Header,
    headings: Headings,
    ticked: Collection[Heading],
    chosen: dict[int, Match],
) -> None:
    """Take columns called after months, with states in them, as the state; the last filled one
    of a row holds."""
    if "state" not in headings.subject.targets or "state" in {m.column for m in chosen.values()}:
        return
    for heading in header.headings:
        if heading.at in chosen or heading in ticked:
            continue
        cells = cells_below(grid, header, heading.at)
        month = ONE_MONTH.fullmatch(plain(heading.pieces[-1]))
        if month and cells and says_state(cells, headings.phrases):
            chosen[heading.at] = Match("state", 0)


def cells_below(grid: Grid, header: Header, at: int) -> list[CellValue]:
    return [line[at] for line in grid.lines[header.end :] if line[at] != ""]


def filled_below(grid: Grid, header: Header, at: int) -> int:
    return sum(1 for line in grid.lines[header.end :] if line[at] != "")
