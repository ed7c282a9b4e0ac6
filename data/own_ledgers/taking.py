"""Import own ledgers: read, compared with what is stored, and entered as a whole or not at all."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine, update
from sqlmodel import col

from data.intake import kept_warnings
from data.intake.checked import in_order
from data.intake.checks import faults_between_rows
from data.intake.checks.corrections import Correcting, RowName
from data.intake.checks.prospect import Prospect
from data.intake.keeping import keep
from data.intake.odd import oddities
from data.intake.preview import preview_of
from data.intake.senders import Sender, SenderKind
from data.intake.taken import Origin, Taken, counted
from data.own_ledgers.entering.agreement import SideBySide, side_by_side
from data.own_ledgers.entering.comparing import Compared, compare
from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.forms import kept_forms
from data.own_ledgers.forms.known import known
from data.own_ledgers.how_to_take import HowToTake, OwnTaken
from data.own_ledgers.keeping_sheets import SheetKeeper, questions_of
from data.own_ledgers.layout.passed_over import Why
from data.own_ledgers.memory import remembered
from data.own_ledgers.memory.answers import aliases
from data.own_ledgers.reading import Known, as_of_question
from data.own_ledgers.taking_months import together
from data.own_ledgers.words.stated import (
    FileFault,
    FileWarning,
    Question,
    StatedFile,
    StatedRow,
)
from data.own_ledgers.words.written import plain
from data.store import access_log, gc_pause
from data.store.database import reading, writing
from data.workbook.rows import Fault
from models.account import Event
from models.grid import UnitName
from models.kept import Import
from models.text import N_, sentence

DIFFERS = N_(
    "“{name}” would be {ours} on {day}, but the sheet adds up to {theirs}. Nothing was taken in."
)
REASON = "原录有误，按《{file}》（{day}）更正"
"""Kept with the earlier version of each corrected row: file and snapshot day."""
RENAMED_REASON = "单位更名，见《{file}》（{day}）"
TAKEN_OVER_REASON = "由承接单位继续整改，见《{file}》（{day}）"
ADDED_UP = ("findings", "fund_projects")


class _StoppedError(Exception):
    """A month of a file was refused, or it was a trial; everything of the file is rolled back."""

    def __init__(self, taken: OwnTaken) -> None:
        self.taken = taken
        super().__init__()


class _DiffersError(Exception):
    """The figures differ from the sums of the sheet; the transaction is rolled back."""

    def __init__(self, sums: Sequence[SideBySide]) -> None:
        self.sums = sums
        super().__init__()


def take_files(engine: Engine, paths: Sequence[Path], how: HowToTake) -> list[OwnTaken]:
    """Read `paths` together and import them one by one, registers of units first.

    Each file is imported as a whole or not at all; a refused file does not affect the others.
    Sheets of earlier months are imported first, oldest first, unless a later one of the sender was
    imported before, or `how` gives the day.
    """
    with reading(engine) as connection:
        knowledge = replace(known(connection, how.references), today=how.day)
        sender = sender_of(knowledge, how.sender)
        days = days_of_the_same_files(connection, sender, paths)
        answers = {**remembered.answers(connection, sender), **days, **how.answers}
        last_days = {
            form: remembered.last_day(connection, sender, form) for form in knowledge.forms
        }
    form = kept_forms.require(knowledge.forms, how.form) if how.form else None
    files = how.read(
        paths,
        knowledge,
        form=form,
        sender=sender or None,
        as_of=how.as_of,
        answers=answers,
        taken_until=last_days,
        only={sheet for sheet, _ in how.only.places} if how.only else None,
    )
    by_name = {path.name: path for path in paths}
    if how.only is not None:
        files = [how.only.of(each) for each in files]
    months: dict[str, list[StatedFile]] = {}
    for each in files:
        months.setdefault(each.file, []).append(each)
    registers_first = sorted(
        months.values(),
        key=lambda of_file: all(row.ledger != "units" for each in of_file for row in each.rows),
    )
    return [
        _Taking(how, knowledge, sender, answers, by_name[of_file[0].file]).take(engine, of_file)
        for of_file in registers_first
    ]


def days_of_the_same_files(
    connection: Connection, sender: str, paths: Sequence[Path]
) -> dict[str, str]:
    """The snapshot days with which these very files were imported before, by the id of the
    question for them."""
    day_by_question: dict[str, str] = {}
    for path in paths:
        days = remembered.days_of_file(connection, sender, _sha256(path))
        day_by_question |= {as_of_question(path, sheet): day for sheet, day in days.items()}
        if len(set(days.values())) == 1:
            day_by_question[as_of_question(path)] = next(iter(days.values()))
    return day_by_question


def sender_of(knowledge: Known, sender: str) -> str:
    """The code of the unit named by `sender`; else the given name."""
    if sender in knowledge.units:
        return sender
    by_name = {plain(name): code for code, name in knowledge.units.items()}
    by_name |= {plain(name): code for name, code in knowledge.aliases.items()}
    return by_name.get(plain(sender), sender.strip())


@dataclass(frozen=True)
class _Taking:
    """Imports one file."""

    how: HowToTake
    knowledge: Known
    sender: str
    answers: Mapping[str, str]
    path: Path
    previews: bool = False
    """Whether to say what would be done although it is done: a trial that builds on itself."""

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the file."""
        return _sha256(self.path)

    @gc_pause.paused()
    def take(self, engine: Engine, months: Sequence[StatedFile]) -> OwnTaken:
        """The result for the file; each of `months` states its sheets of one day, oldest first."""
        if faulty := next((each for each in months if each.faults), None):
            return self._refused(faulty, map(_fault, faulty.faults))
        if len(months) > 1:
            return self._take_months(engine, months)
        [stated] = months
        try:
            with (reading if self.how.dry_run else writing)(engine) as connection:
                return self._take(connection, stated)
        except _DiffersError as error:
            return self._refused(stated, self._differences(error.sums, stated), sums=error.sums)

    def _take_months(self, engine: Engine, months: Sequence[StatedFile]) -> OwnTaken:
        """Import the months one after the other in one transaction, since each builds on those
        before."""
        done: list[OwnTaken] = []
        try:
            with writing(engine) as connection:
                for number, stated in enumerate(months, 1):
                    also = self.how.also if number == len(months) else None
                    how = replace(self.how, dry_run=False, also=also)
                    month = replace(self, how=how, previews=self.how.dry_run)
                    done.append(month._take(connection, stated))
                    if done[-1].refused:
                        raise _StoppedError(together(done, months[number:], trial=False))
                if self.how.dry_run:
                    raise _StoppedError(together(done, (), trial=True))
                return together(done, (), trial=False)
        except _StoppedError as stopped:
            return stopped.taken
        except _DiffersError as error:
            stated = months[len(done)]
            return self._refused(stated, self._differences(error.sums, stated), sums=error.sums)

    def _refused(
        self,
        stated: StatedFile,
        faults: Iterator[Fault],
        optional: Sequence[Question] = (),
        sums: Sequence[SideBySide] = (),
    ) -> OwnTaken:
        taken = Taken(None, self.how.day, {}, list(faults))
        return OwnTaken(stated, taken, stated.questions, optional, sums)

    def _take(self, connection: Connection, stated: StatedFile) -> OwnTaken:
        compared = compare(
            connection,
            stated,
            sender=self.sender,
            day=self.how.day,
            answers=self.answers,
        )
        if compared.faults:
            return self._refused(stated, map(_fault, compared.faults))
        waiting = list(compared.waiting())
        questions = [*stated.questions, *compared.open()]
        if self.how.set_aside:
            # A question that no row waits for concerns the whole sheet, and stops it.
            waited_for = {each for sheet, row in waiting for each in questions_of(sheet, row)}
            questions = [each for each in questions if each.id not in waited_for]
        if questions:
            return OwnTaken(stated, Taken(None, self.how.day), questions, compared.optional())
        self._put_aliases(compared, stated)
        return self._enter(connection, stated, compared, waiting)

    def _enter(
        self,
        connection: Connection,
        stated: StatedFile,
        compared: Compared,
        waiting: Sequence[tuple[TakingSheet, StatedRow]],
    ) -> OwnTaken:
        """Check what follows from the file, and store it unless this is a trial.

        Raises `_DiffersError` if what is stored then has other sums than the file.
        """
        how = self.how
        content = compared.to_enter.content(day=how.day, references=how.references)
        prospect = Prospect(connection, content)
        permission = self._permission(compared, stated)
        between_rows = list(
            faults_between_rows(
                prospect,
                day=how.day,
                references=how.references,
                correct=permission,
                sender=self.sender,
                sent_units=self._sent_units(connection),
            )
        )
        optional = compared.optional()
        if between_rows or content.faults:
            faults = in_order([*content.faults, *between_rows], content)
            return self._refused(stated, iter(faults), optional)
        preview = (
            preview_of(connection, prospect, day=how.day, references=how.references)
            if how.dry_run or self.previews
            else None
        )
        odd = tuple(oddities(prospect, day=how.day))
        if how.dry_run:
            taken = Taken(None, how.day, counted(prospect), warnings=odd, preview=preview)
            return OwnTaken(stated, taken, (), optional, (), len(waiting))
        taken = self._keep_rows(connection, stated, prospect, permission, odd)
        sums = list(self._sums(connection, stated, compared))
        if any(each.differs for each in sums):
            raise _DiffersError(sums)
        self._keeper().keep(connection, stated, compared, waiting, taken.number)
        if taken.number is not None:
            subject = f"{taken.number} {self.sha256[:12]}"
            access_log.append(connection, how.act, Event.IMPORTED, subject)
        taken = replace(taken, warnings=odd, preview=preview)
        done = OwnTaken(stated, taken, (), optional, sums, len(waiting))
        if how.also is not None:
            how.also(connection, done)
        return done

    def _keep_rows(
        self,
        connection: Connection,
        stated: StatedFile,
        prospect: Prospect,
        permission: Correcting | None,
        odd: Sequence[Fault],
    ) -> Taken:
        """Store the rows of `prospect` with the warnings about them, and who sent them."""
        reason = permission.reason if permission else None
        origin = Origin(stated.file, self.sha256, self.how.day, self.how.act, reason)
        warnings = [*map(_fault, stated.warnings), *odd]
        rows_warned_of = kept_warnings.rows_of(prospect, warnings)
        taken = keep(connection, prospect, origin, self.how.references)
        if taken.number is not None:
            kept_warnings.keep(connection, taken.number, warnings, rows_warned_of)
            if self.sender:
                connection.execute(
                    update(Import)
                    .where(col(Import.number) == taken.number)
                    .values(sender=self.sender)
                )
        return taken

    def _keeper(self) -> SheetKeeper:
        how = self.how
        return SheetKeeper(
            how.act, self.sender, self.path, self.sha256, self.knowledge.forms, how.only
        )

    def _sent_units(self, connection: Connection) -> frozenset[str] | None:
        """The units whose rows the sender may send; None for all."""
        if self.sender not in self.knowledge.units:
            return None
        return Sender(SenderKind.UNIT, self.sender).units(connection)

    def _permission(self, compared: Compared, stated: StatedFile) -> Correcting | None:
        """Permission to correct only what answers called mistyped, renamed or taken over."""
        keys = {RowName(*each) for sheet in compared.sheets for each in sheet.corrected}
        if not keys:
            return None
        day = max(sheet.as_of for sheet in compared.sheets)
        renamed = {RowName(*each) for sheet in compared.sheets for each in sheet.renamed}
        taken_over = {RowName(*each) for sheet in compared.sheets for each in sheet.taken_over}
        reasons = [
            reason
            for reason, those in (
                (RENAMED_REASON, renamed),
                (TAKEN_OVER_REASON, taken_over),
                (REASON, keys - renamed - taken_over),
            )
            if those
        ]
        said = (each.format(file=stated.file, day=day.isoformat()) for each in reasons)
        return Correcting("；".join(said), keys)

    def _put_aliases(self, compared: Compared, stated: StatedFile) -> None:
        """Add the names that answers gave as names of units."""
        if not compared.sheets:
            return
        units = compared.sheets[0].units.by_name
        find = {plain(code): code for code in units.values()} | units
        for name, code in aliases(stated, find).items():
            if plain(name) not in units:
                values = {"unit": code, "name": name, "kind": "OTHER"}
                compared.to_enter.put(UnitName.id(), (compared.sheets[0].sheet, 1), values)

    def _sums(
        self, connection: Connection, stated: StatedFile, compared: Compared
    ) -> Iterator[SideBySide]:
        by_sheet = {each.sheet: each for each in stated.sheets}
        for sheet in compared.sheets:
            rows = compared.rows[sheet.sheet]
            theirs = by_sheet[sheet.sheet].sums.theirs
            whole = not (
                self.how.only
                or sheet.apart
                or any(
                    each.why == Why.LEFT_OUT.sentence for each in by_sheet[sheet.sheet].passed_over
                )
                or any(id(row) not in sheet.keys for row in rows if row.ledger in ADDED_UP)
            )
            so_far = sheet.so_far
            added_up = {column for _, column in so_far}
            for each in side_by_side(
                connection, rows, sheet.keys, sheet.apart, sheet.as_of, so_far
            ):
                said_by_cells = whole and each.name not in added_up
                said = theirs.get(each.name, each.theirs) if said_by_cells else each.theirs
                yield SideBySide(each.name, said, each.ours)

    def _differences(self, sums: Sequence[SideBySide], stated: StatedFile) -> Iterator[Fault]:
        days = [each.as_of for each in stated.sheets if each.as_of]
        for each in sums:
            if each.differs:
                said = sentence(
                    DIFFERS,
                    name=each.name,
                    ours=str(each.ours),
                    theirs=str(each.theirs),
                    day=max(days, default=self.how.day).isoformat(),
                )
                yield Fault(None, None, None, None, said)


def _fault(fault: FileFault | FileWarning) -> Fault:
    return Fault(fault.sheet, fault.row, fault.column, fault.value, fault.sentence)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        # Reading says that the file cannot be opened.
        return ""
