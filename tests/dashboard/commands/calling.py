"""Run commands as from a shell, on a database file of their own."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from typer.testing import CliRunner, Result

from dashboard.commands import app
from data.store import access_log
from data.store.database import connect, reading, writing
from data.store.schema import MIGRATIONS
from data.workbook.outgoing.writing import export
from models.registry import LEDGERS
from tests.data.contents import DEFAULTS

DAY = "2026-06-30"
SAFE = {
    "GRIDLIGHT_HTTPS": "1",
    "GRIDLIGHT_HOSTS": "gridlight.example",
    "GRIDLIGHT_TRUSTED_PROXIES": "127.0.0.1",
}
"""Settings with which every check of `check` passes."""
EVERY_LEDGER: dict[str, list[dict[str, Any]]] = {
    **{ledger: [{}] for ledger in DEFAULTS},
    "units": [{"pilot_batch": 1}, {"code": "U2"}],
    "reports": [{"submitted_on": date(2026, 1, 30)}],
}


class Shell:
    """Runs commands in English; `database` is the address in their environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "gridlight.sqlite"
        self.database = f"sqlite:///{self.file}"

    def call(self, *words: object, **env: str | None) -> Result:
        """The result of a command, which may fail, but never with a traceback."""
        fixed = {
            "GRIDLIGHT_LANGUAGE": "en",
            "GRIDLIGHT_DATABASE_URL": self.database,
            "GRIDLIGHT_HOME": str(self.folder),
        }
        runner = CliRunner(env={**fixed, **env})
        result = runner.invoke(app, [str(word) for word in words], prog_name="gridlight")
        assert isinstance(result.exception, SystemExit | None), repr(result.exception)
        assert "Traceback" not in result.output
        return result

    def done(self, *words: object, **env: str | None) -> str:
        """The output of a command, which must succeed."""
        result = self.call(*words, **env)
        assert result.exit_code == 0, result.output
        # Commands that write name the database on standard error; nothing else may be there.
        assert all(line.startswith("Database: ") for line in result.stderr.splitlines())
        return result.stdout

    def json(self, *words: object) -> Any:
        """The JSON that a command prints."""
        return json.loads(self.done(*words, "--json"))

    def refused(self, *words: object, code: int = 1, **env: str | None) -> str:
        """The sentence on standard error of a command, which must fail with `code`."""
        result = self.call(*words, **env)
        assert result.exit_code == code, result.output
        [sentence] = result.stderr.strip().splitlines()
        return sentence

    def misused(self, *words: object) -> str:
        """The first line on standard error of a command, which must be used wrongly."""
        result = self.call(*words)
        assert result.exit_code == 2, result.output
        return result.stderr.splitlines()[0]

    def book(self, name: str = "book.xlsx", **ledgers: list[dict[str, Any]]) -> Path:
        """A workbook of these rows in stored form; missing required cells are filled."""
        path = self.folder / name
        export(
            path,
            [
                (ledger, [DEFAULTS[ledger.id()] | row for row in ledgers[ledger.id()]])
                for ledger in LEDGERS
                if ledger.id() in ledgers
            ],
        )
        return path

    def take(self, **ledgers: list[dict[str, Any]]) -> None:
        """Import a workbook of these rows, which must have no faults."""
        self.done("import", self.book(**ledgers), "--day", DAY)


def log(shell: Shell) -> list[tuple[str, str, str]]:
    engine = connect(shell.database)
    with reading(engine) as connection:
        entries = access_log.entries(connection)
    engine.dispose()
    return [(entry.account.partition(":")[0], entry.what, entry.subject) for entry in entries]


def figure(shell: Shell, name: str) -> str:
    return str(shell.json("figures", "--as-of", DAY)["figures"][name]["text"])


def run_sql(shell: Shell, statement: str) -> None:
    engine = connect(shell.database)
    with writing(engine) as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def migrated_to(shell: Shell, revision: str) -> None:
    """Make the tables of an earlier version in an empty database."""
    engine = connect(shell.database)
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


DAYS = ("2026-02-15", "2026-04-01", DAY, "2027-03-01")


def figures(shell: Shell) -> dict[str, object]:
    return {
        f"{day} {node}": shell.json("figures", "--as-of", day, "--node", node)["figures"]
        for day in DAYS
        for node in ("district", "unit:U1", "kind:AGENCY")
    }
