"""Two databases have one digest exactly when they have the same facts."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import Engine, delete, func, insert, select, update
from sqlmodel import col

from data.facts import digest
from data.store import bulk
from data.store.database import connect, reading, writing
from data.store.side_by_side import readers_of
from models.days import FOREVER
from models.kept import KeptFact

FACTS = [
    (measure, bucket, unit, starts_on, FOREVER, value, "findings", key)
    for unit in ("", "U1", "甲")
    for measure in ("due_open", "amount")
    for bucket in ("", "a/ä", "Z")
    for starts_on in (date(2026, 3, 1), date(2025, 12, 31))
    for value, key in ((-5, "F1"), (90_000_000_000, "F\\|2"), (1, "F1"))
]


def keep(engine: Engine, facts: list[tuple[object, ...]]) -> None:
    rows = [dict(zip(digest.LINE, fact, strict=True)) for fact in facts]
    with writing(engine) as connection:
        connection.execute(insert(KeptFact), rows)


def test_it_is_over_a_line_a_fact_ordered_by_unit(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Several batches, the last of them not full.
    monkeypatch.setattr(bulk, "AT_ONCE", 7)
    monkeypatch.setattr(digest, "UNITS_AT_ONCE", 2)
    keep(engine, FACTS)
    order = [digest.LINE.index(name) for name in digest.BY_UNIT]
    in_order = sorted(FACTS, key=lambda fact: [fact[at] for at in order])
    lines = "".join("\t".join(map(str, fact)) + "\n" for fact in in_order)
    expected = hashlib.sha256(lines.encode()).hexdigest()
    with reading(engine) as connection, readers_of(connection, 2) as readers:
        assert digest.sha256(connection) == expected
        assert digest.sha256(connection, readers) == expected


def test_the_order_in_which_facts_came_does_not_matter(engine: Engine) -> None:
    keep(engine, FACTS)
    with reading(engine) as connection:
        before = digest.sha256(connection)
    with writing(engine) as connection:
        connection.execute(delete(KeptFact))
    keep(engine, FACTS[::-1])
    with reading(engine) as connection:
        assert digest.sha256(connection) == before


def test_how_a_database_writes_days_does_not_matter(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("a setting of PostgreSQL's")
    keep(engine, FACTS)
    german = engine.url.update_query_dict({"options": "-c datestyle=German"})
    other = connect(german.render_as_string(hide_password=False))
    with reading(engine) as connection, reading(other) as differing:
        assert digest.sha256(differing) == digest.sha256(connection)
    other.dispose()


def test_every_column_of_a_fact_counts(engine: Engine) -> None:
    keep(engine, FACTS)
    found = set()
    changes = {"unit": "U2", "measure": "a", "bucket": "b", "starts_on": date(2026, 1, 1)}
    changes |= {"ends_on": date(2026, 1, 1), "value": 2, "ledger": "duties", "key": "F9"}
    assert set(changes) == set(digest.LINE)
    for name, value in changes.items():
        with writing(engine) as connection:
            first = connection.scalar(select(func.min(col(KeptFact.id))))
            changed = update(KeptFact).where(col(KeptFact.id) == first)
            connection.execute(changed.values({name: value}))
            found.add(digest.sha256(connection))
    assert len(found) == len(changes)


def test_a_digest_of_an_earlier_version_is_known(engine: Engine) -> None:
    keep(engine, FACTS)
    lines = "".join("\t".join(map(str, fact)) + "\n" for fact in sorted(FACTS))
    of_earlier_version = hashlib.sha256(lines.encode()).hexdigest()
    with reading(engine) as connection:
        assert digest.sha256(connection) != of_earlier_version
        assert digest.is_of(connection, of_earlier_version)
        assert digest.is_of(connection, digest.sha256(connection))
        assert not digest.is_of(connection, "0" * 64)
