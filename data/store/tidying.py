"""Have PostgreSQL look through the tables at once after many rows were written.

It does so by itself, but minutes later: until then it does not know how many rows there are, and
looks up every row that an index would have answered for.
"""

from sqlalchemy import Engine

from data.store.copying import tables


def tidy(engine: Engine) -> None:
    """Collect statistics of every table, and mark what all transactions may see.

    Nobody waits meanwhile. PostgreSQL leaves out tables of which the role in use is not the owner.
    """
    if engine.dialect.name != "postgresql":
        return
    quote = engine.dialect.identifier_preparer.format_table
    with engine.connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        for table in tables():
            connection.exec_driver_sql(f"VACUUM (ANALYZE, SKIP_LOCKED) {quote(table)}")
