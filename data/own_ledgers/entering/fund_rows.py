"""Enter special funds of a sheet: projects, and the money moved since the last sheet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from data.ledgers.rows import by_column, fetch_by, ids
from data.own_ledgers.entering.amounts_of_period import AmountsOfPeriod
from data.own_ledgers.entering.issued_codes import IssuedCodes
from data.own_ledgers.entering.rows_to_enter import FEN_IN_WAN, kept_form, place
from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.words import stated as own
from data.own_ledgers.words.stated import Proposal, QuestionKind, StatedRow
from data.own_ledgers.words.written import plain
from data.workbook.cells.value_texts import decimal_text
from models.fund import FundFlow, FundProject, Stage
from models.rules.snapshot import Answer
from models.text import N_, sentence

STAGES = ((own.DISBURSED, Stage.DISBURSED), (own.SPENT, Stage.SPENT))
LESS = N_(
    "For {name}, {kept} is kept as “{stage}”, the sheet says {stated}, which is less. Which holds?"
)


class FundRows:
    """Compares the fund projects of a sheet with the stored ones."""

    def __init__(self, taking: TakingSheet, rows: Sequence[StatedRow]) -> None:
        self.taking = taking
        self.rows = [
            (row, unit)
            for row in rows
            if (unit := taking.units.of(row.values.get("unit"))) and not taking.waits(row)
        ]
        units = {unit for _, unit in self.rows}
        order = ids(FundProject)
        self._kept: dict[str, dict[str, Any]] = {
            row[0]: by_column(FundProject, row)
            for row in fetch_by(taking.connection, FundProject, order, "unit", units)
        }
        self._matched = self._match()
        self._codes = IssuedCodes(self._kept, "F")
        self._flows: dict[tuple[str, str], list[tuple[date, int, int]]] = defaultdict(list)
        columns = ("project", "stage", "on_date", "number", "amount")
        for code, stage, *flow in fetch_by(
            taking.connection, FundFlow, columns, "project", list(self._kept)
        ):
            self._flows[code, stage].append(tuple(flow))
        self._amounts = AmountsOfPeriod(taking, "fund_projects")
        self._told = {
            each.key: each.said for each in taking.remembered if each.ledger == "fund_projects"
        }

    def enter(self) -> None:
        """Add projects and flows to the rows to enter."""
        self._settle_amounts()
        for row, unit in self.rows:
            values = kept_form(FundProject, row.values) | {"unit": unit}
            written = str(row.values.get(own.CODE_AS_WRITTEN) or "")
            kept = self._kept_of(row)
            flows = self._growth(row, kept)
            if self.taking.waits(row):
                continue
            if kept:
                code = str(kept["code"])
                unsaid = row.known_as_of | row.assumed
                values = {k: v for k, v in values.items() if k not in unsaid and v != kept[k]}
                first = kept["approved_on"]
            else:
                first = values.get("approved_on", self.taking.as_of)
                code = self._codes.adopt(written) or self._codes.issue(unit, first.year)
            key = self.taking.to_enter.put("fund_projects", place(row), {"code": code, **values})
            if not kept:
                self.taking.to_enter.mark("fund_projects", key, row, self.taking.as_of)
            for stage, amount in flows.items():
                self._enter_flow(row, code, stage, amount, first)
            said = {name: row.values.get(name) for name, _ in STAGES}
            for name, stage in STAGES:
                moved = self._moved(kept, stage)
                said |= self._amounts.remembered(row, name, code, moved)
            self.taking.tell(row, "fund_projects", code, {"name": row.values["name"], **said})

    def _match(self) -> dict[int, dict[str, Any]]:
        """The stored project of each stated row: by its number, else by unit and name.

        Several of one name, such as batches of a project, are told apart by day or amount of
        approval, else by order. No stored project is matched twice.
        """
        found: dict[int, dict[str, Any]] = {}
        free = dict(sorted(self._kept.items()))
        for alike in (_by_number, _by_day, _by_amount, _by_name):
            for row, unit in self.rows:
                stated = kept_form(FundProject, row.values) | {
                    "unit": unit,
                    "code": str(row.values.get(own.CODE_AS_WRITTEN) or ""),
                }
                if "approved_on" in row.known_as_of:
                    stated.pop("approved_on", None)
                code = next((each for each in free if alike(stated, free[each])), None)
                if id(row) not in found and code is not None:
                    found[id(row)] = free.pop(code)
        return found

    def _kept_of(self, row: StatedRow) -> dict[str, Any] | None:
        """The stored project of a row."""
        return self._matched.get(id(row))

    def _settle_amounts(self) -> None:
        rows = [row for row, _ in self.rows]
        for name, stage in STAGES:
            moved = {id(row): self._moved(self._kept_of(row), stage) for row in rows}
            self._amounts.settle(name, rows, moved)

    def _moved(self, kept: Mapping[str, Any] | None, stage: Stage) -> int:
        """The stored amount up to the snapshot day, in 分."""
        flows = self._flows[str(kept["code"]), stage] if kept else []
        return sum(amount for day, _, amount in flows if day <= self.taking.as_of)

    def _growth(self, row: StatedRow, kept: Mapping[str, Any] | None) -> dict[str, int]:
        """By stage, by how much the sheet's amount exceeds the stored one."""
        more = {}
        apart = set()
        for name, stage in STAGES:
            before = self._moved(kept, stage)
            stated = self._amounts.so_far(row, name, str(kept["code"]) if kept else None, before)
            if not isinstance(stated, Decimal):
                continue
            total = int((stated * FEN_IN_WAN).to_integral_value())
            if total > before:
                more[stage.value] = total - before
            elif total < before:
                told = self._told.get(str(kept["code"])) if kept else None
                said_so = told is not None and told.get(name) == f"{stated:f}"
                if said_so or self._stays(row, stage, before, total):
                    apart.add(name)
        if apart:
            self.taking.apart[id(row)] = frozenset(apart)
        return more

    def _stays(self, row: StatedRow, stage: Stage, kept: int, stated: int) -> bool:
        """Whether an answer says to keep the stored amount though the sheet's is lower."""
        answer = self.taking.ask(
            QuestionKind.CONTRADICTION,
            ("fund_flows", row.values["name"], stage, kept, stated),
            [row],
            value=str(row.values["name"]),
            proposals=[Proposal(Answer.KEPT, Answer.KEPT.label)],
            asks=sentence(
                LESS,
                name=row.values["name"],
                stage=stage.label,
                kept=decimal_text(kept, 6),
                stated=decimal_text(stated, 6),
            ),
        )
        return answer == Answer.KEPT

    def _enter_flow(self, row: StatedRow, code: str, stage: str, amount: int, first: date) -> None:
        day = max(self.taking.as_of, first)
        numbers = [number for on, number, _ in self._flows[code, stage] if on == day]
        values = {
            "project": code,
            "on_date": day,
            "stage": stage,
            "number": max(numbers, default=0) + 1,
            "amount": amount,
        }
        key = self.taking.to_enter.put("fund_flows", place(row), values)
        self.taking.to_enter.marks["fund_flows", key, "on_date"] = (self.taking.as_of, None)


def _by_number(stated: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    return bool(stated["code"]) and stated["code"] == kept["code"]


def _by_name(stated: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    return stated["unit"] == kept["unit"] and plain(stated["name"]) == plain(kept["name"])


def _by_day(stated: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    return _by_name(stated, kept) and stated.get("approved_on") == kept["approved_on"]


def _by_amount(stated: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    return _by_name(stated, kept) and stated.get("approved") == kept["approved"]
