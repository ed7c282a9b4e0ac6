"""A briefing put together: its head, its six parts, its annexes, in the language in use."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from dashboard.documents.briefing import annexes
from dashboard.documents.briefing.achievements import achievements
from dashboard.documents.briefing.blocks import Block, Document, Kind, Paragraph, Table, cited_in
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.phrases import Figures, Quoted, day_in_words, in_sentence, phrase
from dashboard.documents.briefing.problems import problems
from dashboard.documents.briefing.situation import situation
from dashboard.documents.briefing.sources import COUNTS, Source
from dashboard.documents.briefing.standing import standing
from dashboard.documents.briefing.steps import matters, next_steps
from dashboard.i18n import _, language
from data.meetings.freezes import FreezeLine
from models.text import N_

Part = Callable[[Figures], Iterator[Block]]
PARTS: tuple[tuple[str, Part], ...] = (
    (N_("Situation"), situation),
    (N_("Achievements"), achievements),
    (N_("Problems"), problems),
    (N_("Ranks"), standing),
    (N_("Matters for supervision"), matters),
    (N_("Next steps"), next_steps),
)
"""In the order of an official briefing."""
PLACES = {
    "sector": N_("The {name} sector"),
    "kind": N_("Units of the kind {name}"),
    "subdistrict": N_("Units in {name}"),
    "batch": N_("Pilot batch {name}"),
    "unit": N_("{name}"),
}
CHINESE_NUMBERS = "一二三四五六七八九十"


def document(content: Content, *, made_on: date, frozen: FreezeLine | None = None) -> Document:
    """The briefing of `content`, made on a day; `frozen` is the freeze it is of, if of any."""
    figures = Figures(content)
    title = _("Briefing on the economic-security audit grid")
    mark = _("Demonstration data") if content.demonstration else ""
    head = list(_head(figures, title, mark, made_on, frozen))
    if content.empty:
        nothing = phrase(
            N_("Nothing was known of {place} on {day}, so there is nothing to tell."),
            place=in_sentence(place_of(content)),
            day=content.day,
        )
        return Document(language(), title, mark, (*head, Paragraph(nothing)), {})
    text = list(_parts(figures))
    numbers = _numbered(text)
    tables = [*annexes.annexes(figures), annexes.of_sources(figures, numbers)]
    catalogued = [source.figure for source in numbers if not _is_listed(source)]
    tables.append(annexes.definitions(figures, [*catalogued, *annexes.OF_UNITS]))
    return Document(
        language(), title, mark, (*head, *text, *_list_of(tables), *_annexed(tables)), numbers
    )


def place_of(content: Content) -> str:
    """The node in words, and to what whoever asks is limited."""
    kind = content.scope.node.kind
    place = _(PLACES[kind], name=content.name) if kind in PLACES else _("The whole district")
    if content.limits:
        return _("{place}, limited to {limits}", place=place, limits=_enumerated(content.limits))
    return place


def frozen_in_words(line: FreezeLine) -> str:
    """Which meeting saw these figures, in which version, and by what they can be told again."""
    return _(
        "Frozen for {meeting} of {met_on}, version {version}, figures of {day}."
        " SHA-256 of the facts: {hash}",
        meeting=line.meeting_name,
        met_on=day_in_words(line.meeting_on),
        version=line.version,
        day=day_in_words(line.as_of),
        hash=line.facts_sha256,
    )


def _enumerated(texts: Iterable[str]) -> str:
    return _(", ").join(texts)


def _head(
    figures: Figures, title: str, mark: str, made_on: date, frozen: FreezeLine | None
) -> Iterator[Block]:
    content = figures.content
    if mark:
        yield Paragraph(
            phrase(N_("Demonstration data: no unit named here is a real one.")), Kind.MARK
        )
    yield Paragraph((Quoted(title),), Kind.TITLE)
    subtitle = phrase(N_("{place} · figures of {day}"), place=place_of(content), day=content.day)
    yield Paragraph(subtitle, Kind.SUBTITLE)
    if frozen:
        yield Paragraph((Quoted(frozen_in_words(frozen)),), Kind.NOTE)
    if content.empty:
        return
    if content.before.frozen:
        compared = N_("Compared with {before}, as it was frozen.")
    else:
        compared = N_("Compared with {before}.")
    yield Paragraph(
        phrase(
            N_(
                "{compared} Data to import {number}; made on {made_on}. The number in"
                " brackets behind a figure leads to its source in the annex."
            ),
            compared=phrase(compared, before=content.before.as_of),
            number=str(content.import_number),
            made_on=made_on,
        ),
        Kind.NOTE,
    )


def _parts(figures: Figures) -> Iterator[Block]:
    for number, (title, part) in enumerate(PARTS):
        heading = f"{CHINESE_NUMBERS[number]}、" if _is_chinese() else f"{number + 1}. "
        yield Paragraph((Quoted(heading + _(title)),), Kind.HEADING)
        yield from _with_leads_numbered(part(figures))


def _with_leads_numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph) and block.lead:
            told = f"（{CHINESE_NUMBERS[number]}）" if _is_chinese() else f"({number + 1}) "
            lead = told + block.lead + ("。" if _is_chinese() else ". ")
            number += 1
            yield Paragraph(block.pieces, block.kind, lead)
        else:
            yield block


def _numbered(blocks: Iterable[Block]) -> dict[Source, int]:
    """The sources in the order in which the text first speaks of them, from 1 on."""
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
