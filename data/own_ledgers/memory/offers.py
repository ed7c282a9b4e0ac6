"""The choices for importing an own ledger: forms and senders."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from data.intake.senders import SenderKind
from data.ledgers.rows import fetch
from data.own_ledgers.forms import kept_forms
from data.own_ledgers.forms.form import Form
from data.own_ledgers.memory import remembered
from models.grid import Sector, Unit


@dataclass(frozen=True, slots=True)
class Offers:
    """The `forms` by name, and the names of `senders`, those of earlier sheets first."""

    forms: Mapping[str, Form]
    senders: tuple[str, ...]


def offers(connection: Connection) -> Offers:
    """The present choices."""
    units = {code: name for code, name in fetch(connection, Unit, ("code", "name"))}
    earlier = [units.get(each, each) for each in remembered.known_from(connection)]
    departments = [lead for (lead,) in fetch(connection, Sector, ("lead",)) if lead]
    every = (*sorted(earlier), SenderKind.BUREAU.zh, *departments, *units.values())
    senders = tuple(dict.fromkeys(each for each in every if each))
    return Offers(kept_forms.current(connection), senders)
