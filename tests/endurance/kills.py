"""Kill writing commands at random moments and check the database afterwards.

    python -m tests.endurance.kills --kills 200

After each kill (SIGKILL) the database must be as before the command or as after it: data, access
log and figures together; and sound when it is opened again. Prints for each command how many kills
left it before and how many after; the exit code is 1 if any left another state.
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
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine, func, select, text
from sqlmodel import col

from dashboard.commands import app
from dashboard.log_guard import opened
from data import demonstration
from data.facts import digest
from data.facts.derivation import compare
from data.meetings import freeze_proof
from data.reference.lists import current, shipped
from data.store import access_log
from data.store.database import reading
from data.store.schema import MIGRATIONS, migrate
from models.account import AccessEntry
from models.freeze import Freeze
from models.kept import Import
from models.work import Meeting
from tests.demonstration_day import TAKEN_IN, TODAY

ACTS = ("import", "freeze", "undo", "restore", "upgrade")
OLDER = "0012"
"""The revision to upgrade from, which has no keys of the access log."""
LONGER = 1.3
"""Kills happen within this many times the undisturbed duration, so that some come after the end."""
State = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A command on a database, the states before and after it, and its duration in seconds."""

    words: tuple[str, ...]
    base: Path
    before: State
    after: State
    seconds: float


def main() -> int:
    """Kill, check, count."""
    asked = argparse.ArgumentParser(prog="python -m tests.endurance.kills")
    asked.add_argument("--kills", type=int, default=200, help="of all acts together")
    asked.add_argument("--acts", default=",".join(ACTS), help="separated by commas")
    asked.add_argument("--seed", type=int, default=None)
    options = asked.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    moments, acts = random.Random(seed), options.acts.split(",")
    print(f"seed {seed}", flush=True)
    faults = []
    with tempfile.TemporaryDirectory(prefix="gridlight-kills-") as name:
        folder = Path(name)
        os.environ |= {"GRIDLIGHT_HOME": name, "GRIDLIGHT_LANGUAGE": "en"}
        made = _Databases(folder)
        for act in acts:
            case = made.case(act)
            left: Counter[str] = Counter()
            for number in range(options.kills // len(acts)):
                what = _killed(case, folder / "killed", moments)
                left[what] += 1
                if what not in ("before", "after", "between, then after"):
                    faults.append(f"{act} {number}: {what}")
            counts = ", ".join(f"{count} {what}" for what, count in sorted(left.items()))
            print(f"{act} ({case.seconds:.1f} s): {counts}", flush=True)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


class _Databases:
    """The databases with which commands start, each made once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.full = folder / "full" / "gridlight.sqlite"
        engine = opened(f"sqlite:///{self.full}")
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
        self.book, self.copy = folder / "all.xlsx", folder / "backup.sqlite"
        assert _run(self.full, ("export", str(self.book))) == 0
        assert _run(self.full, ("backup", str(self.copy))) == 0
        _settled(self.full)

    def case(self, act: str) -> Case:
        """The command of an act, with its states and its undisturbed duration."""
        words, base = self._of(act)
        trial = self.folder / "trial" / "gridlight.sqlite"
        _copied(base, trial)
        before = _state(trial)
        begun = time.monotonic()
        assert _run(trial, words) == 0, act
        seconds = time.monotonic() - begun
        _settled(trial)
        return Case(words, base, before, _state(trial), seconds)

    def _of(self, act: str) -> tuple[tuple[str, ...], Path]:
        match act:
            case "import":
                return ("import", str(self.book), "--day", f"{TODAY}"), self._empty()
            case "freeze":
                return ("freeze", str(self.meeting), "--as-of", f"{TODAY}"), self.full
            case "undo":
                return ("undo", "1", "--reason", "a trial"), self._imported()
            case "restore":
                return ("restore", str(self.copy), "--force"), self._imported()
            case "upgrade":
                return ("upgrade",), self._older()
        raise ValueError(act)

    def _empty(self) -> Path:
        path = self.folder / "empty" / "gridlight.sqlite"
        engine = opened(f"sqlite:///{path}")
        migrate(engine)
        engine.dispose()
        _settled(path)
        return path

    def _imported(self) -> Path:
        """A database with a single import, whose withdrawal leaves nothing."""
        path = self.folder / "imported" / "gridlight.sqlite"
        _copied(self._empty(), path)
        assert _run(path, ("import", str(self.book), "--day", f"{TODAY}")) == 0
        _settled(path)
        return path

    def _older(self) -> Path:
        """The full database as an earlier version left it: older tables, facts of other rules."""
        from alembic import command
        from alembic.config import Config

        path = self.folder / "older" / "gridlight.sqlite"
        _copied(self.full, path)
        engine = create_engine(f"sqlite:///{path}")
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
        return path


def _killed(case: Case, folder: Path, moments: random.Random) -> str:
    """Run the command, kill it at a random moment, and return which state it left."""
    shutil.rmtree(folder, ignore_errors=True)
    file = folder / "gridlight.sqlite"
    _copied(case.base, file)
    wait = moments.uniform(0, case.seconds * LONGER)
    child = os.fork()
    if not child:
        os._exit(_called(file, case.words))
    time.sleep(wait)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    try:
        state = _state(file)
    except AssertionError as error:
        return str(error)
    if state == case.after:
        return "after"
    if state == case.before:
        return "before"
    # An upgrade goes by steps: the tables, then the facts. Between them figures are as before, and
    # another call goes on.
    if case.words == ("upgrade",) and state[1:] == case.before[1:] and not state[1]:
        _run(file, case.words)
        _settled(file)
        return "between, then after" if _state(file) == case.after else "not taken up again"
    return f"in between: {state}, not {case.before}"


def _state(file: Path) -> State:
    """The state of the database after opening it as the next start does; it must be sound."""
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("PRAGMA quick_check(1)").fetchone() == ("ok",), "damaged"
        [[version]] = raw.execute("SELECT version_num FROM alembic_version").fetchall()
        [[mark]] = raw.execute(
            "SELECT count(*) FROM settings WHERE name = 'facts_mark' AND value != ''"
        ).fetchall()
        facts = raw.execute("SELECT count(*) FROM facts").fetchone()
    engine = opened(f"sqlite:///{file}")
    try:
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


def _run(file: Path, words: tuple[str, ...]) -> int:
    """The exit code of a command in a process of its own."""
    child = os.fork()
    if not child:
        os._exit(_called(file, words))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _called(file: Path, words: tuple[str, ...]) -> int:
    os.environ["GRIDLIGHT_DATABASE_URL"] = f"sqlite:///{file}"
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        app(list(words), standalone_mode=False)
    except SystemExit as error:
        return int(error.code or 0)
    return 0


def _copied(base: Path, file: Path) -> None:
    shutil.rmtree(file.parent, ignore_errors=True)
    file.parent.mkdir(parents=True)
    shutil.copy(base, file)
    # Delete what was stored about the database that was in this place before.
    (Path(os.environ["GRIDLIGHT_HOME"]) / "access-log.ends").unlink(missing_ok=True)


def _settled(file: Path) -> None:
    """Merge the write-ahead log into the file, so that it can be copied."""
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    sys.exit(main())
