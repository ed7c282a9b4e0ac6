"""Read cells with one of several values: yes or no, a closed list, a reference list."""

from collections.abc import Mapping

from data.reference.lists import References
from data.workbook.cells.text_cells import plain_text
from data.workbook.cells.value_texts import CellValue, Reader, plain_name
from models.kinds import Listed
from models.text import N_, sentence
from models.warning import WarningSource

YES, NO = "是", "否"
YES_NO = {YES: True, NO: False, "true": True, "false": False, "1": True, "0": False}
SUBDISTRICT = "街道"
IMPORTED = WarningSource.IMPORTED.value
NOT_YES_OR_NO = N_("Enter 是 or 否.")
NOT_A_CHOICE = N_("This is not one of the values of this column. Enter one of: {choices}.")
NOT_LISTED = N_("This is not in the reference list. Enter one of: {choices}.")
NOT_IMPORTED = N_("Warnings of this rule are raised by the system itself. Enter one of: {choices}.")


def listed_codes(listed: Listed, references: References) -> Mapping[str, str]:
    """The values allowed in a column of the list, each with the code that is stored."""
    codes = {row[_code_column(listed)]: row["name"] for row in _rows(listed, references)}
    table = {code: code for code in codes}
    if listed.list_name == "subdistricts":
        table |= {plain_name(name).removesuffix(SUBDISTRICT): code for code, name in codes.items()}
    if _named(listed):
        table |= {plain_name(name): code for code, name in codes.items()}
    return table


def listed_choices(listed: Listed, references: References) -> dict[str, str]:
    """The values to enter in a column of the list, each with its meaning."""
    codes = {row[_code_column(listed)]: row["name"] for row in _rows(listed, references)}
    return {name: code for code, name in codes.items()} if _named(listed) else codes


def _rows(listed: Listed, references: References) -> list[Mapping[str, str]]:
    rows = references.lists.get(listed.list_name, ())
    # The other rules belong to the system, and their warnings are not reported by units.
    return [row for row in rows if row.get("source", IMPORTED) == IMPORTED]


def _code_column(listed: Listed) -> str:
    return "dimension" if listed.list_name == "rubric" else "code"


def _named(listed: Listed) -> bool:
    return listed.by_name or listed.list_name == "subdistricts"


def listed_reader(listed: Listed, references: References) -> Reader:
    """The function that reads a cell of a reference list."""
    table = listed_codes(listed, references)
    choices = "、".join(listed_choices(listed, references))
    known = references.codes.get(listed.list_name, {})

    def read(value: CellValue) -> object:
        text = plain_text(value, plain_name)
        if not isinstance(text, str):
            return text
        if text in table:
            return table[text]
        computed = listed.list_name == "warning_rules" and text in known
        return sentence(NOT_IMPORTED if computed else NOT_LISTED, choices=choices)

    return read


def read_flag(value: CellValue) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, float) and value in (0, 1):
        return value == 1
    if isinstance(value, str):
        text = plain_name(value).lower()
        if text in YES_NO:
            return YES_NO[text]
        if not text:
            return None
    return sentence(NOT_YES_OR_NO)


def choice_reader(table: Mapping[str, str]) -> Reader:
    labels = "、".join(label for label, code in table.items() if label != code)

    def read(value: CellValue) -> object:
        # Excel turns the codes TRUE and FALSE into truth values as they are typed.
        text = str(value).upper() if isinstance(value, bool) else plain_text(value, plain_name)
        if not isinstance(text, str):
            return text if text is None else sentence(NOT_A_CHOICE, choices=labels)
        return table[text] if text in table else sentence(NOT_A_CHOICE, choices=labels)

    return read
