"""Reads the cells of one row, column by column of ours, and asks where they do not tell."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from data.own_ledgers.code_names import CODE_NAMES
from data.own_ledgers.columns import Planned
from data.own_ledgers.days import DayRead, read_day
from data.own_ledgers.files import Broken
from data.own_ledgers.limits import LimitRead, read_limit
from data.own_ledgers.money import IN_WAN, Amount, read_amount
from data.own_ledgers.questions import LEAVE_OUT
from data.own_ledgers.sheet import Sheet
from data.own_ledgers.sheet_rows import SourceRow
from data.own_ledgers.stated import Limit, Proposal, QuestionKind
from data.own_ledgers.unit_names import Unit, UnitNames
from data.own_ledgers.written import clean, parts, plain, serial_number, without_brackets
from data.workbook.cells import CellValue
from models.ledger import NOTE_LENGTH, TEXT_LENGTH
from models.text import N_, sentence

BROKEN = N_(
    "This cell does not hold what it shows: its formula has an error or no stored result, or its "
    "number format shows another magnitude. Enter the value itself."
)
ROUNDED = N_("Amounts of this column have more decimals than one 分 and were rounded.")
CUT = N_("A text of this column is longer than {limit} characters and was cut.")
WHICH_UNIT = N_("Which unit is “{value}”?")
WHOSE_SHEET = N_(
    "The sheet “{sheet}” has no column of units. Of which unit are its rows? Name the sender with "
    "--sender, or answer with a code or a name."
)
NO_UNIT_KNOWN = N_(
    "No unit is known yet, so none of the names can be found. Take in the unit register first."
)
MONEY_UNIT = N_("In which unit of money are the amounts of “{column}”?")
WHICH_AMOUNT = N_("How much money is “{value}”? Answer in 万元, or “-” for none.")
WHICH_DAY = N_("Which day is “{value}”? Answer like 2026-03-31, or “-” for none.")
AFTER_AS_OF = N_("“{value}” lies after the day of the sheet, {day}. Which day is it?")
WHICH_WORD = N_("What does “{value}” mean in “{column}”?")
ALL_OF_KIND = N_("all {n} units with “{kind}” in their name")
JOINTS = (re.compile(r"\s+"), re.compile("[和及与]"))
NO_DAY = frozenset(("待定", "未定", "不详", "未知", "暂无", "待明确", "未明确", "尚未确定"))
PLANNED = ("预计", "计划", "拟", "力争", "争取")
"""How words begin that name a day on which nothing has happened yet."""
TYPED = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)%")
EVERY = re.compile(r"(?:各|全部|所有|全区各|各个)(?P<kind>.{2,6})")
NONE = sentence(N_("none"))
LEAVE_ROWS_OUT = sentence(N_("leave these rows out"))
UNITS_ALL = "(all)"
NOTHING_WRITTEN = frozenset(("", "-", "—", "——", "/", "\\", "无", "–", "―"))


class RowValues:
    """The values of one row. `asked` are the ids of its open questions; `left_out` says that an
    answer leaves the row out."""

    def __init__(self, sheet: Sheet, source: SourceRow) -> None:
        self.sheet, self.number, self._cells = sheet, source.number, source.cells
        self.asked: list[str] = list(sheet.open_columns)
        self.left_out = False

    def columns(self, column: str, group: str = "") -> list[Planned]:
        """The columns of theirs that are this one of ours."""
        return self.sheet.columns.get((column, group), [])

    def raw(self, column: str, group: str = "") -> CellValue:
        """What stands in the cell; the empty text for none."""
        for each in self.columns(column, group):
            value = self._cells[each.at]
            if isinstance(value, Broken):
                self.sheet.refuse(self.number, each.theirs, str(value), sentence(BROKEN))
            elif value != "" and (not isinstance(value, str) or clean(value)):
                return value
        return ""

    def is_blank(self, column: str, group: str = "") -> bool:
        """Whether nothing stands in the cell, or only a dash."""
        return plain(self.raw(column, group)) in NOTHING_WRITTEN

    def theirs(self, column: str, group: str = "") -> str:
        """The heading of theirs, for what is asked and said."""
        those = self.columns(column, group)
        return those[0].theirs if those else column

    def text(self, column: str, limit: int = TEXT_LENGTH) -> str | None:
        """Words on one line."""
        value = self.raw(column)
        number = serial_number(value)
        text = str(number) if number is not None and isinstance(value, float) else clean(value)
        return self._held(" ".join(text.split()), limit, column) if text else None

    def note(self, column: str, limit: int = NOTE_LENGTH) -> str | None:
        """Words on several lines, those of several columns under their headings."""
        those = [
            (each.theirs.rpartition("/")[2], text)
            for each in self.columns(column)
            if (text := clean(self._cells[each.at])) and plain(text) not in NOTHING_WRITTEN
        ]
        if not those:
            return None
        if len(those) == 1:
            return self._held(those[0][1], limit, column)
        return self._held("\n".join(f"{name}：{text}" for name, text in those), limit, column)

    def _held(self, text: str, limit: int, column: str) -> str:
        if len(text) <= limit:
            return text
        said = sentence(CUT, limit=limit)
        self.sheet.warn_once(self.number, self.theirs(column), text[:40], said)
        return text[: limit - 1] + "…"

    def _ask(self, id_: str, answer: str | None) -> str | None:
        if answer is None:
            self.asked.append(id_)
        return answer

    def _refuse(self, id_: str) -> None:
        self.sheet.questions.refuse(id_)
        self.asked.append(id_)

    def word(
        self, column: str, words: str, codes: Iterable[str], group: str = "", *, ask: bool = True
    ) -> str | None:
        """The code of a word by the list `words`; None for an empty cell or an open question."""
        value = self.raw(column, group)
        if plain(value) in NOTHING_WRITTEN:
            return None
        if code := self.sheet.phrases.code(words, value) or _by_percent(words, value):
            return code
        if not ask:
            return None
        allowed = list(codes)
        kind = QuestionKind.STATE if words in ("state", "closure") else QuestionKind.MATCH
        shown, theirs = clean(value), self.theirs(column, group)
        id_, answer = self.sheet.questions.ask(
            kind,
            (self.sheet.form.name, words, plain(value)),
            sheet=self.sheet.name,
            value=shown,
            row=self.number,
            proposals=lambda: [Proposal(each, CODE_NAMES.get(each, each)) for each in allowed],
            asks=sentence(WHICH_WORD, value=shown, column=theirs),
            column=theirs,
            keep_as="form",
            keep=("words", words, shown),
        )
        if self._ask(id_, answer) is None:
            return None
        if answer not in allowed:
            self._refuse(id_)
            return None
        return answer

    def flag(self, column: str, group: str = "") -> bool | None:
        """Yes or no; None for what is empty or neither."""
        value = self.raw(column, group)
        code = self.sheet.phrases.code("yes_no", value) if value != "" else None
        return None if code is None else code == "YES"

    def count(self, column: str, group: str = "") -> int | None:
        """A whole number; None for none."""
        value = self.raw(column, group)
        number = serial_number(value)
        if number is None and isinstance(value, str):
            digits = "".join(each for each in plain(value) if each.isdigit())
            number = int(digits) if digits and len(digits) < 7 and "." not in value else None
        return number if number is not None and 0 <= number < 1_000_000 else None

    def money(self, column: str) -> Decimal | str | None:
        """Money in 万元, `ALL`, or None."""
        value = self.raw(column)
        if value == "":
            return None
        planned = self.columns(column)[0]
        amount = read_amount(value, planned.money_unit)
        if amount is not None and amount.needs_unit:
            amount = self._in_asked_unit(planned, value)
        elif amount is None:
            amount = self._asked_amount(planned, value)
        if amount is None:
            return None
        if amount.rounded:
            self.sheet.warn_once(self.number, planned.theirs, clean(value), sentence(ROUNDED))
        if isinstance(amount.value, Decimal):
            typed = not isinstance(value, str)
            if self.sheet.is_text:
                # As CSV writes a number cell; 560.00 with a space or 1,256.30 were texts before.
                typed = isinstance(value, str) and TYPED.fullmatch(value) is not None
            self.sheet.add_money(column, amount.value, typed=typed)
        return amount.value

    def _in_asked_unit(self, planned: Planned, value: CellValue) -> Amount | None:
        id_, answer = self.sheet.questions.ask(
            QuestionKind.MONEY_UNIT,
            (self.sheet.form.name, planned.theirs),
            sheet=self.sheet.name,
            value=planned.theirs,
            row=self.number,
            proposals=lambda: [Proposal(each, each) for each in ("万元", "元", "亿元", "千元")],
            asks=sentence(MONEY_UNIT, column=planned.theirs),
            column=planned.theirs,
            keep_as="form",
            keep=("money_units", planned.theirs),
        )
        if self._ask(id_, answer) is None:
            return None
        if answer not in IN_WAN:
            self._refuse(id_)
            return None
        return read_amount(value, answer)

    def _asked_amount(self, planned: Planned, value: CellValue) -> Amount | None:
        shown = clean(value)
        id_, answer = self.sheet.questions.ask(
            QuestionKind.MONEY_UNIT,
            ("amount", self.sheet.name, planned.theirs, plain(value)),
            sheet=self.sheet.name,
            value=shown,
            row=self.number,
            proposals=lambda: [Proposal(LEAVE_OUT, NONE)],
            asks=sentence(WHICH_AMOUNT, value=shown),
            column=planned.theirs,
        )
        if self._ask(id_, answer) is None or answer is None:
            return None
        try:
            amount = read_amount(answer, "万元")
        except InvalidOperation:
            amount = None
        if amount is None:
            self._refuse(id_)
        return amount

    def day(self, column: str, group: str = "", *, happened: bool = True) -> DayRead | None:
        """A day; of what has happened none after the day of the sheet, but by an answer."""
        value = self.raw(column, group)
        if plain(value) in NOTHING_WRITTEN:
            return None
        as_of = self.sheet.as_of if happened else None
        day = read_day(
            value,
            year=self.sheet.year,
            happened_by=as_of,
            year_is_stated=self.sheet.year_is_stated,
        )
        if happened and plain(value).startswith(PLANNED):
            return None
        if day is None and self._says_no_day(value):
            return None
        if day is None or (as_of is not None and day.day > as_of):
            return self._asked_day(column, group, value, day)
        return day

    def _says_no_day(self, value: CellValue) -> bool:
        """Whether a cell for a day says instead that there is none yet, such as 正在整改."""
        lists = ("state", "closure", "limit", "disposal_state")
        return plain(value) in NO_DAY or any(self.sheet.phrases.code(each, value) for each in lists)

    def _asked_day(
        self, column: str, group: str, value: CellValue, day: DayRead | None
    ) -> DayRead | None:
        shown, as_of = clean(value), self.sheet.as_of
        asks = sentence(WHICH_DAY, value=shown)
        days: list[date] = [day.day] if day else list(_both(value, self.sheet.year))
        if day and as_of:
            asks = sentence(AFTER_AS_OF, value=shown, day=as_of.isoformat())
            days.append(as_of)
        proposals = [Proposal(each.isoformat(), each.isoformat()) for each in days]
        id_, answer = self.sheet.questions.ask(
            QuestionKind.DAY,
            ("day", self.sheet.name, plain(value)),
            sheet=self.sheet.name,
            value=shown,
            row=self.number,
            proposals=lambda: [*proposals, Proposal(LEAVE_OUT, NONE)],
            asks=asks,
            column=self.theirs(column, group),
        )
        if self._ask(id_, answer) is None or answer is None or answer == LEAVE_OUT:
            return None
        found = read_day(answer, year=self.sheet.year)
        if found is None:
            self._refuse(id_)
            return None
        return DayRead(found.day, shown)

    def limit(self, column: str) -> LimitRead | None:
        """A time limit; an empty one where the cell is empty, None while a question is open."""
        value = self.raw(column)
        read = read_limit(
            value, year=self.sheet.year, phrases=self.sheet.phrases, defaults=self.sheet.defaults
        )
        if read is not None:
            return read
        if any(self.sheet.phrases.code(each, value) for each in ("state", "closure")):
            # A state in the column of limits names none.
            return LimitRead(Limit(), None, clean(value))
        before = len(self.asked)
        found = self._asked_day(column, "", value, None)
        if len(self.asked) > before:
            return None
        return LimitRead(Limit(on=found.day if found else None), None, clean(value))

    def units(self) -> list[Unit]:
        """The units that the cell names; none while a question about one is open."""
        value = self.raw("unit")
        if not self.sheet.has("unit"):
            if self.sheet.unit:
                return [self.sheet.unit]
            # One of the columns that are still asked about may be it.
            return [] if self.sheet.open_columns else self._asked_unit_of_sheet()
        if not self.sheet.units:
            return self._no_unit_known()
        if unit := self.sheet.units.find(value):
            return [unit]
        pieces = parts(without_brackets(clean(value)))
        if len(pieces) < 2:
            return self._joined_units(value) or self._asked_units(value)
        units: list[Unit] = []
        for piece in pieces:
            unit = self.sheet.units.find(piece)
            units += [unit] if unit else self._asked_units(piece)
        return list(dict.fromkeys(units))

    def _joined_units(self, value: CellValue) -> list[Unit]:
        """Units joined by 和 or a space, where every piece is one."""
        for joint in JOINTS:
            pieces = [each for each in joint.split(without_brackets(clean(value))) if each]
            units = [self.sheet.units.find(each) for each in pieces]
            if len(pieces) > 1 and all(units):
                return list(dict.fromkeys(unit for unit in units if unit))
        return []

    def _asked_unit_of_sheet(self) -> list[Unit]:
        id_, answer = self.sheet.questions.ask(
            QuestionKind.UNIT,
            ("of_sheet", self.sheet.name),
            sheet=self.sheet.name,
            value=self.sheet.name,
            row=self.number,
            proposals=tuple,
            asks=sentence(WHOSE_SHEET, sheet=self.sheet.name),
        )
        unit = self.sheet.units.find(answer) if answer else None
        if unit is None:
            if answer:
                self.sheet.questions.refuse(id_)
            self.asked.append(id_)
            return []
        return [unit]

    def _no_unit_known(self) -> list[Unit]:
        id_, answer = self.sheet.questions.ask(
            QuestionKind.UNIT,
            (UNITS_ALL,),
            sheet=self.sheet.name,
            value=UNITS_ALL,
            row=self.number,
            proposals=lambda: [],
            asks=sentence(NO_UNIT_KNOWN),
            column=self.theirs("unit"),
        )
        if answer is not None:
            self.sheet.questions.refuse(id_)
        self.asked.append(id_)
        return []

    def _asked_units(self, value: CellValue) -> list[Unit]:
        shown, names = clean(value), self.sheet.units

        def proposals() -> list[Proposal]:
            nearest = names.nearest(value)
            those = [
                Proposal(each if isinstance(each, str) else each.name, names.names[each])
                for each in nearest
            ]
            if every := _every(plain(value), names):
                those.insert(0, every)
            return [*those, Proposal(LEAVE_OUT, LEAVE_ROWS_OUT)]

        id_, answer = self.sheet.questions.ask(
            QuestionKind.UNIT,
            ("unit", plain(value)),
            sheet=self.sheet.name,
            value=shown,
            row=self.number,
            proposals=proposals,
            asks=sentence(WHICH_UNIT, value=shown),
            column=self.theirs("unit"),
            keep_as="alias",
            keep=(shown,),
        )
        if self._ask(id_, answer) is None or answer is None:
            return []
        if answer == LEAVE_OUT:
            self.left_out = True
            return []
        found = [names.find(piece) for piece in (answer, *parts(answer))]
        if found[0]:
            return [found[0]]
        units = [unit for unit in found[1:] if unit]
        if not units or len(units) < len(found) - 1:
            self._refuse(id_)
            return []
        return units


def _by_percent(words: str, value: CellValue) -> str | None:
    """The state that a share of work done means."""
    found = PERCENT.fullmatch(plain(value)) if words in ("state", "disposal_state") else None
    if found is None:
        return None
    if words == "disposal_state":
        return "DONE" if float(found[1]) >= 100 else "OPEN"
    return "DONE" if float(found[1]) >= 100 else "PROGRESS" if float(found[1]) else "NONE"


def _every(text: str, names: UnitNames) -> Proposal | None:
    """For 各街道, all the units whose names hold 街道."""
    found = EVERY.fullmatch(text)
    if found is None:
        return None
    units = [unit for unit, name in names.names.items() if found["kind"] in plain(name)]
    if not units:
        return None
    answer = "、".join(each if isinstance(each, str) else each.name for each in units)
    return Proposal(answer, sentence(ALL_OF_KIND, n=len(units), kind=found["kind"]))


def _both(value: CellValue, year: int | None) -> Iterable[date]:
    """The two days that a number may mean which lost its last zero, such as 6.3 for 6.30."""
    if isinstance(value, float) and not value.is_integer():
        for text in (f"{value:.15g}", f"{value:.15g}0"):
            if day := read_day(text, year=year):
                yield day.day
