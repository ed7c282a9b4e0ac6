"""Texts before translation: marked for the catalogue here, translated only where they are shown."""

from collections.abc import Callable
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark `message` for the catalogue and return it as it is."""
    return message


NOTHING = "—"
"""The text shown for a value that does not exist, such as a share of nothing."""


@dataclass(frozen=True, slots=True)
class Label:
    """The standard term of the field in Chinese, and its English name."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The name in `language` ("zh_CN" or "en")."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message with its values, translated when somebody reads it."""

    message: str
    values: dict[str, object] = field(default_factory=dict)

    def say(self, translate: Callable[[str], str], language: str) -> str:
        """The sentence in `language`; labels and sentences among the values follow it."""
        values = {name: _said(value, translate, language) for name, value in self.values.items()}
        return translate(self.message).format(**values)


def _said(value: object, translate: Callable[[str], str], language: str) -> object:
    if isinstance(value, Sentence):
        return value.say(translate, language)
    return value.of(language) if isinstance(value, Label) else value


def sentence(message: str, **values: object) -> Sentence:
    """A sentence to be translated later; `message` must also be marked with `N_`."""
    return Sentence(message, values)


class TellingError(Exception):
    """The base of errors that are told to the user: `sentence` says why the request failed and what
    to do instead.

    Given as a message with its values, or as a sentence that was made before.
    """

    def __init__(self, message: str | Sentence, **values: object) -> None:
        told = message if isinstance(message, Sentence) else sentence(message, **values)
        self.sentence: Sentence = told
        super().__init__(told.say(str, "en"))
