"""Names of files that come from people or are made of their texts, fit for every system."""

import re

UNFIT = re.compile(r'[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:"/\\|?*]')
MOST_BYTES = 180
"""Of UTF-8; systems take 255, of which something may be added before or behind."""
LONGEST_SUFFIX = 12


def fit(name: str) -> str:
    """`name` without a folder and without what no system takes, at most `MOST_BYTES` long.

    The suffix is kept; what nothing is left of becomes "_".
    """
    last = re.split(r"[/\\]", name)[-1]
    clean = UNFIT.sub("-", last).strip(" .") or "_"
    stem, dot, suffix = clean.rpartition(".")
    if not dot or not stem or len(suffix.encode()) > LONGEST_SUFFIX:
        stem, dot, suffix = clean, "", ""
    room = MOST_BYTES - len((dot + suffix).encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + suffix


def flat(name: str) -> str:
    """The same for a name made of texts, in which a stroke is no folder."""
    return fit(name.replace("/", "-").replace("\\", "-"))
