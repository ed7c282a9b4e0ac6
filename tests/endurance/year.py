"""Live through a year: monthly cycles, two processes, an upgrade on the way, a restore drill.

    python -m tests.endurance.year --older TREE

Every month one workbook is imported and a backup is made, figures are frozen where a committee has
met, and two processes must show the new figures at once. In the sixth month the older program, of
the sources in TREE, is replaced by this one. In the ninth a process is killed during an import and
a backup is restored into another database. Prints one line for each step; exits with 1 at the first
that is not as it should be. Without `--older` this program serves the whole year.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

from data.demonstration.known import known_on, news
from data.demonstration.size import Size
from data.demonstration.telling import whole_history
from data.ledgers.rows import ids, picker
from data.reference.lists import shipped
from data.workbook.outgoing.writing import export
from models.days import month_ends
from models.work import Meeting, MeetingKind
from tests.bench.servers import free_port

ROOT = Path(__file__).parents[2]
LAST_DAY, SEED = date(2026, 10, 31), 1246
MONTHS, UPGRADE_IN, DRILL_IN = 12, 6, 9
NODES = ("district", "sector:EDU", "kind:SOE", "batch:1")
STARTS_WITHIN = 180
"""Seconds to wait for a process on a busy machine."""


class Astray(Exception):
    """A step did not end as it should."""


class Program:
    """A version of the program: a tree of sources, run with this interpreter."""

    def __init__(self, tree: Path, folder: Path) -> None:
        self.tree = tree
        self.environment = {
            **os.environ,
            "GRIDLIGHT_HOME": str(folder),
            "GRIDLIGHT_LANGUAGE": "en",
            "GRIDLIGHT_HOSTS": "127.0.0.1",
            "PYTHONPATH": str(tree),
        }

    def call(self, database: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, whatever its exit code."""
        return subprocess.run(
            self.command(database, words),
            cwd=self.tree,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def done(self, database: Path, *words: str) -> str:
        """The output of a command that must succeed."""
        ended = self.call(database, *words)
        if ended.returncode:
            raise Astray(f"{' '.join(words)}: {ended.returncode}\n{ended.stdout}{ended.stderr}")
        return ended.stdout

    def command(self, database: Path, words: Sequence[str]) -> list[str]:
        """The words with which the operating system starts a command."""
        program = [sys.executable, "-m", "dashboard.commands", *words]
        return [*program, "--database", f"sqlite:///{database}"]

    def figures(self, database: Path, day: date) -> dict[str, Any]:
        """The figures of a day at some nodes."""
        return {
            node: json.loads(
                self.done(database, "figures", "--as-of", f"{day}", "--node", node, "--json")
            )["figures"]
            for node in NODES
        }


@contextmanager
def serving(program: Program, database: Path, log: Path) -> Iterator[tuple[str, str]]:
    """Two processes over one database, as their addresses; both must end when asked."""
    ports = free_port(), free_port()
    with log.open("ab") as written:
        processes = [
            subprocess.Popen(
                program.command(database, ("run", "--port", f"{port}")),
                cwd=program.tree,
                env=program.environment,
                stdout=written,
                stderr=written,
            )
            for port in ports
        ]
        addresses = f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}"
        try:
            for address in addresses:
                _wait_until_ready(address)
            yield addresses
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(60)


def _wait_until_ready(address: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if answer(f"{address}/readyz") == 200:
            return
        time.sleep(0.3)
    raise Astray(f"{address} is not ready")


def answer(url: str) -> int:
    """The status of an answer; 0 if there is none."""
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return int(response.status)
    except HTTPError as error:
        return error.code
    except (URLError, ConnectionError, TimeoutError):
        return 0


class Year:
    """The year: what is imported when, and the state that must be kept."""

    def __init__(self, folder: Path, older: Path | None) -> None:
        self.folder = folder
        self.database = folder / "gridlight.sqlite"
        self.newer = Program(ROOT, folder)
        self.program = Program(older, folder) if older else self.newer
        self.days = month_ends(LAST_DAY, MONTHS)
        self.sheets = whole_history(LAST_DAY, Size.PILOT, SEED, shipped()).sheets
        pick = picker(ids(Meeting), ("on_date", "code", "kind"))
        self.meetings = sorted(
            (day, code)
            for day, code, kind in map(pick, self.sheets[Meeting])
            if kind == MeetingKind.COMMITTEE
        )
        self.kept: dict[date, dict[str, Any]] = {}
        self.ends: list[str] = []

    def live(self) -> None:
        """All twelve months."""
        log = self.folder / "served.log"
        self._import(self._book(self.days[0], None), self.days[0])
        for month in range(1, MONTHS + 1):
            if month == UPGRADE_IN and self.program is not self.newer:
                self._upgrade()
            with serving(self.program, self.database, log) as addresses:
                self._month(month, addresses)
            if month == DRILL_IN:
                self._drill(month)
        self._close()

    def _month(self, month: int, addresses: tuple[str, str]) -> None:
        before, day = self.days[month - 1], self.days[month]
        book = self._book(day, before)
        if month == DRILL_IN:
            self._killed(book, day)
        self._import(book, day)
        for address in addresses:
            for path in ("healthz", "readyz"):
                if answer(f"{address}/{path}") != 200:
                    raise Astray(f"{path} of {address}")
        held = [code for on, code in self.meetings if before < on <= day]
        for code in held:
            self.program.done(self.database, "freeze", code, "--as-of", f"{day}")
        briefing = self.folder / f"briefing-{month}.docx"
        self.program.done(self.database, "briefing", str(briefing), "--as-of", f"{day}")
        backup = self.folder / f"backup-{month}.sqlite"
        self.program.done(self.database, "backup", str(backup))
        self._check(backup)
        self.kept[day] = self.program.figures(self.database, day)
        overdue = self.kept[day]["district"]["overdue"]["text"]
        say(f"{day}: imported, {len(held)} frozen, briefing, backup, checked; overdue {overdue}")

    def _book(self, day: date, before: date | None) -> Path:
        """The workbook of a month: what is new or changed since the month before."""
        known = known_on(self.sheets, day)
        sheets = news(known, known_on(self.sheets, before)) if before else known
        file = self.folder / f"{day}.xlsx"
        export(file, sheets.items())
        return file

    def _import(self, book: Path, day: date) -> None:
        self.program.done(self.database, "import", str(book), "--day", f"{day}")

    def _killed(self, book: Path, day: date) -> None:
        """An import that is killed while it writes must leave everything as it was."""
        was = self.program.figures(self.database, day)
        process = subprocess.Popen(
            self.program.command(self.database, ("import", str(book), "--day", f"{day}")),
            cwd=self.program.tree,
            env=self.program.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        journal = self.database.with_name(f"{self.database.name}-wal")
        size = journal.stat().st_size if journal.exists() else 0
        while process.poll() is None:
            if journal.exists() and journal.stat().st_size > size + 100_000:
                break
            time.sleep(0.01)
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        if process.wait() == 0:
            raise Astray("the import ended before it could be killed")
        if self.program.figures(self.database, day) != was:
            raise Astray("a killed import left something")
        say(f"{day}: import killed while it wrote; figures as before")

    def _upgrade(self) -> None:
        """Replace the older program: back up, upgrade, and every figure is what it was."""
        day = max(self.kept)
        older, way_back = self.program, self.folder / "before-upgrade.sqlite"
        older.done(self.database, "backup", str(way_back))
        refused = self.newer.call(self.database, "run", "--port", "0")
        if not refused.returncode or "older version" not in refused.stderr:
            raise Astray("the newer program served an older database unasked")
        self.newer.done(self.database, "upgrade")
        refused = older.call(self.database, "figures")
        if not refused.returncode:
            raise Astray("the older program read a later database")
        self.program = self.newer
        self._check(way_back)
        self._same(self.database, "upgraded")
        other = self.folder / "way-back.sqlite"
        older.done(other, "restore", str(way_back))
        if older.figures(other, day) != self.kept[day]:
            raise Astray("the way back led elsewhere")
        say(f"{day}: upgraded; each program refused what is not its own; the way back was tried")

    def _same(self, database: Path, what: str) -> None:
        """Every month's figures that the older program gave are given again."""
        for day, figures in self.kept.items():
            now = self.program.figures(database, day)
            for node, of_node in figures.items():
                for figure, told in of_node.items():
                    if now[node].get(figure, {}).get("value") != told.get("value"):
                        differs = f"{told}, now {now[node].get(figure)}"
                        raise Astray(f"{what}: {figure} at {node} on {day}: {differs}")

    def _check(self, end: Path) -> None:
        """The database is sound, and its log still holds the end that a backup holds."""
        said = self.program.call(self.database, "check", "--against", str(end))
        faults = [line for line in said.stdout.splitlines() if line.startswith("FAILED")]
        # The demonstration is served to this machine alone, without HTTPS and proxies.
        faults = [line for line in faults if "HTTPS" not in line and "prox" not in line.lower()]
        if faults:
            raise Astray("\n".join(faults))

    def _drill(self, month: int) -> None:
        """Restore the latest backup into an empty database; it must show the same figures."""
        drill = self.folder / "drill.sqlite"
        self.program.done(drill, "restore", str(self.folder / f"backup-{month}.sqlite"))
        self._same(drill, "restored")
        say(
            f"{self.days[month]}: a backup was restored elsewhere; the figures of"
            f" {len(self.kept)} months are equal"
        )

    def _close(self) -> None:
        """At the end every month is still what it was, and nothing differs when derived again."""
        self._same(self.database, "at the end of the year")
        again = self.program.done(self.database, "rebuild")
        if "nothing differed" not in again:
            raise Astray(again)
        self.program.done(self.database, "log", "export", str(self.folder / "log.csv"))
        entries = (self.folder / "log.csv").read_text(encoding="utf-8-sig").count("\n") - 1
        say(
            f"the year is over: {len(self.kept)} months as they were,"
            f" {entries} log entries exported"
        )


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


def revisions(tree: Path) -> set[str]:
    """The names of the migrations in the sources of `tree`."""
    return {each.name for each in (tree / "data/store/migrations/versions").glob("0*.py")}


def main() -> int:
    """Live through the year in a folder of its own."""
    asked = argparse.ArgumentParser(prog="python -m tests.endurance.year")
    asked.add_argument("--older", type=Path, help="the sources of an earlier version")
    options = asked.parse_args()
    if options.older and revisions(options.older) == revisions(ROOT):
        asked.error("the older program has the schema of this one, so nothing would be upgraded")
    with tempfile.TemporaryDirectory(prefix="gridlight-year-") as folder:
        try:
            Year(Path(folder), options.older.resolve() if options.older else None).live()
        except Astray as error:
            print(error)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
