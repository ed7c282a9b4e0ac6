"""A question asked on a second connection sees the same state as the first."""

from collections.abc import Callable

from sqlalchemy import Connection, Engine, create_engine

from data.store import data_version
from data.store.database import reading, writing
from data.store.side_by_side import asked_beside


def other_than(first: Connection) -> Callable[[Connection], bool]:
    """A question whose answer is whether it was asked on another connection."""
    return lambda asked_on: asked_on is not first


def test_it_is_asked_on_a_connection_of_its_own(engine: Engine) -> None:
    with reading(engine) as connection, asked_beside(connection, other_than(connection)) as answer:
        assert answer()


def test_where_the_data_changed_meanwhile_the_first_connection_answers(engine: Engine) -> None:
    with reading(engine) as connection:
        before = data_version.current(connection)
        with writing(engine) as other:
            data_version.bump(other)
        with asked_beside(connection, data_version.current) as answer:
            assert answer() == before


def test_a_database_in_memory_has_no_second_connection() -> None:
    engine = create_engine("sqlite://")
    with reading(engine) as connection, asked_beside(connection, other_than(connection)) as answer:
        assert not answer()
