"""Enter rows about dated events: reports, posts, trainings, disposals."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from data.ledgers.rows import by_column, fetch, fetch_by, ids
from data.own_ledgers.entering.issued_codes import IssuedCodes
from data.own_ledgers.entering.rows_to_enter import kept_form, place
from data.own_ledgers.entering.stated_findings import due
from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.words import stated as own
from data.own_ledgers.words.stated import RowOfFile, StatedRow
from data.own_ledgers.words.written import plain
from models.disposal import Disposal
from models.duty import Appointment
from models.report import Report
from models.work import Attendance, Training


class DatedRows:
    """Adds rows with days of their own to the rows to enter."""

    def __init__(self, taking: TakingSheet) -> None:
        self.taking = taking

    def _ready(self, rows: Sequence[StatedRow]) -> list[tuple[StatedRow, str]]:
        """The rows that need not wait, each with the code of its unit."""
        return [
            (row, unit)
            for row in rows
            if (unit := self.taking.units.of(row.values.get("unit"))) and not self.taking.waits(row)
        ]

    def _said(self, row: StatedRow, ledger: str, key: str) -> None:
        self.taking.to_enter.mark(ledger, key, row, self.taking.as_of)
        self.taking.tell(row, ledger, key, {"unit": row.values.get("unit")})

    def enter_reports(self, rows: Sequence[StatedRow]) -> None:
        """Enter reports; a stored day of submission is not replaced by the day of the sheet."""
        ready = self._ready(rows)
        order = ("unit", "year", "kind", "number", "submitted_on")
        kept = {
            row[:4]: row[4]
            for row in fetch_by(
                self.taking.connection, Report, order, "unit", {unit for _, unit in ready}
            )
        }
        for row, unit in ready:
            values = kept_form(Report, row.values) | {"unit": unit}
            key = (unit, values["year"], values["kind"], values.get("number", 1))
            if "submitted_on" in row.known_as_of and kept.get(key):
                del values["submitted_on"]
            self._said(row, "reports", self.taking.to_enter.put("reports", place(row), values))

    def enter_appointments(self, rows: Sequence[StatedRow]) -> None:
        """Enter posts; a stored post continues if the sheet only assumes its first day."""
        ready = self._ready(rows)
        order = ("unit", "name", "role", "from_on", "until_on")
        held: dict[tuple[Any, ...], date] = {}
        for *who, from_on, until_on in fetch_by(
            self.taking.connection, Appointment, order, "unit", {unit for _, unit in ready}
        ):
            if until_on is None or until_on > self.taking.as_of:
                held[tuple(who)] = from_on
        for row, unit in ready:
            values = kept_form(Appointment, row.values) | {"unit": unit}
            since = held.get((unit, values["name"], values["role"]))
            if since and ("from_on" in row.known_as_of or "from_on" in row.words):
                values["from_on"] = since
            key = self.taking.to_enter.put("appointments", place(row), values)
            self._said(row, "appointments", key)

    def enter_trainings(self, trainings: Sequence[StatedRow], rows: Sequence[StatedRow]) -> None:
        """Enter trainings by name and day, and their attendance."""
        order = ("code", "name", "on_date")
        kept = list(fetch(self.taking.connection, Training, order))
        codes = {(plain(name), day): code for code, name, day in kept}
        issued = IssuedCodes(code for code, _, _ in kept)
        by_name: dict[str, str] = {}
        for row in trainings:
            if self.taking.waits(row) or "on_date" not in row.values:
                continue
            values = kept_form(Training, row.values)
            day = values["on_date"]
            code = codes.get((plain(values["name"]), day)) or issued.next_of(f"T-{day.year}-", 2)
            by_name[values["name"]] = code
            self._said(
                row,
                "trainings",
                self.taking.to_enter.put("trainings", place(row), values | {"code": code}),
            )
        for row, unit in self._ready(rows):
            training = row.values.get("training")
            named_code = by_name.get(training.name) if isinstance(training, RowOfFile) else training
            if named_code is None:
                continue
            values = kept_form(Attendance, row.values) | {"unit": unit, "training": named_code}
            self._said(
                row, "attendance", self.taking.to_enter.put("attendance", place(row), values)
            )

    def enter_disposals(self, rows: Sequence[StatedRow]) -> None:
        """Enter disposals by their number, else by unit and name."""
        ready = self._ready(rows)
        kept = [
            by_column(Disposal, row)
            for row in fetch_by(
                self.taking.connection, Disposal, ids(Disposal), "unit", {u for _, u in ready}
            )
        ]
        by_code = {each["code"]: each for each in kept}
        by_name = {(each["unit"], plain(each["name"])): each for each in kept}
        codes = IssuedCodes(by_code, "D")
        for row, unit in ready:
            values = kept_form(Disposal, row.values) | {"unit": unit}
            written = str(row.values.get(own.CODE_AS_WRITTEN) or "")
            before = by_code.get(written) or by_name.get((unit, plain(values.get("name", ""))))
            if before:
                for column in row.known_as_of | row.assumed:
                    if before.get(column) is not None:
                        values.pop(column, None)
                values["code"] = before["code"]
            else:
                found_on = values.get("found_on", self.taking.as_of)
                if limit := row.values.get(own.LIMIT):
                    values.setdefault("due_on", due(limit, found_on) or self.taking.as_of)
                values["code"] = codes.adopt(written) or codes.issue(unit, found_on.year)
            self._said(row, "disposals", self.taking.to_enter.put("disposals", place(row), values))
