"""Enter the units of a register: sectors, names and internal audit bodies."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data.ledgers.rows import by_column, fetch, fetch_by, ids
from data.own_ledgers.entering.issued_codes import IssuedCodes
from data.own_ledgers.entering.rows_to_enter import kept_form, place
from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.words import stated as own
from data.own_ledgers.words.stated import Proposal, QuestionKind, StatedRow
from data.own_ledgers.words.written import plain
from models.duty import Institution
from models.grid import Sector, Unit, UnitName
from models.rules.snapshot import Answer
from models.text import N_, Label, sentence

RENAMED_ASKED = N_(
    "Unit {code} is kept as “{kept}”; the sheet calls it “{stated}”. Was it renamed?"
)
RENAMED = "RENAMED"
NAMES_DIFFER = {
    RENAMED: sentence(N_("renamed: it bears the new name now, the old one is kept beside it")),
    Answer.MISTYPED.value: sentence(N_("its name was mistyped: correct it")),
    Answer.KEPT.value: sentence(N_("the kept name stays")),
}
GUARDED = ("name", "kind")
UNIT_DIFFERS = N_(
    "For unit {code}, “{column}” is kept as {kept}, the sheet says {stated}. Was it mistyped?"
)
NO_SECTOR = ("OTHER", "未分条线")
"""Code and name of the sector of units of which no department is named."""


class UnitRows:
    """Compares the units of a register with the stored ones."""

    def __init__(self, taking: TakingSheet) -> None:
        self.taking = taking
        order = ids(Unit)
        kept = [by_column(Unit, row) for row in fetch(taking.connection, Unit, order)]
        self._kept: dict[str, dict[str, Any]] = {each["code"]: each for each in kept}
        self._codes = IssuedCodes(self._kept)
        other = fetch(taking.connection, UnitName, ("name",))
        self._other_names = {plain(name) for (name,) in other}
        self._by_credit_code = {
            each["uscc"]: each["code"]
            for each in kept
            if each["uscc"] and each["withdrawn_on"] is None
        }
        sectors = list(fetch(taking.connection, Sector, ("code", "name", "lead")))
        self._sectors: dict[str, str] = {
            plain(name): code for code, *names in sectors for name in names if name
        }
        self._sector_codes = IssuedCodes(code for code, _, _ in sectors)

    def enter_units(self, rows: Sequence[StatedRow]) -> None:
        """Add the units and their sectors to the rows to enter."""
        for row in rows:
            if self.taking.waits(row):
                continue
            code = (
                row.values.get("code")
                or self.taking.units.by_name.get(plain(row.values["name"]))
                or self._by_credit_code.get(row.values.get("uscc"))
            )
            values = kept_form(Unit, row.values)
            if code in self._kept:
                self._change(row, str(code), values)
                continue
            code = self._codes.adopt(code) or self._codes.next_of("U", 3)
            values |= {"code": code, "sector": self._sector(row)}
            key = self.taking.to_enter.put("units", place(row), values)
            self.taking.to_enter.mark("units", key, row, self.taking.as_of)
            self.taking.units.by_name[plain(row.values["name"])] = code
            self.taking.tell(row, "units", code, {"name": values.get("name")})

    def _change(self, row: StatedRow, code: str, values: dict[str, Any]) -> None:
        kept = self._kept[code]
        self.taking.units.by_name[plain(row.values["name"])] = code
        changed = {
            column: value
            for column, value in values.items()
            if column not in row.known_as_of | row.assumed and value != kept[column]
        }
        for column in GUARDED:
            if column in changed and not self._differs(row, code, column, kept, changed):
                del changed[column]
        if self.taking.waits(row):
            return
        if changed:
            self.taking.to_enter.put("units", place(row), {"code": code, **changed})
        self.taking.tell(row, "units", code, {"name": values.get("name")})

    def _differs(
        self,
        row: StatedRow,
        code: str,
        column: str,
        kept: Mapping[str, Any],
        stated: Mapping[str, Any],
    ) -> bool:
        """Whether the stored unit changes: it was mistyped, or the unit has another name."""
        if column != "name":
            return self._mistyped(row, code, column, kept, stated)
        if plain(stated[column]) in self._other_names:
            # The sheet uses another known name of the unit.
            return False
        answer = self.taking.ask(
            QuestionKind.MATCH,
            ("renamed", code, kept[column], stated[column]),
            [row],
            value=str(stated[column]),
            proposals=[Proposal(each, shown) for each, shown in NAMES_DIFFER.items()],
            asks=sentence(RENAMED_ASKED, code=code, kept=kept[column], stated=stated[column]),
        )
        if answer not in (RENAMED, Answer.MISTYPED):
            return False
        self.taking.corrected.add(("units", code))
        if answer == RENAMED:
            self.taking.renamed.add(("units", code))
            former = {"unit": code, "name": kept[column], "kind": "FORMER"}
            self.taking.to_enter.put(UnitName.id(), place(row), former)
        return True

    def _mistyped(
        self,
        row: StatedRow,
        code: str,
        column: str,
        kept: Mapping[str, Any],
        stated: Mapping[str, Any],
    ) -> bool:
        answers = (Answer.MISTYPED, Answer.KEPT)
        answer = self.taking.ask(
            QuestionKind.CONTRADICTION,
            ("units", code, column, kept[column], stated[column]),
            [row],
            value=str(stated[column]),
            proposals=[Proposal(each.value, each.label) for each in answers],
            asks=sentence(
                UNIT_DIFFERS,
                code=code,
                column=_label(column),
                kept=kept[column],
                stated=stated[column],
            ),
        )
        if answer == Answer.MISTYPED:
            self.taking.corrected.add(("units", code))
        return answer == Answer.MISTYPED

    def _sector(self, row: StatedRow) -> str:
        name = row.values.get(own.SECTOR_NAME)
        shown, key = (name, plain(name)) if name else (NO_SECTOR[1], plain(NO_SECTOR[1]))
        if key not in self._sectors:
            code = self._sector_codes.next_of("S", 2) if name else NO_SECTOR[0]
            self._sectors[key] = code
            values = {"code": code, "name": shown, "lead": name}
            self.taking.to_enter.put("sectors", place(row), values)
        return self._sectors[key]

    def enter_names(self, rows: Sequence[StatedRow]) -> None:
        """Add the other names of the units to the rows to enter."""
        kept: dict[str, str] = dict(fetch(self.taking.connection, UnitName, ("name", "unit")))
        official = {plain(each["name"]) for each in self._kept.values()}
        for row in rows:
            unit, name = self.taking.units.of(row.values.get("unit")), row.values["name"]
            if unit and not self.taking.waits(row) and plain(name) not in official:
                if name not in kept:
                    values = kept_form(UnitName, row.values) | {"unit": unit}
                    self.taking.to_enter.put(UnitName.id(), place(row), values)
                self.taking.units.by_name.setdefault(plain(name), unit)

    def enter_institutions(self, rows: Sequence[StatedRow]) -> None:
        """Add the internal audit bodies to the rows to enter; a body of another form ends."""
        units = [unit for row in rows if (unit := self.taking.units.of(row.values.get("unit")))]
        standing: dict[str, tuple[str, date]] = {}
        order = ("unit", "form", "from_on", "until_on")
        for unit, form, from_on, until_on in fetch_by(
            self.taking.connection, Institution, order, "unit", units
        ):
            if until_on is None:
                standing[unit] = (form, from_on)
        for row in rows:
            code = self.taking.units.of(row.values.get("unit"))
            if code is None or self.taking.waits(row):
                continue
            values = kept_form(Institution, row.values) | {"unit": code}
            before = standing.get(code)
            if before and before[0] == values["form"]:
                continue
            if before and before[1] < values["from_on"]:
                ended = {"unit": code, "from_on": before[1], "until_on": values["from_on"]}
                self.taking.to_enter.put("institutions", place(row), ended)
            key = self.taking.to_enter.put("institutions", place(row), values)
            self.taking.to_enter.mark("institutions", key, row, self.taking.as_of)


def _label(column: str) -> Label:
    return next(each.label for each in Unit.columns if each.id == column)
