"""Check a sent file at once: its effect and its faults, without changing anything."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine

from data.intake.checks.corrections import TRIAL, Correcting
from data.intake.senders import Sender, SenderKind
from data.intake.taken import Also, Counts, Taken
from data.intake.taking import Reader, take
from data.own_ledgers.how_to_take import HowToTake, OwnTaken
from data.own_ledgers.layout.apart import OpenedFile, open_apart
from data.own_ledgers.reading_apart import read_files_apart
from data.own_ledgers.taking import take_files
from data.reference.lists import References
from data.store.access_log import Act
from data.workbook.apart import read_apart
from models.file_names import fit

"""Stands for the reason of a trial run, which keeps none."""


@dataclass(frozen=True, slots=True)
class FileOfUnit:
    """A file with the unit that sends it; `answers` to its questions, by question id."""

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
    """When and by whom a file is checked or imported; `reader` reads it in another process."""

    day: date
    act: Act
    references: References
    reader: Reader = read_apart


@dataclass(frozen=True, slots=True)
class Checked:
    """The effect of a file: in `taken` for a Gridlight workbook, also in `own` for an own
    ledger."""

    taken: Taken
    own: OwnTaken | None = None

    @property
    def ours(self) -> bool:
        """Whether it is a Gridlight workbook."""
        return self.own is None

    @property
    def counts(self) -> Counts:
        """The numbers of new, changed and equal rows, by ledger."""
        return self.taken.counts

    @property
    def faults(self) -> int:
        """The number of faults that keep it out."""
        return len(self.taken.faults)

    @property
    def questions(self) -> int:
        """The number of open questions."""
        return len(self.own.questions) if self.own else 0

    @property
    def corrections(self) -> int:
        """The number of stored rows it would correct."""
        return len({each.row_name for each in self.taken.corrections})

    @property
    def warnings(self) -> int:
        """The number of oddities."""
        of_reading = len(self.own.stated.warnings) if self.own else 0
        return of_reading + len(self.taken.warnings)

    @property
    def clean(self) -> bool:
        """Whether it can be imported without anybody looking at it."""
        return not (self.faults or self.questions or self.corrections or self.warnings)

    @property
    def found(self) -> dict[str, object]:
        """The results, by the columns of `SentFile` in which they are stored."""
        return {
            "ours": self.ours,
            "counts": self.counts,
            "faults": self.faults,
            "questions": self.questions,
            "corrections": self.corrections,
            "warnings": self.warnings,
        }


def opened(file: FileOfUnit) -> OpenedFile:
    """The file, recognized and opened in a separate process with limits."""
    with tempfile.TemporaryDirectory() as folder:
        return open_apart(_put(file, folder))


def check(
    engine: Engine, file: FileOfUnit, found: OpenedFile, circumstances: Circumstances
) -> Checked:
    """The effect of importing `file`, opened as `found`, without changing anything."""
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
    """Import `file` and what belongs to it in one transaction, or report what keeps it out.

    `correct` permits changes of guarded columns.
    """
    return _run(engine, file, ours, None, circumstances, correct, also, dry_run=False)


def _run(
    engine: Engine,
    file: FileOfUnit,
    ours: bool,
    found: OpenedFile | None,
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
            read=partial(read_files_apart, opened=found),
            also=None if also is None else lambda connection, own: also(connection, own.taken),
        )
        [own] = take_files(engine, [path], how)
    return Checked(own.taken, replace(own, stated=replace(own.stated, file=file.name)))


def _put(file: FileOfUnit, folder: str) -> Path:
    """Write the file into `folder` under its name, as far as a file system allows that name."""
    path = Path(folder) / fit(file.name)
    path.write_bytes(file.content)
    return path
