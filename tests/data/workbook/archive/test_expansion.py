"""What cells expand to counts: texts are kept once, and cells refer to them."""

from pathlib import Path

import pytest

from data.own_ledgers.layout.apart import open_apart
from data.own_ledgers.layout.files import grids
from data.workbook.archive import expansion, values
from data.workbook.archive.container import UnreadableError
from data.workbook.archive.limits import Limits
from models.text import Sentence
from tests.data.workbook import books

LONG = "汉" * 30_000


def texts(*each: str) -> str:
    items = "".join(f"<si><t>{text}</t></si>" for text in each)
    return f'<sst xmlns="{books.NAMESPACE}" uniqueCount="{len(each)}">{items}</sst>'


def referring(cells: int, to: int = 0, columns: int = 120) -> str:
    """Rows of cells that refer to one text."""
    letters = [f"A{chr(65 + at)}" for at in range(26)] + [f"B{chr(65 + at)}" for at in range(26)]
    letters += [f"C{chr(65 + at)}" for at in range(26)] + [f"D{chr(65 + at)}" for at in range(26)]
    letters += [chr(65 + at) for at in range(16)]
    rows = []
    for row in range(1, cells // columns + 1):
        line = "".join(f'<c r="{at}{row}" t="s"><v>{to}</v></c>' for at in letters[:columns])
        rows.append(f'<row r="{row}">{line}</row>')
    return "".join(rows)


def refused(path: Path, limits: Limits | None = None) -> Sentence:
    found = books.content(path, limits=limits)
    assert not found.sheets
    [fault] = found.faults
    return fault.sentence


def test_many_cells_that_refer_to_one_long_text_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "CalamineWorkbook", None)
    path = books.raw(tmp_path / "a.xlsx", referring(120_000), strings=texts(LONG))
    assert path.stat().st_size < 1_000_000
    said = refused(path)
    assert said.message == expansion.TOO_MANY
    # An own ledger, and what waits in the inbox, is opened by another way.
    own = open_apart(path, is_ours=False)
    assert own.unreadable == said


def test_a_single_text_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = books.raw(tmp_path / "a.xlsx", referring(120), strings=texts("x" * 3_000_000))
    assert refused(path, Limits(characters=2_000_000)).message == expansion.TOO_MANY


def test_cells_are_counted_as_often_as_they_refer(tmp_path: Path) -> None:
    path = books.raw(tmp_path / "a.xlsx", referring(240), strings=texts("y" * 1000, "x" * 1000))
    enough = books.content(path, limits=Limits(characters=300_000))
    assert expansion.TOO_MANY not in [fault.sentence.message for fault in enough.faults]
    assert refused(path, Limits(characters=240_000)).message == expansion.TOO_MANY


@pytest.mark.parametrize("size", [1, 7, 40, 10_000])
def test_texts_and_references_are_found_wherever_the_bytes_are_cut(size: int) -> None:
    kept = texts("", "ab", "c" * 50).replace("<si><t></t></si>", "<si/>", 1).encode()
    cells = (referring(240, to=2) + referring(120, to=1)).encode()
    found = expansion.lengths(iter(cut(kept, size)), Limits())
    assert len(found) == 3
    assert found[2] >= 50
    assert found[1] < found[2]
    total = expansion.referred(iter(cut(cells, size)), found)
    assert total == 240 * found[2] + 120 * found[1]


def test_more_texts_than_cells_are_refused(tmp_path: Path) -> None:
    strings = texts(*(["x"] * 500)).replace('uniqueCount="500"', "")
    path = books.raw(tmp_path / "a.xlsx", referring(120), strings=strings)
    assert "never writes" in books.says(books.content(path, limits=Limits(cells=400)).faults[0])


def test_rows_without_a_cell_are_counted_too(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}"/>' for n in range(3, 5_000))
    path = books.raw(tmp_path / "a.xlsx", books.HEADER + books.ROW + empty)
    assert not books.content(path).faults
    assert "more than 2000 rows" in books.says(
        books.content(path, limits=Limits(rows=2_000)).faults[0]
    )


def cut(content: bytes, size: int) -> list[bytes]:
    return [content[at : at + size] for at in range(0, len(content), size)]


def test_a_workbook_of_the_old_kind_is_counted_too() -> None:
    [path] = (Path(__file__).parents[3] / "samples" / "office").glob("*.xls")
    assert grids(path)
    with pytest.raises(UnreadableError) as refusal:
        grids(path, Limits(characters=1_000))
    assert refusal.value.sentence.message == expansion.TOO_MANY
