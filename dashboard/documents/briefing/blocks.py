"""The blocks of a briefing, independent of file format: paragraphs, charts, tables."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.charts.specs import Chart as Drawing
from dashboard.documents.briefing.phrases import Cited, Pieces
from dashboard.documents.briefing.sources import Source
from dashboard.i18n import _

Row = Mapping[str, object]


class Kind(StrEnum):
    """What a paragraph is; each has its own style."""

    MARK = "mark"
    SERIES = "series"
    """What the bulletin is called, in red above everything."""
    ISSUE = "issue"
    """Its number."""
    ISSUER = "issuer"
    """Who issues it and on which day, above the red line."""
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
    """A paragraph; the words of `lead`, which open it, are set off from it.

    `detail` goes on behind `pieces` in the checked version only. Where the version to circulate
    is too long, paragraphs are left out in the order of `cut`, the highest first; those of 0 stay.
    """

    pieces: Pieces
    kind: Kind = Kind.BODY
    lead: str = ""
    detail: Pieces = ()
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as the screens draw it, its caption, and a sentence that says what is seen in it."""

    drawing: Drawing
    texts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    caption: str
    says: Pieces
    options: tuple[tuple[str, Hashable], ...] = ()

    def numbered(self, number: int) -> str:
        """The caption as it stands below the chart, in the language in use."""
        return _("Figure {number}  {caption}", number=number, caption=self.caption)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; `widths` are parts of the width of the page.

    `note` stands below it: what its figures are, or that it goes on elsewhere.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Pieces, ...], ...]
    widths: tuple[int, ...]
    note: Pieces = ()
    is_of_sources: bool = False
    """Whether it says where the numbers of the text come from."""


Block = Paragraph | Chart | Table
DETAIL = 10
"""The `cut` of what stands in the checked version only."""


@dataclass(frozen=True, slots=True)
class Document:
    """A briefing in one language: its text, then its annexes, the last of which are the sources.

    `numbers` are the numbers by which the text refers to its sources; the references are seen in
    print only where `shows_sources`.
    """

    language: str
    title: str
    mark: str
    """Said on every page of what is no real district; empty for a real one."""
    blocks: tuple[Block, ...]
    numbers: Mapping[Source, int]
    shows_sources: bool = True


def cited_in(blocks: Iterable[Block]) -> Iterator[Cited]:
    """The numbers in the sentences of `blocks`, in their order; those in tables are not."""
    for block in blocks:
        pieces: Pieces = ()
        match block:
            case Paragraph():
                pieces = block.pieces
            case Chart():
                pieces = block.says
            case Table():
                pieces = block.note
        yield from (piece for piece in pieces if isinstance(piece, Cited))
