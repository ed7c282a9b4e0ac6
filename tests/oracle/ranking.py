"""Ranks of units within their kind, computed independently."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tests import oracle
from tests.oracle.district import District
from tests.oracle.known import UNKNOWN

ENOUGH = 5


class Place(NamedTuple):
    """Whether a unit is RANKED, has FEW cases or NOTHING, and its rank, which ties share."""

    basis: str
    rank: int | None = None
    tied: bool = False


def ranking(
    district: District, day: date, figure: str, *, higher_is_better: bool
) -> Mapping[str, Mapping[str, Place]]:
    """By kind and unit, the places by a share or mean of cases, or by a plain number."""
    everywhere = district.units_at("district")
    if oracle.figures_of(district, day, everywhere)[figure] == UNKNOWN:
        return {}
    in_grid = {unit["code"] for unit in district.in_grid(everywhere, day)}
    values: dict[str, dict[str, tuple[str, Fraction]]] = {}
    for unit in district.all("units"):
        code = unit["code"]
        form = oracle.figures_of(district, day, {code})[figure]
        cases = form.get("denominator")
        if code not in in_grid and not (cases if cases is not None else form["value"]):
            continue
        silent = cases is None and code in in_grid and oracle.light(district, code, day) == "GREY"
        values.setdefault(unit["kind"], {})[code] = _value(form, silent=silent)
    return {kind: _places(own, higher_is_better) for kind, own in values.items()}


def _value(form: Mapping[str, object], *, silent: bool) -> tuple[str, Fraction]:
    cases = form.get("denominator")
    if cases is None:
        return ("NOTHING" if silent else "RANKED"), Fraction(str(form["value"]))
    if not cases:
        return "NOTHING", Fraction(0)
    value = Fraction(str(form["numerator"])) / Fraction(str(cases))
    return ("RANKED" if int(str(cases)) >= ENOUGH else "FEW"), value


def _places(own: Mapping[str, tuple[str, Fraction]], higher: bool) -> dict[str, Place]:
    ranked = [value for basis, value in own.values() if basis == "RANKED"]
    places = {}
    for code, (basis, value) in own.items():
        if basis != "RANKED":
            places[code] = Place(basis)
            continue
        better = sum(each > value if higher else each < value for each in ranked)
        places[code] = Place(basis, better + 1, ranked.count(value) > 1)
    return places
