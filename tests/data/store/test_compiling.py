"""PostgreSQL neither compiles the queries of Gridlight nor starts workers for them."""

import pytest
from sqlalchemy import Engine, text

from data.store.database import reading


def test_no_query_is_compiled_or_split_also_after_a_transaction_was_rolled_back(
    engine: Engine,
) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("a setting of PostgreSQL's")
    for _transaction in range(2):
        with reading(engine) as connection:
            assert connection.scalar(text("SHOW jit")) == "off"
            assert connection.scalar(text("SHOW max_parallel_workers_per_gather")) == "0"
