"""What reading needs to know besides the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.own_ledgers.forms import Form
from data.own_ledgers.limits import DefaultLimits
from data.reference.lists import References


@dataclass(frozen=True, slots=True)
class Known:
    """What reading needs to know besides the file: the units (name by code), the aliases (code by
    name), the forms by name, the reference lists, the settings of time limits, and the day on which
    is read: a sheet of a month that lasts on tells of that day."""

    units: Mapping[str, str]
    aliases: Mapping[str, str]
    forms: Mapping[str, Form]
    references: References
    defaults: DefaultLimits = field(default_factory=DefaultLimits)
    today: date | None = None
