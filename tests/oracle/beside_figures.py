"""What stands beside the figures, compared with the oracle: who was in charge, closures that came
back, targets, how complete the ledgers are.

Each function yields the kind of comparison, where it is made, what the product says and what the
oracle says.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection, insert

from data.coverage import entries
from data.figures.catalogue import Better, Way, catalogue
from data.figures.reading import read
from data.figures.targets import points_short, target
from data.findings.holding import Part, came_back
from data.findings.lines import lines
from data.nodes import parse
from data.reference.lists import References, shipped
from data.responsibilities.in_charge import in_charge
from data.responsibilities.late_matters import by_person, late_matters
from data.scope import everything
from data.store.database import reading, writing
from models.own_snapshot import SetAsideRow
from models.rules.in_charge import LateDays
from tests import oracle
from tests.data import districts
from tests.data.contents import NOW, kept
from tests.data.districts import Rows
from tests.databases import Databases, sqlite_database
from tests.oracle import holding, targets, trust
from tests.oracle import in_charge as posts
from tests.oracle.district import District
from tests.oracle.findings import standings

CATALOGUE = catalogue(shipped())
SHARES = tuple(each for each in CATALOGUE.values() if each.way is Way.SHARE)
MOST = 2
Compared = Iterator[tuple[str, str, object, object]]
Difference = tuple[str, object, object]


def compared_in_charge(
    connection: Connection, district: District, day: date, nodes: Iterable[str]
) -> Compared:
    """Each finding, late report and missed duty, and each holder of a post."""
    yield from _findings(connection, district, day)
    for node in dict.fromkeys(nodes):
        yield from _late(connection, district, day, node)


def _findings(connection: Connection, district: District, day: date) -> Compared:
    issued = {each.finding["code"]: each for each in standings(district, day, _all(district))}
    for line in lines(connection, list(issued), day):
        finding, own = line.finding, issued[line.finding.code]
        found = in_charge(
            connection,
            everything(parse("district"), day),
            finding.unit,
            begun_on=finding.issued_on,
            due=line.standing.due,
            late_on=day if own.days_over else None,
            names_in_full=True,
        )
        shown = [
            (
                str(each.role),
                sorted(each.at_begin),
                None if each.at_due is None else sorted(each.at_due),
                sorted(each.on_day),
                _days(each.late),
            )
            for each in found
        ]
        wanted = posts.of_finding(
            district,
            own.finding["unit"],
            own.finding["issued_on"],
            own.due,
            day,
            overdue=own.days_over > 0,
        )
        yield "in charge", finding.code, shown, wanted


def _late(connection: Connection, district: District, day: date, node: str) -> Compared:
    scope, units = everything(parse(node), day), district.units_at(node)
    shown = {
        (str(m.kind), m.what, m.code, m.serial, m.unit, m.due_on, m.done_on, m.days): [
            (str(each.role), sorted(each.at_due), sorted(each.at_end), _days(each.late))
            for each in m.subjects
        ]
        for m in late_matters(connection, scope, names_in_full=True)
    }
    wanted = {
        tuple(each): posts.at_due_and_end(district, each, day)
        for each in posts.late_reports_and_duties(district, day, units)
    }
    yield "late matters", node, shown, wanted
    by_name = {
        (each.unit, str(each.role), each.name): (
            each.in_post,
            each.findings,
            each.reports,
            each.duties,
            each.days,
        )
        for each in by_person(connection, scope, names_in_full=True)
    }
    yield "late by person", node, by_name, posts.by_person(district, day, units)


def _days(late: Iterable[LateDays]) -> dict[str | None, int]:
    return {each.name: each.days for each in late}


def compared_holding(
    connection: Connection, district: District, day: date, nodes: Iterable[str]
) -> Compared:
    """Closures that lasted, by source and severity; the units and categories with most that did
    not."""
    for node in dict.fromkeys(nodes):
        units = district.units_at(node)
        found = came_back(connection, everything(parse(node), day), MOST)
        for part, shown in (("source", found.sources), ("severity", found.severities)):
            wanted = holding.by_part(district, day, units, part)
            yield "fixes held", f"{node} {part}", {e[0]: e[1:] for e in _counts(shown)}, wanted
        for part, shown in (("unit", found.units), ("category", found.categories)):
            worst = holding.worst(holding.by_part(district, day, units, part), MOST)
            yield "fixes held", f"{node} {part}", _counts(shown), worst


def _counts(parts: Sequence[Part]) -> list[tuple[str, int, int]]:
    return [(each.code, each.judged, each.held) for each in parts]


def compared_targets(connection: Connection, district: District, day: date, seed: int) -> Compared:
    """The target of each share by lists drawn from `seed`, and how far the share is from it."""
    lists = with_targets(random.Random(seed), day)
    found = read(connection, everything(parse("district"), day), CATALOGUE)
    wanted = oracle.figures(district, day, "district")
    for figure in SHARES:
        if figure.id not in wanted:
            continue
        shown = target(lists, figure.id, day)
        row = targets.in_force(lists.lists["targets"], figure.id, day)
        said = shown and (shown.from_on.isoformat(), shown.agreed_by, shown.text)
        yield (
            "targets",
            figure.id,
            said,
            row and (row["from"], row["agreed_by"], f"{row['value']}%"),
        )
        if shown and row:
            higher = figure.better is not Better.LOWER
            short = targets.short(wanted[figure.id], row["value"], higher_is_better=higher)
            yield "targets", f"{figure.id} short", points_short(found[figure.id], shown), short


def with_targets(chance: random.Random, day: date) -> References:
    """The shipped lists with up to three targets a share, that begin around `day`."""
    rows = []
    for figure in SHARES:
        leaps = chance.sample((-400, -1, 0, 1, 400), chance.randint(0, 3))
        begun = {districts.on_the_scale(day + timedelta(leap)) for leap in leaps}
        rows += [
            {
                "figure": figure.id,
                "value": chance.choice(("0", "33.33", "50", "97.5", "100")),
                "from": first.isoformat(),
                "agreed_by": f"会议{first}",
            }
            for first in begun
        ]
    return replace(shipped(), lists={**shipped().lists, "targets": tuple(rows)})


def compare_trust(
    rows: Rows, chance: random.Random, days: int, databases: Databases = sqlite_database
) -> tuple[Counter[str], list[Difference]]:
    """Enter `rows` on two days, some units on the later one; compare how complete ledgers are."""
    turns = districts.days_of(rows)
    first = turns[-1]
    later = districts.on_the_scale(first + timedelta(chance.choice((0, 1, 30, 364, 365))))
    batches = _in_two(rows, set(chance.sample(districts.UNITS, 2)))
    entered = {
        ledger: [
            {**row, "entered_on": day}
            for batch, day in zip(batches, (first, later), strict=True)
            for row in batch.get(ledger, [])
        ]
        for ledger in rows
    }
    waiting = list(_set_aside(chance, first))
    district = District({**entered, "set_aside": waiting}, shipped().lists)
    counted: Counter[str] = Counter()
    differences: list[Difference] = []
    with databases() as engine:
        for batch, day in zip(batches, (first, later), strict=True):
            kept(engine, districts.content(batch), day=day)
        with writing(engine) as connection:
            connection.execute(insert(SetAsideRow), waiting)
        with reading(engine) as connection:
            for _ in range(days):
                a_year_on = chance.choice((first, later)) + timedelta(
                    chance.choice((364, 365, 366))
                )
                day = districts.on_the_scale(chance.choice((a_year_on, chance.choice(turns))))
                for where, shown, wanted in _compared_trust(connection, district, day):
                    counted["trust"] += 1
                    if shown != wanted:
                        differences.append((f"{day}, trust, {where}", shown, wanted))
    return counted, differences


def _set_aside(chance: random.Random, day: date) -> Iterator[dict[str, object]]:
    """Rows with open questions of some ledgers, one of them settled."""
    for at, ledger in enumerate(["findings", *chance.sample(trust.OWED, 6)]):
        as_of = districts.on_the_scale(day + timedelta(chance.choice((-366, 0, 365))))
        yield {
            **{"sender": "bureau", "form": "f", "file_name": "台账.xlsx", "sheet": "台账"},
            **{"said": {}, "questions": [], "at": NOW, "account": "steward", "row": at + 5},
            "as_of": as_of,
            "ledger": ledger,
            "unit": chance.choice((*districts.UNITS, None)),
            "settled_at": None if at else NOW,
        }


def _in_two(rows: Rows, units: set[str]) -> tuple[Rows, Rows]:
    """What is entered first, and the rows of `units` entered later; no row refers to a later
    one."""
    district, early, late = District(rows, {}), Rows(), Rows()
    for ledger, found in rows.items():
        for row in found:
            waits = (
                ledger in trust.OWED
                and ledger != "projects"
                and trust.unit_of(district, ledger, row) in units
            )
            (late if waits else early).setdefault(ledger, []).append(row)
    return early, late


def _compared_trust(
    connection: Connection, district: District, day: date
) -> Iterator[tuple[str, object, object]]:
    for node in ("district", "sector:EDU", "unit:U1"):
        scope, units = everything(parse(node), day), district.units_at(node)
        sectors = {unit["sector"] for unit in district.in_grid(units, day)}
        for found in entries.of_ledgers(connection, scope, day):
            of_node = {"": found.whole, **found.by_sector}
            shown = {
                sector: (e.owing, e.ever, e.in_last_year, e.latest, e.waiting, e.trust.sign)
                for sector, e in of_node.items()
            }
            wanted = {
                sector: tuple(trust.entries(district, day, own, found.ledger, of_nobody=of_nobody))
                for sector, own, of_nobody in (
                    ("", units, node == "district"),
                    *((each, units & _of_sector(district, day, each), False) for each in sectors),
                )
            }
            yield f"{node} {found.ledger}", shown, wanted
            missing = {unit.code for unit in entries.not_entered(connection, scope, found.ledger)}
            silent = trust.silent(district, day, units, found.ledger)
            yield f"{node} {found.ledger} silent", missing, silent


def _of_sector(district: District, day: date, sector: str) -> set[str]:
    """The units of a sector that owe rows on `day`."""
    return {e["code"] for e in district.in_grid(_all(district), day) if e["sector"] == sector}


def _all(district: District) -> set[str]:
    return district.units_at("district")
