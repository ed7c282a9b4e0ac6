"""Posts, institutions and duties by sector: which share of its units has each."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from dashboard import address, formats, reads
from dashboard.charts import coverage
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import headlines, ways
from dashboard.widgets.drawing import draw
from data.figures.reading import Reading, Readings

SECTORS = 24
"""The most sectors in the table."""


def sectors(view: View) -> None:
    """Draw the shares of each sector, the sector with the lowest cell first."""
    figures = {
        "dual_responsibility": _("Two subjects"),
        "institution_rate": _("Institution"),
        "group_rate": _("Audit group"),
        "chief_auditor_rate": _("Chief auditor"),
        "duty_rate": _("Duties"),
    }
    readings_by_sector = reads.by_group(view.scope, "sector", *figures, "units")
    ordered = sorted(
        (code for code, readings in readings_by_sector.items() if readings["units"].numerator),
        key=lambda code: (_least(readings_by_sector[code], figures), code),
    )[:SECTORS]
    draw(
        coverage.sector_element,
        [
            {
                "code": code,
                "sector": f"{ways.name_of_sector(code)} {readings_by_sector[code]['units'].text}",
                "element": called,
                "share": formats.share(readings_by_sector[code][figure]),
                "text": formats.text(readings_by_sector[code][figure]),
            }
            for code in ordered
            for figure, called in figures.items()
        ],
        key="posts-sectors",
        title=_lowest({code: readings_by_sector[code] for code in ordered}, figures),
        says=_("share of the units of a sector, whose number stands beside it; the lowest first"),
        texts={"share": _("Share of its units"), "unknown": _("not applicable")},
        empty=_("No unit stood in the grid here on {day}.", day=view.as_of),
        hint=_("click to see the sector"),
        on_choose=lambda code: address.put("node", f"sector:{code}"),
        columns={"sector": _("Sector"), "element": _("What it is"), "text": _("Share")},
    )


def _known(readings: Readings, figures: Iterable[str]) -> dict[str, Reading]:
    """Return those of `figures` that exist, by figure."""
    return {
        figure: readings[figure]
        for figure in figures
        if readings[figure].known and readings[figure].exact is not None
    }


def _least(readings: Readings, figures: Iterable[str]) -> Fraction:
    """Return the lowest share of a sector; 1 if it has none."""
    known = _known(readings, figures).values()
    return min((each.exact for each in known if each.exact is not None), default=Fraction(1))


def _lowest(found: Mapping[str, Readings], figures: Mapping[str, str]) -> str:
    """Return a title that names the lowest share of all cells, with its sector and figure."""
    cells = {
        _("{sector} · {share}", sector=ways.name_of_sector(code), share=figures[figure]): reading
        for code, readings in found.items()
        for figure, reading in _known(readings, figures).items()
    }
    return headlines.least_reading(cells, subject=_("Share of its units"), otherwise=_("By sector"))
