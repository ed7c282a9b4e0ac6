"""A sent file checked at once: what it would do and what is wrong, with nothing changed by it."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine

from data.intake.checks.corrections import Correcting
from data.intake.senders import Sender, SenderKind
from data.intake.taking import Also, Counts, Reader, Taken, take
from data.own_ledgers.apart import OpenedFile, open_apart
from data.own_ledgers.how_to_take import HowToTake, OwnTaken
from data.own_ledgers.taking import take_files
from data.reference.lists import References
from data.store.access_log import Act
from data.workbook.apart import read_apart
from models.file_names import fit

TRIAL = "which rows would be corrected"
"""Stands for the reason of a trial run, which keeps none."""


@dataclass(frozen=True, slots=True)
class FileOfUnit:
    """A file with the unit that sends it; `answers` to questions about it, by their id."""

    name: str
    content: bytes
    unit: str
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and by whom a file is checked or taken in; `reader` reads it, in another process."""

    day: date
    act: Act
    references: References
    reader: Reader = read_apart


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file would do: of a workbook of ours by `taken`, of an own ledger by `own` too."""

    taken: Taken
    own: OwnTaken | None = None

    @property
    def ours(self) -> bool:
        """Whether it is a workbook of ours."""
        return self.own is None

    @property
    def counts(self) -> Counts:
        """Rows new, changed and equal, by ledger."""
        return self.taken.counts

    @property
    def faults(self) -> int:
        """How many faults keep it out."""
        return len(self.taken.faults)

    @property
    def questions(self) -> int:
        """How many questions are open."""
        return len(self.own.questions) if self.own else 0

    @property
    def corrections(self) -> int:
        """How many kept rows it would correct."""
        return len({each.row_name for each in self.taken.corrections})

    @property
    def warnings(self) -> int:
        """How many things are odd about it."""
        of_reading = len(self.own.stated.warnings) if self.own else 0
        return of_reading + len(self.taken.warnings)

    @property
    def clean(self) -> bool:
        """Whether it can be taken in without anybody looking at it."""
        return not (self.faults or self.questions or self.corrections or self.warnings)

    @property
    def found(self) -> dict[str, object]:
        """What was found, by the columns of `SentFile` in which it is kept."""
        return {
            "ours": self.ours,
            "counts": self.counts,
            "faults": self.faults,
            "questions": self.questions,
            "corrections": self.corrections,
            "warnings": self.warnings,
        }


def opened(file: FileOfUnit) -> OpenedFile:
    """The file told apart and opened, in a process of its own with limits."""
    with tempfile.TemporaryDirectory() as folder:
        return open_apart(_put(file, folder))


def check(
    engine: Engine, file: FileOfUnit, found: OpenedFile, circumstances: Circumstances
) -> Checked:
    """What `file`, opened as `found`, would do. Nothing is changed by it."""
    correct = Correcting(TRIAL, most=None)
    return _run(engine, file, found.is_ours, found, circumstances, correct, None, dry_run=True)


def take_checked(
    engine: Engine,
    file: FileOfUnit,
    ours: bool,
    circumstances: Circumstances,
    correct: Correcting | None,
    also: Also,
) -> Checked:
    """Take `file` in, with what belongs to that in the same transaction, or say what keeps it out.

    `correct` is leave to change guarded columns of kept rows.
    """
    found = OpenedFile(is_ours=True) if ours else opened(file)
    return _run(engine, file, ours, found, circumstances, correct, also, dry_run=False)


def _run(
    engine: Engine,
    file: FileOfUnit,
    ours: bool,
    found: OpenedFile,
    at: Circumstances,
    correct: Correcting | None,
    also: Also | None,
    *,
    dry_run: bool,
) -> Checked:
    with tempfile.TemporaryDirectory() as folder:
        path = _put(file, folder)
        if ours:
            taken = take(
                engine,
                path,
                day=at.day,
                account=at.act.account,
                now=at.act.at,
                address=at.act.address,
                references=at.references,
                file_name=file.name,
                sender=Sender(SenderKind.UNIT, file.unit),
                correct=correct,
                dry_run=dry_run,
                reader=at.reader,
                also=also,
            )
            return Checked(taken)
        how = HowToTake(
            day=at.day,
            act=at.act,
            references=at.references,
            sender=file.unit,
            answers=file.answers,
            dry_run=dry_run,
            open_grids=found.grids,
            also=None if also is None else lambda connection, own: also(connection, own.taken),
        )
        [own] = take_files(engine, [path], how)
    return Checked(own.taken, replace(own, stated=replace(own.stated, file=file.name)))


def _put(file: FileOfUnit, folder: str) -> Path:
    """Write the file into `folder` under its name, as far as a disk takes that."""
    path = Path(folder) / fit(file.name)
    path.write_bytes(file.content)
    return path
