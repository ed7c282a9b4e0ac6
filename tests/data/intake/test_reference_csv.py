"""Reference lists as CSV: read as Excel saves them, lines keep their numbers."""

import pytest

from data.intake import reference_csv
from data.intake.reference_csv import UnreadableListError
from data.reference.lists import NAMES, shipped


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_read_back(name: str) -> None:
    _, lines = reference_csv.read(reference_csv.write(name, shipped()))
    kept = [{key: value for key, value in row.items() if value} for _, row in lines]
    assert kept == [
        {key: value for key, value in row.items() if value} for row in shipped().lists[name]
    ]


def test_excel_recognises_the_file() -> None:
    assert reference_csv.write("vetoes", shipped()).startswith(b"\xef\xbb\xbfcode,name,name_en\r\n")


def test_lines_keep_their_numbers_over_blank_ones() -> None:
    _, lines = reference_csv.read(b"code,name\n\nV1,a\n,\nV2,b\n")
    assert [line for line, _ in lines] == [3, 5]


@pytest.mark.parametrize(
    "content", ["code,name\nV1,甲".encode("gb18030"), b"PK\x03\x04\x00\x00", b'code,name\n"V1']
)
def test_what_is_no_csv_in_utf8_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableListError):
        reference_csv.read(content)
