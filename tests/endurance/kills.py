"""Kill writing commands at random moments and check the database afterwards.

    python -m tests.endurance.kills --kills 200
    python -m tests.endurance.kills --kills 60 --postgres

After each kill (SIGKILL) the database must be as before the command or as after it: data, access
log and figures together; and sound when it is opened again; no file may be there that the log does
not name; and the next command must leave nothing in the temporary folder. Prints for each command
how many kills left it before and how many after; the exit code is 1 if any left another state.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, func, select, text
from sqlalchemy.pool import NullPool
from sqlmodel import col

from dashboard.commands import app
from dashboard.log_guard import opened
from data import demonstration
from data.facts import digest
from data.facts.derivation import compare
from data.intake import taking
from data.meetings import freeze_proof
from data.reference.lists import current, shipped
from data.store import access_log, beside
from data.store.database import reading
from data.store.schema import MIGRATIONS, migrate
from models.account import AccessEntry
from models.freeze import Freeze
from models.kept import Import
from models.work import Meeting
from tests.databases import Postgres
from tests.demonstration_day import TAKEN_IN, TODAY

FILES = {"backup": "backup.out", "export": "export.xlsx", "briefing": "briefing.docx"}
"""The commands that only write a file and an entry in the access log, with the names of the files.
"""
ACTS = ("import", "first", "freeze", "undo", "restore", "upgrade", *FILES)
"""`first` is an import that is prepared beside the database, as that of a whole city is."""
ON_POSTGRES = ("import", "freeze", "undo", "restore", *FILES)
"""An upgrade is one transaction there as well, but older tables are made by SQLite's triggers; a
first import is prepared beside SQLite alone."""
OLDER = "0012"
"""The revision to upgrade from, which has no keys of the access log."""
LONGER = 1.3
"""Kills happen within this many times the undisturbed duration, so that some come after the end."""
TEMPORARY = "KILLED_TEMPORARY"
"""The variable with the folder in which commands that are killed make temporary files."""
State = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A command on a database, the states before and after it, and its duration in seconds."""

    act: str
    words: tuple[str, ...]
    base: str
    before: State
    after: State
    seconds: float
    file: Path | None = None
    """The file that the command writes."""


def main() -> int:
    """Kill, check, count."""
    asked = argparse.ArgumentParser(prog="python -m tests.endurance.kills")
    asked.add_argument("--kills", type=int, default=200, help="of all acts together")
    asked.add_argument("--acts", default=None, help="separated by commas")
    asked.add_argument("--postgres", action="store_true", help="a server of its own")
    asked.add_argument("--seed", type=int, default=None)
    options = asked.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    moments = random.Random(seed)
    acts = (options.acts or ",".join(ON_POSTGRES if options.postgres else ACTS)).split(",")
    print(f"seed {seed}", flush=True)
    faults = []
    with (
        tempfile.TemporaryDirectory(prefix="gridlight-kills-") as name,
        _on_postgres() if options.postgres else nullcontext(OnSqlite(Path(name))) as place,
    ):
        os.environ |= {"GRIDLIGHT_HOME": name, "GRIDLIGHT_LANGUAGE": "en", TEMPORARY: f"{name}/tmp"}
        Path(os.environ[TEMPORARY]).mkdir()
        made = _Databases(Path(name), place)
        for act in acts:
            case = made.case(act)
            left: Counter[str] = Counter()
            for number in range(options.kills // len(acts)):
                what = _killed(case, place, moments)
                left[what] += 1
                if what not in ("before", "after", "between, then after"):
                    faults.append(f"{act} {number}: {what}")
            counts = ", ".join(f"{count} {what}" for what, count in sorted(left.items()))
            print(f"{act} ({case.seconds:.1f} s): {counts}", flush=True)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


class OnSqlite:
    """Databases by name, each a SQLite file in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def address(self, name: str) -> str:
        """Where the database is."""
        return f"sqlite:///{self._file(name)}"

    def make(self, name: str) -> None:
        """An empty one, without tables."""
        shutil.rmtree(self._file(name).parent, ignore_errors=True)
        self._file(name).parent.mkdir()

    def copy(self, base: str, name: str) -> None:
        """The database `name` as a copy of `base`, in place of what had this name."""
        # Merge the write-ahead log into the file.
        with closing(sqlite3.connect(self._file(base))) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.make(name)
        shutil.copy(self._file(base), self._file(name))

    def require_undamaged(self, name: str) -> None:
        """Raise `AssertionError` where the file is damaged, or others stay beside it."""
        beside.remove_abandoned(self._file(name))
        stay = [each.name for each in self._file(name).parent.iterdir() if each.is_dir()]
        assert not stay, f"beside the database: {stay}"
        with closing(sqlite3.connect(self._file(name))) as raw:
            assert raw.execute("PRAGMA quick_check(1)").fetchone() == ("ok",), "damaged"

    def _file(self, name: str) -> Path:
        return self.folder / name / "gridlight.sqlite"


class OnPostgres:
    """Databases by name on a server of PostgreSQL."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def address(self, name: str) -> str:
        """Where the database is."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    def make(self, name: str, base: str = "template0") -> None:
        """An empty one, without tables, or a copy of `base`."""
        self._say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{base}"')

    def copy(self, base: str, name: str) -> None:
        """The database `name` as a copy of `base`, in place of what had this name."""
        self.make(name, base)

    def require_undamaged(self, name: str) -> None:
        """Wait until the server has noticed that nobody is there any more."""
        asked = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
        for _attempt in range(600):
            with self._engine.connect() as connection:
                if not connection.scalar(asked, {"name": name}):
                    return
            time.sleep(0.1)
        raise AssertionError("the server goes on with what was killed")

    def _say(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def _on_postgres() -> Iterator[OnPostgres]:
    server = Postgres()
    try:
        with server.bare_database() as engine:
            yield OnPostgres(engine.url.set(database="postgres"))
    finally:
        server.stop()


Place = OnSqlite | OnPostgres


class _Databases:
    """The databases with which commands start, each made once."""

    def __init__(self, folder: Path, place: Place) -> None:
        self.folder, self.place = folder, place
        place.make("full")
        engine = opened(place.address("full"))
        migrate(engine)
        demonstration.fill(
            engine,
            today=TODAY,
            now=TAKEN_IN,
            references=shipped(),
            size=demonstration.Size.PILOT,
        )
        with reading(engine) as connection:
            self.meeting = connection.scalar(select(func.max(col(Meeting.code))))
        engine.dispose()
        self.book, self.backup = folder / "all.xlsx", folder / "backup"
        assert _run(place.address("full"), ("export", str(self.book))) == 0
        packed = ("--packed",) if isinstance(place, OnPostgres) else ()
        assert _run(place.address("full"), ("backup", str(self.backup), *packed)) == 0

    def case(self, act: str) -> Case:
        """The command of an act, with its states and its undisturbed duration."""
        words, base = self._of(act)
        _copied(self.place, base, "trial")
        before = _state(self.place, "trial")
        begun = time.monotonic()
        assert _run(self.place.address("trial"), words, act) == 0, act
        seconds = time.monotonic() - begun
        file = self.folder / FILES[act] if act in FILES else None
        return Case(act, words, base, before, _state(self.place, "trial"), seconds, file)

    def _of(self, act: str) -> tuple[tuple[str, ...], str]:
        match act:
            case "import" | "first":
                return ("import", str(self.book), "--day", f"{TODAY}"), self._empty()
            case "freeze":
                return ("freeze", str(self.meeting), "--as-of", f"{TODAY}"), "full"
            case "undo":
                return ("undo", "1", "--reason", "a trial"), self._imported()
            case "restore":
                return ("restore", str(self.backup), "--force"), self._imported()
            case "upgrade":
                return ("upgrade",), self._older()
            case "backup" | "export" | "briefing":
                return (act, str(self.folder / FILES[act])), "full"
        raise ValueError(act)

    def _empty(self) -> str:
        self.place.make("empty")
        engine = opened(self.place.address("empty"))
        migrate(engine)
        engine.dispose()
        return "empty"

    def _imported(self) -> str:
        """A database with a single import, whose withdrawal leaves nothing."""
        _copied(self.place, self._empty(), "imported")
        words = ("import", str(self.book), "--day", f"{TODAY}")
        assert _run(self.place.address("imported"), words) == 0
        return "imported"

    def _older(self) -> str:
        """The full database as an earlier version left it: older tables, facts of other rules."""
        from alembic import command
        from alembic.config import Config

        _copied(self.place, "full", "older")
        engine = create_engine(self.place.address("older"))
        with engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.downgrade(config, OLDER)
            connection.execute(text("UPDATE settings SET value = '' WHERE name = 'facts_mark'"))
            connection.execute(text("DELETE FROM facts WHERE measure = 'unrectified'"))
            # Entries of that version were not signed; freezes go with the entries that record them.
            for table in ("access_entries", "frozen_figures", "freezes"):
                for trigger in ("not_changed", "not_deleted"):
                    connection.execute(text(f"DROP TRIGGER {table}_{trigger}"))
                connection.execute(text(f"DELETE FROM {table}"))
        engine.dispose()
        return "older"


def _killed(case: Case, place: Place, moments: random.Random) -> str:
    """Run the command, kill it at a random moment, and return which state it left."""
    _copied(place, case.base, "killed")
    if case.file:
        case.file.unlink(missing_ok=True)
    wait = moments.uniform(0, case.seconds * LONGER)
    child = os.fork()
    if not child:
        os._exit(_called(place.address("killed"), case.words, case.act))
    time.sleep(wait)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    try:
        state = _state(place, "killed")
    except AssertionError as error:
        return str(error)
    _run(place.address("killed"), ("config",))
    if left := [each.name for each in Path(os.environ[TEMPORARY]).iterdir()]:
        return f"left in the temporary folder: {left}"
    if case.file and case.file.exists() and state != case.after:
        return f"{case.file.name} is there and not in the log"
    if state == case.after:
        return "after"
    if state == case.before:
        return "before"
    # An upgrade goes by steps: the tables, then the facts. Between them figures are as before, and
    # another call goes on.
    if case.words == ("upgrade",) and state[1:] == case.before[1:] and not state[1]:
        _run(place.address("killed"), case.words)
        after = _state(place, "killed") == case.after
        return "between, then after" if after else "not taken up again"
    return f"in between: {state}, not {case.before}"


def _state(place: Place, name: str) -> State:
    """The state of the database after opening it as the next start does; it must be sound."""
    place.require_undamaged(name)
    engine = opened(place.address(name))
    try:
        with reading(engine) as connection:
            version = connection.scalar(text("SELECT version_num FROM alembic_version"))
            mark = connection.scalar(
                text("SELECT count(*) FROM settings WHERE name = 'facts_mark' AND value != ''")
            )
            facts = connection.scalar(text("SELECT count(*) FROM facts"))
        migrate(engine)
        with reading(engine) as connection:
            if mark:
                assert not compare(connection, current(connection)).differs, "facts out of step"
            assert access_log.verify(connection).why is None, "the log is broken"
            assert not freeze_proof.verify(connection).astray, "a freeze is astray"
            return (version, mark, facts, *_counted(connection))
    finally:
        engine.dispose()


def _counted(connection: Connection) -> State:
    entries = (
        select(col(AccessEntry.what), func.count())
        .group_by(col(AccessEntry.what))
        .order_by(col(AccessEntry.what))
    )
    return (
        digest.sha256(connection),
        connection.scalar(select(func.count()).select_from(Import)),
        connection.scalar(select(func.count()).select_from(Freeze)),
        tuple(map(tuple, connection.execute(entries))),
    )


def _run(address: str, words: tuple[str, ...], act: str = "") -> int:
    """The exit code of a command in a process of its own."""
    child = os.fork()
    if not child:
        os._exit(_called(address, words, act))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _called(address: str, words: tuple[str, ...], act: str) -> int:
    if act == "first":
        taking.AHEAD_UP_TO = 0
    os.environ["GRIDLIGHT_DATABASE_URL"] = address
    tempfile.tempdir = os.environ["TMPDIR"] = os.environ[TEMPORARY]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        app(list(words), standalone_mode=False)
    except SystemExit as error:
        return int(error.code or 0)
    return 0


def _copied(place: Place, base: str, name: str) -> None:
    place.copy(base, name)
    # Delete what was stored about the database that was in this place before.
    (Path(os.environ["GRIDLIGHT_HOME"]) / "access-log.ends").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
