"""Reference lists as CSV files: UTF-8 with a byte order mark for Excel, one line per row."""

import csv
import io
from collections.abc import Sequence

from data.intake.reference_columns import COLUMNS
from data.intake.reference_rules import Line, ListFault
from data.reference.lists import References
from models.text import N_, sentence

ENCODING = "utf-8-sig"

NOT_UTF8 = N_("This file is not in UTF-8. In Excel, save it as “CSV UTF-8” and choose it again.")
NOT_CSV = N_("This file is not a CSV file. Save the list as “CSV UTF-8” and choose it again.")


class UnreadableListError(Exception):
    """The file is not a list; `fault` says why."""

    def __init__(self, message: str) -> None:
        self.fault = ListFault(None, None, None, sentence(message))
        super().__init__(message)


def read(content: bytes) -> tuple[Sequence[str], list[Line]]:
    """The header, and every line that is not blank by its number in the file."""
    try:
        text = content.decode(ENCODING)
    except UnicodeDecodeError as error:
        raise UnreadableListError(NOT_UTF8) from error
    if "\x00" in text:
        raise UnreadableListError(NOT_CSV)
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = header
        lines = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise UnreadableListError(NOT_CSV) from error
    return header, [(number, row) for number, row in lines if any(row.values())]


def write(name: str, references: References) -> bytes:
    """The list `name` in the form that `read` accepts."""
    columns = [column.id for column in COLUMNS[name]]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(references.lists[name])
    return text.getvalue().encode(ENCODING)
