"""The fourth part of a briefing: who stands where, inside the kinds of units."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from dashboard import values
from dashboard.charts import ranking as charts
from dashboard.documents.briefing.blocks import Block, Chart, Paragraph
from dashboard.documents.briefing.content import RANKED_BY
from dashboard.documents.briefing.phrases import LIST, Figures, Pieces, joined, phrase, sentences
from dashboard.documents.briefing.sources import FIRST, LAST, RANKED
from dashboard.i18n import _, name
from data.figures.ranking import RankedUnit
from data.figures.reading import Reading
from models.grid import UnitKind
from models.rules.ranking import ENOUGH, Basis, wilson
from models.text import N_

ENDS, TIED = 3, 5
"""So many of the best and of the last are named; of more than so many tied, only their number."""
Group = list[RankedUnit]
"""Units that share a rank."""


def standing(figures: Figures) -> Iterator[Block]:
    """The best and the last of every kind; the sectors side by side."""
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
    yield Paragraph(
        phrase(
            N_(
                "Units are ranked by the {figure} inside their kind; one with too few cases due is"
                " shown and not ranked. The full order is annexed."
            ),
            figure=_(content.catalogue[RANKED_BY].name).lower(),
        )
    )
    for kind, units in kinds.items():
        yield Paragraph(_of_kind(figures, kind, units), lead=name(kind.label))
    yield from _sectors(figures)


def _of_kind(figures: Figures, kind: UnitKind, units: Sequence[RankedUnit]) -> Pieces:
    # The worst stand first in a ranking.
    ranked = [unit for unit in units if unit.place.basis is Basis.RANKED][::-1]
    if not ranked:
        return phrase(N_("None has cases enough to be ranked."))
    if len(ranked) == 1:
        return phrase(N_("Only {unit} can be ranked."), unit=_named(figures, ranked[0]))
    counted = phrase(N_("{n: unit~ is| units~ are} ranked."), n=figures.listed(RANKED, kind))
    groups = [list(group) for _rank, group in groupby(ranked, key=lambda unit: unit.place.rank)]
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
    """The groups at one end, whole: tied units are named together or not at all."""
    taken = [groups[0]]
    for group in groups[1:]:
        named = sum(map(len, taken))
        if named >= ENDS or named + len(group) > TIED:
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
    """The headline of every sector with where it may lie by chance, the lowest first."""
    content = figures.content
    found = {
        code: reading
        for code, readings in content.of_sectors.items()
        if (reading := readings[RANKED_BY]).exact is not None
    }
    if len(found) < 2:
        return
    lowest_first = sorted(found, key=lambda code: (found[code].exact or 0, code))
    lowest, highest = lowest_first[0], lowest_first[-1]
    yield Chart(
        charts.ranked_shares,
        tuple((str(basis), name(basis.label)) for basis in (Basis.RANKED, Basis.FEW)),
        tuple(_row(content.sectors[code], code, found[code]) for code in lowest_first),
        _("Due rectification rate by sector"),
        phrase(
            N_("The highest rate is that of {best} ({high}), the lowest that of {last} ({low})."),
            best=content.sectors[highest],
            high=figures(RANKED_BY, node=f"sector:{highest}"),
            last=content.sectors[lowest],
            low=figures(RANKED_BY, node=f"sector:{lowest}"),
        ),
    )


def _row(called: str, code: str, reading: Reading) -> dict[str, object]:
    part, whole = int(reading.numerator or 0), int(reading.denominator or 0)
    low, high = wilson(part, whole)
    return {
        "code": code,
        "name": called,
        "share": values.share(reading),
        "low": low,
        "high": high,
        "text": f"{reading.text} · {part}/{whole}",
        "basis": str(Basis.RANKED if whole >= ENOUGH else Basis.FEW),
    }
