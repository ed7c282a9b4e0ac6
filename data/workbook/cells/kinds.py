"""Read cells by the kind of their column, into the stored form.

A reader returns the stored form, None for an empty cell, or the sentence that says what is wrong.
It does not check whether a referenced row exists, nor other cells.
"""

from datetime import date

from data.reference.lists import References
from data.workbook.cells.choice_cells import choice_reader, listed_reader, read_flag
from data.workbook.cells.day_cells import day_reader
from data.workbook.cells.number_cells import number_reader, read_money, whole_reader
from data.workbook.cells.starter_codes import names_a_row
from data.workbook.cells.text_cells import note_reader, read_code, read_credit_code, text_reader
from data.workbook.cells.value_texts import Reader, plain_name
from models.kinds import (
    TEXT_LENGTH,
    Code,
    CreditCode,
    Day,
    Flag,
    Listed,
    Money,
    Name,
    Note,
    Number,
    OneOf,
    Refers,
    RefersToNumber,
    Text,
    Whole,
)
from models.ledger import Column


def reader(column: Column, *, day: date, references: References, starter: bool = False) -> Reader:
    """The function that reads the cells of `column` in an import on `day`.

    In a `starter`, rows may also be referred to by title or name, as units may anywhere.
    """
    if starter and names_a_row(column):
        return text_reader(TEXT_LENGTH, plain_name)
    match column.kind:
        case CreditCode():
            return read_credit_code
        case Note(length=length):
            return note_reader(length)
        case Name(length=length):
            return text_reader(length, plain_name)
        case Text(length=length):
            return text_reader(length)
        case Day(happened=happened):
            return day_reader(day if happened else None)
        case Whole(low=low, high=high) | RefersToNumber(low=low, high=high):
            return whole_reader(low, high)
        case Refers(ledger="units"):
            # Names are accepted too; the import finds out which unit they mean.
            return text_reader(TEXT_LENGTH, plain_name)
        case Code() | Refers():
            return read_code
        case Number() as number:
            return number_reader(number)
        case Money():
            return read_money
        case Flag():
            return read_flag
        case OneOf(choices=choices):
            table = {str(each): str(each) for each in choices}
            return choice_reader(table | {plain_name(each.zh): str(each) for each in choices})
        case Listed() as listed:
            return listed_reader(listed, references)
    raise TypeError(column.kind)
