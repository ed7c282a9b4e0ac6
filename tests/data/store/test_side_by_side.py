"""Questions on other connections see the same state as the first one."""

from collections.abc import Callable
from threading import Event, current_thread

import pytest
from sqlalchemy import Connection, Engine, create_engine

from data.store import data_version
from data.store.database import reading, writing
from data.store.shadows import Shadow, shadowed
from data.store.side_by_side import readers_of


def other_than(first: Connection) -> Callable[[Connection], bool]:
    """A question whose answer is whether it was asked on another connection."""
    return lambda asked_on: asked_on is not first


def changed(engine: Engine) -> None:
    """Another writer commits."""
    with writing(engine) as other:
        data_version.bump(other)


def test_it_is_asked_on_a_connection_of_its_own(engine: Engine) -> None:
    with reading(engine) as connection, readers_of(connection, 1) as readers:
        assert readers.ask(other_than(connection))()


def test_what_is_committed_meanwhile_is_not_seen(engine: Engine) -> None:
    with reading(engine) as connection:
        before = data_version.current(connection)
        changed(engine)
        with readers_of(connection, 2) as readers:
            answers = [readers.ask(data_version.current)]
            changed(engine)
            answers.append(readers.ask(data_version.current))
            assert [answer() for answer in answers] == [before, before]


def test_only_sqlite_asks_the_first_connection_after_a_change(engine: Engine) -> None:
    with reading(engine) as connection, readers_of(connection, 1) as readers:
        changed(engine)
        postgresql = engine.dialect.name == "postgresql"
        assert readers.ask(other_than(connection))() is postgresql


def test_without_a_free_connection_the_first_is_asked(engine: Engine) -> None:
    """Many briefings at once must not wait for each other's connections."""
    narrow = create_engine(engine.url, pool_size=1, max_overflow=0, pool_timeout=0.1)
    with reading(narrow) as connection, readers_of(connection, 2) as readers:
        assert not readers.ask(other_than(connection))()
    narrow.dispose()


def test_two_questions_are_asked_at_once(engine: Engine) -> None:
    first, second = Event(), Event()

    def one(_connection: Connection) -> bool:
        first.set()
        return second.wait(20)

    def other(_connection: Connection) -> bool:
        second.set()
        return first.wait(20)

    with reading(engine) as connection, readers_of(connection, 2) as readers:
        answers = [readers.ask(one), readers.ask(other)]
        assert all(answer() for answer in answers)


def test_answers_come_in_the_order_of_the_questions(engine: Engine) -> None:
    def numbered(number: int) -> Callable[[Connection], tuple[int, str]]:
        return lambda _connection: (number, current_thread().name)

    with reading(engine) as connection, readers_of(connection, 2) as readers:
        answers = list(readers.in_turn(map(numbered, range(9)), 2))
    assert [number for number, _ in answers] == list(range(9))
    assert all(thread.startswith("reader") for _, thread in answers)


def test_no_more_is_asked_ahead_than_said(engine: Engine) -> None:
    asked = []

    def questions():  # type: ignore[no-untyped-def]
        for number in range(9):
            asked.append(number)
            yield lambda _connection, number=number: number

    with reading(engine) as connection, readers_of(connection, 2) as readers:
        assert next(readers.in_turn(questions(), 2)) == 0
    assert asked == [0, 1, 2]


def test_a_state_of_the_past_is_asked_beside_too(engine: Engine) -> None:
    changed(engine)
    schema = "public" if engine.dialect.name == "postgresql" else "main"
    past = shadowed(
        engine, {"settings": Shadow(f"SELECT name, '7' AS value FROM {schema}.settings")}
    )
    with reading(past) as connection, readers_of(connection, 1) as readers:
        assert readers.ask(other_than(connection))()
        assert readers.ask(data_version.current)() == 7


class WrongError(Exception):
    """The error of a question."""


def wrong(_connection: Connection) -> None:
    """A question that fails."""
    raise WrongError


def test_an_error_reaches_who_calls_for_the_answer(engine: Engine) -> None:
    with reading(engine) as connection, readers_of(connection, 1) as readers:
        answer = readers.ask(wrong)
        with pytest.raises(WrongError):
            answer()


def test_connections_are_given_back_even_after_an_error(engine: Engine) -> None:
    def fails() -> None:
        with reading(engine) as connection, readers_of(connection, 2) as readers:
            readers.ask(data_version.current)
            readers.ask(wrong)()

    with pytest.raises(WrongError):
        fails()
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_database_in_memory_has_no_second_connection() -> None:
    engine = create_engine("sqlite://")
    with reading(engine) as connection, readers_of(connection, 2) as readers:
        assert not readers.ask(other_than(connection))()
