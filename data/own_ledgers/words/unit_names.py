"""Find a unit by what an office calls it: code, name, alias, or a name without affixes."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from data.own_ledgers.words.stated import RowOfFile
from data.own_ledgers.words.written import LONGEST, plain, without_brackets
from data.workbook.cells.value_texts import CellValue

Unit = str | RowOfFile
"""A unit's code, or the unit of the same file that has none yet."""

DISTRICT = re.compile(r"^.{1,8}?(?:自治县|自治旗|[区县市旗])(?=.{2})")
ENDINGS = (
    "有限责任公司",
    "集团有限公司",
    "股份有限公司",
    "有限公司",
    "集团公司",
    "公司",
    "集团",
    "街道办事处",
    "办事处",
    "街道办",
    "街道",
    "街",
    "党工委",
    "委员会",
    "机关",
    "本级",
)
NUMBER = re.compile(r"(?<![0-9a-z])[1-9][0-9]?(?![0-9a-z])")
DIGITS = "〇一二三四五六七八九"
SHORTEST = 2
LEAST_IN_TITLE = 3
MOST_LIKENED = 300
"""How many unknown names of one reading are compared with all units, which takes long."""
BEFORE_NAME = re.compile("^(?:附件?[0-9一二三四五六七八九十]{0,2}[:：]?|关于|20[0-9]{2}年度?)+")
AUDITS = "审计"


class UnitNames:
    """All units by all their names."""

    def __init__(
        self,
        units: Mapping[str, str],
        aliases: Mapping[str, str],
        of_file: Iterable[tuple[str, Iterable[str]]] = (),
    ) -> None:
        """Index `units` (name by code), `aliases` (code by name), and `of_file`, names stated in
        the same files, each with its aliases."""
        self._exact: dict[str, set[Unit]] = {}
        self._bare: dict[str, set[Unit]] = {}
        self.names: dict[Unit, str] = {code: name for code, name in units.items()}
        known = {plain(name): code for code, name in units.items()}
        stated = [(name, list(also)) for name, also in of_file if plain(name) not in known]
        # A unit with another name now, by which the file also calls it as it is kept.
        renamed = {
            name: code for name, also in stated for each in also if (code := known.get(plain(each)))
        }
        stated = [each for each in stated if each[0] not in renamed]
        self.names |= {RowOfFile("units", name): name for name, _ in stated}
        self._district = _district(self.names.values())
        for code, name in units.items():
            self._exact.setdefault(plain(code), set()).add(code)
            self._call(code, name)
        for alias, code in aliases.items():
            self._call(code, alias)
        for name, also in stated:
            for each in (name, *also):
                self._call(RowOfFile("units", name), each)
        for name, code in renamed.items():
            self._call(code, name)
        self._found: dict[str, Unit | None] = {}
        self._likened = 0

    def __bool__(self) -> bool:
        return bool(self.names)

    def _call(self, unit: Unit, name: str) -> None:
        if len(name) > LONGEST:
            return
        self._exact.setdefault(plain(name), set()).add(unit)
        for bare in self._bared(plain(name)):
            self._bare.setdefault(bare, set()).add(unit)

    def find(self, value: CellValue) -> Unit | None:
        """The unit that a cell names; None if it names none, or could name several."""
        text = plain(int(value) if isinstance(value, float) and value.is_integer() else value)
        if text not in self._found:
            self._found[text] = self._look_up(text)
        return self._found[text]

    def _look_up(self, text: str) -> Unit | None:
        if len(text) > LONGEST:
            return None
        bare = without_brackets(text)
        for each in dict.fromkeys((text, bare, NUMBER.sub(_in_chinese, bare))):
            units = self._exact.get(each, set())
            if len(units) == 1:
                return next(iter(units))
            if units:
                return None
        # Try names with the fewest affixes removed first: 鼓楼街道 before 鼓楼.
        numbered = NUMBER.sub(_in_chinese, without_brackets(text))
        for bare in self._bared(numbered):
            units = self._bare.get(bare, set())
            if len(units) == 1:
                return next(iter(units))
            if units:
                return None
        return None

    def at_start(self, title: str) -> Unit | None:
        """The unit whose name begins a title, longest name first; None if there is none.

        A title may also begin with the auditing body, which is not the unit it is about.
        """
        text = BEFORE_NAME.sub("", plain(title))
        shorter = range(min(len(text), self._longest()), LEAST_IN_TITLE - 1, -1)
        for length in shorter:
            units = self._exact.get(text[:length]) or self._bare.get(text[:length], set())
            if len(units) != 1 or AUDITS in text[:length] or text[length:].startswith("等"):
                continue
            return next(iter(units))
        return None

    def _longest(self) -> int:
        return max(map(len, self._exact), default=0)

    def _bared(self, text: str) -> list[str]:
        """`text` without the district, then without one ending after the other."""
        bares = [text]
        short = text.removeprefix(self._district) if self._district else text
        # 市一中 belongs to the city above, unless the district itself is called a city.
        kinds = f"本{self._district[-1:] or '区市县'}"
        if short == text and len(text) > SHORTEST and text[0] in kinds:
            short = text[1:].removeprefix("区")
        if short != text:
            bares.append(short)
        bares += [each for each in dict.fromkeys(_shortened(short)) if each not in bares]
        bares.sort(key=len, reverse=True)
        return [each for each in bares if len(each) >= SHORTEST or each == text]

    def nearest(self, value: CellValue, count: int = 3) -> list[Unit]:
        """The units whose names are most similar to the cell, likeliest first; none after
        `MOST_LIKENED` calls."""
        self._likened += 1
        if self._likened > MOST_LIKENED:
            return []
        text = self._bared(without_brackets(plain(value))[:LONGEST])[-1]
        likeness: Counter[Unit] = Counter()
        for bare, units in self._bare.items():
            score = SequenceMatcher(None, text, bare).ratio() + _in_order(text, bare)
            for unit in units:
                likeness[unit] = max(likeness[unit], round(score * 1000))
        ranked = sorted(likeness, key=lambda unit: (-likeness[unit], str(self.names.get(unit))))
        return [unit for unit in ranked if likeness[unit] > 0][:count]


def _in_chinese(found: re.Match[str]) -> str:
    """A name with its number below a hundred in Chinese: 第2中学 becomes 第二中学."""
    tens, ones = divmod(int(found[0]), 10)
    ten = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return ten + (DIGITS[ones] if ones or not ten else "")


def _shortened(text: str) -> list[str]:
    """`text` without one or more of its endings, in every way possible."""
    found: list[str] = []
    _shorten(text, found, set())
    return found


def _shorten(text: str, found: list[str], done: set[str]) -> None:
    """Add the shorter forms of `text` to `found`; those of the texts in `done` are there."""
    for ending in ENDINGS:
        short = text.removesuffix(ending)
        if short != text and len(short) >= SHORTEST and short not in done:
            done.add(short)
            found.append(short)
            _shorten(short, found, done)
    if text.endswith("委员会") and len(text) > len("委员会") + 1:
        found.append(text.removesuffix("员会"))


def _district(names: Iterable[str]) -> str:
    """The district's name with which most names of units begin; empty if few do."""
    found = Counter(
        match[0] for name in names if (match := DISTRICT.match(plain(name))) and len(match[0]) > 1
    )
    if not found:
        return ""
    district, times = found.most_common(1)[0]
    return district if times >= 2 else ""


def _in_order(short: str, long: str) -> float:
    """1 if every character of `short` is in `long` in the same order, as in 一中; else 0."""
    rest = iter(long)
    return 1.0 if all(character in rest for character in short) else 0.0
