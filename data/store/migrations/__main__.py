"""Draft a migration from the difference between the migrated tables and the models.

`python -m data.store.migrations "what it adds"` writes `versions/NNNN_what_it_adds.py`, which must
be reviewed before it is committed.
"""

import sys

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from data.store.schema import MIGRATIONS


def draft(message: str) -> None:
    """Write the next migration, found by applying the existing ones to an empty database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    steps = list(ScriptDirectory.from_config(config).walk_revisions())
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        config.attributes["alters"] = bool(steps)
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=f"{len(steps) + 1:04d}")


if __name__ == "__main__":
    draft(" ".join(sys.argv[1:]) or sys.exit("Say what the step adds."))
