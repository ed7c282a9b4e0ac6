"""Translate English messages into the viewer's language when they are shown.

On pages the viewer chooses the language; elsewhere `use_language` sets it.
"""

import functools
import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dashboard import settings
from models.text import Label, Sentence

LANGUAGES = {"zh_CN": "中文", "en": "English"}
LOCALE_DIR = Path(__file__).parent / "locale"

_in_use: ContextVar[str | None] = ContextVar("language", default=None)


@functools.cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The messages of `language`, compiled from its .po file; the English msgids if it has none."""
    source = LOCALE_DIR / language / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as po:
        write_mo(compiled, read_po(po))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language() -> str:
    """The language in use: that of `use_language`, else the viewer's, else the installation's."""
    return _in_use.get() or _of_viewer() or settings.in_use().language


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Translate into `language` within the block, whatever the viewer has chosen."""
    before = _in_use.set(language)
    try:
        yield
    finally:
        _in_use.reset(before)


def _(message: str, **values: object) -> str:
    """Translate `message` and fill its {placeholders}; labels among them are translated as well."""
    if not values and "{" not in message:
        return _translate(message)
    return Sentence(message, values).say(_translate, language())


def template(message: str) -> str:
    """The translation of `message`, with its {placeholders}."""
    return _translate(message)


def say(sentence: Sentence) -> str:
    """A `Sentence` from `data` or `models` in the language in use."""
    return sentence.say(_translate, language())


def name(label: Label) -> str:
    """The text of a label in the language in use."""
    return label.of(language())


def _translate(message: str) -> str:
    return catalogue(language()).gettext(message)


def _of_viewer() -> str | None:
    # Import late: the command line rarely needs Streamlit, which takes a second to load.
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from dashboard import address

    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    chosen = address.get("lang")
    return chosen if chosen in LANGUAGES else None
