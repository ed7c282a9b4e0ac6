"""Files that are handed out: named plainly, read anew for the check, several as one archive."""

import zipfile
from io import BytesIO

import pytest
from sqlalchemy import Engine, text

from dashboard.documents.letters import files as handed_out
from dashboard.documents.letters.files import File, files, zipped
from dashboard.documents.letters.names import file_name
from dashboard.documents.official.differing import FigureDiffersError
from dashboard.i18n import use_language
from dashboard.reads import cache
from data.letters.issuing import NoSuchLetterError
from tests.dashboard.documents.letters.letters import letter, opened, pressed
from tests.data.contents import kept, workbook
from tests.data.letter_cases import COMMITTEE, FINDINGS, UNIT, sent


@pytest.fixture
def district(engine: Engine) -> Engine:
    """Three units and their findings in the database that the dashboard reads."""
    units = [{"name": "第一单位"}, {"code": "U2", "name": "第二单位"}, {"code": "U3"}]
    kept(engine, workbook(sectors=[{}], units=units, findings=FINDINGS))
    cache.forget_version()
    return engine


@pytest.fixture(autouse=True)
def chinese() -> object:
    with use_language("zh_CN"):
        yield


def test_a_file_bears_the_number_and_the_unit(district: Engine) -> None:
    first, second = sent(district, "A1", "B1")
    found = files(COMMITTEE, [first.key, second.key])
    assert [file.name for file in found] == [
        "经安督〔2026〕1号 第一单位.docx",
        "经安督〔2026〕2号 第二单位.docx",
    ]
    assert "第二单位" in opened(found[1].content).element.body.xml


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ('甲/乙\\丙:"*?<>|', "经安督〔2026〕3号 甲-乙-丙-------.docx"),
        ("甲单位. ", "经安督〔2026〕3号 甲单位.docx"),
        ("甲" * 200, "经安督〔2026〕3号 " + "甲" * 68 + ".docx"),
    ],
)
def test_a_name_holds_nothing_that_a_file_system_refuses(unit: str, name: str) -> None:
    assert file_name(letter(pressed(1), unit=unit)) == name


def test_an_archive_holds_every_letter_under_its_own_name() -> None:
    archive = zipfile.ZipFile(BytesIO(zipped([File("甲.docx", b"1"), File("甲.docx", b"2")])))
    assert archive.namelist() == ["甲.docx", "2 甲.docx"]
    assert [archive.read(name) for name in archive.namelist()] == [b"1", b"2"]


def test_only_a_demonstration_says_that_it_is_one(
    district: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    [issued] = sent(district, "A1")
    for demonstration in (False, True):
        monkeypatch.setattr(cache, "is_demonstration", lambda said=demonstration: said)
        [file] = files(COMMITTEE, [issued.key])
        assert ("演示数据" in opened(file.content).sections[0].header._element.xml) is demonstration


def test_who_may_not_see_a_letter_gets_no_file(district: Engine) -> None:
    first, second = sent(district, "A1", "B1")
    assert files(UNIT, [first.key])
    with pytest.raises(NoSuchLetterError):
        files(UNIT, [second.key])


def test_a_file_that_differs_from_the_database_is_not_handed_out(
    district: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    [issued] = sent(district, "A1")
    write = handed_out.write

    def behind(letter: object, **said: object) -> bytes:
        with district.begin() as connection:
            connection.execute(
                text("UPDATE findings SET amount = amount + 100000000 WHERE code = 'A1'")
            )
        return write(letter, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(handed_out, "write", behind)
    with pytest.raises(FigureDiffersError):
        files(COMMITTEE, [issued.key])
