"""States expressed only by the colour of a row, and the legend that explains the colours."""

import re
from collections.abc import Iterable, Mapping

from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.written import plain

NAMES = {
    "红": "红",
    "橙": "橙",
    "桔": "橙",
    "橘": "橙",
    "黄": "黄",
    "绿": "绿",
    "蓝": "蓝",
    "紫": "紫",
}
COLOUR = (
    "(?P<colour>[红橙桔橘黄绿蓝紫])(?:色|底|字|标)*"
    "(?:底色|背景|填充|字体|标记|标注|标识|部分|单元格)?"
)
WORD = "(?P<word>[^,;、。:()]{2,12}?)"
COLOUR_FIRST = re.compile(
    COLOUR + "(?:的)?(?:为|表示|代表|指|是|:|-|—|=)+" + WORD + "(?=[,;、。()]|$)"
)
WORD_FIRST = re.compile(
    "(?:^|[,;、。:()])"
    + WORD
    + "(?:的|的问题)?(?:用|以|标注?为?|标记为?|为|填充)"
    + COLOUR
    + "(?=[,;、。()]|$)"
)


def legend(lines: Iterable[str], phrases: Phrases) -> dict[str, tuple[str, str]]:
    """The words and state code that the sheet's legend gives each colour, by colour name; a
    colour with two meanings is left out."""
    found: dict[str, set[tuple[str, str]]] = {}
    for line in lines:
        text = plain(line)
        for pattern in (COLOUR_FIRST, WORD_FIRST):
            for said in pattern.finditer(text):
                if code := phrases.code("state", said["word"]):
                    found.setdefault(NAMES[said["colour"]], set()).add((said["word"], code))
    return {
        colour: next(iter(meanings)) for colour, meanings in found.items() if len(meanings) == 1
    }


def tell_apart(colours: Mapping[int, str], rows: Iterable[int]) -> dict[int, str]:
    """The colours of `rows`; empty if all are the same, since they then say nothing."""
    of_rows = {row: colours.get(row, "") for row in rows}
    return (
        {row: name for row, name in of_rows.items() if name}
        if len(set(of_rows.values())) > 1
        else {}
    )
