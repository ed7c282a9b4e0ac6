"""A file is read back: what does not agree with the database is named and stops it."""

from collections.abc import Callable
from io import BytesIO
from threading import Event

import docx
import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from openpyxl import load_workbook
from sqlalchemy import Engine

from dashboard.documents.briefing import (
    behind,
    checking,
    content,
    making,
    read_once,
    sheets,
    styles,
    workbook,
)
from dashboard.documents.briefing.document import Version
from dashboard.documents.official.differing import FigureDiffersError
from dashboard.i18n import say, use_language
from data.store.database import reading
from tests.dashboard.documents.briefing.telling import Painter, asked, told, written
from tests.data.contents import kept
from tests.data.contents import workbook as content_of
from tests.databases import sqlite_database
from tests.demonstration_day import TODAY

Tamper = Callable[[WordDocument], None]


def tampered(file: bytes, change: Tamper) -> bytes:
    document = docx.Document(BytesIO(file))
    change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def refusal(found, change: Tamper, language: str = "en") -> str:
    document = told(found, language)
    file = tampered(written(document, language), change)
    with use_language(language):
        with pytest.raises(FigureDiffersError) as refused:
            checking.check_document(file, document, found)
        return say(refused.value.sentence)


def due_rate(found) -> str:
    """The headline of the briefing, as it is written."""
    return found.readings[str(found.scope.node), found.day]["due_rect_rate"].text


def figure(document: WordDocument, text: str):
    """The first run that is a number and says `text`."""
    ids = {style.name: style.style_id for style in document.styles}
    return next(
        run
        for run in document.element.body.iter(qn("w:r"))
        if run.style == ids[styles.FIGURE] and run.text == text
    )


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_was_written_agrees(found, language):
    document = told(found, language)
    with use_language(language):
        checking.check_document(written(document, language), document, found)


def test_every_number_is_found_with_its_reference(found):
    document = told(found)
    kept_blocks = checking.read_document(written(document)).blocks
    figures = [each for block in kept_blocks for each in block.figures]
    assert len({kept for _text, kept, _shown in figures}) == len(document.numbers)
    assert all(text and kept == shown for text, kept, shown in figures)


def test_in_the_version_to_circulate_no_source_is_seen_and_all_are_kept(found):
    document = told(found, version=Version.CIRCULATION)
    read = checking.read_document(written(document))
    figures = [each for block in read.blocks for each in block.figures]
    assert len(figures) > 40
    assert all(text == read.sources[kept][1] and not shown for text, kept, shown in figures)
    assert not any("[" in block.text for block in read.blocks)
    assert read.rows == set()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_number_tampered_with_in_the_version_to_circulate_is_found(found, language):
    document = told(found, language, Version.CIRCULATION)

    def change(word: WordDocument) -> None:
        figure(word, due_rate(found)).text = "99.9%"

    with use_language(language):
        file = written(document, language)
        checking.check_document(file, document, found)
        with pytest.raises(FigureDiffersError):
            checking.check_document(tampered(file, change), document, found)


def test_a_tampered_number_is_named_with_both_values(found):
    def change(document: WordDocument) -> None:
        figure(document, due_rate(found)).text = "99.9%"

    said = refusal(found, change)
    assert said == (
        "Due rectification rate (due_rect_rate, district, 2026-06-30) is “99.9%” in the file and"
        f" “{due_rate(found)}” in the database. The file was not handed out; make it again."
    )
    assert refusal(found, change, "zh_CN").startswith(
        "到期整改率（due_rect_rate，district，2026-06-30）在文件中为“99.9%”，"
        f"在数据库中为“{due_rate(found)}”。"
    )


def test_a_number_tampered_with_in_text_and_annex_alike_is_still_found(found):
    def change(document: WordDocument) -> None:
        for text in document.element.body.iter(qn("w:t")):
            if text.text == due_rate(found):
                text.text = "99.9%"

    said = f"“99.9%” in the file and “{due_rate(found)}” in the database"
    assert said in refusal(found, change)


def test_a_number_of_a_table_is_named_by_row_and_column(found):
    def change(document: WordDocument) -> None:
        table = document.tables[1]
        table.cell(1, 4).paragraphs[0].runs[0].text = "777"

    said = refusal(found, change)
    assert said.startswith("“777” stands in the file where the database gives")
    assert "Education" in said or "Party and government bodies" in said


def test_a_number_without_a_source_is_found(found):
    def change(document: WordDocument) -> None:
        link = next(document.element.body.iter(qn("w:hyperlink")))
        link.getparent().remove(link)

    assert refusal(found, change).startswith("The number “30” in the file has no source.")


def test_a_source_that_cannot_be_read_is_found(found):
    def change(document: WordDocument) -> None:
        for related in document.part.rels.values():
            if related.reltype == RELATIONSHIP_TYPE.CUSTOM_XML:
                part = related.target_part
                part._blob = part.blob.replace(b'day="2026-06-30"', b'day="yesterday"', 1)

    assert "has no source" in refusal(found, change)


def test_words_that_were_changed_are_found(found):
    def change(document: WordDocument) -> None:
        paragraph = next(p for p in document.paragraphs if "Major funds" in p.text)
        paragraph.runs[0].text = "Minor funds"

    assert "Minor funds" in refusal(found, change)


def test_a_row_left_out_is_found(found):
    def change(document: WordDocument) -> None:
        table = document.tables[3]._tbl
        table.remove(table.tr_lst[2])

    assert "stands in the file where the database gives" in refusal(found, change)


@pytest.fixture
def changing():
    """A database that changes while the document is written."""
    with sqlite_database() as engine:
        kept(engine, content_of(sectors=[{}], units=[{}], findings=[{}]))
        yield engine


@pytest.mark.parametrize("form", [making.Form.WORD, making.Form.WORKBOOK])
def test_what_changed_meanwhile_is_not_handed_out(changing: Engine, form, monkeypatch):
    class Slow(Painter):
        def draw(self, charts):
            kept(changing, content_of(findings=[{"code": "F2"}]))
            return super().draw(charts)

    def slow(told_book):
        kept(changing, content_of(findings=[{"code": "F2"}]))
        return original(told_book)

    original = workbook.write
    monkeypatch.setattr(making, "Renderer", Slow)
    monkeypatch.setattr(workbook, "write", slow)
    with use_language("en"), pytest.raises(FigureDiffersError) as refused:
        making.make(making.with_freezes(changing), asked(), form)
    assert "“1”" in str(refused.value) and "“2”" in str(refused.value)


def test_forecasts_are_learnt_once_until_the_data_change(changing: Engine, monkeypatch):
    learnt = []

    def learn(connection, day):
        learnt.append(day)
        return original(connection, day)

    original = read_once.method.of_findings
    monkeypatch.setattr(read_once.method, "of_findings", learn)
    databases = making.with_freezes(changing)
    assert making.gather(databases, asked()).ahead == making.gather(databases, asked()).ahead
    assert learnt == [TODAY]
    kept(changing, content_of(findings=[{"code": "F2"}]))
    making.gather(databases, asked())
    assert learnt == [TODAY, TODAY]


def test_chances_of_reports_are_learnt_while_those_of_findings_are(
    changing: Engine, monkeypatch
) -> None:
    begun = {"findings": Event(), "reports": Event()}

    def beside(name, other, learn):
        def learn_beside(connection, day):
            begun[name].set()
            assert begun[other].wait(30), f"{other} are not learnt meanwhile"
            return learn(connection, day)

        return learn_beside

    method = read_once.method
    monkeypatch.setattr(method, "of_findings", beside("findings", "reports", method.of_findings))
    monkeypatch.setattr(method, "of_reports", beside("reports", "findings", method.of_reports))
    making.gather(making.with_freezes(changing), asked())


def test_rows_and_figures_of_units_are_read_once_until_the_data_change(
    changing: Engine, monkeypatch
):
    def listed(*asked_of, **options):
        asked_for.append("rows")
        return lines(*asked_of, **options)

    def split(connection, scope, kind, *figures, **options):
        asked_for.append(kind)
        return by_group(connection, scope, kind, *figures, **options)

    asked_for: list[str] = []
    lines, by_group = behind.lists.lines, content.breakdown.by_group
    monkeypatch.setattr(behind.lists, "lines", listed)
    monkeypatch.setattr(content.breakdown, "by_group", split)
    databases, once = making.with_freezes(changing), ["rows"] * len(behind.HEADLINES)
    with use_language("en"):
        making.make(databases, asked(), making.Form.WORKBOOK)
    assert sorted(asked_for) == [*once, "sector", "unit"]
    first, listed_first = making.gather(databases, asked()), making._behind(databases, asked())
    kept(changing, content_of(findings=[{"code": "F2"}]))
    asked_for.clear()
    assert making.gather(databases, asked(), first).of_parts != first.of_parts
    anew = making._behind(databases, asked(), listed_first)
    assert sorted(asked_for) == [*once, "sector", "unit"]
    assert anew.lengths["required"] == 2


def test_slides_of_what_changed_meanwhile_are_not_handed_out(changing: Engine, monkeypatch):
    def slow(*told):
        kept(changing, content_of(findings=[{"code": "F2"}]))
        return original(*told)

    original = making.slides_file.write
    monkeypatch.setattr(making.slides_file, "write", slow)
    with use_language("en"), pytest.raises(FigureDiffersError):
        making.make(making.with_freezes(changing), asked(), making.Form.SLIDES)


def test_stages_are_told_in_their_order(demonstrated, monkeypatch):
    monkeypatch.setattr(making, "Renderer", Painter)
    stages = []
    with use_language("en"):
        making.make(
            making.with_freezes(demonstrated),
            asked(),
            making.Form.WORD,
            lambda stage, done, of: stages.append((stage, done, of)),
        )
    names = list(dict.fromkeys(stage for stage, _done, _of in stages))
    assert names == [making.ASKING, making.DRAWING, making.CHECKING]
    assert (making.DRAWING, 4, 4) in stages
    assert stages[-1] == (making.CHECKING, 1, 1)


@pytest.fixture(scope="module")
def book(demonstrated, found):
    with reading(demonstrated) as connection:
        rows = behind.read(connection, found.scope, names_in_full=False)
    with use_language("en"):
        return sheets.book(found, rows, made_on=TODAY)


def test_a_tampered_cell_is_named_by_sheet_row_and_column(book):
    with use_language("en"):
        file = workbook.write(book)
        checking.check_workbook(file, book)
        tampered_book = load_workbook(BytesIO(file))
        sheet = tampered_book["Figures"]
        row = next(row for row in sheet.iter_rows() if row[3].value == "overdue")
        row[5].value = 999
        target = BytesIO()
        tampered_book.save(target)
        with pytest.raises(FigureDiffersError) as refused:
            checking.check_workbook(target.getvalue(), book)
        said = say(refused.value.sentence)
    assert said.startswith("“999.0” stands in the file where the database gives “10”")
    assert "Figures!" in said and "As a number" in said


def test_a_sheet_left_out_is_found(book):
    with use_language("en"):
        tampered_book = load_workbook(BytesIO(workbook.write(book)))
        del tampered_book["Units"]
        target = BytesIO()
        tampered_book.save(target)
        with pytest.raises(FigureDiffersError):
            checking.check_workbook(target.getvalue(), book)


def test_the_document_of_an_empty_database_is_checked_too(monkeypatch):
    monkeypatch.setattr(making, "Renderer", Painter)
    with sqlite_database() as engine, use_language("zh_CN"):
        file = making.make(making.with_freezes(engine), asked(), making.Form.WORD)
        assert "没有可供汇报的内容" in docx.Document(BytesIO(file)).paragraphs[-3].text
        making.make(making.with_freezes(engine), asked(), making.Form.WORKBOOK)
