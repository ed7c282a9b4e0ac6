"""Compare the product with the oracle on random workbooks: figures, and what stands beside them.

`python -m tests.oracle.against --help` lists the options.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from data.figures.catalogue import Better, catalogue
from data.figures.ranking import ranking
from data.figures.reading import read
from data.figures.units import units
from data.nodes import group_nodes, parse
from data.reference.lists import shipped
from data.scope import everything
from tests import oracle
from tests.data import districts
from tests.data.districts import MORE_SUBJECTS, SUBJECTS, UNITS, Draw, Rows
from tests.data.figures.taken_in import taken_in
from tests.databases import Databases, Postgres, sqlite_database
from tests.oracle.beside_figures import (
    compare_trust,
    compared_holding,
    compared_in_charge,
    compared_targets,
)
from tests.oracle.forecasts_compared import compared_forecasts, compared_learning
from tests.oracle.ranking import ranking as oracle_ranking

CATALOGUE = catalogue(shipped())
RANKED_BY = ("due_rect_rate", "content_coverage", "report_timeliness", "overdue", "reports_late")
Difference = tuple[str, object, object]


class Seeded(Draw):
    """The draws of the property tests, from a seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.start = self._chance.choice(districts.STARTS)

    def of(self, *choices: Any) -> Any:
        return self._chance.choice(choices)

    def whole(self, low: int, high: int) -> int:
        # More units than in the property tests, since a ranking needs five cases.
        return self._chance.randint(low, high if high < 3 else 3 * high)


def drawn(seed: int) -> Rows:
    """A workbook with every subject, the same for each call with `seed`."""
    draw = Seeded(seed)
    rows = districts.units(draw)
    for subject in (*SUBJECTS.values(), *MORE_SUBJECTS.values()):
        for ledger, found in subject(draw).items():
            rows[ledger] = [*rows.get(ledger, []), *found]
    return districts.once(districts.filled(rows))


def compare(
    seed: int, days: int, databases: Databases = sqlite_database
) -> tuple[Counter[str], list[Difference]]:
    """The number of comparisons by kind for the workbook of `seed`, and the differences."""
    rows = drawn(seed)
    district, chance = districts.district_of(rows), random.Random(seed)
    counted: Counter[str] = Counter()
    differences: list[Difference] = []
    turns = districts.days_of(rows)
    for kind, where, found, wanted in compared_learning(random.Random(seed)):
        counted[kind] += 1
        if found != wanted:
            differences.append((f"seed {seed}, {kind}, {where}", found, wanted))
    with taken_in(rows, databases) as connection:
        nodes = ["district", *group_nodes(connection), *(f"unit:{each}" for each in UNITS)]
        for _ in range(days):
            leap = timedelta(chance.choice((-1, 0, 0, 1, 16, 31, 91, 366, 730)))
            day = districts.on_the_scale(chance.choice(turns) + leap)
            compared = _compared(connection, district, day, nodes, seed)
            for kind, where, found, wanted in compared:
                counted[kind] += 1
                if found != wanted:
                    differences.append((f"seed {seed}, {day}, {kind}, {where}", found, wanted))
    return counted, differences


Compared = Iterator[tuple[str, str, object, object]]


def _compared(
    connection: Connection, district: oracle.District, day: date, nodes: list[str], seed: int
) -> Compared:
    for node in dict.fromkeys(nodes):
        yield from _figures(connection, district, day, node)
    yield from _lights(connection, district, day)
    for figure in RANKED_BY:
        yield from _ranking(connection, district, day, figure)
    yield from compared_forecasts(connection, district, day, nodes)
    yield from compared_in_charge(connection, district, day, nodes)
    for after in (0, 365, 729):
        judged = districts.on_the_scale(day + timedelta(after))
        yield from compared_holding(connection, district, judged, nodes)
    yield from compared_targets(connection, district, day, seed)


def _figures(connection: Connection, district: oracle.District, day: date, node: str) -> Compared:
    found = read(connection, everything(parse(node), day), CATALOGUE)
    wanted = oracle.figures(district, day, node)
    for key in found.keys() | wanted.keys():
        reading = found.get(key)
        yield "figures", f"{node} {key}", reading and reading.as_json(), wanted.get(key)


def _lights(connection: Connection, district: oracle.District, day: date) -> Compared:
    shown = {u.code: u.light for u in units(connection, everything(parse("district"), day))}
    for unit in district.in_grid(district.units_at("district"), day):
        code = unit["code"]
        yield "lights", code, str(shown.get(code)), oracle.light(district, code, day)


def _ranking(connection: Connection, district: oracle.District, day: date, name: str) -> Compared:
    figure = CATALOGUE[name]
    found = ranking(connection, everything(parse("district"), day), figure)
    shown = {
        unit.unit.code: (str(unit.place.basis), unit.place.rank, unit.place.tied)
        for own in found.values()
        for unit in own
    }
    higher = figure.better is Better.HIGHER
    places = oracle_ranking(district, day, name, higher_is_better=higher)
    wanted = {code: tuple(place) for own in places.values() for code, place in own.items()}
    for code in shown.keys() | wanted.keys():
        yield "rankings", f"{name} {code}", shown.get(code), wanted.get(code)


def main() -> int:
    """Compare according to the command line; returns 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="workbooks, from seed 0 on")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--days", type=int, default=3, help="days looked at in each")
    parser.add_argument("--postgres", action="store_true", help="PostgreSQL instead of SQLite")
    asked = parser.parse_args()
    server = Postgres() if asked.postgres else None
    databases = server.database if server else sqlite_database
    total: Counter[str] = Counter()
    differences: list[Difference] = []
    for seed in range(asked.first, asked.first + asked.seeds):
        for counted, found in (
            compare(seed, asked.days, databases),
            compare_trust(drawn(seed), random.Random(seed), asked.days, databases),
        ):
            total += counted
            differences += found
    if server:
        server.stop()
    for where, found_there, wanted in differences[:40]:
        print(where, "\n   product", found_there, "\n   oracle ", wanted)
    print(f"{sum(total.values())} comparisons, {len(differences)} differences: {dict(total)}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
