"""Marks around text from the data, by which it is found again in a written file."""

import re
from collections.abc import Iterator

# Ledgers cannot contain these characters: imports refuse them.
OPEN, MIDDLE, CLOSE = "\x01", "\x02", "\x03"
MARKED = re.compile(f"{OPEN}([a-z_0-9]+){MIDDLE}([^{CLOSE}]*){CLOSE}")


def marked(name: str, text: object) -> str:
    """`text` with the mark `name`, which is unique within a letter."""
    return f"{OPEN}{name}{MIDDLE}{text}{CLOSE}"


def parts(text: str) -> Iterator[tuple[str, str]]:
    """The parts of `text`, each with the name of its mark, "" for unmarked text."""
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
