"""Every figure computed a second time from its definition, in plain Python without facts or SQL.

Rows are looked at as they were on the day, one day after the other. It is slow, and deliberately
does not use the rules with which it is compared.
"""

from datetime import date

from tests.oracle import audit, findings, funds, holding, known, net, reports, warnings, work
from tests.oracle.district import District
from tests.oracle.forms import Form
from tests.oracle.lights import light

__all__ = ["District", "figures", "light"]


def figures(district: District, day: date, node: str) -> dict[str, Form]:
    """Every figure and bucket on `day` at `node`, as `gridlight figures --json` writes them."""
    return figures_of(district, day, district.units_at(node), whole=node == "district")


def figures_of(
    district: District, day: date, units: set[str], *, whole: bool = False
) -> dict[str, Form]:
    """The same figures for `units`; `whole` says whether the district's own work is counted."""
    found = {
        **net.figures(district, day, units),
        **reports.figures(district, day, units),
        **findings.figures(district, day, units),
        **holding.figures(district, day, units),
        **audit.figures(district, day, units),
        **work.figures(district, day, units, whole=whole),
        **funds.figures(district, day, units),
        **warnings.figures(district, day, units),
    }
    return known.without_unknown(district, day, found)
