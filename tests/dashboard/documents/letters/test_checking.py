"""A file is compared with the data figure by figure; one that differs is not handed out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from docx.oxml.ns import qn

from dashboard.documents.letters import checking
from dashboard.documents.letters.checking import check, figures
from dashboard.documents.letters.document import write
from dashboard.documents.official.differing import FigureDiffersError
from dashboard.i18n import say, use_language
from data.collection.periods import Period
from data.collection.reminders import FileReminder, IssuedReminder
from data.letters.issuing import Issued, Key
from models.letter import FilesLetter
from tests.dashboard.documents.letters.letters import file, letter, opened, pressed

MIXED = letter(pressed(1, over=31, amount=1), pressed(2, over=-5, amount=250_000_000), pressed(3))
LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])


@cache
def mixed_file(language: str) -> bytes:
    """The file of `MIXED`, written once."""
    return file(MIXED, language)


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    """The file after somebody worked on it."""
    word = opened(content)
    change(word)
    target = BytesIO()
    word.save(target)
    return target.getvalue()


def rewritten(content: bytes, name: str, words: str) -> bytes:
    """The file with other words in the mark `name`."""

    def change(word: Any) -> None:
        start = next(
            each
            for each in word.element.body.iter(qn("w:bookmarkStart"))
            if each.get(qn("w:name")) == name
        )
        start.getnext().find(qn("w:t")).text = words

    return changed(content, change)


def refusal(content: bytes, issued: Issued) -> str:
    with pytest.raises(FigureDiffersError) as refused:
        check(content, issued)
    with use_language("en"):
        assert say(refused.value.sentence)
    return refused.value.sentence.message


@LANGUAGES
@pytest.mark.parametrize(
    "issued",
    [letter(), letter(pressed(1)), letter(pressed(1, over=-4)), MIXED],
    ids=["late", "one", "none late", "mixed"],
)
def test_a_file_as_it_was_written_is_handed_out(issued: Issued, language: str) -> None:
    with use_language(language):
        check(file(issued, language), issued)
        check(file(issued, language, demonstration=True), issued)


def test_titles_with_figures_and_signs_are_handed_out() -> None:
    issued = letter(pressed(1, title="2019年3笔<款>&“账”  1%"), unit="第1中学(2部)")
    check(file(issued), issued)


@LANGUAGES
@pytest.mark.parametrize("name", figures(MIXED))
def test_any_figure_that_differs_stops_the_file(name: str, language: str) -> None:
    content = rewritten(mixed_file(language), name, "7")
    with use_language(language):
        assert refusal(content, MIXED) == checking.DIFFERS


@LANGUAGES
def test_the_issuing_body_is_that_of_the_settings(language: str) -> None:
    issued = letter()
    with use_language(language):
        content = write(issued, demonstration=False, issuer="区审计局2处")
        check(content, issued, "区审计局2处")
        assert refusal(content, issued) == checking.DIFFERS


@pytest.mark.parametrize(
    "data",
    [
        {"reply_by": date(2026, 7, 15)},
        {"issued_on": date(2026, 6, 29)},
        {"unit_name": "别的单位"},
        {"findings": (pressed(1, over=31, amount=124_456_700), pressed(2, over=45))},
        {"findings": (pressed(1, over=31, amount=123_456_700), pressed(2, over=46))},
    ],
)
def test_data_that_differs_from_the_file_stops_it(data: dict[str, Any]) -> None:
    issued = letter()
    other = replace(issued, draft=replace(issued.draft, **data))
    assert refusal(file(issued), other) == checking.DIFFERS


def test_a_finding_more_or_less_stops_the_file() -> None:
    one, two = letter(pressed(1)), letter(pressed(1), pressed(2))
    assert refusal(file(one), two) in (checking.DIFFERS, checking.MISSING)
    assert refusal(file(two), one) in (checking.DIFFERS, checking.UNKNOWN)


def test_money_that_the_data_does_not_have_stops_the_file() -> None:
    with_money, without = letter(pressed(1, amount=5)), letter(pressed(1))
    assert refusal(file(with_money), without) == checking.UNKNOWN
    assert refusal(file(without), with_money) == checking.MISSING


def test_a_figure_that_was_written_in_stops_the_file() -> None:
    content = changed(file(letter()), lambda word: word.add_paragraph("另有5个问题"))
    assert refusal(content, letter()) == checking.UNKNOWN
    header = changed(
        file(letter()), lambda word: word.sections[0].header.paragraphs[0].add_run("2027")
    )
    assert refusal(header, letter()) == checking.UNKNOWN


def test_words_without_figures_may_be_written_in() -> None:
    check(changed(file(letter()), lambda word: word.add_paragraph("特此函告。")), letter())


def test_the_sentence_names_the_figure_and_its_row() -> None:
    content = rewritten(file(letter()), "days_over_2", "46")
    with pytest.raises(FigureDiffersError) as refused:
        check(content, letter())
    with use_language("zh_CN"):
        assert say(refused.value.sentence) == (
            "函件经安督〔2026〕3号的文件未提供下载：文件中第2项的逾期天数为“46”，数据中为“45”。"
        )


def test_a_day_is_compared_as_a_day() -> None:
    issued = letter()
    later = replace(issued.draft, reply_by=issued.draft.reply_by + timedelta(1))
    content = rewritten(file(replace(issued, draft=later)), "reply_by", "2026年07月14日")
    assert refusal(content, issued) == checking.DIFFERS
    check(rewritten(content, "slip_reply_by", "2026年7月14日"), issued)


@LANGUAGES
def test_a_reminder_to_send_a_file_is_checked_too(language: str) -> None:
    draft = FileReminder(
        "U1", "示例单位", Period(2026, 5), date(2026, 6, 10), date(2026, 6, 30), date(2026, 7, 3)
    )
    key = Key(FilesLetter.LATE_FILE, 2026, 3)
    issued = IssuedReminder(key, "经安催〔2026〕3号", draft)
    with use_language(language):
        content = write(issued, demonstration=False)
        check(content, issued)
        for other in ({"period": Period(2026, 4)}, {"due_on": date(2026, 6, 9)}):
            changed_draft = replace(issued, draft=replace(draft, **other))
            with pytest.raises(FigureDiffersError):
                check(content, changed_draft)
