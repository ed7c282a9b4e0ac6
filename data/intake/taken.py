"""The origin of an import and its result."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from data.intake.checks.corrections import Correction
from data.intake.checks.prospect import Prospect
from data.intake.preview import Preview
from data.store.access_log import Act
from data.workbook.rows import Fault

Counts = dict[str, dict[str, int]]
"""Numbers of `new`, `changed` and `equal` rows, by ledger."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who imports which file, when and why."""

    file_name: str
    sha256: str
    day: date
    act: Act
    correct: str | None
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The result of an import: the rows by ledger, or the faults that kept it out.

    `number` is the import's; None if nothing was stored: refused, a trial run, or all rows equal.
    `corrections` are all guarded cells that it would change, permitted or not, `warnings` the
    oddities of its rows, and `preview` its effect row by row; all three are filled by trial runs
    only.
    """

    number: int | None
    day: date
    counts: Counts = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    corrections: tuple[Correction, ...] = ()
    warnings: tuple[Fault, ...] = ()
    preview: Preview | None = None

    @property
    def refused(self) -> bool:
        """Whether the workbook was refused."""
        return bool(self.faults)


Also = Callable[[Connection, Taken], None]
"""Does what belongs to an import, in its transaction; an error there undoes both."""


def counted(prospect: Prospect) -> Counts:
    """The numbers of new, changed and equal rows, by ledger."""
    return {
        ledger: {
            "new": len(arriving.rows) - len(arriving.before) - len(arriving.equal),
            "changed": len(arriving.before),
            "equal": len(arriving.equal),
        }
        for ledger, arriving in prospect.arriving.items()
        if arriving.rows
    }
