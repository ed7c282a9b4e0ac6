"""Texts before translation: marked for the catalogue here, translated where they are shown."""

from collections.abc import Callable
from dataclasses import dataclass, field

from models.english import in_number


def N_(message: str) -> str:
    """Mark `message` for the catalogue; returns it unchanged."""
    return message


NOTHING = "—"
"""The text shown for a value that does not exist, such as a share of nothing."""


@dataclass(frozen=True, slots=True)
class Label:
    """A term in Chinese and in English."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The term in `language`, "zh_CN" or "en"."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message with its values, to be translated when it is shown."""

    message: str
    values: dict[str, object] = field(default_factory=dict)

    def say(self, translate: Callable[[str], str], language: str) -> str:
        """The sentence in `language`; labels and sentences among its values are translated too."""
        values = {name: _said(value, translate, language) for name, value in self.values.items()}
        message = translate(self.message)
        if language == "en":
            message = in_number(message, values)
        return message.format(**values)


def _said(value: object, translate: Callable[[str], str], language: str) -> object:
    if isinstance(value, Sentence):
        return value.say(translate, language)
    return value.of(language) if isinstance(value, Label) else value


def sentence(message: str, **values: object) -> Sentence:
    """A sentence to be translated later; `message` must also be marked with `N_`."""
    return Sentence(message, values)


class TellingError(Exception):
    """The base of errors shown to the user: `sentence` says why the request failed and what to do.

    Constructed from a message with values, or from a ready sentence.
    """

    def __init__(self, message: str | Sentence, **values: object) -> None:
        told = message if isinstance(message, Sentence) else sentence(message, **values)
        self.sentence: Sentence = told
        super().__init__(told.say(str, "en"))
