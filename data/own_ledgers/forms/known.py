"""Load the data that reading needs: units, aliases, forms, lists, settings."""

from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlmodel import col

from data.ledgers.rows import table_of
from data.own_ledgers.forms import kept_forms
from data.own_ledgers.forms.knowledge import Known
from data.own_ledgers.words.limits import DefaultLimits
from data.reference.lists import References, current
from models.grid import Unit, UnitName
from models.kept import Setting

IMMEDIATE, FIRST_MILESTONE = "own_ledgers.immediate_days", "own_ledgers.first_milestone_days"
"""Names of the settings that say when 立行立改 and the first milestone of 长期坚持 are due."""


def known(connection: Connection, references: References | None = None) -> Known:
    """The data of this database that reading needs."""
    units = table_of(Unit).c
    rows = connection.execute(select(units.code, units.name).order_by(units.code))
    return Known(
        {code: name for code, name in rows},
        _aliases(connection),
        kept_forms.current(connection),
        references or current(connection),
        _defaults(connection),
    )


def _aliases(connection: Connection) -> Mapping[str, str]:
    names = table_of(UnitName).c
    # Names no longer in use are included, since old papers have them.
    return {name: unit for name, unit in connection.execute(select(names.name, names.unit))}


def _defaults(connection: Connection) -> DefaultLimits:
    kept = {
        name: value
        for name, value in connection.execute(
            select(col(Setting.name), col(Setting.value)).where(
                col(Setting.name).in_([IMMEDIATE, FIRST_MILESTONE])
            )
        )
    }
    plain = DefaultLimits()
    return DefaultLimits(
        int(kept.get(IMMEDIATE, plain.immediate)),
        int(kept.get(FIRST_MILESTONE, plain.first_milestone)),
    )
