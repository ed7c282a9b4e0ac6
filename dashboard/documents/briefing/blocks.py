"""The blocks of a briefing, independent of file format: paragraphs, charts, tables."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.charts.specs import Chart as Drawing
from dashboard.documents.briefing.phrases import Cited, Pieces, Quoted
from dashboard.documents.briefing.sources import Source
from dashboard.i18n import _

Row = Mapping[str, object]


class Kind(StrEnum):
    """The kind of a paragraph; each kind has a style of its own."""

    MARK = "mark"
    SERIES = "series"
    """The title of the bulletin, in red above everything."""
    ISSUE = "issue"
    """The number of the issue."""
    ISSUER = "issuer"
    """The issuing body and the day, above the red line."""
    TITLE = "title"
    SUBTITLE = "subtitle"
    NOTE = "note"
    HEADING = "heading"
    BODY = "body"
    ANNEXES = "annexes"
    """The list of annexes below the text."""
    SIGNED = "signed"
    """The issuing body and the day below the text."""
    ANNEX = "annex"
    """The number of an annex, on a new page."""
    ANNEX_TITLE = "annex title"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` are the opening words, set in a different style.

    `detail` follows `pieces` in the checked version only. If the version to circulate is too long,
    paragraphs are left out by `cut`, the highest first; those with 0 always stay.
    """

    pieces: Pieces
    kind: Kind = Kind.BODY
    lead: str = ""
    detail: Pieces = ()
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as drawn on screens, with its caption and a sentence that says what it shows."""

    drawing: Drawing
    texts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    caption: str
    says: Pieces
    options: tuple[tuple[str, Hashable], ...] = ()

    def numbered(self, number: int) -> str:
        """The caption with the chart's number, in the language in use."""
        return _("Figure {number}  {caption}", number=number, caption=self.caption)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; `widths` are relative to the width of the page.

    `note` is a line below it: what its figures are, or where the table continues.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Pieces, ...], ...]
    widths: tuple[int, ...]
    note: Pieces = ()
    is_of_sources: bool = False
    """Whether it is the table of the sources of numbers in the text."""


Block = Paragraph | Chart | Table
DETAIL = 10
"""The `cut` of paragraphs for the checked version only."""


@dataclass(frozen=True, slots=True)
class Document:
    """A briefing in one language: its text, then its annexes, of which the last has the sources.

    `numbers` are the numbers by which the text refers to sources; readers see these references only
    if `shows_sources`.
    """

    language: str
    title: str
    mark: str
    """A mark on every page of demonstration data; empty for a real district."""
    blocks: tuple[Block, ...]
    numbers: Mapping[Source, int]
    shows_sources: bool = True

    @property
    def limits(self) -> tuple[date, ...]:
        """The days by which its sentences say that something is to be done, each time one does."""
        pieces = (each for block in self.blocks for each in _sentence_of(block))
        return tuple(each.limit for each in pieces if isinstance(each, Quoted) and each.limit)


def cited_in(blocks: Iterable[Block]) -> Iterator[Cited]:
    """The numbers cited in the sentences of `blocks`, in order; tables are left out."""
    for block in blocks:
        yield from (piece for piece in _sentence_of(block) if isinstance(piece, Cited))


def _sentence_of(block: Block) -> Pieces:
    match block:
        case Paragraph():
            return block.pieces
        case Chart():
            return block.says
    return block.note
