"""Compare the sums of a sheet with the stored figures of its day, after its rows are stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from data.ledgers.rows import by_column, fetch_by, ids
from data.own_ledgers.entering.rows_to_enter import FEN_IN_WAN
from data.own_ledgers.words import stated as own
from data.own_ledgers.words.stated import StatedRow
from models.fund import FundFlow, FundProject, Stage
from models.rectification import Finding, RectificationEvent, State
from models.rules.snapshot import standing_on


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One sum: its `name`, the sum of the sheet's imported rows, and that of the stored rows.

    Counts are whole numbers, money is in 万元.
    """

    name: str
    theirs: int | Decimal
    ours: int | Decimal

    @property
    def differs(self) -> bool:
        """Whether the two sums differ."""
        return self.theirs != self.ours


def side_by_side(
    connection: Connection,
    rows: Sequence[StatedRow],
    keys: Mapping[int, str],
    apart: Mapping[int, frozenset[str]],
    as_of: date,
    so_far: Mapping[tuple[int, str], Decimal],
) -> list[SideBySide]:
    """Compare the imported `rows` with what is stored under their `keys` as of `as_of`.

    Rows in `apart`, which were knowingly stored differently from the sheet, are left out on both
    sides. `so_far` are cumulative amounts for rows that state only the amount of their month.
    """
    findings = [row for row in rows if row.ledger == "findings" and id(row) in keys]
    funds = [row for row in rows if row.ledger == "fund_projects" and id(row) in keys]
    return [
        *_findings(connection, findings, keys, apart, as_of, so_far),
        *_funds(connection, funds, keys, apart, as_of, so_far),
    ]


def _findings(
    connection: Connection,
    rows: Sequence[StatedRow],
    keys: Mapping[int, str],
    apart: Mapping[int, frozenset[str]],
    as_of: date,
    so_far: Mapping[tuple[int, str], Decimal],
) -> Iterator[SideBySide]:
    if not rows:
        return
    codes = [keys[id(row)] for row in rows]
    kept = {
        each[0]: Finding.model_construct(**by_column(Finding, each))
        for each in fetch_by(connection, Finding, ids(Finding), "code", codes)
    }
    events: dict[str, list[RectificationEvent]] = {}
    order = ids(RectificationEvent)
    for each in fetch_by(connection, RectificationEvent, order, "finding", codes):
        event = RectificationEvent.model_construct(**by_column(RectificationEvent, each))
        events.setdefault(event.finding, []).append(event)
    theirs: dict[str, int | Decimal] = {}
    ours: dict[str, int | Decimal] = {}

    def add(into: dict[str, int | Decimal], name: str, number: int | Decimal) -> None:
        into[name] = into.get(name, 0) + number

    for row, code in zip(rows, codes, strict=True):
        other = apart.get(id(row), frozenset())
        add(theirs, "findings", 1)
        if code not in kept:
            continue
        finding = kept[code]
        at = standing_on(finding, events.get(code, []), as_of)
        add(ours, "findings", int(finding.issued_on <= as_of))
        state = row.values.get(own.STATE)
        if state is own.State.TRANSFER:
            # A transferred finding has no known progress.
            add(theirs, "open", 1)
            add(ours, "open", 1)
        elif state is not None and "state" not in other:
            add(theirs, "closed" if state is own.State.CLOSE else "open", 1)
            add(ours, "closed" if at.state == State.CLOSED else "open", 1)
        if "amount" in row.values and "finding.amount" not in other:
            add(theirs, "amount", row.values["amount"])
            add(ours, "amount", _wan(finding.amount or 0))
        rectified = so_far.get((id(row), own.RECTIFIED), row.values.get(own.RECTIFIED))
        if rectified is not None and "amount" not in other:
            said = row.values.get("amount", Decimal()) if rectified == own.ALL else rectified
            add(theirs, "rectified", said)
            add(ours, "rectified", _wan(at.rectified))
    for name in dict.fromkeys((*theirs, *ours)):
        yield SideBySide(name, theirs.get(name, 0), ours.get(name, 0))


def _funds(
    connection: Connection,
    rows: Sequence[StatedRow],
    keys: Mapping[int, str],
    apart: Mapping[int, frozenset[str]],
    as_of: date,
    so_far: Mapping[tuple[int, str], Decimal],
) -> Iterator[SideBySide]:
    if not rows:
        return
    codes = [keys[id(row)] for row in rows]
    approved: dict[str, int] = dict(
        fetch_by(connection, FundProject, ("code", "approved"), "code", codes)
    )
    moved: dict[tuple[str, str], int] = {}
    columns = ("project", "stage", "on_date", "amount")
    for code, stage, day, amount in fetch_by(connection, FundFlow, columns, "project", codes):
        if day <= as_of:
            moved[code, stage] = moved.get((code, stage), 0) + amount
    yield SideBySide("fund_projects", len(set(codes)), len(approved))
    said = [row for row in rows if "approved" in row.values]
    yield SideBySide(
        "approved",
        sum((row.values["approved"] for row in said), Decimal()),
        sum((_wan(approved[keys[id(row)]]) for row in said), Decimal()),
    )
    for name, stage in ((own.DISBURSED, Stage.DISBURSED), (own.SPENT, Stage.SPENT)):
        told = [
            row
            for row in rows
            if (name in row.values or (id(row), name) in so_far)
            and name not in apart.get(id(row), frozenset())
        ]
        said_so_far = (so_far.get((id(row), name), row.values.get(name)) for row in told)
        yield SideBySide(
            name,
            sum(filter(None, said_so_far), Decimal()),
            sum((_wan(moved.get((keys[id(row)], stage.value), 0)) for row in told), Decimal()),
        )


def _wan(fen: int) -> Decimal:
    return Decimal(fen) / FEN_IN_WAN
