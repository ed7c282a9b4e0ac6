"""The codes that are stored in ledgers and must not be shown to readers."""

import re

import models.registry  # noqa: F401
from data.reference.lists import shipped
from models.choice import Choice


def stored_codes() -> set[str]:
    """The codes of closed lists and reference lists that are not also words."""
    closed = {
        str(member)
        for choice in _below(Choice)
        for member in choice
        if str(member).casefold() not in (member.zh.casefold(), member.en.casefold())
    }
    listed = {
        part for codes in shipped().codes.values() for code in codes for part in code.split("/")
    }
    return {code for code in closed | listed if re.fullmatch(r"[A-Z][A-Z_]{2,}", code)}


def _below(kind: type[Choice]) -> set[type[Choice]]:
    return set().union(*({each} | _below(each) for each in kind.__subclasses__()), set())
