"""Replace a reference list: check it, store it and derive all facts again."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select
from sqlmodel import col

from data.facts.derivation import Derivation, Progress, derive
from data.intake.reference_rules import Line, ListFault, checked
from data.ledgers.rows import table_of
from data.reference.lists import References, code_of, current
from data.store import access_log, data_version
from data.store.access_log import Act
from data.workbook.cells.choice_cells import listed_codes
from data.workbook.cells.value_texts import decimal_text
from models.account import Event
from models.kept import ReferenceList
from models.kinds import Listed
from models.ledger import Ledger
from models.registry import LEDGERS
from models.report import ReportScore
from models.rules.warning import HEARING
from models.text import N_, Label, sentence

HEARING_RULE = "W19"

STILL_USED = N_(
    "“{code}” is missing, but {rows} rows of “{ledger}” use it. Keep it, or change those first."
)
STILL_SCORED = N_("Up to {points} points are kept for this dimension. Let it weigh at least that.")
HEARING_NEEDED = N_(
    "Rule {rule} watches the duty {item}. Keep {item} in the list of duties, or switch {rule} off."
)


class ListRefusedError(Exception):
    """The list was not replaced; `faults` gives all reasons."""

    def __init__(self, faults: Sequence[ListFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.sentence.say(str, "en") for fault in faults))


def replace(
    connection: Connection,
    act: Act,
    name: str,
    header: Sequence[str],
    lines: Sequence[Line],
    progress: Progress | None = None,
) -> Derivation:
    """Replace the rows of the list `name` and derive all facts again, in a transaction of
    `writing`.

    Raises `ListRefusedError` with every fault.
    """
    rows, faults = checked(name, header, lines)
    if faults:
        raise ListRefusedError(faults)
    before = current(connection)
    after = References({**before.lists, name: tuple(rows)}, before.replaced | {name})
    faults = [
        *_still_used(connection, name, before, after),
        *_still_scored(connection, name, after, lines),
        *_hearing_needed(after),
    ]
    if faults:
        raise ListRefusedError(faults)
    connection.execute(delete(ReferenceList).where(col(ReferenceList.name) == name))
    connection.execute(
        insert(ReferenceList).values(
            name=name, rows=[dict(row) for row in rows], replaced_at=act.at, account=act.account
        )
    )
    data_version.bump(connection)
    access_log.append(connection, act, Event.LIST_REPLACED, f"{name} {len(rows)}")
    return derive(connection, None, after, progress)


def _still_used(
    connection: Connection, name: str, before: References, after: References
) -> Iterator[ListFault]:
    """A fault for each removed code that a row of a ledger still holds."""
    for ledger, listed, columns in _users(name):
        known = _usable(name, listed, after)
        gone = _usable(name, listed, before) - known
        if not gone:
            continue
        keys = [table_of(ledger).c[column] for column in columns]
        rows = connection.execute(
            select(*keys, func.count()).where(keys[-1].is_not(None)).group_by(*keys).order_by(*keys)
        )
        for *parts, count in rows:
            code = "/".join(parts)
            if code not in known:
                wrong = sentence(STILL_USED, code=code, rows=count, ledger=_sheet(ledger))
                yield ListFault(None, None, code, wrong)


def _users(name: str) -> Iterator[tuple[type[Ledger], Listed, tuple[str, ...]]]:
    """The ledgers with a column of the list, and the columns that together hold its code."""
    for ledger in LEDGERS:
        for column in ledger.columns:
            if isinstance(column.kind, Listed) and column.kind.list_name == name:
                columns = ("kind", column.id) if name == "rubric" else (column.id,)
                yield ledger, column.kind, columns


def _usable(name: str, listed: Listed, references: References) -> set[str]:
    if name == "rubric":
        return {code_of(name, row) for row in references.lists[name]}
    return set(listed_codes(listed, references).values())


def _still_scored(
    connection: Connection, name: str, after: References, lines: Sequence[Line]
) -> Iterator[ListFault]:
    """A fault for each dimension whose maximum is now lower than a score already given."""
    if name != "rubric":
        return
    line_of = {
        code_of(name, row): line for row, (line, _) in zip(after.lists[name], lines, strict=True)
    }
    table = table_of(ReportScore).c
    keys: tuple[Any, Any] = (table.kind, table.dimension)
    highest = select(*keys, func.max(table.points)).group_by(*keys).order_by(*keys)
    for kind, dimension, points in connection.execute(highest):
        weight = after.rubric.get(kind, {}).get(dimension)
        if weight is not None and points > weight * 100:
            wrong = sentence(STILL_SCORED, points=decimal_text(points, 2))
            yield ListFault(line_of[f"{kind}/{dimension}"], "weight", str(weight), wrong)


def _hearing_needed(after: References) -> Iterator[ListFault]:
    if HEARING_RULE in after.thresholds and HEARING not in after.duty_weights:
        wrong = sentence(HEARING_NEEDED, rule=HEARING_RULE, item=HEARING)
        yield ListFault(None, None, None, wrong)


def _sheet(ledger: type[Ledger]) -> Label:
    return ledger.SHEET
