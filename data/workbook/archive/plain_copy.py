"""Copy a workbook with the names and paths of parts that Excel would use.

The reader of values looks parts up by Excel's names, and fails on an invalid stated size of a
sheet.
"""

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from data.workbook.archive.container import CONTENT_TYPES, Container
from data.workbook.archive.structure import Structure

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
DIMENSION = re.compile(
    rb"<(?:[A-Za-z0-9_]+:)?dimension\b[^<>]*(?:(?<=/)>|>\s*</[^<>]*dimension\s*>)"
)


def write_plain_copy(container: Container, structure: Structure, target: Path) -> None:
    """Write the sheets, texts and styles to `target`, without the stated sizes of sheets."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        _write(archive, container, CONTENT_TYPES, "[Content_Types].xml")
        package = ("rId1", "officeDocument", "xl/workbook.xml")
        archive.writestr("_rels/.rels", _relations([package]))
        _write(archive, container, structure.workbook, "xl/workbook.xml")
        links = []
        for at, sheet in enumerate(structure.sheets, start=1):
            kind = "chartsheet" if sheet.chart else "worksheet"
            name = f"{kind}s/sheet{at}.xml"
            links.append((sheet.relation, kind, name))
            _write(archive, container, sheet.part, f"xl/{name}", sized=True)
        for kind, part in (("styles", structure.styles), ("sharedStrings", structure.strings)):
            if part:
                links.append((f"of-{kind}", kind, f"{kind}.xml"))
                _write(archive, container, part, f"xl/{kind}.xml")
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(links))


def _write(
    archive: zipfile.ZipFile, container: Container, part: str, name: str, *, sized: bool = False
) -> None:
    with archive.open(name, "w", force_zip64=True) as written:
        for chunk in container.chunks(part):
            # A sheet states its size before its cells, so in the first chunk.
            written.write(DIMENSION.sub(b"", chunk, count=1) if sized else chunk)
            sized = False


def _relations(links: list[tuple[str, str, str]]) -> str:
    """The relations of a part: id, kind and target part of each."""
    lines = "".join(
        f'<Relationship Id={quoteattr(link)} Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for link, kind, target in links
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'
