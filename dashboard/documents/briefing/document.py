"""Put a briefing together in the language in use: head, six parts, annexes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dashboard.documents.briefing import annexes, fitting
from dashboard.documents.briefing.achievements import achievements
from dashboard.documents.briefing.blocks import Block, Document, Kind, Paragraph, Table, cited_in
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.fitting import Titled
from dashboard.documents.briefing.phrases import (
    Figures,
    Quoted,
    day_in_words,
    in_sentence,
    phrase,
    sentences,
)
from dashboard.documents.briefing.problems import problems
from dashboard.documents.briefing.situation import situation
from dashboard.documents.briefing.sources import COUNTS, Source
from dashboard.documents.briefing.standing import standing
from dashboard.documents.briefing.steps import matters, next_steps
from dashboard.i18n import LANGUAGES, _, language, name, use_language
from data.documents.masthead import Masthead
from data.meetings.freezes import FreezeLine
from data.reference.usual_names import usual
from models.text import N_

NO_NUMBER = N_("No.      ")
"""What stands in place of the number of an issue that has none: room to write it by hand."""
Part = Callable[[Figures], Iterator[Block]]
PARTS: tuple[tuple[str, Part], ...] = (
    (N_("Situation"), situation),
    (N_("Achievements"), achievements),
    (N_("Problems"), problems),
    (N_("Ranks"), standing),
    (N_("Matters for supervision (by whom, by when)"), matters),
    (N_("Next steps (by whom, by when)"), next_steps),
)
"""The parts with their headings, in the order of an official briefing."""
PLACES = {
    "sector": N_("The {name} sector"),
    "kind": N_("Units of the kind {name}"),
    "subdistrict": N_("Units in {name}"),
    "batch": N_("Pilot batch {name}"),
    "unit": N_("{name}"),
}
CHINESE_NUMBERS = "一二三四五六七八九十"


class Version(StrEnum):
    """The version of a briefing.

    CIRCULATION (送阅版) fits on a few pages. CHECKED has all its sentences and more, the sources of
    all numbers, the charts and the annexes.
    """

    CIRCULATION = "circulation"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Issue:
    """The day on which a briefing is made, its masthead, and the freeze it reports on, if any.

    A briefing is dated by the day of its figures; when it was made stands in the checked version.
    """

    made_on: date
    masthead: Masthead = Masthead()
    frozen: FreezeLine | None = None

    @property
    def today(self) -> date | None:
        """The day by which limits may be past; None of a freeze, which tells what a meeting had
        before it."""
        return None if self.frozen else self.made_on


def document(content: Content, issue: Issue, version: Version = Version.CHECKED) -> Document:
    """The briefing about `content`; the version to circulate has at most `fitting.PAGES` pages."""
    figures = Figures(content, issue.today)
    title = _("Briefing on the economic-security audit grid")
    mark = _("Demonstration data") if content.demonstration else ""
    checked = version is Version.CHECKED
    head = list(_head(figures, title, issue, checked=checked))
    foot = list(_foot(issue, content.day))
    if content.empty:
        nothing = phrase(
            N_("Nothing was known of {place} on {day}, so there is nothing to tell."),
            place=in_sentence(place_of(content)),
            day=content.day,
        )
        text: list[Block] = [*head, Paragraph(nothing), *foot]
        return Document(language(), title, mark, tuple(text), {}, shows_sources=False)
    parts = [(_(called), list(part(figures))) for called, part in PARTS]
    if not checked:
        # One version says as much as the other, so the longer language decides.
        cut = min(_cut_in(each, content, issue) for each in LANGUAGES)
        parts = fitting.without(parts, cut)
        text = [*head, *_laid_out(parts), *foot]
        numbers = _numbered(text)
        return Document(language(), title, mark, tuple(text), numbers, shows_sources=False)
    text = list(_laid_out([(called, list(map(_whole, blocks))) for called, blocks in parts]))
    numbers = _numbered(text)
    tables = [*annexes.annexes(figures), annexes.of_sources(figures, numbers)]
    catalogued = [source.figure for source in numbers if not _is_listed(source)]
    tables.append(annexes.definitions(figures, [*catalogued, *annexes.OF_UNITS]))
    blocks = (*head, *text, *_list_of(tables), *foot, *_annexed(tables))
    return Document(language(), title, mark, blocks, numbers)


def _cut_in(called: str, content: Content, issue: Issue) -> int:
    """The highest `cut` from which on the version to circulate leaves paragraphs out in a
    language."""
    with use_language(called):
        figures = Figures(content, issue.today)
        title = _("Briefing on the economic-security audit grid")
        around = [*_head(figures, title, issue, checked=False), *_foot(issue, content.day)]
        parts = [(_(part_title), list(part(figures))) for part_title, part in PARTS]
        return fitting.needed_cut(parts, around, _laid_out)


def _whole(block: Block) -> Block:
    """The block with its `detail` appended, for the checked version."""
    if isinstance(block, Paragraph) and block.detail:
        return replace(block, pieces=sentences([block.pieces, block.detail]), detail=())
    return block


def place_of(content: Content) -> str:
    """The name of the node, and the sectors or units to which the viewer is limited."""
    kind = content.scope.node.kind
    place = _(PLACES[kind], name=content.name) if kind in PLACES else _("The whole district")
    if content.limits:
        return _(
            "{place}, limited to {limits}",
            place=place,
            limits=_enumerated([name(usual(each)) for each in content.limits]),
        )
    return place


def frozen_in_words(line: FreezeLine) -> str:
    """The meeting and version of a freeze, and the checksum by which its facts can be verified."""
    return _(
        "Frozen for {meeting} of {met_on}, version {version}, figures of {day}."
        " SHA-256 of the facts: {hash}",
        meeting=line.meeting_name,
        met_on=day_in_words(line.meeting_on),
        version=line.version,
        day=day_in_words(line.as_of),
        hash=line.facts_sha256,
    )


def frozen_briefly(line: FreezeLine) -> str:
    """The meeting and version of a freeze, without the checksum."""
    return _(
        "Frozen for {meeting} of {met_on}, version {version}, figures of {day}.",
        meeting=line.meeting_name,
        met_on=day_in_words(line.meeting_on),
        version=line.version,
        day=day_in_words(line.as_of),
    )


def _enumerated(texts: Iterable[str]) -> str:
    return _(", ").join(texts)


def _head(figures: Figures, title: str, issue: Issue, *, checked: bool) -> Iterator[Block]:
    content = figures.content
    if content.demonstration:
        yield Paragraph(
            phrase(N_("Demonstration data: no unit named here is a real one.")), Kind.MARK
        )
    yield from _masthead(issue, content.day)
    yield Paragraph((Quoted(title),), Kind.TITLE)
    subtitle = phrase(N_("{place} · figures of {day}"), place=place_of(content), day=content.day)
    yield Paragraph(subtitle, Kind.SUBTITLE)
    if issue.frozen:
        frozen_note = frozen_in_words(issue.frozen) if checked else frozen_briefly(issue.frozen)
        yield Paragraph((Quoted(frozen_note),), Kind.NOTE)
    if content.empty:
        return
    compared = phrase(
        N_("Compared with {before}, as it was frozen.")
        if content.before.frozen
        else N_("Compared with {before}."),
        before=content.before.as_of,
    )
    if not checked:
        said_of_sources = N_("{compared} The checked version names the source of every figure.")
        yield Paragraph(phrase(said_of_sources, compared=compared), Kind.NOTE)
        return
    yield Paragraph(
        phrase(
            N_(
                "Checked version. {compared} Data to import {number}; made on {made_on}. The number"
                " in brackets behind a figure leads to its source in the annex."
            ),
            compared=compared,
            number=str(content.import_number),
            made_on=issue.made_on,
        ),
        Kind.NOTE,
    )


def issuer_of(masthead: Masthead) -> str:
    """The issuing body in the settings, or by default the office of the audit committee."""
    return masthead.issuer or _("Office of the audit committee")


def _masthead(issue: Issue, day: date) -> Iterator[Block]:
    masthead = issue.masthead
    yield Paragraph((Quoted(masthead.series or _("Bulletin of audit supervision")),), Kind.SERIES)
    yield Paragraph((Quoted(masthead.number or _(NO_NUMBER)),), Kind.ISSUE)
    line = f"{issuer_of(masthead)}\t{day_in_words(day)}"
    yield Paragraph((Quoted(line),), Kind.ISSUER)


def _foot(issue: Issue, day: date) -> Iterator[Block]:
    """The issuing body and the day of the figures, below the text (落款)."""
    yield Paragraph((Quoted(issuer_of(issue.masthead)),), Kind.SIGNED)
    yield Paragraph((Quoted(day_in_words(day)),), Kind.SIGNED)


def _laid_out(parts: Iterable[Titled]) -> Iterator[Block]:
    """The parts with numbered headings; empty parts are left out."""
    filled = [(called, blocks) for called, blocks in parts if blocks]
    for number, (called, blocks) in enumerate(filled):
        heading = f"{CHINESE_NUMBERS[number]}、" if _is_chinese() else f"{number + 1}. "
        yield Paragraph((Quoted(heading + called),), Kind.HEADING)
        yield from _with_leads_numbered(blocks)


def _with_leads_numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """`blocks`, with the opening words of paragraphs numbered if there are two or more."""
    several = sum(isinstance(block, Paragraph) and bool(block.lead) for block in blocks) > 1
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph) and block.lead:
            ordinal = f"（{CHINESE_NUMBERS[number]}）" if _is_chinese() else f"({number + 1}) "
            lead = block.lead + ("。" if _is_chinese() else ". ")
            number += 1
            yield replace(block, lead=ordinal + lead if several else lead)
        else:
            yield block


def _numbered(blocks: Iterable[Block]) -> dict[Source, int]:
    """The sources, numbered from 1 in the order in which the text first cites them."""
    numbers: dict[Source, int] = {}
    for cited in cited_in(blocks):
        numbers.setdefault(cited.source, len(numbers) + 1)
    return numbers


def _list_of(tables: Iterable[Table]) -> Iterator[Block]:
    yield Paragraph((), Kind.BODY)
    titles = [f"{number}. {table.caption}" for number, table in enumerate(tables, 1)]
    for at, title in enumerate(titles):
        lead = _("Annexes:") if at == 0 else ""
        yield Paragraph((Quoted(title),), Kind.ANNEXES, f"{lead}\t")


def _annexed(tables: Iterable[Table]) -> Iterator[Block]:
    for number, table in enumerate(tables, 1):
        yield Paragraph((Quoted(_("Annex {number}", number=number)),), Kind.ANNEX)
        yield Paragraph((Quoted(table.caption),), Kind.ANNEX_TITLE)
        yield table


def _is_listed(source: Source) -> bool:
    return source.figure.partition(":")[0] in COUNTS


def _is_chinese() -> bool:
    return language().startswith("zh")
