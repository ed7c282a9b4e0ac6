"""What a caller decides about own ledgers that are to be taken in, and what became of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from data.intake.taking import Taken
from data.own_ledgers.agreement import SideBySide
from data.own_ledgers.files import grids
from data.own_ledgers.fitting import OpenGrids
from data.own_ledgers.stated import Question, StatedFile
from data.reference.lists import References
from data.store.access_log import Act


@dataclass(frozen=True, slots=True)
class OwnTaken:
    """What became of one own ledger.

    `questions` stop it until they are answered, or the rows that they touch are set aside;
    `optional` ones have an answer that holds by itself. `sums` are what the sheets add up to beside
    the figures of their day. `set_aside` counts the rows that wait. `earlier` are the imports of
    the earlier months of the file, which came in first.
    """

    stated: StatedFile
    taken: Taken
    questions: Sequence[Question] = ()
    optional: Sequence[Question] = ()
    sums: Sequence[SideBySide] = ()
    set_aside: int = 0
    earlier: tuple[int, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether nothing was taken in because of faults or open questions."""
        return self.taken.refused or bool(self.questions)


@dataclass(frozen=True, slots=True)
class OnlyRows:
    """The rows of one file that are taken in alone: where they stand, and their ids as waiting."""

    places: frozenset[tuple[str, int]]
    ids: frozenset[int]

    def of(self, stated: StatedFile) -> StatedFile:
        """The file as if it held nothing else."""
        rows = [row for row in stated.rows if (row.sheet, row.row) in self.places]
        sheets = {row.sheet for row in rows}
        asked = {each for row in rows for each in row.questions}
        return replace(
            stated,
            rows=tuple(rows),
            sheets=tuple(each for each in stated.sheets if each.sheet in sheets),
            questions=[each for each in stated.questions if each.id in asked],
        )


@dataclass(frozen=True, slots=True)
class HowToTake:
    """What the caller decides about own ledgers that are to be taken in.

    `day` is that of the import. `sender` is a unit, by code or name, or any other name. `form` is
    None for each sheet's best. With `set_aside` rows with open questions wait while the rest comes
    in. A `dry_run` keeps nothing. `open_grids` opens a file, or gives what was opened before.
    `also` is done in the transaction in which a file is taken in. `only` are rows that waited.
    """

    day: date
    act: Act
    references: References
    sender: str = ""
    form: str | None = None
    as_of: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    set_aside: bool = False
    dry_run: bool = False
    open_grids: OpenGrids = grids
    also: "Callable[[Connection, OwnTaken], None] | None" = None
    only: OnlyRows | None = None
