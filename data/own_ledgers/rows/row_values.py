"""Read the cells of one row by our columns, and ask about unclear ones."""

import re
from collections.abc import Iterable, Iterator

from data.own_ledgers.layout.columns import Planned
from data.own_ledgers.layout.files import Broken
from data.own_ledgers.layout.sheet import Sheet
from data.own_ledgers.layout.sheet_rows import SourceRow
from data.own_ledgers.words.code_names import code_name
from data.own_ledgers.words.stated import Proposal, QuestionKind
from data.own_ledgers.words.written import clean, is_mark, plain, serial_number
from data.workbook.cells.value_texts import CellValue
from models.kinds import NOTE_LENGTH, TEXT_LENGTH
from models.text import N_, sentence

BROKEN = N_(
    "This cell does not hold what it shows: its formula has an error or no stored result, or its "
    "number format shows another magnitude. Enter the value itself."
)
CUT = N_("A text of this column is longer than {limit} characters and was cut.")
WHICH_WORD = N_("What does “{value}” mean in “{column}”?")
PERCENT = re.compile(
    r"(?:(?:已|整改|完成|推进|进度|到位|率|约|达到|达|:)*)([0-9]{1,3}(?:\.[0-9]+)?)%(?:左右)?"
)
WHOLE = 100
STATES = ("state", "disposal_state")
NONE = sentence(N_("none"))
NOTHING_WRITTEN = frozenset(("", "-", "—", "——", "/", "\\", "无", "–", "―"))


class RowValues:
    """The values of one row. `asked` are the ids of its open questions; `left_out`: an answer
    omits the row."""

    def __init__(self, sheet: Sheet, source: SourceRow) -> None:
        self.sheet, self.number, self._cells = sheet, source.number, source.cells
        self.sections = source.sections
        self.asked: list[str] = list(sheet.open_columns)
        self.left_out = False

    def columns(self, column: str, group: str = "") -> list[Planned]:
        """Their columns that are mapped to this column of ours."""
        return self.sheet.columns.get((column, group), [])

    def raw(self, column: str, group: str = "") -> CellValue:
        """The value of the cell; "" for none."""
        those = self.columns(column, group)
        ticked = [each.ticked for each in those if each.ticked and is_mark(self._cells[each.at])]
        if ticked:
            return "、".join(ticked)
        for each in those:
            value = self._cells[each.at]
            if isinstance(value, Broken):
                self.sheet.refuse(self.number, each.theirs, str(value), sentence(BROKEN))
            elif value != "" and (not isinstance(value, str) or clean(value)):
                return value
        return ""

    def is_blank(self, column: str, group: str = "") -> bool:
        """Whether the cell is empty or only a dash."""
        return plain(self.raw(column, group)) in NOTHING_WRITTEN

    def theirs(self, column: str, group: str = "") -> str:
        """The heading of their column, for messages and questions."""
        those = self.columns(column, group)
        return those[0].theirs if those else column

    def text(self, column: str, limit: int = TEXT_LENGTH) -> str | None:
        """The text on one line."""
        value = self.raw(column)
        number = serial_number(value)
        text = str(number) if number is not None and isinstance(value, float) else clean(value)
        return self._held(" ".join(text.split()), limit, column) if text else None

    def note(self, column: str, limit: int = NOTE_LENGTH) -> str | None:
        """The text with its line breaks; texts of several columns follow their headings."""
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

    def texts(self, column: str) -> Iterator[tuple[str, str]]:
        """The heading and text of each of their columns mapped to this column of ours."""
        for each in self.columns(column):
            if text := clean(self._cells[each.at]):
                yield each.theirs, text

    def _held(self, text: str, limit: int, column: str) -> str:
        if len(text) <= limit:
            return text
        said = sentence(CUT, limit=limit)
        self.sheet.warn_once(self.number, self.theirs(column), text[:40], said)
        return text[: limit - 1] + "…"

    def ask(self, id_: str, answer: str | None) -> str | None:
        if answer is None:
            self.asked.append(id_)
        return answer

    def refuse(self, id_: str) -> None:
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
        phrases = self.sheet.phrases
        if words in STATES and (
            code := phrases.leading(words, value) or phrases.beside_day(words, value)
        ):
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
            proposals=lambda: [Proposal(each, code_name(words, each)) for each in allowed],
            asks=sentence(WHICH_WORD, value=shown, column=theirs),
            column=theirs,
            keep_as="form",
            keep=("words", words, shown),
        )
        if self.ask(id_, answer) is None:
            return None
        if answer not in allowed:
            self.refuse(id_)
            return None
        return answer

    def flag(self, column: str, group: str = "") -> bool | None:
        """Yes or no; None if the cell is empty or neither."""
        value = self.raw(column, group)
        code = self.sheet.phrases.code("yes_no", value) if value != "" else None
        return None if code is None else code == "YES"

    def count(self, column: str, group: str = "") -> int | None:
        """A whole number; None if there is none."""
        value = self.raw(column, group)
        number = serial_number(value)
        if number is None and isinstance(value, str):
            digits = "".join(each for each in plain(value) if each.isdigit())
            number = int(digits) if digits and len(digits) < 7 and "." not in value else None
        return number if number is not None and 0 <= number < 1_000_000 else None


def _by_percent(words: str, value: CellValue) -> str | None:
    """The state for a percentage of completion: 80%, 完成80%, and a bare 80 or 0.8."""
    if words not in STATES:
        return None
    share = _share(value)
    if share is None:
        return None
    if words == "disposal_state":
        return "DONE" if share >= WHOLE else "OPEN"
    return "DONE" if share >= WHOLE else "PROGRESS" if share else "NONE"


def _share(value: CellValue) -> float | None:
    """The percentage of completion; a bare number up to 1 is a fraction."""
    if found := PERCENT.fullmatch(plain(value)):
        return float(found[1])
    try:
        number = float(plain(value))
    except ValueError:
        return None
    if isinstance(value, bool) or not 0 <= number <= WHOLE:
        return None
    return number * WHOLE if number <= 1 else number
