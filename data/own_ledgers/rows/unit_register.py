"""Read rows of a register of units: the unit, its other names, its internal audit body."""

import re
from collections.abc import Iterator

from data.own_ledgers.rows.draft import Draft
from data.own_ledgers.rows.row_days import day_of
from data.own_ledgers.rows.row_values import RowValues
from data.own_ledgers.words import stated
from data.own_ledgers.words.stated import RowOfFile, StatedRow
from data.own_ledgers.words.written import clean, plain
from data.workbook.cells.text_cells import is_credit_code
from models.grid import UnitKind
from models.kinds import CODE_LENGTH
from models.text import N_, sentence

BATCH = re.compile(r"第?(?P<number>[0-9]{1,2}|[一二三四五六七八九十]|首)批")
NUMBERS = {each: at for at, each in enumerate("一二三四五六七八九十", start=1)} | {"首": 1}
CODE = re.compile(rf"[A-Za-z0-9_.-]{{1,{CODE_LENGTH}}}")
SHORT, FORMER = "SHORT", "FORMER"
NOT_A_CREDIT_CODE = N_(
    "This is not a unified social credit code: its check character does not fit. It is left out."
)
NO_SUBDISTRICT = N_("No subdistrict has this name. It is left out.")
NO_PARENT = N_("No unit has this name. It is left out.")


def rows(row: RowValues) -> Iterator[StatedRow]:
    """The unit of one row, its names and its internal audit body."""
    name = row.text("name")
    if not name:
        return
    unit = row.sheet.units.find(name)
    draft = Draft("units")
    code = row.text("code")
    if code and CODE.fullmatch(code):
        draft.put("code", code)
    elif isinstance(unit, str):
        draft.put("code", unit)
    draft.put("name", name)
    _credit_code(draft, row)
    draft.put("kind", row.word("kind", "unit_kind", map(str, UnitKind)))
    draft.put(stated.SECTOR_NAME, None if row.is_blank("sector_name") else row.text("sector_name"))
    _subdistrict(draft, row)
    _parent(draft, row)
    draft.put("pilot_batch", _batch(row))
    draft.put_day_or_as_of("enrolled_on", day_of(row, "enrolled_on"), row)
    draft.put_day("withdrawn_on", day_of(row, "withdrawn_on"))
    row.sheet.sums["units"] += 1
    yield draft.stated(row)
    of_unit = unit or RowOfFile("units", name)
    yield from _names(row, of_unit, name)
    yield from _institution(row, of_unit)


def _credit_code(draft: Draft, row: RowValues) -> None:
    text = plain(row.text("uscc") or "").upper()
    if is_credit_code(text):
        draft.put("uscc", text)
    elif not row.is_blank("uscc"):
        row.sheet.warn(row.number, row.theirs("uscc"), text, sentence(NOT_A_CREDIT_CODE))


def _subdistrict(draft: Draft, row: RowValues) -> None:
    if row.is_blank("subdistrict"):
        return
    text = plain(row.raw("subdistrict"))
    bare = _bare_subdistrict(text)
    for listed in row.sheet.references.lists["subdistricts"]:
        if text == plain(listed["code"]) or bare == _bare_subdistrict(plain(listed["name"])):
            draft.put("subdistrict", listed["code"])
            return
    value = clean(row.raw("subdistrict"))
    row.sheet.warn(row.number, row.theirs("subdistrict"), value, sentence(NO_SUBDISTRICT))


def _bare_subdistrict(text: str) -> str:
    for ending in ("办事处", "办", "街道", "街"):
        if len(text) - len(ending) >= 2:
            text = text.removesuffix(ending)
    return text


def _parent(draft: Draft, row: RowValues) -> None:
    if row.is_blank("parent"):
        return
    if unit := row.sheet.units.find(row.raw("parent")):
        draft.put("parent", unit)
    else:
        value = clean(row.raw("parent"))
        row.sheet.warn(row.number, row.theirs("parent"), value, sentence(NO_PARENT))


def _batch(row: RowValues) -> int | None:
    for text in (plain(row.raw("pilot_batch")), plain(row.sheet.title)):
        if text.isdigit() and 0 < int(text) < 100:
            return int(text)
        if found := BATCH.search(text):
            number = found["number"]
            return NUMBERS.get(number) or int(number)
    return None


def _names(row: RowValues, unit: str | RowOfFile, name: str) -> Iterator[StatedRow]:
    for column, kind in (("short_name", SHORT), ("former_name", FORMER)):
        if row.is_blank(column):
            continue
        for each in re.split(r"[、，,;；/\n]+", clean(row.raw(column))):
            other = each.strip()
            if other and plain(other) != plain(name):
                draft = Draft("unit_names")
                draft.put("unit", unit)
                draft.put("name", other)
                draft.put("kind", kind)
                yield draft.stated(row)


def _institution(row: RowValues, unit: str | RowOfFile) -> Iterator[StatedRow]:
    form = row.word("institution", "institution", ("INDEPENDENT", "JOINT", "NONE"))
    if form in ("INDEPENDENT", "JOINT"):
        draft = Draft("institutions")
        draft.put("unit", unit)
        draft.put("form", form)
        draft.put_day_or_as_of("from_on", day_of(row, "institution_on"), row)
        if written := clean(row.raw("institution")):
            draft.words["form"] = written
        yield draft.stated(row)
