"""Read the units of a row, and ask about unclear ones."""

import re

from data.own_ledgers.rows.row_values import RowValues
from data.own_ledgers.words.questions import LEAVE_OUT
from data.own_ledgers.words.stated import Proposal, QuestionKind
from data.own_ledgers.words.unit_names import Unit, UnitNames
from data.own_ledgers.words.written import (
    BRACKETED,
    clean,
    is_too_long,
    parts,
    plain,
    without_brackets,
)
from data.workbook.cells.value_texts import CellValue
from models.text import N_, sentence

WHICH_UNIT = N_("Which unit is “{value}”?")
NO_UNIT_WRITTEN = N_("Of which unit are these rows? Their unit is blank.")
WHOSE_SHEET = N_(
    "The sheet “{sheet}” has no column of units. Of which unit are its rows? Name the unit "
    "that sent it, or answer with a code or a name."
)
NO_UNIT_KNOWN = N_(
    "No unit is known yet, so none of the names can be found. Take in the unit register first."
)
ALL_OF_KIND = N_("all {n} units with “{kind}” in their name")
JOINTS = (re.compile(r"\s+"), re.compile("[和及与]"))
EVERY = re.compile(r"(?:各|全部|所有|全区各|各个)(?P<kind>.{2,6})")
SCHOOLS = ("中学", "小学", "学校", "幼儿园", "职高", "职专")
HOSPITALS = ("医院", "保健院", "卫生服务中心", "卫生院")
KINDS = {
    "学校": SCHOOLS,
    "中小学": ("中学", "小学", "学校"),
    "医院": HOSPITALS,
    "医疗机构": HOSPITALS,
    "医疗卫生机构": HOSPITALS,
    "国企": ("公司", "集团"),
    "企业": ("公司", "集团"),
    "国有企业": ("公司", "集团"),
    "公司": ("公司", "集团"),
    "街镇": ("街道", "镇"),
    "镇街": ("街道", "镇"),
}
"""By the word for all units of a kind, the words of which the name of each has one."""
LEAVE_ROWS_OUT = sentence(N_("leave these rows out"))
UNITS_ALL = "(all)"


def units_of(row: RowValues) -> list[Unit]:
    """The units in the cell; empty while a question about one is open."""
    value = row.raw("unit")
    if not row.sheet.has("unit"):
        for section in reversed(row.sections):
            if unit := row.sheet.units.find(section):
                return [unit]
        if row.sheet.unit:
            return [row.sheet.unit]
        # A column that is still asked about may be the unit column.
        return [] if row.sheet.open_columns else _asked_unit_of_sheet(row)
    if not row.sheet.units:
        return _no_unit_known(row)
    if unit := _in_brackets(row, value) or row.sheet.units.find(value):
        return [unit]
    if is_too_long(value):
        return _asked_units(row, value)
    pieces = [each for each in parts(clean(value)) if without_brackets(plain(each))]
    if len(pieces) == 1 and (unit := row.sheet.units.find(pieces[0])):
        return [unit]
    if len(pieces) < 2:
        return _joined_units(row, value) or _asked_units(row, value)
    units: list[Unit] = []
    # Leaving out one unit keeps the others.
    for piece in pieces:
        unit = row.sheet.units.find(piece)
        units += [unit] if unit else _asked_units(row, piece)
    row.left_out = row.left_out and not units
    return list(dict.fromkeys(units))


def _in_brackets(row: RowValues, value: CellValue) -> Unit | None:
    """The unit in brackets after its superior: 区教育局（一中）."""
    text = plain(value)
    inner = [unit for each in BRACKETED.findall(text) if (unit := row.sheet.units.find(each[1:-1]))]
    return inner[0] if len(inner) == 1 and without_brackets(text) else None


def _joined_units(row: RowValues, value: CellValue) -> list[Unit]:
    """The units joined by 和 or a space, if every piece is a unit."""
    for joint in JOINTS:
        pieces = [each for each in joint.split(without_brackets(clean(value))) if each]
        units = [row.sheet.units.find(each) for each in pieces]
        if len(pieces) > 1 and all(units):
            return list(dict.fromkeys(unit for unit in units if unit))
    return []


def _asked_unit_of_sheet(row: RowValues) -> list[Unit]:
    id_, answer = row.sheet.questions.ask(
        QuestionKind.UNIT,
        ("of_sheet", row.sheet.name),
        sheet=row.sheet.name,
        value=row.sheet.name,
        row=row.number,
        proposals=lambda: [
            Proposal(each if isinstance(each, str) else each.name, row.sheet.units.names[each])
            for each in row.sheet.units.nearest(row.sheet.name)
        ],
        asks=sentence(WHOSE_SHEET, sheet=row.sheet.name),
    )
    unit = row.sheet.units.find(answer) if answer else None
    if unit is None:
        if answer:
            row.sheet.questions.refuse(id_)
        row.asked.append(id_)
        return []
    return [unit]


def _no_unit_known(row: RowValues) -> list[Unit]:
    id_, answer = row.sheet.questions.ask(
        QuestionKind.UNIT,
        (UNITS_ALL,),
        sheet=row.sheet.name,
        value=UNITS_ALL,
        row=row.number,
        proposals=lambda: [],
        asks=sentence(NO_UNIT_KNOWN),
        column=row.theirs("unit"),
    )
    if answer is not None:
        row.sheet.questions.refuse(id_)
    row.asked.append(id_)
    return []


def _asked_units(row: RowValues, value: CellValue) -> list[Unit]:
    shown, names = clean(value), row.sheet.units

    def proposals() -> list[Proposal]:
        nearest = names.nearest(value)
        every = _every(plain(value), names)
        those = [every] if every else []
        those += [
            Proposal(each if isinstance(each, str) else each.name, names.names[each])
            for each in nearest
            if every is None or each != every.answer
        ]
        return [*those, Proposal(LEAVE_OUT, LEAVE_ROWS_OUT)]

    id_, answer = row.sheet.questions.ask(
        QuestionKind.UNIT,
        ("unit", plain(value)),
        sheet=row.sheet.name,
        value=shown,
        row=row.number,
        proposals=proposals,
        asks=sentence(WHICH_UNIT, value=shown) if shown else sentence(NO_UNIT_WRITTEN),
        column=row.theirs("unit"),
        keep_as="alias" if shown else "",
        keep=(shown,) if shown else (),
    )
    if row.ask(id_, answer) is None or answer is None:
        return []
    if answer == LEAVE_OUT:
        row.left_out = True
        return []
    found = [names.find(piece) for piece in (answer, *parts(answer))]
    if found[0]:
        return [found[0]]
    units = [unit for unit in found[1:] if unit]
    if not units or len(units) < len(found) - 1:
        row.refuse(id_)
        return []
    return units


def _every(text: str, names: UnitNames) -> Proposal | None:
    """For 各街道, all units whose names contain 街道."""
    found = EVERY.fullmatch(text)
    if found is None:
        return None
    words = KINDS.get(found["kind"], (found["kind"],))
    units = [
        unit for unit, name in names.names.items() if any(each in plain(name) for each in words)
    ]
    if not units:
        return None
    answer = "、".join(each if isinstance(each, str) else each.name for each in units)
    return Proposal(answer, sentence(ALL_OF_KIND, n=len(units), kind=found["kind"]))
