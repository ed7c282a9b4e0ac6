"""The unit and month of a workbook, written into its properties, which survive editing."""

from dataclasses import dataclass
from xml.parsers import expat

from data.workbook.archive.container import Container
from data.workbook.cells.starter_codes import PROPERTY, VALUE

PART = "docProps/custom.xml"
UNIT, PERIOD = "gridlight-unit", "gridlight-period"


@dataclass(frozen=True, slots=True)
class Signature:
    """The code of the unit that a workbook was written for, and the month, such as 2026-10."""

    unit: str
    period: str

    @property
    def properties(self) -> dict[str, str]:
        """The signature as the properties of a workbook."""
        return {UNIT: self.unit, PERIOD: self.period}


def is_starter(container: Container) -> bool:
    """Whether a workbook is a starter, whose codes may be empty.

    Raises `UnreadableError` if its properties must not be read.
    """
    return properties_of(container).get(PROPERTY) == VALUE


def signature_of(container: Container) -> Signature | None:
    """The signature of a workbook, or None.

    Raises `UnreadableError` if its properties must not be read.
    """
    texts = properties_of(container)
    unit, period = texts.get(UNIT), texts.get(PERIOD)
    return Signature(unit, period) if unit and period else None


def properties_of(container: Container) -> dict[str, str]:
    """The text properties of a workbook by name."""
    return _texts(container.whole(PART)) if PART.lower() in container.parts else {}


def _texts(xml: bytes) -> dict[str, str]:
    """The text properties by name; empty if the part is not XML."""
    texts: dict[str, str] = {}
    within: list[str] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "property":
            within[:] = [attributes.get("name", "")]

    def text(data: str) -> None:
        if within and data.strip():
            texts[within[0]] = texts.get(within[0], "") + data

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] == "property":
            within.clear()

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        return {}
    return texts
