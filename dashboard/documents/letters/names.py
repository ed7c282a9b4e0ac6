"""Names of the files of letters, fit for every file system."""

import re

from data.collection.reminders import IssuedReminder
from data.letters.issuing import Issued

# Not allowed in the names of files on one system or another.
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
LONGEST = 80


def file_name(letter: Issued | IssuedReminder) -> str:
    """The number and the unit, without signs that a file system refuses."""
    name = UNFIT.sub("-", f"{letter.number} {letter.draft.unit_name}")
    return name.strip(" .")[:LONGEST].strip(" .") + ".docx"
