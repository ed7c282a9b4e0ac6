"""Store the sources of a briefing's numbers inside its file, invisible to readers.

A part of the file lists them by number; a bookmark around each number in the text names its source.
"""

import re
from collections.abc import Mapping
from datetime import date
from xml.etree import ElementTree

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart

from dashboard.documents.briefing.sources import Part, Source

NAME = "/customXml/sources.xml"
SPACE = "urn:gridlight:sources"
# Word hides bookmarks whose names begin with an underscore.
BOOKMARK = re.compile(r"_source([0-9]+)_[0-9]+")


def bookmark(number: int, occurrence: int) -> str:
    """The name of the bookmark around an occurrence of source `number`."""
    return f"_source{number}_{occurrence}"


def keep(word: WordDocument, numbers: Mapping[Source, int], texts: Mapping[Source, str]) -> None:
    """Store the list of sources, each with the text of its value, in a document."""
    root = ElementTree.Element("sources", xmlns=SPACE)
    for source, number in numbers.items():
        kept = {
            "number": str(number),
            "figure": source.figure,
            "node": source.node,
            "day": source.day.isoformat(),
            "part": str(source.part),
            "since": source.since.isoformat() if source.since else "",
            "value": texts[source],
        }
        ElementTree.SubElement(root, "source", kept)
    part = FilePart(
        PackURI(NAME),
        "application/xml",
        ElementTree.tostring(root, encoding="utf-8", xml_declaration=True),
        word.part.package,
    )
    word.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def read(word: WordDocument) -> dict[str, tuple[Source, str]]:
    """The stored sources of a document by number, each with its value.

    Raises `ValueError` for an entry that is not a source.
    """
    sources_by_paragraph: dict[str, tuple[Source, str]] = {}
    for related in word.part.rels.values():
        if related.reltype != RELATIONSHIP_TYPE.CUSTOM_XML:
            continue
        if str(related.target_part.partname) != NAME:
            continue
        for each in ElementTree.fromstring(related.target_part.blob):  # noqa: S314
            kept = each.attrib
            source = Source(
                kept["figure"],
                kept["node"],
                date.fromisoformat(kept["day"]),
                Part(kept["part"]),
                date.fromisoformat(kept["since"]) if kept["since"] else None,
            )
            sources_by_paragraph[kept["number"]] = source, kept["value"]
    return sources_by_paragraph
