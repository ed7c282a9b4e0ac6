"""Shorten the version of a briefing to circulate until it fits on its pages.

Only Word knows where its lines break, so the length is estimated from the widths of characters,
with some spare lines on every page.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil

from dashboard.documents.briefing import styles
from dashboard.documents.briefing.blocks import DETAIL, Block, Kind, Paragraph
from dashboard.documents.briefing.phrases import plain
from dashboard.documents.official import page
from dashboard.i18n import language

PAGES = 3
SPARE = 1.5
"""Spare lines on a page, for a heading that moves to the next page."""
LATIN = {"zh": 0.58, "en": 0.56}
"""The width of a Latin letter or digit as a part of the type size, for wide fonts."""
Titled = tuple[str, list[Block]]
"""A part of a briefing: its heading without a number, and its blocks."""


def needed_cut(
    parts: Sequence[Titled],
    around: Sequence[Block],
    laid_out: Callable[[Iterable[Titled]], Iterator[Block]],
) -> int:
    """The highest `cut` from which on paragraphs must be left out for the text to fit.

    `around` is the text above and below the parts; `laid_out` adds headings and numbers. It is
    at least 1: what matters most is never left out.
    """
    for cut in range(DETAIL, 1, -1):
        if height([*around, *laid_out(without(parts, cut))]) <= room():
            return cut
    return 1


def room() -> float:
    """The height available on all pages, in points, without the spare lines."""
    body = styles.styles_of(language())["Body Text"]
    of_a_page: float = page.TEXT_HEIGHT.pt - SPARE * (body.line or body.size)
    return PAGES * of_a_page


def height(blocks: Iterable[Block]) -> float:
    """The height of `blocks` below one another, in points; only paragraphs are counted."""
    return sum(_height(block) for block in blocks if isinstance(block, Paragraph))


def without(parts: Iterable[Titled], cut: int) -> list[Titled]:
    """The paragraphs of `parts` that matter more than `cut`; charts are left out."""
    return [
        (
            called,
            [block for block in blocks if isinstance(block, Paragraph) and block.cut < cut],
        )
        for called, blocks in parts
    ]


def _height(paragraph: Paragraph) -> float:
    known = styles.styles_of(language())
    style = known[styles.STYLE_NAMES[paragraph.kind]]
    latin = LATIN["zh" if language().startswith("zh") else "en"]
    text = paragraph.lead + plain(paragraph.pieces)
    signs = style.indent + sum(1 if _is_wide(sign) else latin for sign in text)
    across = page.TEXT_WIDTH.pt / (style.size + style.spacing / 20)
    lines = 1 if paragraph.kind is Kind.ISSUER else max(1, ceil(signs / across))
    return lines * (style.line or 1.3 * style.size) + style.before + style.after


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF" or sign in "“”‘’—…·"
