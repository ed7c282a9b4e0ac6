"""Marks around what comes from the data, so that it can be found again in a written file."""

import re
from collections.abc import Iterator

# No ledger can hold these signs: they are refused where texts are taken in.
OPEN, MIDDLE, CLOSE = "\x01", "\x02", "\x03"
MARKED = re.compile(f"{OPEN}([a-z_0-9]+){MIDDLE}([^{CLOSE}]*){CLOSE}")


def marked(name: str, text: object) -> str:
    """`text` with the mark `name`; each name marks one place of a letter."""
    return f"{OPEN}{name}{MIDDLE}{text}{CLOSE}"


def parts(text: str) -> Iterator[tuple[str, str]]:
    """The name of the mark, "" for plain words, and the text of each part of `text`."""
    at = 0
    for mark in MARKED.finditer(text):
        if mark.start() > at:
            yield "", text[at : mark.start()]
        yield mark[1], mark[2]
        at = mark.end()
    if at < len(text):
        yield "", text[at:]


def plain(text: str) -> str:
    """`text` without its marks."""
    return "".join(part for _name, part in parts(text))
