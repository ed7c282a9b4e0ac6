"""The messages in the sources and in the catalogue; `python -m tests.texts update` merges them."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCES = ("models", "data", "dashboard", "pages")
CATALOGUE = ROOT / "dashboard" / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.po"
HEADER = "# The Chinese texts of Gridlight."


def extracted() -> Iterator[str]:
    """Every message marked in the sources, ordered by file."""
    keywords = {"_": None, "N_": None}
    for source in SOURCES:
        found = extract_from_dir(ROOT / source, [("**.py", "python")], keywords=keywords)
        yield from (str(message) for _file, _line, message, _comments, _context in found)


def kept() -> Catalog:
    """The catalogue; an empty one if there is none yet."""
    if not CATALOGUE.exists():
        return Catalog(locale="zh_CN")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def update() -> None:
    """Make the catalogue hold exactly the messages of the sources, keeping their translations."""
    before = kept()
    after = Catalog(locale="zh_CN", header_comment=HEADER, fuzzy=False)
    for message in extracted():
        known = before.get(message)
        after.add(message, known.string if known else "")
    with CATALOGUE.open("wb") as file:
        write_po(file, after, width=100, sort_output=True, no_location=True)


if __name__ == "__main__" and sys.argv[1:] == ["update"]:
    update()
