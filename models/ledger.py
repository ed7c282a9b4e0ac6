"""The base of ledgers: a class is a sheet and a table; columns carry their label, kind and rules.

The template, the reader, fault messages, the export and the data dictionary are all made from these
declarations; what a column can hold is said by its kind, in `models.kinds`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from models.declarations import CompositeReference, Referred, RowRule, TimeLine, UnitTab
from models.kinds import Kind
from models.text import Label


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: how it is filled in, and what its values mean elsewhere.

    Rules within the row: `after`, `not_before` and `not_more` name a column than which the value
    must be later, not earlier, not greater; `needs` names one that must be filled if this one is.
    `not_before_referred` names a day of the row that a reference names. `hint` adds a sentence to
    the explanations in the template. `en` is the English heading where the id in words says too
    little.

    Which unit a row belongs to: `owner` marks the unit for which the row counts, or a reference to
    the row whose unit that is; `party` a second unit that is involved. `may_refer` names a ledger
    whose key a code may hold, but need not.

    Columns marked `about` describe the row in lists. `personal` ones hold a person's name, masked
    for viewers who may not see it. A change of a `guarded` one counts as a correction. `planned`
    marks the day for which the row is planned; `known_with` names the column with the day from
    which this value is known.
    """

    id: str
    zh: str
    kind: Kind
    key: bool = False
    required: bool = False
    default: int | None = None
    after: str | None = None
    not_before: str | None = None
    not_more: str | None = None
    needs: str | None = None
    not_before_referred: Referred | None = None
    hint: str = ""
    en: str = ""
    owner: bool = False
    party: bool = False
    may_refer: str = ""
    about: bool = False
    personal: bool = False
    guarded: bool = False
    planned: bool = False
    known_with: str = ""

    @property
    def label(self) -> Label:
        """The header in Chinese and what the column is called in English."""
        in_words = self.id.removesuffix("_on").replace("_", " ").capitalize()
        return Label(self.zh, self.en or in_words)


def column(zh: str, kind: Kind, *, key: bool = False, required: bool = False, **rules: Any) -> Any:
    """Declare a column of a ledger; a key column without a default is required."""
    default = rules.get("default")
    needed = default is None and (required or key)
    info = {"zh": zh, "kind": kind, "key": key, "required": needed, **rules}
    return Field(
        default=... if needed else default,
        primary_key=key,
        sa_type=kind.sql,
        nullable=not (needed or key),
        sa_column_kwargs={"info": info, "autoincrement": False} if key else {"info": info},
    )


@cache
def _declared(ledger: "type[Ledger]") -> tuple[Column, ...]:
    table = ledger.__table__  # type: ignore[attr-defined]
    return tuple(Column(id=each.name, **each.info) for each in table.columns if each.info)


class _Columns:
    """Reads the columns of a ledger from its table when first asked for."""

    def __get__(self, row: "Ledger | None", ledger: "type[Ledger]") -> tuple[Column, ...]:
        return _declared(ledger)


class Ledger(SQLModel):
    """A row of a sheet, with the import, sheet and row number it came from.

    The class attributes declare the ledger; everything else in the application reads them from
    here:
    """

    SHEET: ClassVar[Label]
    """The name of its sheet."""
    DATED_BY: ClassVar[str | Referred] = ""
    """The column with the day from which a row is known; "" if there is none."""
    COUNTS_FOR_DISTRICT: ClassVar[bool] = False
    """Whether its figures exist for the district alone."""
    BORROWS: ClassVar[tuple[Referred, ...]] = ()
    """Columns of referred rows that the rules need beside the ledger's own."""
    COMPOSITE: ClassVar[tuple[CompositeReference, ...]] = ()
    """References by several columns; a column of the kind `Refers` is a reference by itself."""
    ROW_RULES: ClassVar[tuple[RowRule, ...]] = ()
    """Rules within a row that no attribute of a column expresses."""
    UNIT_TAB: ClassVar[UnitTab | None] = None
    """The tab of the unit page that shows its rows; None if no tab does."""
    TIME_LINE: ClassVar[TimeLine | None] = None
    """How its rows appear on a unit's time line; None if they do not."""

    columns: ClassVar[_Columns] = _Columns()
    """Its columns, in the order of the sheet."""

    import_number: int = Field(default=0, index=True)
    sheet: str = Field(default="")
    row: int = Field(default=0)

    @classmethod
    def id(cls) -> str:
        """The English id: the second name of the sheet, and the name of the table."""
        return str(cls.__tablename__)

    @classmethod
    def key_columns(cls) -> tuple[Column, ...]:
        """The columns that identify a row."""
        return tuple(column for column in cls.columns if column.key)

    @classmethod
    def column(cls, column_id: str) -> Column:
        """The column with `column_id`; raises `KeyError` if there is none."""
        for column in cls.columns:
            if column.id == column_id:
                return column
        raise KeyError(column_id)

    @classmethod
    def owner(cls) -> Column | None:
        """The column with the unit for which a row counts; None if rows count for no unit."""
        return next((column for column in cls.columns if column.owner), None)

    @classmethod
    def about(cls) -> tuple[Column, ...]:
        """The columns that describe a row in lists."""
        return tuple(column for column in cls.columns if column.about)


def key_text(parts: Iterable[object]) -> str:
    """The parts of a key as one text: joined by `|`, a `|` inside a part doubled by `\\`."""
    return "|".join([str(part).replace("\\", "\\\\").replace("|", "\\|") for part in parts])


def key_texts(columns: Iterable[Sequence[object]]) -> list[str]:
    """The keys of many rows as texts, given their parts by column; each is that of `key_text`."""
    texts = []
    for column in columns:
        text_by_part = {part: key_text([part]) for part in set(column)}
        texts.append([text_by_part[part] for part in column])
    return list(map("|".join, zip(*texts, strict=True)))
