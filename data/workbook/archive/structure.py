"""Interpret the small parts of a workbook: which part is which sheet, and the formats of cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from data.workbook.archive.container import (
    DAMAGED,
    NOT_A_WORKBOOK,
    UNUSUAL,
    Container,
    UnreadableError,
    plain_name,
)
from data.workbook.cells.format_codes import GENERAL
from data.workbook.cells.number_formats import BUILT_IN, misleads
from models.text import N_, sentence

PACKAGE_RELATIONS = "_rels/.rels"
WORKBOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedstrings.xml"
HIDDEN = ("hidden", "veryHidden")
MOST_SHEETS = 200
DEEPEST = 100
"""How deeply elements stand within one another at most; Excel needs less than ten levels here."""
LONGEST_FORMAT = 255
"""The characters of a number format at most, as in Excel."""
TOO_MANY_SHEETS = N_(
    "This workbook has more than {limit} sheets. Split it into several workbooks and choose them "
    "one after another."
)
READ = ("officeDocument", "worksheet", "chartsheet", "styles", "sharedStrings")

Opened = Callable[[str, Mapping[str, str], tuple[str, ...]], None]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's name in the workbook, and the part with its cells."""

    name: str
    part: str
    hidden: bool = False
    chart: bool = False
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Structure:
    """The relevant parts: the workbook, its sheets in order, styles and texts ("" = none).

    `usual`: every part has the name and path that Excel uses.
    """

    workbook: str
    sheets: tuple[SheetPart, ...]
    styles: str
    strings: str
    usual: bool


@dataclass(frozen=True, slots=True)
class _Relation:
    """A reference to a part: the last word of its kind, and the part's name from the root."""

    kind: str
    part: str
    usual: bool


def structure(container: Container) -> Structure:
    """The structure of the workbook in `container`; raises `UnreadableError` if it is not one."""
    workbook = _workbook(container)
    folder, _, name = workbook.rpartition("/")
    relations = _relations(container, f"{folder}/_rels/{name}.rels", folder)
    sheets = _sheets(container, workbook, relations)
    styles, strings = _part_of(relations, "styles"), _part_of(relations, "sharedStrings")
    # Read before relations were looked at: a workbook that names no texts but has them.
    styles = styles or (STYLES if STYLES in container.parts else "")
    strings = strings or (STRINGS if STRINGS in container.parts else "")
    usual = (
        container.plainly_named
        and workbook.lower() == WORKBOOK
        and styles.lower() in ("", STYLES)
        and strings.lower() in ("", STRINGS)
        and all(each.usual for each in relations.values())
    )
    return Structure(workbook, sheets, styles, strings, usual)


def odd_styles(container: Container, styles: str) -> dict[str, str]:
    """The number formats that can mislead, by the style number used in cells."""
    if styles.lower() not in container.parts:
        return {}
    codes = dict(BUILT_IN)
    formats: list[str] = []

    def style(name: str, attributes: Mapping[str, str], within: tuple[str, ...]) -> None:
        if name == "numFmt" and within[-1:] == ("numFmts",):
            code = attributes.get("formatCode", "")
            if len(code) > LONGEST_FORMAT:
                raise UnreadableError(UNUSUAL)
            codes[attributes.get("numFmtId", "")] = code
        elif name == "xf" and within[-1:] == ("cellXfs",):
            formats.append(attributes.get("numFmtId", "0"))

    walk(container.whole(styles), style)
    of_styles = {str(at): codes.get(number, GENERAL) for at, number in enumerate(formats)}
    return {style: code for style, code in of_styles.items() if misleads(code)}


def walk(xml: bytes, opened: Opened) -> None:
    """Call `opened` for every element of `xml`, with its name without prefix and the names
    around it.

    Raises `UnreadableError` for XML that is damaged or nested deeper than any of Excel's.
    """
    within: list[str] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(":")[2]
        if len(within) >= DEEPEST:
            raise UnreadableError(UNUSUAL)
        opened(plain, attributes, tuple(within[-1:]))
        within.append(plain)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: within.pop()
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise UnreadableError(DAMAGED) from error


def _workbook(container: Container) -> str:
    """The part that lists the sheets: as the package says, else at Excel's usual path."""
    named = ""
    if PACKAGE_RELATIONS in container.parts:
        named = _part_of(_relations(container, PACKAGE_RELATIONS, ""), "officeDocument")
    for part in (named, WORKBOOK):
        if part.lower() in container.parts and part.lower().endswith(".xml"):
            return part
    raise UnreadableError(NOT_A_WORKBOOK)


def _sheets(
    container: Container, workbook: str, relations: Mapping[str, _Relation]
) -> tuple[SheetPart, ...]:
    sheets: list[SheetPart] = []
    roots: list[str] = []

    def sheet(name: str, attributes: Mapping[str, str], within: tuple[str, ...]) -> None:
        if not within:
            roots.append(name)
        if name == "sheet" and within[-1:] == ("sheets",):
            # The relation's id is the one attribute `id` with a prefix, whatever the prefix.
            ids = [value for key, value in attributes.items() if key.endswith(":id")]
            relation = ids[0] if ids else ""
            to = relations.get(relation, _Relation("", "", True))
            hidden = attributes.get("state") in HIDDEN
            chart = to.kind == "chartsheet"
            sheets.append(SheetPart(attributes.get("name", ""), to.part, hidden, chart, relation))
            if len(sheets) > MOST_SHEETS:
                raise UnreadableError(sentence(TOO_MANY_SHEETS, limit=MOST_SHEETS))

    walk(container.whole(workbook), sheet)
    if roots != ["workbook"]:
        raise UnreadableError(NOT_A_WORKBOOK)
    # Excel writes at least one sheet, and each in a part of its own.
    if not sheets or len({each.part.lower() for each in sheets}) < len(sheets):
        raise UnreadableError(UNUSUAL)
    return tuple(sheets)


def _relations(container: Container, part: str, folder: str) -> dict[str, _Relation]:
    """The relations in `part` by id; targets without a root are in `folder`."""
    relations: dict[str, _Relation] = {}

    def relation(name: str, attributes: Mapping[str, str], _: tuple[str, ...]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        from_root = target.replace("\\", "/")
        if not from_root.startswith("/"):
            from_root = f"{folder}/{from_root}"
        plain = plain_name(from_root)
        kind = attributes.get("Type", "").rpartition("/")[2]
        usual = target in (f"/{plain}", plain.removeprefix(f"{folder}/" if folder else ""))
        # Some programs write targets relative to the root without a leading slash.
        if plain.lower() not in container.parts and plain_name(target).lower() in container.parts:
            plain, usual = plain_name(target), False
        relations[attributes.get("Id", "")] = _Relation(kind, plain, usual or kind not in READ)

    walk(container.whole(part), relation)
    return relations


def _part_of(relations: Mapping[str, _Relation], kind: str) -> str:
    return next((each.part for each in relations.values() if each.kind == kind), "")
