"""What the small parts say: which part is which sheet, and which styles show percentages."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from data.workbook.container import DAMAGED, Container, UnreadableError

WORKBOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
PERCENT_FORMATS = frozenset({"9", "10"})
NOT_SHOWN = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')

Opened = Callable[[str, Mapping[str, str], tuple[str, ...]], None]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet by its name in the workbook, and the part that holds its cells."""

    name: str
    part: str


def sheet_parts(container: Container) -> tuple[SheetPart, ...]:
    """The sheets in the order of the workbook."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(name: str, attributes: Mapping[str, str], _: tuple[str, ...]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: Mapping[str, str], within: tuple[str, ...]) -> None:
        if name == "sheet" and within[-1:] == ("sheets",):
            # The relation's id is the one attribute `id` with a prefix, whatever the prefix.
            ids = [value for key, value in attributes.items() if key.endswith(":id")]
            sheets.append((attributes.get("name", ""), ids[0] if ids else ""))

    walk(container.whole(RELATIONS), relation)
    walk(container.whole(WORKBOOK), sheet)
    return tuple(SheetPart(name, _path(targets.get(id_, ""))) for name, id_ in sheets)


def percent_styles(container: Container) -> frozenset[str]:
    """The style numbers, as cells name them, under which a number is shown as a percentage."""
    if STYLES not in container.parts:
        return frozenset()
    percent = set(PERCENT_FORMATS)
    formats: list[str] = []

    def style(name: str, attributes: Mapping[str, str], within: tuple[str, ...]) -> None:
        if name == "numFmt" and within[-1:] == ("numFmts",):
            format_id = attributes.get("numFmtId", "")
            percent.discard(format_id)
            if "%" in NOT_SHOWN.sub("", attributes.get("formatCode", "")):
                percent.add(format_id)
        elif name == "xf" and within[-1:] == ("cellXfs",):
            formats.append(attributes.get("numFmtId", "0"))

    walk(container.whole(STYLES), style)
    return frozenset(str(at) for at, format_id in enumerate(formats) if format_id in percent)


def walk(xml: bytes, opened: Opened) -> None:
    """Tell `opened` of every element of `xml`: its name without prefix, and the names around it."""
    within: list[str] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(":")[2]
        opened(plain, attributes, tuple(within[-1:]))
        within.append(plain)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: within.pop()
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise UnreadableError(DAMAGED) from error


def _path(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"
