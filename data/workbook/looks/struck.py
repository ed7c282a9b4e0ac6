"""The rows that are struck through, as offices often mark settled rows."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from data.workbook.archive.container import Container
from data.workbook.archive.structure import walk
from data.workbook.looks.colours import CELL, ROW, STYLE

FALSE = ("0", "false")
LEAST = 2
"""How many cells of a row must be struck through; one may be a word put right."""


def struck_styles(container: Container, styles: str) -> frozenset[str]:
    """The numbers of the struck-through styles; `styles` is the styles part."""
    if styles.lower() not in container.parts:
        return frozenset()
    fonts: list[bool] = []
    of_styles: list[int] = []
    in_list = [False]

    def style(name: str, attributes: Mapping[str, str], within: tuple[str, ...]) -> None:
        if name == "font":
            in_list[0] = within[-1:] == ("fonts",)
            fonts.extend([False] * in_list[0])
        elif name == "strike" and in_list[0] and attributes.get("val") not in FALSE:
            fonts[-1] = True
        elif name == "xf" and within[-1:] == ("cellXfs",):
            number = attributes.get("fontId", "0")
            of_styles.append(int(number) if number.isdecimal() else 0)

    walk(container.whole(styles), style)
    struck = {at for at, is_struck in enumerate(fonts) if is_struck}
    return frozenset(str(at) for at, font in enumerate(of_styles) if font in struck)


def struck_rows(chunks: Iterable[bytes], styles: Collection[str]) -> list[int]:
    """The numbers of the rows with filled cells in one of `styles`."""
    if not styles:
        return []
    found: Counter[int] = Counter()
    wanted = {each.encode() for each in styles}
    rest = b""
    for chunk in chunks:
        rest += chunk
        cut = rest.rfind(b"<")
        _count(rest[:cut], wanted, found)
        rest = rest[cut:]
    _count(rest, wanted, found)
    return sorted(row for row, cells in found.items() if cells >= LEAST)


def _count(piece: bytes, styles: Collection[bytes], found: Counter[int]) -> None:
    for attributes in CELL.findall(piece):
        style, row = STYLE.search(attributes), ROW.search(attributes)
        if style and row and style[1] in styles:
            found[int(row[1])] += 1
