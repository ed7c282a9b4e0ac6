"""File names of letters, valid on every operating system."""

import re

from data.collection.reminders import IssuedReminder
from data.letters.issuing import Issued

# Characters that at least one operating system forbids in file names.
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
LONGEST = 80


def file_name(letter: Issued | IssuedReminder) -> str:
    """The number and the unit, without characters that are not allowed in file names."""
    name = UNFIT.sub("-", f"{letter.number} {letter.draft.unit_name}")
    return name.strip(" .")[:LONGEST].strip(" .") + ".docx"
