"""Every pattern that reads a file ends soon, however a hostile text repeats its own words."""

import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType

import pytest

import data
import models

ROOT = Path(data.__path__[0]).parent
SOURCES = [file for each in ("data", "models") for file in (ROOT / each).rglob("*.py")]
LENGTH = 20_000
SECONDS = 1.0
"""Of this process's own time, a hundred times what the slowest pattern needs."""
WORDS = re.compile(r"[一-鿿]+|[A-Za-z]{2,}")
SIGNS = " 0(（\"'—-:,/.<\\[二前"


def _patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for package in (data, models):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" in found.name or "__main__" in found.name:
                continue
            module = import_module(found.name)
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern):
                    yield f"{found.name}.{name}", value


PATTERNS = dict(_patterns())


def _uses(name: str) -> set[str]:
    """The methods of `re` by which the pattern of this name is used."""
    module, _, constant = name.rpartition(".")
    used = re.compile(rf"\b{constant}\.(match|fullmatch|search|sub|split|findall|finditer)\(")
    own = Path(*module.split(".")).with_suffix(".py")
    found = used.findall((ROOT / own).read_text())
    if not found:
        found = [each for file in SOURCES for each in used.findall(file.read_text())]
    return {each if each in ("match", "fullmatch") else "search" for each in found}


def _repeats(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[str]:
    """Texts made of the pattern's own words, which end in what does not fit."""
    source = pattern.pattern
    text = source.decode() if isinstance(source, bytes) else source
    for word in dict.fromkeys((*WORDS.findall(text), *SIGNS)):
        yield word * (LENGTH // len(word)) + "甲"


@contextmanager
def _at_most(seconds: float, said: str) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(said)

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_ends_soon_on_its_own_words_repeated(name: str) -> None:
    pattern, uses = PATTERNS[name], _uses(name)
    for text in _repeats(pattern):
        given = text.encode() if isinstance(pattern.pattern, bytes) else text
        with _at_most(SECONDS, f"{name} on {text[:12]!r} repeated"):
            for use in uses:
                getattr(pattern, use)(given)
