"""Every text of the sources stands in the Chinese catalogue, translated, with its placeholders."""

from string import Formatter

import pytest

from dashboard.i18n import catalogue
from tests.texts import extracted, kept


def placeholders(text: str) -> set[str | None]:
    return {name for _literal, name, _form, _conversion in Formatter().parse(text)} - {None}


@pytest.fixture(scope="module")
def messages() -> dict[str, str]:
    return {str(message.id): str(message.string) for message in kept() if message.id}


def test_the_catalogue_holds_just_the_messages_of_the_sources(messages):
    assert set(messages) == set(extracted())


def test_every_message_is_translated(messages):
    assert [message for message, chinese in messages.items() if not chinese] == []


def test_no_translation_is_doubtful():
    assert [message.id for message in kept() if message.id and message.fuzzy] == []


def test_translations_keep_the_placeholders(messages):
    differ = [m for m, chinese in messages.items() if placeholders(m) != placeholders(chinese)]
    assert differ == []


def test_chinese_sentences_end_in_chinese_signs(messages):
    assert [chinese for chinese in messages.values() if chinese.endswith((".", "?", "!"))] == []


def test_the_catalogue_is_compiled_from_its_source(messages):
    translations = catalogue("zh_CN")
    assert all(translations.gettext(m) == chinese for m, chinese in messages.items() if chinese)
