"""The sources of a briefing's numbers as they are kept inside the file, where no reader sees them.

A part of the file lists them by number; in the text, a bookmark around each number names its own.
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
# Word shows no bookmark whose name begins so.
BOOKMARK = re.compile(r"_source([0-9]+)_[0-9]+")


def bookmark(number: int, occurrence: int) -> str:
    """The name of the bookmark around a number of source `number`; each occurrence has its own."""
    return f"_source{number}_{occurrence}"


def keep(word: WordDocument, numbers: Mapping[Source, int], texts: Mapping[Source, str]) -> None:
    """Add the list of sources with the value of each to a document."""
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
    """The sources of a document by their numbers, each with the value kept beside it.

    Raises `ValueError` for what is no source.
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
