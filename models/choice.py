"""Closed lists of codes that the program itself defines."""

from enum import StrEnum
from typing import Self

from models.text import Label


class Choice(StrEnum):
    """A closed list of codes, each with its Chinese and its English name."""

    zh: str
    en: str

    # The defaults exist so that type checkers accept the look-up `Choice(code)`.
    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh = zh
        member.en = en
        return member

    @property
    def label(self) -> Label:
        """The Chinese and the English name."""
        return Label(self.zh, self.en)
