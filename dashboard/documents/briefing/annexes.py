"""The annexes of a briefing: figures, sectors, units, overdue findings, sources, definitions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from dashboard.documents.briefing import sources
from dashboard.documents.briefing.blocks import Table
from dashboard.documents.briefing.content import LISTED, OF_PARTS
from dashboard.documents.briefing.phrases import Figures, Pieces, Quoted, bare, phrase, sentences
from dashboard.documents.briefing.sources import Source
from dashboard.i18n import _, name
from data.figures.catalogue import Figure
from data.figures.ranking import RankedUnit
from data.figures.units import UnitLine
from models.grid import UnitKind
from models.rectification import Severity
from models.rules.ranking import Basis
from models.text import N_, NOTHING

MOST_UNITS = 100
"""Units in the table of a document; the workbook has all."""
OF_UNITS = tuple(
    figure for figure in OF_PARTS if figure not in ("units", "grid_coverage", "rectified")
)
"""The figures of single units; the first two would only say yes or no."""


def annexes(figures: Figures) -> Iterator[Table]:
    """Every table of the annexes except the one of sources."""
    yield main_figures(figures)
    if figures.content.of_sectors:
        yield sectors(figures)
    if not figures.content.scope.node.is_unit and figures.content.units:
        yield units(figures)
    if figures.content.overdue:
        yield overdue(figures)


def main_figures(figures: Figures) -> Table:
    """Every figure with a value of its own, on both days and with its change, ordered by
    subject."""
    content = figures.content
    rows: list[tuple[Pieces, ...]] = []
    for subject, group in groupby(content.catalogue.values(), key=lambda figure: figure.subject):
        if rows_of_subject := [
            _main_row(figures, each) for each in group if _exists(figures, each)
        ]:
            rows += [(cell_of_words(_(subject)),), *rows_of_subject]
    days = (content.day.isoformat(), content.before.as_of.isoformat())
    return Table(
        _("Main figures"),
        (_("Figure"), *days, _("Change")),
        tuple(rows),
        (66, 30, 30, 30),
        phrase(N_("Changes of shares are in percentage points.")),
    )


def _exists(figures: Figures, figure: Figure) -> bool:
    reading = figures.content.now.get(figure.id)
    return reading is not None and (reading.numerator is not None or not reading.known)


def _main_row(figures: Figures, figure: Figure) -> tuple[Pieces, ...]:
    content = figures.content
    then = Source(figure.id, content.node, content.before.as_of)
    moved = Source(figure.id, content.node, content.day, since=content.before.as_of)
    return (
        cell_of_words(_(figure.name)),
        (bare(figures(figure.id)),),
        (bare(figures.cited(then)),),
        signed(figures, moved),
    )


def signed(figures: Figures, source: Source) -> Pieces:
    """A change with its sign, as written in a cell."""
    change = sources.change_of(figures.content, source)
    cited = bare(figures.cited(source))
    if change is None or not change.text.startswith(("+", "−")):
        return (cited,)
    return (change.text[0], cited)


def sectors(figures: Figures) -> Table:
    """The figures of every sector."""
    content = figures.content
    return Table(
        _("Figures by sector"),
        (_("Sector"), *(_(content.catalogue[figure].name) for figure in OF_PARTS)),
        tuple(
            (
                cell_of_words(content.sector_name(code)),
                *((bare(figures(figure, node=f"sector:{code}")),) for figure in OF_PARTS),
            )
            for code in content.of_sectors
        ),
        (15, *[10] * len(OF_PARTS)),
        _of_day(figures),
    )


def units(figures: Figures) -> Table:
    """The figures of every unit, by kind; in the order of the ranking where there is one."""
    rows: list[tuple[Pieces, ...]] = []
    shown, every = 0, 0
    for kind, own in unit_rows(figures).items():
        every += len(own)
        if room := own[: MOST_UNITS - shown]:
            rows += [(cell_of_words(kind),), *room]
            shown += len(room)
    note = _of_day(figures)
    if every > shown:
        more = phrase(
            N_("The first {n} of {all} units; the workbook has all."), n=str(shown), all=str(every)
        )
        note = sentences([more, note])
    return Table(
        _("Figures and ranks of units"),
        unit_header(figures),
        tuple(rows),
        (31, 15, 22, *[15] * len(OF_UNITS)),
        note,
    )


def unit_header(figures: Figures) -> tuple[str, ...]:
    """The headings of the table of units."""
    named = (_(figures.content.catalogue[figure].name) for figure in OF_UNITS)
    return (_("Unit"), _("Light"), _("Rank"), *named)


def unit_rows(figures: Figures) -> dict[str, list[tuple[Pieces, ...]]]:
    """By kind, the rows of units: the best first; without a ranking, the worst light first."""
    content = figures.content
    rows: dict[str, list[tuple[Pieces, ...]]] = {}
    if not content.ranking:
        for unit in content.units:
            if unit.light:
                kind = name(UnitKind(unit.kind).label)
                rows.setdefault(kind, []).append(_unit_row(figures, unit, ""))
        return rows
    for each in UnitKind:
        places = content.ranking.get(each, ())
        counted = sum(place.place.basis is Basis.RANKED for place in places)
        if places:
            rows[name(each.label)] = [
                _unit_row(figures, place.unit, rank_of(place, counted))
                for place in best_first(places)
            ]
    return rows


def rank_of(unit: RankedUnit, counted: int) -> str:
    """The rank among the `counted` ranked units of the kind, or the reason why it has none."""
    if unit.place.rank is None:
        return name(unit.place.basis.label)
    rank = f"{unit.place.rank}/{counted}"
    return _("{rank} tied", rank=rank) if unit.place.tied else rank


def best_first(places: Sequence[RankedUnit]) -> list[RankedUnit]:
    """The ranked units by rank, then the unranked ones."""
    ranked = [place for place in places if place.place.basis is Basis.RANKED]
    others = [place for place in places if place.place.basis is not Basis.RANKED]
    return [*ranked[::-1], *others]


def _unit_row(figures: Figures, unit: UnitLine, rank: str) -> tuple[Pieces, ...]:
    light = name(unit.light.label) if unit.light else NOTHING
    node = f"unit:{unit.code}"
    return (
        cell_of_words(unit.name),
        cell_of_words(light),
        cell_of_words(rank),
        *((bare(figures(figure, node=node)),) for figure in OF_UNITS),
    )


def overdue(figures: Figures) -> Table:
    """The overdue findings, the longest overdue first, each with the step it is due for."""
    content = figures.content
    steps = {due.line.finding.code: name(due.step.label) for due in content.due_steps.gravest}
    rows = tuple(
        (
            cell_of_words(line.unit_name),
            cell_of_words(line.finding.title),
            cell_of_words(name(Severity(line.finding.severity).label)),
            cell_of_words(line.standing.due.isoformat()),
            cell_of_words(str(line.days_over(content.day))),
            cell_of_words(steps.get(line.finding.code, NOTHING)),
        )
        for line in content.overdue
    )
    note: Pieces = ()
    if figures.number("overdue") > LISTED:
        note = phrase(
            N_("The {n} longest overdue of {all}; the workbook has all."),
            n=str(LISTED),
            all=figures("overdue"),
        )
    return Table(
        _("List of overdue findings"),
        (
            _("Unit"),
            _("Finding"),
            _("Severity"),
            _("Present limit"),
            _("Days overdue"),
            _("Next step"),
        ),
        rows,
        (20, 44, 14, 18, 14, 16),
        note,
    )


def of_sources(figures: Figures, numbers: Mapping[Source, int]) -> Table:
    """The source of each number in the text: figure and version, node, day, value."""
    content = figures.content
    rows = []
    for source, number in numbers.items():
        words = (
            str(number),
            sources.called(content, source),
            sources.where(content, source),
            _days(source),
        )
        rows.append((*map(cell_of_words, words), (bare(figures.cited(source)),)))
    return Table(
        _("Where the numbers come from"),
        (
            _("No."),
            _("Figure"),
            _("Node"),
            _("Day"),
            _("Value"),
        ),
        tuple(rows),
        (10, 66, 34, 22, 24),
        phrase(
            N_(
                "A number with two days is how much the figure moved from the second to the first."
                " “Difference” is the denominator less the numerator of a share: what it lacks."
            )
        ),
        is_of_sources=True,
    )


def _days(source: Source) -> str:
    days = source.day.isoformat()
    return f"{days} {source.since.isoformat()}" if source.since else days


def definitions(figures: Figures, asked: Iterable[str]) -> Table:
    """The definitions of the figures `asked`, in the order of the catalogue."""
    wanted = {key.partition(":")[0] for key in asked}
    known = [each for each in figures.content.catalogue.values() if each.id in wanted]
    return Table(
        _("Definitions of the figures"),
        (_("Figure"), _("Version"), _("Definition"), _("Formula")),
        tuple(
            (
                cell_of_words(_(each.name)),
                cell_of_words(each.version),
                cell_of_words(_(each.definition)),
                cell_of_words(_(each.formula)),
            )
            for each in known
        ),
        (28, 20, 58, 50),
    )


def cell_of_words(text: str) -> Pieces:
    """A table cell with plain text."""
    return (Quoted(text),)


def _of_day(figures: Figures) -> Pieces:
    return phrase(N_("Figures of {day}."), day=figures.content.day)
