"""What lists the sheets of a workbook is bounded before any of them is read."""

from pathlib import Path

import pytest

from data.own_ledgers.layout.files import grids
from data.workbook.archive.container import UNUSUAL, UnreadableError
from data.workbook.archive.mark_search import look
from data.workbook.archive.plain_copy import DIMENSION
from data.workbook.archive.structure import MOST_SHEETS, TOO_MANY_SHEETS
from models.text import Sentence
from tests.data.workbook import books

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def listing(sheets: str) -> str:
    return f'<workbook xmlns="{books.NAMESPACE}" xmlns:r="{RELATIONS}">{sheets}</workbook>'


def named(count: int, relation: str = "rId1") -> str:
    each = (f'<sheet name="s{at}" sheetId="{at}" r:id="{relation}"/>' for at in range(1, count + 1))
    return f"<sheets>{''.join(each)}</sheets>"


def refused(path: Path, workbook: str) -> Sentence:
    """Why a workbook is not read, whose list of sheets is `workbook`."""
    books.raw(path, workbook=workbook)
    [fault] = books.content(path).faults
    with pytest.raises(UnreadableError) as raised:
        grids(path)
    assert raised.value.sentence == fault.sentence
    return fault.sentence


def test_more_sheets_than_any_office_has_are_refused_by_their_number(tmp_path: Path) -> None:
    said = refused(tmp_path / "many.xlsx", listing(named(60_000)))
    assert (said.message, said.values) == (TOO_MANY_SHEETS, {"limit": MOST_SHEETS})


def test_two_sheets_that_name_one_part_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "one.xlsx", listing(named(2))) == UNUSUAL


@pytest.mark.parametrize("within", ["", "<sheets/>", "<a>" * 500_000 + "</a>" * 500_000])
def test_a_list_without_sheets_or_of_great_depth_is_not_said_to_be_empty(
    tmp_path: Path, within: str
) -> None:
    assert refused(tmp_path / "deep.xlsx", listing(within)) == UNUSUAL


def test_a_number_format_longer_than_any_of_excel_is_refused(tmp_path: Path) -> None:
    code = "[" * 100_000
    styles = (
        f'<styleSheet xmlns="{books.NAMESPACE}"><numFmts count="1"><numFmt numFmtId="170" '
        f'formatCode="{code}"/></numFmts><cellXfs count="1"><xf numFmtId="170"/></cellXfs>'
        "</styleSheet>"
    )
    path = tmp_path / "format.xlsx"
    books.raw(path, styles=styles)
    with pytest.raises(UnreadableError) as raised:
        grids(path)
    assert raised.value.sentence == UNUSUAL


def test_a_tag_that_repeats_its_style_is_searched_soon() -> None:
    tag = b"<c " + b's="7" ' * 20_000
    assert look([b'<row r="1">' + tag + b"/></row>"], {"7"}).marked is False
    assert look([b'<row r="1"><c r="A1" s="7"><v>1</v></c></row>'], {"7"}).marked is True
    assert look([b'<row r="1"><c r="A1" s="7"/></row>'], {"7"}).marked is False


def test_the_stated_size_of_a_sheet_is_found_soon_and_whole() -> None:
    assert DIMENSION.search(b"<dimension " * 20_000) is None
    for stated in (b'<dimension ref="A1:B2"/>', b'<x:dimension ref="A1"></x:dimension>'):
        assert DIMENSION.sub(b"", b"<a>" + stated + b"<b>") == b"<a><b>"


def test_a_text_far_longer_than_a_cell_holds_ends_the_search(tmp_path: Path) -> None:
    cell = f'<c r="A2" t="inlineStr"><is><t>{"a" * (6 << 20)}</t></is></c>'
    path = books.raw(tmp_path / "long.xlsx", f'{books.HEADER}<row r="2">{cell}</row>')
    with pytest.raises(UnreadableError) as raised:
        grids(path)
    assert raised.value.sentence == UNUSUAL
