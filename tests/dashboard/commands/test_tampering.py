"""What is changed by who holds the database, but not the machine, is told by `gridlight check`."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard import log_guard
from dashboard.commands import checking
from dashboard.key_files import LOG_ENDS_NAME
from data.store import access_log
from data.store.access_log import Act
from data.store.database import recording
from models.account import Event
from tests.dashboard.commands.calling import EVERY_LEDGER, SAFE, Shell, run_sql
from tests.reading_here import reading_here

KILLED = 137
LAST_DELETED = "DELETE FROM access_entries WHERE number = (SELECT max(number) FROM access_entries)"
MEETING = {"code": "M1", "name": "第一次会议", "on_date": date(2026, 6, 20)}


@pytest.fixture(scope="module")
def folder_of_a_freeze(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What lies in the folder of a shell with a freeze and several log entries; to be copied."""
    shell = Shell(tmp_path_factory.mktemp("frozen"))
    with reading_here():
        shell.take(**EVERY_LEDGER | {"meetings": [MEETING]})
    shell.done("freeze", "M1", "--as-of", "2026-06-20")
    shell.done("export", shell.folder / "out.xlsx")
    return shell.folder


@pytest.fixture
def frozen(shell: Shell, folder_of_a_freeze: Path) -> Shell:
    """A database with a freeze, and a log of several entries, whose end is kept beside it."""
    shutil.copytree(folder_of_a_freeze, shell.folder, dirs_exist_ok=True)
    ends = shell.folder / LOG_ENDS_NAME
    kept = json.loads(ends.read_text())
    # The end is kept under the path of the database.
    ends.write_text(json.dumps({str(shell.file): kept[str(folder_of_a_freeze / shell.file.name)]}))
    return shell


def faults(shell: Shell, *words: object) -> str:
    """What `check` says is not well; nothing else may be wrong."""
    result = shell.call("check", *words, **SAFE)
    lines = [line for line in result.stdout.splitlines() if not line.startswith("ok")]
    assert result.exit_code == (1 if lines else 0)
    return "\n".join(lines)


def unguarded(shell: Shell) -> None:
    """Take the triggers away, as somebody may who holds the database."""
    for table in ("access_entries", "freezes", "frozen_figures"):
        for what in ("changed", "deleted"):
            run_sql(shell, f"DROP TRIGGER {table}_not_{what}")


def last(shell: Shell) -> str:
    said = shell.call("check", **SAFE).stdout
    return said.partition("ends with ")[2].partition(".")[0]


def noted(shell: Shell) -> str:
    """The end of the log that is kept beside the database."""
    ends = json.loads((shell.folder / LOG_ENDS_NAME).read_text())
    return "{}:{}".format(*ends[str(shell.file)])


def test_what_nobody_changed_is_well_and_the_database_holds_no_key(frozen: Shell) -> None:
    assert faults(frozen) == ""
    key = (frozen.folder / "access-log.key").read_text().strip()
    assert key.encode() not in frozen.file.read_bytes()
    assert bytes.fromhex(key) not in frozen.file.read_bytes()


def test_a_tail_cut_off_is_told(frozen: Shell) -> None:
    unguarded(frozen)
    run_sql(frozen, LAST_DELETED)
    assert "the end was cut off" in faults(frozen)


def test_an_end_that_a_server_notes_during_a_check_is_no_cut(
    frozen: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check looks at the database as it was when it began; the noted end may be later."""
    compare = checking.compare

    def work_meanwhile(*asked: Any) -> Any:
        engine = log_guard.opened(f"sqlite:///{frozen.file}")
        with recording(engine) as connection:
            access_log.append(connection, Act("wang", datetime.now(UTC)), Event.SIGNED_IN)
        assert log_guard.keep_end(engine)
        engine.dispose()
        return compare(*asked)

    monkeypatch.setattr(checking, "compare", work_meanwhile)
    assert faults(frozen) == ""


def test_an_emptied_log_is_told_and_stays_told(frozen: Shell) -> None:
    unguarded(frozen)
    run_sql(frozen, "DELETE FROM access_entries")
    assert "the end was cut off" in faults(frozen)
    # Further work hides nothing: the command that does it says so, too.
    said = frozen.call("import", frozen.book(units=[{"code": "U3"}]), "--day", "2026-06-30")
    assert "no longer holds the end" in said.stderr
    assert "Access log" in faults(frozen)


def test_an_entry_taken_out_and_the_chain_written_anew_is_told(frozen: Shell) -> None:
    unguarded(frozen)
    for statement in _chain_without(frozen, 1):
        run_sql(frozen, statement)
    assert "Access log: entry" in faults(frozen)


def test_a_changed_entry_is_told(frozen: Shell) -> None:
    unguarded(frozen)
    run_sql(frozen, "UPDATE access_entries SET account = 'li' WHERE number = 2")
    assert "entry 2 does not fit" in faults(frozen)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "INSERT OR REPLACE INTO frozen_figures SELECT freeze, node, figure, numerator || '0',"
            " denominator FROM frozen_figures WHERE node = 'district' LIMIT 1",
            "number 1 was changed",
        ),
        ("UPDATE freezes SET as_of = '2026-06-19'", "number 1 was changed"),
        ("UPDATE freezes SET meeting_name = '别的会'", "number 1 was changed"),
        ("DELETE FROM frozen_figures WHERE figure = 'overdue'", "number 1 was changed"),
        ("DELETE FROM frozen_figures; DELETE FROM freezes", "number 1 is gone"),
        (
            "INSERT INTO freezes SELECT 2, meeting, meeting_name, meeting_on, 2, as_of,"
            " import_number, facts_sha256, definitions, lists, replaced, at, account, unknown"
            " FROM freezes",
            "number 2 is not known",
        ),
    ],
    ids=["figure replaced", "day", "name", "figure gone", "freeze gone", "freeze made up"],
)
def test_a_changed_freeze_is_told(frozen: Shell, statement: str, said: str) -> None:
    unguarded(frozen)
    for each in statement.split("; "):
        run_sql(frozen, each)
    assert said in faults(frozen)


def test_facts_changed_that_only_a_freeze_sees_are_told(frozen: Shell) -> None:
    # The fact is gone since the freeze, so that no ledger of today contradicts it.
    run_sql(
        frozen,
        "INSERT INTO past_facts (measure, bucket, unit, starts_on, ends_on, value, ledger, key,"
        " after_freeze, until_freeze) SELECT measure, bucket, unit, starts_on, ends_on, value + 1,"
        " ledger, key, 0, 1 FROM facts LIMIT 1",
    )
    assert "what number 1 saw was changed" in faults(frozen)


def test_an_earlier_end_is_taken_from_a_backup_an_export_or_what_was_printed(frozen: Shell) -> None:
    copy, csv, jsonl = (frozen.folder / name for name in ("b.sqlite", "log.csv", "log.jsonl"))
    noted = last(frozen)
    frozen.done("backup", copy)
    frozen.done("log", "export", csv)
    frozen.done("log", "export", jsonl)
    for end in (noted, copy, csv, jsonl):
        assert faults(frozen, "--against", end) == ""
    unguarded(frozen)
    run_sql(frozen, "DELETE FROM access_entries")
    # Even where what was noted on the machine is taken away.
    (frozen.folder / "access-log.ends").unlink()
    for end in (noted, copy, csv, jsonl):
        assert "Access log" in faults(frozen, "--against", end)


@pytest.mark.parametrize("end", ["12:ab", "nothing.sqlite", "x.csv", "½:" + "0" * 64])
def test_what_is_no_end_is_wrong_usage(frozen: Shell, end: str) -> None:
    (frozen.folder / "x.csv").write_text("a,b\n1,2\n")
    assert "is no end of an access log" in frozen.misused("check", "--against", end)


def test_a_lost_key_is_told_by_what_writes_and_by_check_until_it_is_back(frozen: Shell) -> None:
    file = frozen.folder / "access-log.key"
    kept = file.read_text()
    file.unlink()
    said = frozen.call("import", frozen.book(units=[{"code": "U3"}]), "--day", "2026-06-30")
    assert said.exit_code == 0
    assert "which is not in" in said.stderr
    assert "cannot be verified" in faults(frozen)
    file.write_text(kept + file.read_text())
    assert faults(frozen) == ""


def test_a_new_key_signs_on_and_is_in_the_log(frozen: Shell) -> None:
    said = frozen.done("log", "new-key")
    assert faults(frozen) == ""
    assert len((frozen.folder / "access-log.key").read_text().split()) == 2
    run = frozen.json("config")
    assert any(each["setting"] == "GRIDLIGHT_LOG_KEY_FILE" for each in run)
    assert "from now on" in said


def test_keys_that_others_may_read_are_told(frozen: Shell) -> None:
    (frozen.folder / "access-log.key").chmod(0o640)
    assert "others may read" in faults(frozen)


def test_unusable_keys_are_one_sentence_before_anything_is_done(frozen: Shell) -> None:
    (frozen.folder / "access-log.key").write_text("no key")
    before = frozen.file.read_bytes()
    assert "cannot be used" in frozen.refused("import", frozen.book(units=[{"code": "U3"}]))
    assert frozen.file.read_bytes() == before


@pytest.fixture
def killed_restore(frozen: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A database whose restore was killed before it noted the end of the log that holds now.

    The backup is several entries older, and the last entries were made by a dashboard that is
    running and has not noted the end yet.
    """
    copy = frozen.folder / "copy"
    frozen.done("backup", copy)
    ends = frozen.folder / LOG_ENDS_NAME
    for number in range(3):
        earlier = ends.read_text()
        frozen.done("export", frozen.folder / f"{number}.xlsx")
    ends.write_text(earlier)
    with monkeypatch.context() as killed:
        killed.setattr("dashboard.log_guard.keep_other_end", _killed)
        assert frozen.call("restore", copy, "--force").exit_code == KILLED
    return frozen


def test_a_restore_killed_before_it_noted_the_end_is_no_cut(killed_restore: Shell) -> None:
    assert faults(killed_restore) == ""
    assert faults(killed_restore) == ""


def test_work_goes_on_after_a_killed_restore_without_a_false_word(killed_restore: Shell) -> None:
    said = killed_restore.call("export", killed_restore.folder / "next.xlsx")
    assert "no longer holds the end" not in said.stderr
    end = last(killed_restore)
    assert noted(killed_restore) == end


def test_a_killed_restore_excuses_no_later_cut(killed_restore: Shell) -> None:
    killed_restore.done("export", killed_restore.folder / "next.xlsx")
    unguarded(killed_restore)
    run_sql(killed_restore, LAST_DELETED)
    assert "the end was cut off" in faults(killed_restore)


def test_a_killed_restore_of_a_damaged_database_is_no_cut(
    frozen: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged database cannot tell where its log ended: the end kept beside it is named."""
    copy = frozen.folder / "copy"
    frozen.done("backup", copy)
    frozen.done("export", frozen.folder / "more.xlsx")
    replaced = noted(frozen)
    with frozen.file.open("r+b") as opened:
        opened.write(b"\xff" * 8192)
    with monkeypatch.context() as killed:
        killed.setattr("dashboard.log_guard.keep_other_end", _killed)
        assert frozen.call("restore", copy, "--force").exit_code == KILLED
    assert faults(frozen) == ""
    frozen.done("log", "export", frozen.folder / "log.jsonl")
    entries = [json.loads(x) for x in (frozen.folder / "log.jsonl").read_text().splitlines()]
    assert [each["subject"] for each in entries if each["what"] == "restored"] == [replaced]


def test_an_entry_turned_into_a_restore_excuses_no_cut(frozen: Shell) -> None:
    unguarded(frozen)
    restored = f"what = 'restored', subject = '{noted(frozen)}'"
    run_sql(frozen, f"UPDATE access_entries SET {restored} WHERE number = 2")
    run_sql(frozen, LAST_DELETED)
    said = frozen.call("import", frozen.book(units=[{"code": "U3"}]), "--day", "2026-06-30")
    assert "no longer holds the end" in said.stderr
    assert "Access log" in faults(frozen)


def test_a_restore_in_a_log_written_anew_without_a_key_excuses_no_cut(frozen: Shell) -> None:
    unguarded(frozen)
    for statement in _chain_without(frozen, 1, restored=True):
        run_sql(frozen, statement)
    assert "the end was cut off" in faults(frozen)
    assert "the end was cut off" in faults(frozen)


def test_after_a_restore_the_log_of_the_backup_is_the_one_that_holds(frozen: Shell) -> None:
    copy = frozen.folder / "b.sqlite"
    frozen.done("backup", copy)
    frozen.done("export", frozen.folder / "more.xlsx")
    before = last(frozen)
    frozen.done("restore", copy, "--force")
    assert faults(frozen) == ""
    frozen.done("log", "export", frozen.folder / "log.jsonl")
    entries = [json.loads(x) for x in (frozen.folder / "log.jsonl").read_text().splitlines()]
    # The end of the log that was replaced stands in the entry of the restore.
    assert [each["subject"] for each in entries if each["what"] == "restored"] == [before]


def _chain_without(shell: Shell, number: int, *, restored: bool = False) -> Iterator[str]:
    """The statements of somebody who knows how entries are chained, but has no key.

    With `restored` the last entry says that a restore replaced the log with the kept end.
    """
    out: Path = shell.folder / "all.jsonl"
    shell.done("log", "export", out)
    previous, kept = "0" * 64, 0
    yield "DELETE FROM access_entries"
    entries = [json.loads(line) for line in out.read_text().splitlines()]
    if restored:
        entries[-1] |= {"what": "restored", "subject": noted(shell)}
    for entry in entries:
        if entry["number"] == number:
            continue
        kept += 1
        del entry["hash"], entry["key"]
        at = datetime.fromisoformat(entry["at"]).astimezone(UTC)
        entry |= {"number": kept, "previous": previous, "at": at.isoformat(timespec="microseconds")}
        text = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(text.encode()).hexdigest()
        values = {**entry, "hash": previous, "at": f"{at:%Y-%m-%d %H:%M:%S.%f}"}
        names = ", ".join(values)
        shown = ", ".join(
            "NULL" if value is None else str(value) if isinstance(value, int) else f"'{value}'"
            for value in values.values()
        )
        yield f"INSERT INTO access_entries ({names}) VALUES ({shown})"


def _killed(*_asked: object) -> None:
    raise SystemExit(KILLED)
