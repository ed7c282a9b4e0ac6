"""Recognize rows below the header that are not rows of the ledger."""

import re
from collections.abc import Sequence
from enum import Enum

from data.own_ledgers.words.written import clean, plain, serial_number
from data.workbook.cells.value_texts import CellValue
from models.text import N_, Sentence, sentence

TOTAL = re.compile(r"(?:^|.*[^一-鿿])(?:合计|总计|共计|累计|总合计|全区合计|本页合计|合计数).*")
SUBTOTAL = re.compile(r".*小计.*")
UNIT_TOTAL = re.compile(r".{1,20}(?:合计|总计)[::]?")
NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明|填报说明|填写说明|编制说明|指标解释)(?:[0-9]{0,2}[::.、;].*)?"
    r"|(?:注|说明|填表说明|填报说明)[::].*|[*※].*|[0-9一二三][.、].{8,}"
)
SIGNATURE = re.compile(
    r"(?:制表|填表|填报|审核|复核|经办|统计|单位|分管|主要|部门)?(?:人|负责人|领导|单位|日期|时间)?"
    r"(?:签字|签名|盖章|签章|\(盖章\)|\(签字\))?[::].*"
    r"|.*(?:\(盖章\)|\(签字\)|签字|签章|盖章).*"
    r"|(?:制表|填表|填报|审核|复核|经办)(?:人|单位|日期|时间).*"
)
LABEL = re.compile(
    r"[^:]{0,8}(?:人|负责人|领导|审核|复核|制表|填报|填表|经办|联系方式|电话|日期|时间|单位|部门)"
    r"(?:\((?:签字|签名|签章|盖章|公章)\)|签字|签名|签章|盖章)?:.{0,20}"
)
"""A field of the line at the foot: 审核人：, 填表人：张三."""
SECTION = re.compile(r"\(?[一二三四五六七八九十]{1,3}[).、][^。;:]{1,24}")
COUNTED = re.compile("[0-9][个项条件]$")
SENTENCE = re.compile("[。；;]|截至|截止")
"""In a single cell that is a note and no heading."""
NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?%?(?:个|项|条|件|亿元?|万元?|元)?|[-—/]+")
ORDINAL = re.compile(
    r"\(?[一二三四五六七八九十]{1,3}[).、]?|第[一二三四五六七八九十]{1,3}(?:部分|类|项|章)?"
)
"""The number of a section, in the cell before its heading."""
LEADING_NUMBER = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}[).、]|第[一二三四五六七八九十]{1,3}(?:部分|类|项|章))"
)
MOST_FILLED_OF_A_NOTE = 2


class Why(Enum):
    """The reason why a row is skipped."""

    BLANK = sentence(N_("blank row"))
    TOTAL = sentence(N_("total"))
    SUBTOTAL = sentence(N_("subtotal"))
    NOTE = sentence(N_("note"))
    SIGNATURE = sentence(N_("signature"))
    HEADER = sentence(N_("the header again"))
    SECTION = sentence(N_("heading of a section"))
    NUMBER_ONLY = sentence(N_("nothing but a serial number"))
    LEFT_OUT = sentence(N_("left out by an answer"))
    CONTINUED = sentence(N_("goes on with the row above"))
    NOBODY = sentence(N_("names nobody"))
    LEFT_BEFORE = sentence(N_("no longer in post on the day of the sheet"))

    @property
    def sentence(self) -> Sentence:
        """The reason in words."""
        return self.value


def why(line: Sequence[CellValue], serial: int | None, columns: Sequence[int]) -> Why | None:
    """The reason to skip a row; None for a row of the ledger.

    `serial` is the column of serial numbers, `columns` are those that are read. A row with a
    serial number is skipped only if it has nothing else.
    """
    filled = [at for at, value in enumerate(line) if value != "" and plain(value)]
    if not filled:
        return Why.BLANK
    if serial is not None and serial_number(line[serial]) is not None:
        return Why.NUMBER_ONLY if filled == [serial] else None
    first = plain(line[filled[0]])
    second = plain(line[filled[1]]) if len(filled) > 1 else ""
    for text in (first, second):
        if SUBTOTAL.fullmatch(text) and len(text) <= 24:
            return Why.SUBTOTAL
        if TOTAL.fullmatch(text) and len(text) <= 24:
            return Why.TOTAL
        if UNIT_TOTAL.fullmatch(text):
            return Why.SUBTOTAL
    if _is_line_of_fields([plain(line[at]) for at in filled]):
        return Why.SIGNATURE
    if len(filled) == 1 and NUMBER.fullmatch(first):
        return Why.TOTAL
    if len(filled) == 1 and SENTENCE.search(first):
        return Why.NOTE
    if SECTION.fullmatch(first) and _are_sums([plain(line[at]) for at in filled[1:]]):
        return Why.SECTION
    if _is_numbered_section([plain(line[at]) for at in filled]):
        return Why.SECTION
    if len(filled) <= MOST_FILLED_OF_A_NOTE:
        if SIGNATURE.fullmatch(first):
            return Why.SIGNATURE
        if NOTE.fullmatch(first):
            return Why.NOTE
    if len(filled) == 1:
        # A table whose first column is the unit may have rows with nothing but the unit yet.
        return Why.SECTION if serial is not None or filled[0] not in columns else Why.NOTE
    return None


def _is_numbered_section(texts: Sequence[str]) -> bool:
    """Whether a row is 一、 and a heading in separate cells, followed by sums at most."""
    return (
        len(texts) > 1
        and ORDINAL.fullmatch(texts[0]) is not None
        and NUMBER.fullmatch(texts[1]) is None
        and all(NUMBER.fullmatch(each) for each in texts[2:])
    )


def _are_sums(texts: Sequence[str]) -> bool:
    """Whether nothing but sums stands beside the heading of a section, one of them counted: 2个.

    A finding called 一、预算不细化 with an amount is none.
    """
    return not texts or (
        all(NUMBER.fullmatch(each) for each in texts)
        and any(COUNTED.search(each) for each in texts)
    )


def section_heading(line: Sequence[CellValue]) -> tuple[str, str]:
    """The number, such as 一、 or (一), and the words of a row that is a section heading."""
    texts = [clean(value) for value in line if value != "" and plain(value)]
    first = plain(texts[0])
    if len(texts) > 1 and ORDINAL.fullmatch(first):
        return first, texts[1]
    found = LEADING_NUMBER.match(first)
    return (found[0], first[found.end() :]) if found else ("", texts[0])


def _is_line_of_fields(texts: Sequence[str]) -> bool:
    """Whether a row consists of labelled fields, such as for signatures, each filled in its cell
    or the next."""
    fields = [LABEL.fullmatch(text) is not None for text in texts]
    return fields[0] and 2 * sum(fields) >= len(fields)
