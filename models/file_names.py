"""File names made from people's input or from texts, valid on every operating system."""

import re

UNFIT = re.compile(r'[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:"/\\|?*]')
MOST_BYTES = 180
"""In UTF-8. Systems allow 255; the rest is for prefixes and suffixes added later."""
LONGEST_SUFFIX = 12


def fit(name: str) -> str:
    """`name` without folders and forbidden characters, cut to `MOST_BYTES` but with its suffix.

    An empty result becomes "_".
    """
    last = re.split(r"[/\\]", name)[-1]
    clean = UNFIT.sub("-", last).strip(" .") or "_"
    stem, dot, suffix = clean.rpartition(".")
    if not dot or not stem or len(suffix.encode()) > LONGEST_SUFFIX:
        stem, dot, suffix = clean, "", ""
    room = MOST_BYTES - len((dot + suffix).encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + suffix


def flat(name: str) -> str:
    """Like `fit`, for a name made of texts: slashes are characters, not folders."""
    return fit(name.replace("/", "-").replace("\\", "-"))
