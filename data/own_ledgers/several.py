"""Import several files, own ledgers and Gridlight workbooks mixed, in an order that works."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from data.intake.senders import SenderRefusedError, sender_of
from data.intake.taken import Counts, Taken
from data.intake.taking import Reader, take
from data.own_ledgers.how_to_take import HowToTake, OwnTaken
from data.own_ledgers.layout.apart import OpenedFile, open_file
from data.own_ledgers.layout.files import DEFAULT_LIMITS
from data.own_ledgers.reading_apart import read_files_apart
from data.own_ledgers.taking import take_files
from data.store.database import reading
from data.workbook.apart import read_apart
from data.workbook.cells.value_texts import plain_name
from data.workbook.rows import Fault
from models.grid import Sector, Unit
from models.registry import LEDGERS


class Verdict(StrEnum):
    """What became of a file, or would."""

    TAKEN = auto()
    READY = auto()
    EQUAL = auto()
    QUESTIONS = auto()
    FAULTS = auto()


@dataclass(frozen=True, slots=True)
class OneOfSeveral:
    """A file among others: its path and what it was recognized as."""

    path: Path
    opened: OpenedFile


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one of several files; `own` is None for a Gridlight workbook."""

    file: str
    taken: Taken
    own: OwnTaken | None = None

    @property
    def verdict(self) -> Verdict:
        """The result in one word."""
        if self.taken.refused:
            return Verdict.FAULTS
        if self.own is not None and self.own.questions:
            return Verdict.QUESTIONS
        if self.taken.number is not None:
            return Verdict.TAKEN
        if any(each["new"] or each["changed"] for each in self.counts.values()):
            return Verdict.READY
        return Verdict.EQUAL

    @property
    def counts(self) -> Counts:
        """The numbers of new, changed and equal rows, by ledger."""
        return self.taken.counts

    @property
    def first_fault(self) -> Fault | None:
        """The first reason why it was refused."""
        return self.taken.faults[0] if self.taken.faults else None


def in_working_order(files: Iterable[OneOfSeveral]) -> list[OneOfSeveral]:
    """`files` in an order in which references come first.

    Gridlight workbooks with sectors or units, own ledgers that look like a register of units, other
    workbooks by their first ledger, then other own ledgers; within each group as given.
    """
    return sorted(files, key=_rank)


def some_are_ours(paths: Sequence[Path]) -> list[OneOfSeveral]:
    """`paths` in working order if one of them is a Gridlight workbook; empty if none is."""
    ours = {path: open_file(path, True, DEFAULT_LIMITS) for path in paths if path.is_file()}
    if not any(each.ledgers for each in ours.values()):
        return []
    opened = (
        ours[path]
        if path in ours and ours[path].ledgers
        else open_file(path, False, DEFAULT_LIMITS)
        for path in paths
    )
    return in_working_order(map(OneOfSeveral, paths, opened))


def _rank(file: OneOfSeveral) -> tuple[int, int]:
    order = {ledger.id(): at for at, ledger in enumerate(LEDGERS)}
    if file.opened.is_ours:
        ledgers = file.opened.ledgers
        first = min((order[each] for each in ledgers), default=len(order))
        return (0 if {Sector.id(), Unit.id()} & ledgers else 2), first
    return (1 if _looks_like_register(file.opened) else 3), 0


def _looks_like_register(opened: OpenedFile) -> bool:
    """Whether a heading or a title of the first sheet says that it is a list of units."""
    lines = opened.sheets[0].lines[:15] if opened.sheets else []
    said = {plain_name(cell) for line in lines for cell in line if isinstance(cell, str)}
    return any(word in each for each in said for word in REGISTER_WORDS) and not any(
        word in each for each in said for word in MATTER_WORDS
    )


REGISTER_WORDS = ("名册", "名录", "单位清单", "单位一览", "单位性质", "统一社会信用代码")
MATTER_WORDS = ("问题", "整改")


def take_one(
    engine: Engine, file: OneOfSeveral, how: HowToTake, *, reader: Reader = read_apart
) -> Outcome:
    """Import one of several files, or try to if `how` is a trial run.

    It is imported as a whole or not at all. Corrections are refused; they need the file to be
    looked at by itself.
    """
    if not file.opened.is_ours:
        own_way = replace(how, read=partial(read_files_apart, opened=file.opened))
        [own] = take_files(engine, [file.path], own_way)
        return Outcome(file.path.name, own.taken, own)
    try:
        with reading(engine) as connection:
            sender = sender_of(connection, how.sender, how.day) if how.sender else None
    except SenderRefusedError as error:
        fault = Fault(None, None, None, None, error.sentence)
        return Outcome(file.path.name, Taken(None, how.day, {}, [fault]))
    taken = take(
        engine,
        file.path,
        day=how.day,
        account=how.act.account,
        now=how.act.at,
        address=how.act.address,
        references=how.references,
        sender=sender,
        dry_run=how.dry_run,
        reader=reader,
    )
    return Outcome(file.path.name, taken)
