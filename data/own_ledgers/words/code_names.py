"""Names of codes in proposals, for all closed lists and for the lists used only in reading."""

from collections.abc import Mapping

from models.kinds import OneOf
from models.registry import LEDGERS
from models.text import Label

READING_ONLY: Mapping[str, Label] = {
    "NONE": Label("未整改", "Nothing done"),
    "DONE": Label("已整改", "Done"),
    "CLOSED": Label("已销号", "Closed"),
    "SUBMITTED": Label("已申请销号", "Submitted for closure"),
    "OPEN": Label("未销号", "Not closed"),
    "YES": Label("是", "Yes"),
    "NO": Label("否", "No"),
}
OF_LIST: Mapping[tuple[str, str], Label] = {
    ("institution", "NONE"): Label("未设立", "None set up"),
    ("disposal_state", "DONE"): Label("已完成", "Done"),
    ("disposal_state", "OPEN"): Label("未完成", "Not done"),
    ("full_time", "YES"): Label("专职", "Full time"),
    ("full_time", "NO"): Label("兼职", "Part time"),
}
"""What a code of a list of words is called, where the same code means other things elsewhere."""
CODE_NAMES: Mapping[str, Label] = {
    **{
        str(choice): choice.label
        for ledger in reversed(LEDGERS)
        for column in ledger.columns
        if isinstance(column.kind, OneOf)
        for choice in column.kind.choices
    },
    **READING_ONLY,
}
"""The name of every code that a word may mean."""


def code_name(words: str, code: str) -> Label | str:
    """The name of `code` in the list `words`."""
    if (words, code) in OF_LIST:
        return OF_LIST[words, code]
    return CODE_NAMES.get(code, code)
