"""The fourth part of a briefing: ranks of units within their kind, and the sectors."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from dashboard import formats
from dashboard.charts import ranking as charts
from dashboard.documents.briefing.blocks import DETAIL, Block, Chart, Paragraph
from dashboard.documents.briefing.content import RANKED_BY
from dashboard.documents.briefing.phrases import (
    CLAUSES,
    LIST,
    Cited,
    Figures,
    Pieces,
    in_sentence,
    joined,
    phrase,
    sentences,
)
from dashboard.documents.briefing.sources import FIRST, LAST, RANKED
from dashboard.i18n import _, name
from data.figures.ranking import RankedUnit
from data.figures.reading import Reading
from models.grid import UnitKind
from models.rules.ranking import ENOUGH, Basis, wilson
from models.text import N_

ENDS, TIED = 3, 3
"""The number of units named at each end; above the second, tied units are only counted."""
CUT = 4
Group = list[RankedUnit]
"""Units that share a rank."""


def standing(figures: Figures) -> Iterator[Block]:
    """The best and the last units of every kind, then the sectors side by side."""
    content = figures.content
    if content.scope.node.is_unit or content.scope.units is not None:
        yield Paragraph(phrase(N_("A briefing about single units ranks nobody.")))
        return
    kinds = {kind: content.ranking[kind] for kind in UnitKind if kind in content.ranking}
    if not figures.entered(RANKED_BY):
        yield Paragraph(phrase(N_("Findings are not entered: no unit is ranked.")))
        return
    if not kinds:
        yield Paragraph(phrase(N_("No unit stands in the grid on {day}."), day=content.day))
        return
    intro = phrase(
        N_(
            "Units are ranked by the {figure} inside their kind; one with too few cases due is"
            " not ranked."
        ),
        figure=in_sentence(_(content.catalogue[RANKED_BY].name)),
    )
    lowest = [
        phrase(N_("{kind}: {units}"), kind=in_sentence(name(kind.label)), units=last)
        for kind, units in kinds.items()
        if (last := _lowest(figures, kind, units))
    ]
    if lowest:
        lowest_rates = phrase(N_("The lowest rates are: {units}."), units=joined(lowest, CLAUSES))
    else:
        lowest_rates = phrase(N_("In no kind does a unit fall behind the others."))
    order = phrase(N_("The full order is in the annex."))
    yield Paragraph(sentences([intro, lowest_rates]), detail=order, cut=CUT)
    for kind, units in kinds.items():
        yield Paragraph(_of_kind(figures, kind, units), lead=name(kind.label), cut=DETAIL)
    yield from _sectors(figures)


def _lowest(figures: Figures, kind: UnitKind, units: Sequence[RankedUnit]) -> Pieces:
    """The units that share the lowest rate of their kind; empty if all have the same."""
    groups = _groups(units)
    return _told(figures, kind, groups[-1:], LAST) if len(groups) > 1 else ()


def _groups(units: Sequence[RankedUnit]) -> list[Group]:
    """The ranked units grouped by rank, the best first; `units` come worst first."""
    ranked = [unit for unit in units if unit.place.basis is Basis.RANKED][::-1]
    return [list(group) for _rank, group in groupby(ranked, key=lambda unit: unit.place.rank)]


def _of_kind(figures: Figures, kind: UnitKind, units: Sequence[RankedUnit]) -> Pieces:
    groups = _groups(units)
    ranked = [unit for group in groups for unit in group]
    if not ranked:
        return phrase(N_("None has cases enough to be ranked."))
    if len(ranked) == 1:
        return phrase(N_("Only {unit} can be ranked."), unit=_named(figures, ranked[0]))
    counted = phrase(N_("{n: unit~ is| units~ are} ranked."), n=figures.listed(RANKED, kind))
    if len(groups) == 1:
        all_equal = phrase(
            N_("All are equal at {rate}."), rate=figures(RANKED_BY, node=_node(ranked[0]))
        )
        return sentences([counted, all_equal])
    first = _end(groups[:-1])
    last = _end(groups[len(first) :][::-1])[::-1]
    return sentences(
        [
            counted,
            phrase(N_("First: {units}."), units=_told(figures, kind, first, FIRST)),
            phrase(N_("Last: {units}."), units=_told(figures, kind, last, LAST)),
        ]
    )


def _end(groups: Sequence[Group]) -> list[Group]:
    """The groups at one end of the ranking; tied units are named together or not at all."""
    taken = [groups[0]]
    for group in groups[1:]:
        if sum(map(len, taken)) + len(group) > ENDS:
            break
        taken.append(group)
    return taken


def _told(figures: Figures, kind: UnitKind, groups: Sequence[Group], end: str) -> Pieces:
    if len(groups[0]) > TIED:
        return phrase(
            N_("{n: unit| units} tied ({rate})"),
            n=figures.listed(RANKED, f"{kind}/{end}"),
            rate=figures(RANKED_BY, node=_node(groups[0][0])),
        )
    return joined([_named(figures, unit) for group in groups for unit in group], LIST)


def _named(figures: Figures, unit: RankedUnit) -> Pieces:
    rate = figures(RANKED_BY, node=_node(unit))
    return phrase(N_("{unit} ({rate})"), unit=unit.unit.name, rate=rate)


def _node(unit: RankedUnit) -> str:
    return f"unit:{unit.unit.code}"


def _sectors(figures: Figures) -> Iterator[Block]:
    """The headline figure of every sector with its confidence interval, the lowest first."""
    content = figures.content
    reading_by_sector = {
        code: reading
        for code, readings in content.of_sectors.items()
        if (reading := readings[RANKED_BY]).exact is not None
    }
    if len(reading_by_sector) < 2:
        return
    lowest_first = sorted(
        reading_by_sector, key=lambda code: (reading_by_sector[code].exact or 0, code)
    )
    yield Chart(
        charts.ranked_shares,
        tuple((str(basis), name(basis.label)) for basis in (Basis.RANKED, Basis.FEW)),
        tuple(
            _row(content.sector_name(code), code, reading_by_sector[code]) for code in lowest_first
        ),
        _("Due rectification rate by sector"),
        _highest_and_lowest(figures, lowest_first, reading_by_sector),
    )


def _highest_and_lowest(
    figures: Figures, lowest_first: Sequence[str], reading_by_sector: Mapping[str, Reading]
) -> Pieces:
    """The sectors with the highest and the lowest rate; tied ones are named together."""
    low, high = reading_by_sector[lowest_first[0]].exact, reading_by_sector[lowest_first[-1]].exact

    def those(rate: Fraction | None) -> tuple[Pieces, Cited]:
        tied = [code for code in lowest_first if reading_by_sector[code].exact == rate]
        names = [phrase(N_("{name}"), name=figures.content.sector_name(code)) for code in tied]
        return joined(names, LIST), figures(RANKED_BY, node=f"sector:{tied[0]}")

    last, lowest = those(low)
    if low == high:
        return phrase(N_("All sectors are equal at {rate}."), rate=lowest)
    best, highest = those(high)
    return phrase(
        N_("The highest rate is that of {best} ({high}), the lowest that of {last} ({low})."),
        best=best,
        high=highest,
        last=last,
        low=lowest,
    )


def _row(called: str, code: str, reading: Reading) -> dict[str, object]:
    part, whole = int(reading.numerator or 0), int(reading.denominator or 0)
    low, high = wilson(part, whole)
    return {
        "code": code,
        "name": called,
        "share": formats.share(reading),
        "low": low,
        "high": high,
        "text": f"{reading.text} · {part}/{whole}",
        "basis": str(Basis.RANKED if whole >= ENOUGH else Basis.FEW),
    }
