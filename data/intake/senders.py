"""The sender of a file: a unit, the competent department of a sector, or the audit bureau."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlmodel import col

from data.intake.unit_names import UnitNames
from data.ledgers.rows import fetch
from data.workbook.cells.value_texts import plain_name
from models.choice import Choice
from models.grid import Sector, Unit, UnitName
from models.text import N_, Sentence, TellingError

UNKNOWN = N_(
    "“{sender}” is no sender. Name a unit by code or name, a sector or its department, or "
    "“{bureau}”."
)
UNCLEAR = N_("“{sender}” is no sender: {why}")


class SenderKind(Choice):
    """报送方"""

    UNIT = "unit", "单位", "Unit"
    DEPARTMENT = "department", "主管部门", "Competent department"
    BUREAU = "bureau", "区审计局", "Audit bureau"


class SenderRefusedError(TellingError):
    """The text names no sender; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class Sender:
    """A sender: the code of its unit or sector, empty for the bureau."""

    kind: SenderKind
    code: str = ""

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.code}" if self.code else self.kind.value

    def units(self, connection: Connection) -> frozenset[str] | None:
        """The units whose rows the sender may send; None = all. For a unit: itself and all below
        it."""
        if self.kind is not SenderKind.UNIT:
            return None
        return frozenset(_at_and_below(connection, self.code))


BUREAU = Sender(SenderKind.BUREAU)


def sender_of(connection: Connection, text: str, day: date) -> Sender:
    """The sender named by `text`: a code, a name, or the form of `str(sender)`.

    Raises `SenderRefusedError` if it names none or several.
    """
    kind, _, code = text.strip().partition(":")
    wanted = code or kind
    if code == "" and plain_name(wanted) in (SenderKind.BUREAU.value, SenderKind.BUREAU.zh):
        return BUREAU
    if kind != SenderKind.DEPARTMENT.value and (unit := _unit(connection, wanted, day)):
        return Sender(SenderKind.UNIT, unit)
    if not code or kind == SenderKind.DEPARTMENT.value:
        sectors = select(col(Sector.code)).where(
            or_(*(column == wanted for column in (Sector.code, Sector.name, Sector.lead)))  # type: ignore[arg-type]
        )
        if sector_codes := list(connection.scalars(sectors.order_by(col(Sector.code)))):
            return Sender(SenderKind.DEPARTMENT, sector_codes[0])
    raise SenderRefusedError(UNKNOWN, sender=text, bureau=SenderKind.BUREAU.label)


def offered(connection: Connection, day: date) -> tuple[str, ...]:
    """The senders to choose from: the bureau, the departments, the units by name.

    A unit that shares its name with another is offered by its code.
    """
    leads = [lead for (lead,) in fetch(connection, Sector, ("lead",)) if lead]
    units: Any = list(fetch(connection, Unit, ("code", "name"), in_order=True))
    times = Counter(plain_name(name) for _, name in units)
    names = (name if times[plain_name(name)] == 1 else code for code, name in units)
    return tuple(dict.fromkeys((SenderKind.BUREAU.label.zh, *leads, *names)))


def names(connection: Connection) -> dict[str, str]:
    """The display name of each sender, by the form in which imports store it."""
    names_of_senders = {str(BUREAU): SenderKind.BUREAU.label.zh}
    for code, name, lead in fetch(connection, Sector, ("code", "name", "lead")):
        names_of_senders[str(Sender(SenderKind.DEPARTMENT, code))] = lead or name
    for code, name in fetch(connection, Unit, ("code", "name")):
        names_of_senders[str(Sender(SenderKind.UNIT, code))] = name
        # An import of an own ledger stores only the code.
        names_of_senders[code] = name
    return names_of_senders


def _unit(connection: Connection, wanted: str, day: date) -> str | None:
    names = UnitNames(day)
    codes: Any = fetch(connection, Unit, ("code", "name"))
    for code, name in codes:
        if code == wanted:
            return str(code)
        names.add(code, name)
    for unit, name, until_on in fetch(connection, UnitName, ("unit", "name", "until_on")):
        names.add_other(unit, name, until_on)
    unit_code = names.code_of(plain_name(wanted))
    if isinstance(unit_code, Sentence):
        raise SenderRefusedError(UNCLEAR, sender=wanted, why=unit_code)
    return unit_code


def _at_and_below(connection: Connection, unit: str) -> Iterator[str]:
    below: dict[str, list[str]] = {}
    for code, parent in fetch(connection, Unit, ("code", "parent")):
        below.setdefault(parent, []).append(code)
    left, seen = [unit], {unit}
    while left:
        at = left.pop()
        yield at
        left += [each for each in below.get(at, ()) if each not in seen]
        seen.update(left)
