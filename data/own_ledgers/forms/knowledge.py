"""The data that reading needs besides the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.own_ledgers.forms.form import Form
from data.own_ledgers.words.limits import DefaultLimits
from data.reference.lists import References


@dataclass(frozen=True, slots=True)
class Known:
    """The data that reading needs besides the file.

    It holds the units (name by code), the aliases (code by name), the forms by name, the reference
    lists, the settings of time limits, and the day of reading, which is the snapshot day of a month
    not ended.
    """

    units: Mapping[str, str]
    aliases: Mapping[str, str]
    forms: Mapping[str, Form]
    references: References
    defaults: DefaultLimits = field(default_factory=DefaultLimits)
    today: date | None = None
