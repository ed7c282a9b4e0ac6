"""Check passwords against the rules; each refusal says what is missing."""

import secrets
from collections.abc import Iterable
from functools import cache

from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from data.access.passwords import MOST_BYTES
from models.text import N_, Label, TellingError

SHORTEST, LONG_ENOUGH, LONGEST = 12, 16, 64
"""Characters: the least, the number from which any kinds of characters do, and the most."""
FEWEST_DIFFERENT = 6
COMMONEST = 10_000
EASIEST = 1e9
"""A password must need more guesses than this, trying words, names, dates and key rows first."""
SHORTEST_WORD = 3
"""The least letters of a name that counts: shorter ones occur in many passwords by chance. Names
written in Chinese count from two."""
PRODUCT = ("gridlight", "zxcvbn")

TOO_SHORT = N_("A password has at least {least} characters.")
TOO_LONG = N_("A password has at most {most} characters, and at most {bytes} bytes of UTF-8.")
EDGES = N_("A password neither begins nor ends with a space, and has no control characters.")
TOO_FEW = N_("A password has at least {least} different characters.")
MISSING = N_(
    "A password of fewer than {long} characters has capital letters, small letters, digits and"
    " other characters. Missing: {missing}."
)
OWN_WORD = N_("A password contains neither the name of the account nor that of its owner.")
COMMON = N_(
    "This is one of the {count} commonest passwords, or one with only digits and signs around it."
)
EASY = N_(
    "This password is easy to guess: it is made of common words, dates, rows of keys or"
    " repetitions. Several words that have nothing to do with one another are better."
)

CAPITALS = Label("大写字母", "capital letters")
SMALL = Label("小写字母", "small letters")
DIGITS = Label("数字", "digits")
OTHERS = Label("其他字符", "other characters")


class PasswordRefusedError(TellingError):
    """A password breaks a rule; `sentence` says which."""


def check(password: str, own_words: Iterable[str]) -> None:
    """Raise `PasswordRefusedError` for a password that breaks a rule.

    `own_words` are the names of the account and of its owner, which it must not contain.
    """
    if len(password) < SHORTEST:
        raise PasswordRefusedError(TOO_SHORT, least=SHORTEST)
    if len(password) > LONGEST or len(password.encode()) > MOST_BYTES:
        raise PasswordRefusedError(TOO_LONG, most=LONGEST, bytes=MOST_BYTES)
    # The sign-in form strips spaces, so a password that begins or ends with one would never match.
    if password != password.strip() or not password.isprintable():
        raise PasswordRefusedError(EDGES)
    if len(set(password)) < FEWEST_DIFFERENT:
        raise PasswordRefusedError(TOO_FEW, least=FEWEST_DIFFERENT)
    missing = _missing_kinds(password)
    if missing and len(password) < LONG_ENOUGH:
        raise PasswordRefusedError(MISSING, long=LONG_ENOUGH, missing=missing)
    words = _parts(own_words)
    if any(word in password.lower() for word in words):
        raise PasswordRefusedError(OWN_WORD)
    if _is_common(password):
        raise PasswordRefusedError(COMMON, count=COMMONEST)
    if zxcvbn(password, user_inputs=[*words, *PRODUCT])["guesses"] < EASIEST:
        raise PasswordRefusedError(EASY)


def one_time(*own_words: str) -> str:
    """A random password that passes the rules; its owner must replace it after signing in."""
    while True:
        password = secrets.token_urlsafe(12)
        try:
            check(password, own_words)
        except PasswordRefusedError:
            continue
        return password


def _missing_kinds(password: str) -> Label | None:
    there = {_kind(character) for character in password}
    missing = [kind for kind in (CAPITALS, SMALL, DIGITS, OTHERS) if kind not in there]
    if not missing:
        return None
    return Label("、".join(kind.zh for kind in missing), ", ".join(kind.en for kind in missing))


def _kind(character: str) -> Label:
    if not character.isascii():
        return OTHERS
    if character.isupper():
        return CAPITALS
    if character.islower():
        return SMALL
    return DIGITS if character.isdigit() else OTHERS


def _parts(own_words: Iterable[str]) -> list[str]:
    """The names and their single words in lower case, without those too short to count."""
    parts = {part for name in own_words for part in (name, *name.split())}
    plain = (part.strip().lower() for part in parts)
    return sorted(part for part in plain if len(part) >= (SHORTEST_WORD if part.isascii() else 2))


def _is_common(password: str) -> bool:
    plain = password.lower()
    core = plain
    while core and not core[0].isalpha():
        core = core[1:]
    while core and not core[-1].isalpha():
        core = core[:-1]
    # A common word in a mostly different password is left to the estimate of guesses.
    return plain in _commonest() or (2 * len(core) >= len(plain) and core in _commonest())


@cache
def _commonest() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"][:COMMONEST])
