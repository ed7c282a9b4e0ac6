"""Whatever stands in a ledger is a text in every file that is handed out: no link, no formula."""

import csv
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from data.store.database import connect
from tests import hostile_district
from tests.dashboard.commands.calling import Shell


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    shell = Shell(tmp_path_factory.mktemp("hostile"))
    engine = connect(shell.database)
    hostile_district.fill(engine)
    engine.dispose()
    return shell


def parts(file: Path) -> dict[str, ElementTree.Element]:
    """The parts of an office file, each well-formed."""
    with zipfile.ZipFile(file) as archive:
        return {
            name: ElementTree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


@pytest.mark.parametrize(
    "words",
    [
        ("export", "out.xlsx"),
        ("briefing", "out.docx", "--checked", "--as-of", "2026-06-30"),
        ("briefing", "out.xlsx", "--as-of", "2026-06-30"),
        ("briefing", "out.pptx", "--as-of", "2026-06-30"),
    ],
    ids=lambda words: words[1],
)
def test_files_hold_it_as_texts_only(hostile: Shell, words: tuple[str, ...]) -> None:
    command, name, *more = words
    out = hostile.folder / f"{command}-{name}"
    hostile.done(command, out, *more)
    found = parts(out)
    said = "".join(text for part in found.values() for text in part.itertext())
    assert "<qz a=1>" in said
    for name, part in found.items():
        for element in part.iter():
            tag = element.tag.rpartition("}")[2]
            assert tag != "qz"
            # A formula of ours counts rows; none holds words of a ledger.
            assert not (tag == "f" and "qz" in "".join(element.itertext()))
            if name.endswith(".rels"):
                assert "qz.example" not in element.get("Target", "")


def test_lists_in_csv_are_no_formulas(hostile: Shell) -> None:
    printed = hostile.done("rows", "required", "--as-of", "2026-06-30", "--csv")
    for row in csv.reader(io.StringIO(printed)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
