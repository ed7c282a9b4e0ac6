"""Files that are refused before anything is read: each gives one fault without a place."""

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.workbook.archive import mark_parsing, values
from data.workbook.archive.limits import Limits
from tests.data.workbook import books
from tests.data.workbook.books import OLE


def refused(path: Path, limits: Limits | None = None) -> str:
    """What the one fault of an unreadable file says."""
    found = books.content(path, limits=limits)
    assert not found.sheets
    [fault] = found.faults
    assert (fault.sheet, fault.row, fault.column, fault.value) == (None, None, None, None)
    return books.says(fault)


def file(folder: Path, content: bytes, name: str = "book.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_empty_file_is_refused(tmp_path: Path) -> None:
    assert "empty" in refused(file(tmp_path, b""))


def test_missing_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in refused(tmp_path / "none.xlsx")


def test_folder_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in refused(tmp_path)


def test_text_file_is_not_a_workbook(tmp_path: Path) -> None:
    assert "not an .xlsx" in refused(file(tmp_path, "编码,名称".encode()))


def test_other_archive_is_not_a_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert "not an .xlsx" in refused(tmp_path / "other.xlsx")


def test_encrypted_workbook_is_named_so(tmp_path: Path) -> None:
    content = OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    assert "password" in refused(file(tmp_path, content))


def test_old_workbook_is_named_so(tmp_path: Path) -> None:
    assert "(.xls)" in refused(file(tmp_path, OLE + bytes(500) + "Workbook".encode("utf-16-le")))
    assert "(.xls)" in refused(file(tmp_path, b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(99)))


def test_other_ole_file_is_not_a_workbook(tmp_path: Path) -> None:
    assert "not an .xlsx" in refused(file(tmp_path, OLE + bytes(500)))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_workbook_is_damaged(tmp_path: Path, share: float) -> None:
    whole = books.raw(tmp_path / "whole.xlsx").read_bytes()
    assert "damaged" in refused(file(tmp_path, whole[: int(len(whole) * share)]))


def test_garbled_part_is_damaged(tmp_path: Path) -> None:
    whole = bytearray(books.raw(tmp_path / "whole.xlsx").read_bytes())
    at = whole.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    whole[at : at + 40] = b"\xff" * 40
    assert "damaged" in refused(file(tmp_path, bytes(whole)))


def test_broken_xml_is_damaged(tmp_path: Path) -> None:
    assert "damaged" in refused(books.raw(tmp_path / "a.xlsx", sheet="<worksheet><sheetData><row"))
    assert "damaged" in refused(books.raw(tmp_path / "b.xlsx", workbook="<workbook"))


def test_missing_sheet_part_is_damaged(tmp_path: Path) -> None:
    relations = books.WORKBOOK_RELATIONS.replace("sheet1", "sheet9")
    assert "damaged" in refused(books.raw(tmp_path / "a.xlsx", relations=relations))


def test_text_that_is_not_in_the_list_of_texts_is_damaged(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>99</v></c></row>'
    assert "damaged" in refused(books.raw(tmp_path / "a.xlsx", rows))


def test_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    path = books.raw(tmp_path / "a.xlsx")
    size = path.stat().st_size
    assert "larger than" in refused(path, Limits(file_bytes=size - 1))
    assert not books.content(path, limits=Limits(file_bytes=size)).faults


def test_unpacked_size_above_the_limit_is_refused(tmp_path: Path) -> None:
    path = books.raw(tmp_path / "a.xlsx", **{"xl/media/big.bin": bytes(3_000_000)})
    assert path.stat().st_size < 50_000
    assert "unpacks to more" in refused(path, Limits(unpacked_bytes=2_000_000))


def test_lying_size_in_the_directory_is_caught(tmp_path: Path) -> None:
    path = books.raw(tmp_path / "a.xlsx", **{"xl/media/big.bin": bytes(3_000_000)})
    whole = path.read_bytes()
    assert whole.count(struct.pack("<I", 3_000_000)) == 2
    lying = whole.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 10))
    assert "damaged" in refused(file(tmp_path, lying), Limits(unpacked_bytes=2_000_000))


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = books.raw(tmp_path / "a.xlsx", **{f"xl/media/{n}.txt": "" for n in range(20)})
    assert "never writes" in refused(path, Limits(parts=20))


def test_encrypted_part_is_refused(tmp_path: Path) -> None:
    whole = bytearray(books.raw(tmp_path / "a.xlsx").read_bytes())
    at = whole.index(b"PK\x01\x02")
    whole[at + 8] |= 1
    assert "password" in refused(file(tmp_path, bytes(whole)))


def test_part_given_twice_is_refused(tmp_path: Path) -> None:
    path = books.raw(tmp_path / "a.xlsx", **{"XL/Workbook.xml": books.WORKBOOK})
    assert "damaged" in refused(path)


@pytest.mark.parametrize(
    "part", ["sheet", "strings", "workbook", "relations", "styles", "docProps/app.xml"]
)
def test_document_type_in_any_part_is_refused(tmp_path: Path, part: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert "document type" in refused(books.raw(tmp_path / "a.xlsx", **{part: bomb}))


def test_document_type_across_two_chunks_is_refused(tmp_path: Path) -> None:
    space = " " * ((1 << 20) - 4)
    part = f"{space}<!DOCTYPE a><a/>"
    path = books.raw(tmp_path / "a.xlsx", **{"docProps/app.xml": part})
    assert "document type" in refused(path)


def test_document_type_as_a_text_in_a_cell_is_a_text(tmp_path: Path) -> None:
    row = ["EDU", "<!DOCTYPE html>"]
    path = books.write(tmp_path / "a.xlsx", {"条线": [["条线编码", "条线名称"], row]})
    assert books.content(path).sheets[0].rows == [(2, tuple(row))]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_xml_in_utf_16_is_refused(tmp_path: Path, encoding: str) -> None:
    sheet = books.sheet_xml(books.HEADER + books.ROW).encode(encoding)
    found = refused(books.raw(tmp_path / "a.xlsx", sheet=sheet))
    assert "never writes" in found or "damaged" in found


def test_xml_in_a_declared_encoding_other_than_utf_8_is_refused(tmp_path: Path) -> None:
    sheet = books.sheet_xml(books.HEADER).replace("UTF-8", "GBK").encode("gbk")
    assert "never writes" in refused(books.raw(tmp_path / "a.xlsx", sheet=sheet))


def test_unparsed_text_that_the_reader_would_pass_over_is_refused(tmp_path: Path) -> None:
    rows = books.HEADER + '<row r="2"><c r="A2" t="str"><v><![CDATA[EDU]]></v></c></row>'
    assert "never writes" in refused(books.raw(tmp_path / "a.xlsx", rows))


def test_promise_of_endless_texts_is_refused(tmp_path: Path) -> None:
    strings = books.STRINGS.replace('uniqueCount="2"', 'uniqueCount="99999999999999"')
    assert "never writes" in refused(books.raw(tmp_path / "a.xlsx", strings=strings))


def test_cell_far_from_the_table_is_refused_before_cells_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "CalamineWorkbook", None)
    far = '<row r="1048576"><c r="GR1048576"><v>1</v></c></row>'
    path = books.raw(tmp_path / "a.xlsx", books.HEADER + books.ROW + far)
    assert "reaches to row 1048576 and column GR" in refused(path)


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='GR1048576'><v>1</v></c>",
        '<x:c xmlns:x="urn:x" r="GR1048576"><v>1</v></x:c>',
        '<c x=">" r="GR1048576"><v>1</v></c>',
        '<c\n r="GR1048576"><v>1</v></c>',
        '<c r = "gr1048576"><v>1</v></c>',
        '<c r="&#71;R1048576"><v>1</v></c>',
    ],
)
def test_far_cell_in_an_odd_spelling_is_refused_as_well(tmp_path: Path, cell: str) -> None:
    rows = f'{books.HEADER}<row r="1048576">{cell}</row>'
    assert "reaches to row 1048576" in refused(books.raw(tmp_path / "a.xlsx", rows))


def test_row_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    for number in (1048577, 4294967295, 99999999999, 10**30):
        path = books.raw(tmp_path / "a.xlsx", books.HEADER + row.format(number))
        assert "more than 1048576 rows" in refused(path)
    last = books.raw(tmp_path / "b.xlsx", books.HEADER + row.format(1048576))
    assert books.content(last).faults[0].row == 1048576


def test_column_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    for letters in ("GS", "XFD", "ZZZZZZZZ"):
        row = f'<row r="1"><c r="{letters}1"><v>1</v></c></row>'
        assert "more than 200 columns" in refused(books.raw(tmp_path / "a.xlsx", row))
    row = '<row r="1"><c r="GR1"><v>1</v></c></row>'
    assert books.content(books.raw(tmp_path / "a.xlsx", row)).faults[0].row == 1


def test_cells_beyond_the_limit_are_not_read() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"<worksheet><sheetData><row>" + b"<c><v>1</v></c>" * 201
        raise AssertionError("read on")

    parsed = mark_parsing.parse(chunks(), {}, lambda so_far: so_far.extent.columns > 200)
    assert parsed.extent.columns == parsed.cells == 201


@pytest.mark.parametrize(
    ("cell", "says"), [("<c><v>1</v></c>", "more than 200 columns"), ("<c/>", "never writes")]
)
def test_cells_without_addresses_are_counted(tmp_path: Path, cell: str, says: str) -> None:
    path = books.raw(tmp_path / "a.xlsx", f"<row>{cell * 401}</row>")
    assert says in refused(path, Limits(cells=400))


def test_formats_alone_reach_nowhere(tmp_path: Path) -> None:
    blank = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    path = books.raw(tmp_path / "a.xlsx", books.HEADER + books.ROW + blank)
    assert not books.content(path).faults


def test_promised_dimension_is_not_believed(tmp_path: Path) -> None:
    sheet = books.sheet_xml(books.HEADER + books.ROW)
    sheet = sheet.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert not books.content(books.raw(tmp_path / "a.xlsx", sheet=sheet)).faults


def test_ending_of_the_name_does_not_matter(tmp_path: Path) -> None:
    for name in ("a", "a.xls", "a.ods", "a.tmp"):
        assert not books.content(books.raw(tmp_path / name)).faults


def test_number_that_is_no_date_names_its_sheet(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = books.HEADER + '<row r="2"><c r="A2" s="1"><v>-1e12</v></c></row>'
    assert "“条线”" in refused(books.raw(tmp_path / "a.xlsx", rows))


def test_blank_rows_are_passed_over(tmp_path: Path) -> None:
    blank = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(3, 200_000)
    )
    found = books.content(books.raw(tmp_path / "a.xlsx", books.HEADER + books.ROW + blank))
    assert found.sheets[0].rows == [(2, ("EDU", "教育"))]
