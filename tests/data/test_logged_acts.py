"""What is done is in the access log, in the transaction that does it: without an entry, nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.access.permission import viewer
from data.intake.removal import remove
from data.intake.replacing import replace
from data.meetings import noting
from data.reference.lists import shipped
from data.store import access_log
from data.store.access_log import Act
from data.store.backup import backup
from data.store.database import reading, writing
from data.store.logged_files import logged_file
from models.account import Event, Role
from tests.data.contents import NOW, TODAY, dump, kept, net, of_rows, taking, workbook

DEAD = 4194305
"""A number that no process of Linux can have."""
ACT = Act("wang", NOW, "10.0.0.7")
COMMITTEE = viewer("wang", "wang", Role.COMMITTEE, [])
CIRCUMSTANCES: dict[str, Any] = {"act": ACT, "today": TODAY, "references": shipped()}


class LogFailsError(Exception):
    """Stands in for whatever keeps the log from being written."""


def take_in(engine: Engine) -> None:
    taking(engine, workbook(findings=[{"code": "F2"}]), account="wang", address="10.0.0.7")


def take_out(engine: Engine) -> None:
    why = {"reason": "重复录入", "account": "wang", "day": TODAY, "now": NOW}
    key = "U1|张三|PRINCIPAL|2024-01-01"
    remove(engine, "appointments", key, references=shipped(), address="10.0.0.7", **why)  # type: ignore[arg-type]


def note(engine: Engine) -> None:
    wanted = noting.NewDecision("M1", "限期整改", "U1", TODAY)
    noting.note(engine, COMMITTEE, wanted, **CIRCUMSTANCES)


def take_back(engine: Engine) -> None:
    noting.take_back(engine, COMMITTEE, "M1", 1, reason="记错了", **CIRCUMSTANCES)


def replace_list(engine: Engine) -> None:
    header, lines = of_rows(shipped().lists["vetoes"][1:])
    with writing(engine) as connection:
        replace(connection, ACT, "vetoes", header, lines)


ACTS: dict[Callable[[Engine], None], tuple[Event, str]] = {
    take_in: (Event.IMPORTED, "2"),
    take_out: (Event.REMOVED, "2 appointments"),
    note: (Event.DECISION_NOTED, "M1 2"),
    take_back: (Event.REMOVED, "2 decisions"),
    replace_list: (Event.LIST_REPLACED, f"vetoes {len(shipped().lists['vetoes']) - 1}"),
}


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """A database with a row to take out, a meeting and a decision."""
    content = workbook(**net(), findings=[{}], appointments=[{}], meetings=[{}], decisions=[{}])
    kept(engine, content)
    return engine


def fail(*_: object) -> None:
    raise LogFailsError


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_an_act_is_in_the_log_once_without_names_or_words_of_the_data(
    engine: Engine, act: Callable[[Engine], None]
) -> None:
    act(engine)
    with reading(engine) as connection:
        [entry] = access_log.entries(connection, account="wang")
    what, subject = ACTS[act]
    assert (entry.what, entry.subject, entry.address) == (what, subject, "10.0.0.7")


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_nothing_is_done_that_cannot_be_logged(
    engine: Engine, act: Callable[[Engine], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(engine)
    monkeypatch.setattr(access_log, "append", fail)
    with pytest.raises(LogFailsError):
        act(engine)
    assert dump(engine) == before


def test_a_file_is_handed_out_only_once_it_is_logged(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with logged_file(engine, tmp_path / "out.xlsx", ACT, "ledgers district") as part:
        part.write_text("rows")
    assert (tmp_path / "out.xlsx").read_text() == "rows"
    with reading(engine) as connection:
        [entry] = access_log.entries(connection, account="wang")
    assert (entry.what, entry.subject) == (Event.EXPORTED, "ledgers district")
    monkeypatch.setattr(access_log, "append", fail)
    with (
        pytest.raises(LogFailsError),
        logged_file(engine, tmp_path / "out.xlsx", ACT, "ledgers district") as part,
    ):
        part.write_text("others")
    assert [file.name for file in tmp_path.iterdir()] == ["out.xlsx"]
    assert (tmp_path / "out.xlsx").read_text() == "rows"


def test_a_file_that_cannot_be_written_is_named_by_its_own_name_and_not_logged(
    engine: Engine, tmp_path: Path
) -> None:
    with (
        pytest.raises(OSError, match="No space left") as refused,
        logged_file(engine, tmp_path / "out.xlsx", ACT, "ledgers district") as part,
    ):
        part.write_text("half of it")
        raise OSError(28, "No space left on device", str(part))
    assert refused.value.filename == str(tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []
    with reading(engine) as connection:
        assert access_log.entries(connection, account="wang") == []


def test_a_backup_that_cannot_be_logged_is_not_there(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_log, "append", fail)
    monkeypatch.setattr("data.store.backup.standing", lambda _connection: None)
    monkeypatch.setattr("data.store.backup.copy_to", lambda _engine, part, _progress: None)
    monkeypatch.setattr("data.store.backup._finish", lambda _copy: None)
    with pytest.raises(LogFailsError):
        backup(engine, tmp_path / "copy", ACT)
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_read_a_file_that_leaves(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "names.docx"
    with logged_file(engine, target, ACT, "briefing") as part:
        part.write_bytes(b"names")
        part.chmod(0o644)
    assert target.stat().st_mode & 0o777 == 0o600


def test_what_a_killed_command_left_goes_with_the_next_file(engine: Engine, tmp_path: Path) -> None:
    names = ("", "-journal", "-wal", "-shm")
    left = [tmp_path / f"monday.sqlite.gridlight-{DEAD}.part{end}" for end in names]
    stays = [
        tmp_path / f"sunday.sqlite.gridlight-{os.getppid()}.part",
        tmp_path / f"somebody-{DEAD}.part",
        tmp_path / f"monday.gridlight-{DEAD}.part.docx",
    ]
    for each in left + stays:
        each.touch()
    with logged_file(engine, tmp_path / "tuesday.sqlite", ACT, "backup") as part:
        assert part.name == f"tuesday.sqlite.gridlight-{os.getpid()}.part"
        part.write_bytes(b"names")
    assert set(tmp_path.iterdir()) == {tmp_path / "tuesday.sqlite", *stays}


def test_a_file_is_written_by_a_process_that_is_killed_and_goes_with_the_next(
    engine: Engine, tmp_path: Path
) -> None:
    script = """if True:
        import os, signal, sys
        from pathlib import Path
        from data.store.database import connect
        from data.store.logged_files import logged_file
        with logged_file(connect("sqlite://"), Path(sys.argv[1]), None, "") as part:
            part.write_bytes(b"names")
            os.kill(os.getpid(), signal.SIGKILL)
    """
    target = tmp_path / "monday.sqlite"
    done = subprocess.run([sys.executable, "-c", script, target], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    with logged_file(engine, tmp_path / "tuesday.sqlite", ACT, "backup") as part:
        part.write_bytes(b"names")
    assert [each.name for each in tmp_path.iterdir()] == ["tuesday.sqlite"]


def test_a_full_disk_leaves_nothing_of_sqlite_beside_a_file(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    with pytest.raises(OSError, match="full"), logged_file(engine, target, ACT, "backup") as part:
        part.with_name(f"{part.name}-journal").touch()
        raise OSError(28, "full")
    assert list(tmp_path.iterdir()) == []
