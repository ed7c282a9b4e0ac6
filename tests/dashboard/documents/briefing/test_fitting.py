"""The version to circulate has three pages at most, whatever the data."""

import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from docx.shared import Pt

from dashboard.documents.briefing import fitting
from dashboard.documents.briefing.blocks import Chart, Kind, Paragraph, Table
from dashboard.documents.briefing.document import Version
from dashboard.documents.briefing.phrases import plain
from dashboard.i18n import use_language
from models.text import Label
from tests.dashboard.documents.briefing.telling import FREEZE, read, told, written
from tests.data.contents import kept, workbook
from tests.databases import sqlite_database

LANGUAGES = ("zh_CN", "en")
OFFICE = shutil.which("soffice")


def circulated(found, language, **said):
    return told(found, language, Version.CIRCULATION, **said)


def bodies(document):
    return [plain(b.pieces) for b in document.blocks if isinstance(b, Paragraph)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_no_charts_and_no_tables(found, language):
    document = circulated(found, language, frozen=FREEZE)
    assert not any(isinstance(block, Chart | Table) for block in document.blocks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_by_its_own_reckoning(found, language):
    document = circulated(found, language, frozen=FREEZE)
    with use_language(language):
        assert fitting.height(document.blocks) <= fitting.room()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_it_is_in_the_checked_version(found, language):
    whole = "\n".join(bodies(told(found, language)))
    body = [
        plain(block.pieces)
        for block in circulated(found, language).blocks
        if isinstance(block, Paragraph) and block.kind is Kind.BODY
    ]
    assert len(body) > 10
    assert [text for text in body if text not in whole] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_longer_leaves_out_what_matters_least(found, language):
    longer = replace(found, name=Label("很长的名称" * 20, "a very long name " * 10))
    document = circulated(longer, language)
    said = "\n".join(bodies(document))
    assert len(document.numbers) <= len(circulated(found, language).numbers)
    assert any(text in said for text in ("10个逾期问题", "10 overdue findings"))


@pytest.mark.parametrize("version", Version)
def test_both_languages_make_the_same_points_with_the_same_figures(found, version):
    shown = {each: told(found, each, version, frozen=FREEZE) for each in LANGUAGES}
    points = {
        each: [b.kind for b in document.blocks if isinstance(b, Paragraph)]
        for each, document in shown.items()
    }
    assert points["zh_CN"] == points["en"]
    assert set(shown["zh_CN"].numbers) == set(shown["en"].numbers)


def test_a_part_of_which_nothing_is_left_has_no_heading_and_no_number(found):
    headings = [
        plain(block.pieces)[:2]
        for block in circulated(found, "zh_CN").blocks
        if isinstance(block, Paragraph) and block.kind is Kind.HEADING
    ]
    assert headings == [f"{number}、" for number in "一二三四五六"[: len(headings)]]


def test_words_that_open_a_single_paragraph_bear_no_number():
    with sqlite_database() as engine:
        kept(engine, workbook(sectors=[{}], units=[{}], findings=[{}]))
        document = told(read(engine), "zh_CN")
    leads = [b.lead for b in document.blocks if isinstance(b, Paragraph) and b.kind is Kind.BODY]
    parts = [lead for lead in leads if lead.startswith("督办措施")]
    assert parts == ["督办措施。"]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_in_print(found, language, tmp_path):
    file = tmp_path / "briefing.docx"
    file.write_bytes(written(circulated(found, language, frozen=FREEZE), language))
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation=file://{tmp_path}/office",
            *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    printed = (tmp_path / "briefing.pdf").read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 1 < pages <= fitting.PAGES


def test_the_type_is_that_of_the_standard():
    with use_language("zh_CN"):
        assert fitting.room() < Pt(fitting.PAGES * 22 * 28.95).pt
