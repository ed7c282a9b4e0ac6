"""Sentences as pieces: numbers keep their source, and templates hold none of their own."""

import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir

import dashboard.documents.briefing
from dashboard.documents.briefing.blocks import Chart, Paragraph, Table
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.phrases import (
    Cited,
    Quoted,
    capitalised,
    day_in_words,
    joined,
    phrase,
    plain,
    sentences,
)
from dashboard.documents.briefing.sources import Source
from dashboard.i18n import catalogue, use_language
from models.text import Label
from tests.dashboard.documents.briefing.telling import told

DAY = date(2026, 6, 30)
SOURCE = Source("overdue", "district", DAY)
NAMES = re.compile("0A|SHA-256")
"""Digits that are part of a name."""


@pytest.fixture(autouse=True)
def english():
    with use_language("en"):
        yield


def cited(text: str, unit: str = "") -> Cited:
    return Cited(text, SOURCE, unit)


@pytest.mark.parametrize(
    ("number", "said"),
    [("0", "0 findings are late"), ("1", "1 finding is late"), ("21", "21 findings are late")],
)
def test_what_is_counted_follows_the_number(number, said):
    pieces = phrase("{n: finding~ is| findings~ are} late", n=cited(number))
    assert plain(pieces) == said


def test_a_verb_stands_behind_the_number_of_the_source():
    first, verb, _rest = phrase("{n: finding~ is| findings~ are} late", n=cited("1"))
    assert (first.unit, verb) == (" finding", " is")


def test_a_measure_of_its_own_stays_where_the_template_has_none():
    assert plain(phrase("quality {n}", n=cited("85.5", " points"))) == "quality 85.5 points"


def test_a_chinese_measure_is_not_parted_from_its_number():
    number, rest = phrase("{n}家单位", n=cited("3"))
    assert (number.unit, rest) == ("家", "单位")


def test_labels_and_days_follow_the_language():
    values = {"light": Label("红", "Red"), "day": DAY}
    assert plain(phrase("{light} on {day}", **values)) == "Red on 30 June 2026"
    with use_language("zh_CN"):
        assert day_in_words(DAY) == "2026年6月30日"
        assert plain(phrase("{light}", **values)) == "红"


def test_names_that_look_like_templates_stay_as_they_are():
    assert plain(phrase("{unit}", unit="{0} {unit}")) == "{0} {unit}"


def test_lists_are_joined_by_the_signs_of_the_language():
    parts = [(Quoted("甲"),), (Quoted("乙"),)]
    assert plain(joined(parts, ", ")) == "甲, 乙"
    assert plain(sentences(parts)) == "甲 乙"
    with use_language("zh_CN"):
        assert plain(joined(parts, ", ")) == "甲、乙"
        assert plain(sentences(parts)) == "甲乙"


def test_a_sentence_begins_with_a_capital_letter():
    assert plain(capitalised(("the rest",))) == "The rest"
    assert plain(capitalised((Quoted("grid"), " holds"))) == "Grid holds"
    assert plain(capitalised((cited("3"), " units"))) == "3 units"


def messages() -> list[str]:
    folder = Path(dashboard.documents.briefing.__file__).parent
    found = extract_from_dir(folder, [("**.py", "python")], keywords={"_": None, "N_": None})
    return sorted({str(message) for _file, _line, message, _comments, _context in found})


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_template_holds_a_number(language):
    typed = []
    for message in messages():
        said = catalogue(language).gettext(message) if language != "en" else message
        words = [literal for literal, _field, _form, _conversion in Formatter().parse(said)]
        typed += [said for each in words if re.search("[0-9]", NAMES.sub("", each))]
    assert typed == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_number_stands_in_a_sentence_without_its_source(found: Content, language):
    pieces = []
    for block in told(found, language).blocks:
        match block:
            case Paragraph():
                pieces += block.pieces
            case Chart():
                pieces += block.says
            case Table():
                pieces += block.note
    words = [piece for piece in pieces if isinstance(piece, str)]
    assert len(words) > 100
    assert [each for each in words if re.search("[0-9]", NAMES.sub("", each))] == []
