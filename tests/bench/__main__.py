"""Fill a pilot district and a city, serve both, and print what each screen costs.

`python -m tests.bench` measures both; `python -m tests.bench --pilot` only the pilot, which takes a
minute.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import col

from dashboard import clock
from dashboard.documents.briefing import making
from dashboard.i18n import use_language
from dashboard.navigation import PAGES
from data import demonstration, matters
from data.access import first_accounts, sign_in
from data.access.permission import Action
from data.facts.rebuilding import rebuild
from data.figures import breakdown, units
from data.figures import reading as figures
from data.figures.catalogue import catalogue
from data.intake.taking import take
from data.intake.undo import undo
from data.ledgers.rows import ids
from data.meetings import freezes
from data.nodes import DISTRICT, parse
from data.own_ledgers.reading import read_files
from data.reference.lists import shipped
from data.scope import everything
from data.store.access_log import Act
from data.store.backup import backup
from data.store.database import connect, reading, writing
from data.store.schema import migrate
from data.workbook.outgoing.writing import export
from models.days import month_ends
from models.kept import KeptFact
from models.rectification import RectificationEvent
from models.work import Meeting
from tests.bench.others import others_wait
from tests.bench.people import load
from tests.bench.process import cpu_seconds, mebibytes
from tests.bench.servers import serving
from tests.data.own_ledgers.own_files import book, known

RERUNS, RERUNS_OF_EMPTY = 100, 500
"""Processor time is counted in steps of 10 ms; a run of the empty page takes 1.5."""
PEOPLE, THINK, WITHIN = 100, 2.0, 5.0
"""The number of people, who come within 5 seconds and pause for 2 before each rerun."""
SIGN_INS = 4
"""The sign-ins that they share, fewer than one account may have at a time."""
NEW_DAYS = 20
EVENTS = 8_000
"""Rows of an import that is previewed and taken back."""
LEADER = "demo-leader"


def main() -> None:
    """Measure and print."""
    sizes = [demonstration.Size.PILOT]
    if "--pilot" not in sys.argv[1:]:
        sizes.append(demonstration.Size.CITY)
    costs: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        _say_own_ledger(Path(folder))
        for size in sizes:
            url = f"sqlite:///{Path(folder) / size.name.lower()}.sqlite"
            engine = connect(url)
            _fill(engine, size, Path(folder))
            _say_preview_and_undo(engine, size, Path(folder))
            _say_data_access(engine, size)
            _say_briefing(engine, size)
            _say_long_work(engine, size, Path(folder))
            cookies = [_cookie(engine) for _sign_in in range(SIGN_INS)]
            costs[size.name] = _screens(url, cookies, size)
    if len(sizes) > 1:
        print("\nCity against pilot, CPU of a rerun")
        for page, cost in costs["PILOT"].items():
            print(f"  {page:18}{costs['CITY'][page] / cost:6.2f} ×")


def _say_own_ledger(folder: Path) -> None:
    """Print how long it takes to read an own ledger of 5,000 rows."""
    header = ["序号", "审计项目", "责任单位", "问题描述", "涉及金额(万元)", "整改时限", "整改状态"]
    rows = [
        [
            at,
            f"项目{at // 50}",
            f"第{at % 300}单位",
            f"问题{at}",
            "12.5万元",
            "2026年底前",
            "正在整改",
        ]
        for at in range(1, 5001)
    ]
    file = book(folder / "整改台账.xlsx", [["整改台账（截至2026年10月31日）"], header, *rows])
    what = known(**{f"U{at}": f"第{at}单位" for at in range(300)})
    with _timed() as seconds:
        [stated] = read_files([file], what)
    assert len(stated.rows) == len(rows)
    print(f"An own ledger of {len(rows)} rows: read within {seconds():.1f} s")


def _fill(engine: Engine, size: demonstration.Size, folder: Path) -> None:
    """Import a workbook with the whole district into `engine`, and print how long it took."""
    today, now, file = clock.today(), clock.now(), folder / f"{size.name}.xlsx"
    # In a separate process, so that its memory is not counted.
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        apart.submit(demonstration.workbook, file, today, size).result()
    city = size is demonstration.Size.CITY
    target = engine if city else connect(f"sqlite:///{folder / 'import.sqlite'}")
    migrate(target)
    before = _cpu_with_processes()
    with _timed() as seconds, others_wait(target) as waited:
        taken = take(target, file, day=today, account=LEADER, now=now, references=shipped())
    assert not taken.faults
    spent = _cpu_with_processes() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{size.name}: taken in within {seconds():.1f} s, {spent:.1f} CPU s, {memory:.0f} MiB"
        f" at most; others waited {waited():.1f} s at most"
    )
    if not city:
        # In several imports with a freeze in between, as in the demonstration.
        migrate(engine)
        demonstration.fill(engine, today=today, now=now, references=shipped(), size=size)


def _cpu_with_processes() -> float:
    """The CPU seconds of this process and of those that it has started and ended."""
    of_all = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in of_all)


def _say_preview_and_undo(engine: Engine, size: demonstration.Size, folder: Path) -> None:
    """Print how long the preview of an import of many events takes, and its withdrawal."""
    today, now = clock.today(), clock.now()
    open_today = select(col(KeptFact.key)).where(
        col(KeptFact.measure).in_(["unrectified", "due_soon"]), figures.alive(today)
    )
    with reading(engine) as connection:
        codes = sorted(set(connection.scalars(open_today)))
    events = [
        {"finding": codes[at % len(codes)], "on_date": today, "number": 100 + at // len(codes)}
        | {"action": "PROGRESS", "note": f"推进{at}"}
        for at in range(EVENTS)
    ]
    names = ids(RectificationEvent)
    rows = [tuple(each.get(name) for name in names) for each in events]
    file = folder / f"{size.name}-events.xlsx"
    export(file, [(RectificationEvent, rows)])
    how: dict[str, Any] = {"day": today, "account": LEADER, "now": now, "references": shipped()}
    with _timed() as trial:
        tried = take(engine, file, dry_run=True, **how)
    with _timed() as taking:
        taken = take(engine, file, **how)
    assert not tried.faults and taken.number is not None, (tried.faults or taken.faults)[:3]
    with _timed() as undoing:
        undo(engine, taken.number, reason="timed", **how)
    print(
        f"{size.name}: {EVENTS} events: preview within {trial():.1f} s, taken in within "
        f"{taking():.1f} s, taken back within {undoing():.1f} s"
    )


def _cookie(engine: Engine) -> str:
    """The session cookie of a leader."""
    now = clock.now()
    with writing(engine) as connection:
        first_accounts.demonstration(connection, now)
        ticket = sign_in.enter(connection, Act(LEADER, now))
        token = sign_in.redeem(connection, ticket or "", now, None)
    return f"gridlight={token}"


def _say_data_access(engine: Engine, size: demonstration.Size) -> None:
    """Print the database time of the overview for days not cached."""
    figure_list = catalogue(shipped())
    spent = []
    for back in range(NEW_DAYS):
        scope = everything(parse(DISTRICT), clock.today() - timedelta(3 * back))
        with reading(engine) as connection, _timed() as seconds:
            figures.read(connection, scope, figure_list)
            figures.read(connection, scope.on(scope.as_of - timedelta(30)), figure_list)
            rates = [figure_list["due_rect_rate"]]
            breakdown.by_day(connection, scope, month_ends(scope.as_of, 24), rates)
            covered = [figure_list["grid_coverage"]]
            breakdown.by_group(connection, scope, "subdistrict", covered)
            matters.matters(connection, scope)
            units.lights(connection, scope)
        spent.append(1000 * seconds())
    print(
        f"{size.name}: overview of a day nobody asked for: {statistics.median(spent):.0f} ms of "
        f"database time, {max(spent):.0f} ms at most"
    )


def _say_briefing(engine: Engine, size: demonstration.Size) -> None:
    """Print how long a briefing takes, from reading the data to the checked file."""
    scope = everything(parse(DISTRICT), clock.today())
    asked = making.Asked(scope, scope.on(scope.as_of - timedelta(30)), clock.today())
    spent = []
    with use_language("zh_CN"):
        for what, form in (("first ", making.Form.WORD), *(("", form) for form in making.Form)):
            before = time.process_time()
            with _timed() as seconds:
                file = making.make(making.with_freezes(engine), asked, form)
            cpu = time.process_time() - before
            size_of_file = f"{len(file) / 1024:.0f} KiB"
            spent.append(f"{what}{form} {seconds():.1f} s, {cpu:.1f} CPU s ({size_of_file})")
    print(f"{size.name}: briefing made and compared: {', '.join(spent)}")


def _say_long_work(engine: Engine, size: demonstration.Size, folder: Path) -> None:
    """How long a freeze, a rebuild and a backup take, in CPU seconds of this process as well."""
    today, act = clock.today(), Act(LEADER, clock.now())
    with reading(engine) as connection:
        held = select(col(Meeting.code)).where(col(Meeting.on_date) <= today)
        meeting = connection.scalars(held.order_by(col(Meeting.on_date).desc())).first()
    assert meeting is not None, "the demonstration has meetings"
    works: dict[str, Callable[[], object]] = {
        "frozen": lambda: freezes.freeze(engine, meeting, today, act, today),
        "derived again": lambda: rebuild(engine),
        "backed up": lambda: backup(engine, folder / f"{size.name}-copy.sqlite", act),
    }
    for what, work in works.items():
        before = time.process_time()
        with _timed() as seconds:
            work()
        spent = time.process_time() - before
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size.name}: {what} within {seconds():.1f} s, {spent:.1f} CPU s,"
            f" {memory:.0f} MiB at most so far"
        )


def _screens(url: str, cookies: Sequence[str], size: demonstration.Size) -> dict[str, float]:
    """CPU milliseconds of a rerun by screen; prints them as multiples of an empty page, too."""
    pages = [page.name for page in PAGES if Action.SEE in page.needs]
    with serving(url, empty=True) as (port, pid):
        floor = _cpu_ms(port, pid, cookies, "", RERUNS_OF_EMPTY)
    print(f"{size.name}: empty page {floor:.2f} CPU ms a run")
    costs = {}
    with serving(url) as (port, pid):
        base = mebibytes(pid)
        for page in pages:
            asked = f"{page}?node=unit:{_first_unit(url)}" if page == "unit" else page
            costs[page] = _cpu_ms(port, pid, cookies, asked)
            print(f"  {page:18}{costs[page]:7.1f} ms {costs[page] / floor:6.2f} ×", flush=True)
        runs = load(
            port, cookies, ["overview"], people=PEOPLE, reruns=10, think=THINK, within=WITHIN
        )
        done = sorted(run.done_ms for run in runs if not run.opening)
        print(
            f"{size.name}: {PEOPLE} people, pause {THINK:.0f} s: half within "
            f"{done[len(done) // 2]:.0f} ms, 95 % within {done[int(0.95 * len(done))]:.0f} ms; "
            f"memory {base:.0f} → {mebibytes(pid):.0f} MiB"
        )
    return costs


def _cpu_ms(port: int, pid: int, cookies: Sequence[str], path: str, reruns: int = RERUNS) -> float:
    load(port, cookies, [path], people=1, reruns=5)
    before = cpu_seconds(pid)
    load(port, cookies, [path], people=1, reruns=reruns)
    return 1000 * (cpu_seconds(pid) - before) / (reruns + 1)


def _first_unit(url: str) -> str:
    with reading(connect(url)) as connection:
        known = units.units(connection, everything(parse(DISTRICT), clock.today()))
    return min(unit.code for unit in known)


@contextmanager
def _timed() -> Iterator[Callable[[], float]]:
    started, spent = time.perf_counter(), []
    yield lambda: spent[0] if spent else time.perf_counter() - started
    spent.append(time.perf_counter() - started)


if __name__ == "__main__":
    main()
