"""The tables as known at a freeze: queries that replace them, so that any question can be asked.

The query of a ledger joins the rows that existed at the freeze with the versions replaced since.
Nothing is copied: the query runs each time the table is read.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, inspect
from sqlmodel import SQLModel

from data.facts import balances, kept_facts
from data.facts.past import FACTS, MOVES
from data.ledgers.rows import PROVENANCE, ids, table_of
from data.meetings.freezes import FreezeLine
from data.reference import lists as reference
from data.reference.lists import References
from data.store.shadows import Shadow, shadowed
from models.freeze import Freeze
from models.grid import Unit
from models.kept import Import, ReferenceList, UnitNode, Version
from models.kinds import Code
from models.ledger import Ledger
from models.letter import Letter
from models.registry import LEDGERS

OF_PEOPLE = (
    "sign_in_failures",
    "sign_in_tickets",
    "sign_in_sessions",
    "earlier_passwords",
    "password_resets",
    "recovery_codes",
    "second_factors",
    "grants",
    "accounts",
    "access_entries",
)
"""Tables about those who use the dashboard: no part of what a meeting saw."""
NOT_TAKEN_IN = ("sent_files", "files_set_aside")
"""Tables of what waits to be taken in, which no figure knew."""


def look_at(engine: Engine, line: FreezeLine, lists: References) -> Engine:
    """A read-only engine for the database of `engine` as known at freeze `line`, with its
    reference lists."""
    sqlite = engine.dialect.name == "sqlite"
    schema = "main" if sqlite else str(inspect(engine).default_schema_name)
    queries = _Queries(line, lists, schema, sqlite)
    return shadowed(engine, dict(queries.by_table()))


@dataclass(frozen=True, slots=True)
class _Queries:
    """The queries that replace tables for one freeze, in the SQL dialect of one database."""

    line: FreezeLine
    lists: References
    schema: str
    sqlite: bool

    def by_table(self) -> Iterator[tuple[str, Shadow]]:
        """The queries by table, each after those that it reads."""
        known, freeze = self.line.import_number, self.line.number
        for ledger in LEDGERS:
            then, versions = self._rows(ledger), self._versions(ledger)
            yield (
                table_of(ledger).name,
                Shadow(
                    f"{then} UNION ALL {versions}",
                    _names(ledger),
                    simpler=then,
                    unless=f"EXISTS ({versions})",
                ),
            )
        yield self._limited(Version, f"replaced_by <= {known}")
        yield self._limited(Import, f"number <= {known}")
        moment = f"(SELECT at FROM {self._kept(Freeze.__tablename__)} WHERE number = {freeze})"
        # Received files are not part of a freeze, and so reminders of missing ones are not either.
        yield self._limited(Letter, f"at <= {moment} AND period IS NULL")
        yield ReferenceList.__tablename__, Shadow(self._lists())
        yield kept_facts.TABLE.name, Shadow(self._facts())
        yield balances.TABLE.name, Shadow(self._balances(), balances.COLUMNS)
        reads = (Unit.id(), kept_facts.TABLE.name)
        yield UnitNode.__tablename__, Shadow(self._nodes(), ("unit", "node"), reads)
        for name in (*OF_PEOPLE, *NOT_TAKEN_IN):
            yield name, Shadow(f"SELECT * FROM {self._kept(name)} WHERE 1 = 0")

    def _kept(self, table: str) -> str:
        """The real table, not the query that replaces it."""
        return f"{self.schema}.{_quoted(table)}"

    def _limited(self, table: type[SQLModel], condition: str) -> tuple[str, Shadow]:
        name = str(table.__tablename__)
        return name, Shadow(f"SELECT * FROM {self._kept(name)} WHERE {condition}")

    def _rows(self, ledger: type[Ledger]) -> str:
        table, known = table_of(ledger).name, self.line.import_number
        # The plus keeps SQLite from using the index on imports instead of that on the asked column.
        plus = "+" if self.sqlite else ""
        return (
            f"SELECT {_list(_names(ledger))} FROM {self._kept(table)}"
            f" WHERE {plus}import_number <= {known}"
        )

    def _versions(self, ledger: type[Ledger]) -> str:
        """The versions replaced since the freeze, with the column types of `ledger`."""
        plus, known = "+" if self.sqlite else "", self.line.import_number
        in_force = (
            f"kept.ledger = '{ledger.id()}'"
            f" AND {plus}kept.import_number <= {known} AND kept.replaced_by > {known}"
        )
        kept = f"{self._kept(str(Version.__tablename__))} AS kept"
        values = {name: f"kept.{_quoted(name)}" for name in PROVENANCE}
        if self.sqlite:
            values |= {
                column.id: f"""json_extract(kept."values", '$."{column.id}"')"""
                for column in ledger.columns
            }
            first, *others = ledger.key_columns()
            if not others and isinstance(first.kind, Code):
                # By its key a version is found at once; a code stands in it as it is.
                values[first.id] = "kept.key"
            form = ""
        else:
            values |= {name: f"form.{_quoted(name)}" for name in ids(ledger)}
            row = f"NULL::{self._kept(table_of(ledger).name)}"
            form = f' CROSS JOIN LATERAL json_populate_record({row}, kept."values") AS form'
        columns = ", ".join(values[name] for name in _names(ledger))
        return f"SELECT {columns} FROM {kept}{form} WHERE {in_force}"

    def _facts(self) -> str:
        columns = (*kept_facts.COLUMNS, "after_freeze")
        names, freeze = _list(columns), self.line.number
        return (
            f"SELECT id, {names} FROM {self._kept(kept_facts.TABLE.name)}"
            f" WHERE after_freeze < {freeze}"
            f" UNION ALL SELECT -id, {names} FROM {self._kept(FACTS.name)}"
            f" WHERE after_freeze < {freeze} AND until_freeze >= {freeze}"
        )

    def _balances(self) -> str:
        return (
            f"SELECT {_list(balances.COLUMNS)} FROM {self._kept(balances.TABLE.name)}"
            f' UNION ALL SELECT {_list(balances.KEY)}, -"count", -total'
            f' FROM {self._kept(MOVES.name)} WHERE "freeze" >= {self.line.number}'
        )

    def _nodes(self) -> str:
        """The group nodes of units, computed from rows as `data.nodes.groups_of` does."""
        units, facts = Unit.id(), kept_facts.TABLE.name
        named = {
            "'district'": "1 = 1",
            "'sector:' || sector": "1 = 1",
            "'kind:' || kind": "1 = 1",
            "'subdistrict:' || subdistrict": "subdistrict <> ''",
            "'batch:' || pilot_batch": "pilot_batch IS NOT NULL",
        }
        parts = [
            f"SELECT code AS unit, {node} AS node FROM {units} WHERE {condition}"
            for node, condition in named.items()
        ]
        of_district = f"EXISTS (SELECT 1 FROM {facts} WHERE unit = '')"
        return " UNION ALL ".join((*parts, f"SELECT '', 'district' WHERE {of_district}"))

    def _lists(self) -> str:
        """The reference lists that differed from the shipped ones at the freeze, or differ now."""
        shipped = reference.shipped().lists
        names = [
            name
            for name, rows in self.lists.lists.items()
            if name in self.lists.replaced or rows != shipped.get(name)
        ]
        wanted = ", ".join(f"'{name}'" for name in names)
        return (
            f'SELECT list.key AS name, list.value AS "rows", at AS replaced_at, account'
            f" FROM {self._kept(Freeze.__tablename__)}, json_each(lists) AS list"
            f" WHERE number = {self.line.number} AND "
            + (f"list.key IN ({wanted})" if names else "1 = 0")
        )


def _names(ledger: type[Ledger]) -> tuple[str, ...]:
    """The columns of the table, in order."""
    return tuple(column.name for column in table_of(ledger).columns)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _list(names: Collection[str]) -> str:
    return ", ".join(map(_quoted, names))
