"""Reference lists, shipped as small files; an administrator may replace them after a check.

They are no ledgers: their rows record no events. Names in the shipped lists are placeholders.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from sqlalchemy import Connection, select
from sqlmodel import col

from data.store.database import ChangedMeanwhileError
from models.kept import ReferenceList
from models.rules.light import Limits

FOLDER = Path(__file__).parent
NAMES = (
    "subdistricts",
    "content_items",
    "rubric",
    "duty_items",
    "rating_grades",
    "vetoes",
    "warning_rules",
    "light_rules",
    "targets",
    "holidays",
    "own_headings",
    "own_words",
)
Row = Mapping[str, str]


@dataclass(frozen=True)
class References:
    """All reference lists, each a sequence of rows of text by column.

    Lists not in `replaced` are the shipped ones, whose names are placeholders.
    """

    lists: Mapping[str, tuple[Row, ...]]
    replaced: frozenset[str] = frozenset()

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, Row]]:
        """By list and code, the row; the rubric's code is KIND/DIMENSION."""
        return {
            name: {code_of(name, row): row for row in self.lists.get(name, ())} for name in NAMES
        }

    @cached_property
    def item_groups(self) -> Mapping[str, str]:
        """By content item, its group."""
        return {row["code"]: row["group"] for row in self.lists["content_items"]}

    @cached_property
    def duty_weights(self) -> Mapping[str, tuple[str, int]]:
        """By duty item, its responsible subject and its weight."""
        return {
            row["code"]: (row["subject"], int(row["weight"])) for row in self.lists["duty_items"]
        }

    @cached_property
    def rubric(self) -> Mapping[str, Mapping[str, int]]:
        """By report kind, the weight of every dimension."""
        kinds: dict[str, dict[str, int]] = {}
        for row in self.lists["rubric"]:
            kinds.setdefault(row["kind"], {})[row["dimension"]] = int(row["weight"])
        return kinds

    @cached_property
    def grades(self) -> tuple[tuple[int, str], ...]:
        """Pairs of lowest points, in hundredths, and grade, the best first."""
        rows = (
            (_hundredths(row["lowest_points"]), row["grade"]) for row in self.lists["rating_grades"]
        )
        return tuple(sorted(rows, reverse=True))

    @cached_property
    def thresholds(self) -> Mapping[str, int]:
        """By rule of computed warnings that is switched on, its threshold."""
        return {
            row["code"]: int(row["threshold"] or 0)
            for row in self.lists["warning_rules"]
            if row["source"] == "COMPUTED" and row.get("on") != "0"
        }

    @cached_property
    def levels(self) -> Mapping[str, str]:
        """By warning rule, its level."""
        return {row["code"]: row["level"] for row in self.lists["warning_rules"]}

    @cached_property
    def limits(self) -> Limits:
        """The limits from which a unit's light turns yellow or red."""
        # Freezes made before this list existed do not hold it.
        rows = self.lists.get("light_rules") or shipped().lists["light_rules"]
        by_code = {row["code"]: int(row["threshold"]) for row in rows}
        return Limits(by_code["OVERDUE"], by_code["RATING"], by_code["ELEMENTS"])


def _hundredths(text: str) -> int:
    whole, _, part = text.strip().partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def code_of(name: str, row: Row) -> str:
    """The code of a row of list `name`: for the rubric KIND/DIMENSION, for targets FIGURE/DAY."""
    match name:
        case "rubric":
            return f"{row['kind']}/{row['dimension']}"
        case "rating_grades":
            return row["grade"]
        case "targets":
            return f"{row['figure']}/{row['from']}"
        case "holidays":
            return row["day"]
        case "own_headings":
            # One heading may name either of two columns of a subject; the sheet decides.
            return f"{row['subject']}/{row['heading']}/{row['column']}"
        case "own_words":
            return f"{row['list']}/{row['word']}"
        case _:
            return row["code"]


@lru_cache(maxsize=1)
def shipped() -> References:
    """The lists that come with the product."""
    return References({name: tuple(_rows(FOLDER / f"{name}.csv")) for name in NAMES})


def current(connection: Connection) -> References:
    """The lists in force: the shipped ones, and those that an administrator put in their place."""
    kept = connection.execute(select(col(ReferenceList.name), col(ReferenceList.rows)))
    replaced = {name: tuple(rows) for name, rows in kept}
    if not replaced:
        return shipped()
    return References({**shipped().lists, **replaced}, frozenset(replaced))


def require_current(connection: Connection, references: References) -> None:
    """Raise `ChangedMeanwhileError` if lists were replaced since `references` were read.

    Facts derived by outdated lists would not agree with the others. Call it in a transaction of
    `writing`.
    """
    if current(connection).lists != references.lists:
        raise ChangedMeanwhileError("the reference lists were replaced meanwhile")


def _rows(path: Path) -> Iterable[Row]:
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))
