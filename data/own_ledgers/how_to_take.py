"""A caller's decisions on importing own ledgers, and the result of each import."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from data.intake.taken import Taken
from data.own_ledgers.entering.agreement import SideBySide
from data.own_ledgers.reading import ReadFiles, read_files
from data.own_ledgers.words.stated import Question, StatedFile
from data.reference.lists import References
from data.store.access_log import Act


@dataclass(frozen=True, slots=True)
class OwnTaken:
    """The result of importing one own ledger.

    `questions` stop it until they are answered or their rows are set aside; `optional` ones have a
    default answer. `sums` compare the sheets with the figures of their day. `set_aside` counts the
    rows that wait. `earlier` are the imports of the file's earlier months, which came first.
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
        """Whether nothing was imported because of faults or open questions."""
        return self.taken.refused or bool(self.questions)


@dataclass(frozen=True, slots=True)
class OnlyRows:
    """The rows of one file that are imported alone: their places, and their ids as waiting rows."""

    places: frozenset[tuple[str, int]]
    ids: frozenset[int]

    def of(self, stated: StatedFile) -> StatedFile:
        """The file reduced to these rows."""
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
    """The caller's decisions on importing own ledgers.

    `day` is that of the import. `sender` is a unit, by code or name, or any other name. `form`
    None: the best one for each sheet. With `set_aside` rows with open questions wait while the rest
    is imported. A `dry_run` stores nothing. `read` reads the files; pass
    `data.own_ledgers.reading_apart.read_files_apart` where many users depend on this process.
    `also` is called in the transaction of each imported file. `only` are waiting rows to import
    alone.
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
    read: ReadFiles = read_files
    also: "Callable[[Connection, OwnTaken], None] | None" = None
    only: OnlyRows | None = None
