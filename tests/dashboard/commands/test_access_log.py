"""`gridlight log export`: the entries of a period as a file that proves itself."""

import csv
import json
from datetime import timedelta

from data.store import access_log
from data.store.access_log import Act
from data.store.database import connect, recording
from models.account import Event
from tests.dashboard.commands.calling import Shell
from tests.data.contents import NOW


def entered(shell: Shell, *subjects: str) -> None:
    """An entry a day, from the day of `NOW` on."""
    engine = connect(shell.database)
    for days, subject in enumerate(subjects):
        with recording(engine) as connection:
            access_log.append(
                connection, Act("wang", NOW + timedelta(days=days)), Event.EXPORTED, subject
            )
    engine.dispose()


def subjects(shell: Shell, *words: object) -> list[str]:
    out = shell.folder / "log.jsonl"
    shell.done("log", "export", out, "--force", *words)
    lines = out.read_text(encoding="utf-8").splitlines()
    return [each["subject"] for each in map(json.loads, lines) if each["account"] == "wang"]


def test_every_entry_is_written_in_order_with_the_chain(filled: Shell) -> None:
    entered(filled, "a", "b")
    out = filled.folder / "log.csv"
    said = filled.done("log", "export", out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["number"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    assert [row["previous"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]
    assert f"{len(rows)} entries, the last has the hash {rows[-1]['hash']}" in said


def test_a_period_is_told_by_its_days_both_included(filled: Shell) -> None:
    entered(filled, "a", "b", "c")
    day = f"{NOW + timedelta(days=1):%Y-%m-%d}"
    assert subjects(filled) == ["a", "b", "c"]
    assert subjects(filled, "--from", day) == ["b", "c"]
    assert subjects(filled, "--to", day) == ["a", "b"]
    assert subjects(filled, "--from", day, "--to", day) == ["b"]


def test_taking_it_out_is_itself_in_the_log(filled: Shell) -> None:
    filled.done("log", "export", filled.folder / "log.csv")
    engine = connect(filled.database)
    with engine.connect() as connection:
        last = access_log.entries(connection, limit=1)[0]
    engine.dispose()
    assert (last.what, last.subject) == ("exported", "access log")


def test_what_looks_like_a_formula_stays_a_text(filled: Shell) -> None:
    entered(filled, "=1+1")
    out = filled.folder / "log.csv"
    filled.done("log", "export", out)
    assert "'=1+1" in out.read_text(encoding="utf-8")


def test_it_is_for_its_owner_only_and_replaces_nothing_unless_forced(filled: Shell) -> None:
    out = filled.folder / "log.csv"
    filled.done("log", "export", out)
    assert out.stat().st_mode & 0o077 == 0
    assert "--force" in filled.refused("log", "export", out)


def test_another_kind_of_file_is_refused(filled: Shell) -> None:
    assert ".csv or .jsonl" in filled.refused("log", "export", filled.folder / "log.xlsx")
