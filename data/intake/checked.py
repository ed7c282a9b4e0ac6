"""Compare a workbook with the stored rows, and name every fault in the order of the file."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from data.intake import kept_warnings
from data.intake.checks import faults_between_rows
from data.intake.checks.corrections import Correcting, Correction, corrections
from data.intake.checks.prospect import Prospect
from data.intake.extending import extend
from data.intake.issuing_codes import OF_UNITS, issue_codes
from data.intake.odd import oddities
from data.intake.original_values import with_original_values
from data.intake.senders import Sender
from data.intake.stages import Progress
from data.intake.taken import Also, Origin, Taken, counted
from data.intake.unit_names import resolve_unit_names
from data.reference.lists import References
from data.workbook.reading import Limits
from data.workbook.rows import Content, Fault
from models.grid import Sector, Unit

WARNED_UP_TO = 100_000
"""New and changed rows up to which an import keeps what is odd about it; a larger one is the load
of a whole district, of which a trial run tells."""


@dataclass(frozen=True, slots=True)
class Request:
    """How a workbook is imported.

    `file` is None if its content had been read before; values are read from it again, within
    `limits`, to be shown as they stand there.
    """

    origin: Origin
    references: References
    permission: Correcting | None
    sender: Sender | None
    say: Progress
    also: Also | None
    facts_later: bool
    file: Path | None
    limits: Limits


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows of a workbook beside the stored ones, with the faults between them.

    `corrected` is filled by trial runs; `odd` rows are noticed in files, and `told_of` are the rows
    that they concern.
    """

    content: Content
    prospect: Prospect
    row_faults: list[Fault]
    corrected: tuple[Correction, ...] = ()
    odd: tuple[Fault, ...] = ()
    told_of: kept_warnings.Located = field(default_factory=dict)

    @property
    def faults(self) -> list[Fault]:
        """All faults that were found."""
        return [*self.content.faults, *self.row_faults]


def check(
    connection: Connection,
    content: Content,
    request: Request,
    *,
    trial: bool = False,
) -> Checked:
    """Compare the rows of `content`, whose missing codes and names are filled in, with the stored
    ones."""
    day, permission, sender = request.origin.day, request.permission, request.sender
    issue_codes(connection, content, day, (Sector, Unit))
    resolve_unit_names(connection, content, day)
    issue_codes(connection, content, day, OF_UNITS)
    prospect = Prospect(connection, content)
    if permission is not None:
        extend(prospect, permission.extended, day)
    corrected = tuple(corrections(prospect)) if trial else ()
    row_faults = list(
        faults_between_rows(
            prospect,
            day=day,
            references=request.references,
            correct=permission,
            sender=sender.code if sender else "",
            sent_units=sender.units(connection) if sender else None,
        )
    )
    if trial or request.file is None or row_faults or content.faults:
        return Checked(content, prospect, row_faults, corrected)
    odd = _odd(prospect, day, request.origin.sender)
    return Checked(
        content, prospect, row_faults, corrected, odd, kept_warnings.rows_of(prospect, odd)
    )


def refused(checked: Checked, request: Request) -> Taken:
    """The faults of a workbook, with values as they stand in its file."""
    row_faults = checked.row_faults
    if request.file is not None:
        row_faults = with_original_values(request.file, request.limits, row_faults)
    faults = in_order([*checked.content.faults, *row_faults], checked.content)
    return Taken(None, request.origin.day, {}, faults, corrections=checked.corrected)


def permission_of(correct: Correcting | str | None) -> Correcting | None:
    """The permission to correct that a caller gave; None without a reason and without extensions.

    Without a reason nothing may be corrected; extensions are not corrections.
    """
    permission = Correcting(correct) if isinstance(correct, str) else correct
    if permission is None or not (permission.reason.strip() or permission.extended):
        return None
    reason = permission.reason.strip()
    return replace(permission, reason=reason, keys=permission.keys if reason else frozenset())


def in_order(faults: Iterable[Fault], content: Content) -> list[Fault]:
    """The faults in the order of the file, those without a place first."""
    sheets = {sheet.name: at for at, sheet in enumerate(content.sheets)}
    columns = {
        (sheet.name, header): at
        for sheet in content.sheets
        for at, header in enumerate(sheet.headers.values())
    }

    def place(fault: Fault) -> tuple[int, int, int]:
        at = columns.get((fault.sheet or "", fault.column or ""), -1)
        return sheets.get(fault.sheet or "", -1), fault.row or 0, at

    return sorted(faults, key=place)


def _odd(prospect: Prospect, day: date, sender: str | None) -> tuple[Fault, ...]:
    """The oddities of an import, unless it loads a whole district."""
    counts = counted(prospect).values()
    if sum(each["new"] + each["changed"] for each in counts) > WARNED_UP_TO:
        return ()
    return tuple(oddities(prospect, day=day, sender=sender))
