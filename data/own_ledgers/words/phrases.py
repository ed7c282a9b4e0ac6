"""Map their words to our codes: by the form, else by the list `own_words`."""

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from data.own_ledgers.words.days import DAY_WITHIN
from data.own_ledgers.words.written import plain, without_brackets
from data.reference.lists import Row
from data.workbook.cells.value_texts import CellValue

LIST = "own_words"
CLAUSE_ENDS = re.compile(r"[,;。:!(]")


class Phrases:
    """Looks words up. The form takes precedence over the list, and whole words over those with
    `*` (any text) or `?` (one character)."""

    def __init__(self, rows: Iterable[Row], own: Mapping[str, Mapping[str, str]]) -> None:
        self._whole: dict[str, dict[str, str]] = {}
        self._within: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            self._add(row["list"], row["word"], row["code"])
        for name, words in own.items():
            for word, code in words.items():
                self._whole.setdefault(name, {})[plain(word)] = code
        self._found: dict[tuple[str, str], str | None] = {}

    def _add(self, name: str, word: str, code: str) -> None:
        text = plain(word)
        if "*" in text or "?" in text:
            self._within.setdefault(name, []).append((text, code))
        else:
            self._whole.setdefault(name, {}).setdefault(text, code)

    def code(self, name: str, value: CellValue) -> str | None:
        """The code of the list `name` for a cell; None if there is none."""
        text = plain(int(value) if isinstance(value, float) and value.is_integer() else value)
        if isinstance(value, bool):
            text = "是" if value else "否"
        key = name, text
        if key not in self._found:
            self._found[key] = self._look_up(name, text)
        return self._found[key]

    def _look_up(self, name: str, text: str) -> str | None:
        whole, bare = self._whole.get(name, {}), without_brackets(text).strip("。.;,!-:")
        for each in (text, bare):
            if each in whole:
                return whole[each]
        for pattern, code in self._within.get(name, ()):
            if fnmatchcase(bare, pattern) or fnmatchcase(text, pattern):
                return code
        return None

    def leading(self, name: str, value: CellValue) -> str | None:
        """The code of the first clause of a longer text, such as 已完成整改，已上缴财政12.5万元."""
        first = CLAUSE_ENDS.split(plain(value), maxsplit=1)[0]
        return self.code(name, first) if first else None

    def beside_day(self, name: str, value: CellValue) -> str | None:
        """The code of a word that stands after a day: 2026年9月10日已完成."""
        text = plain(value)
        day = DAY_WITHIN.match(text) if isinstance(value, str) else None
        return self.leading(name, text[day.end() :]) if day else None

    def words(self, name: str) -> dict[str, str]:
        """Every word without wildcards of the list `name`, with its code."""
        return self._whole.get(name, {})
