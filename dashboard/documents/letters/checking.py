"""Read a letter's file back and compare every figure in it with the data."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from dashboard import formats
from dashboard.documents.letters.file_wording import month_in_words
from dashboard.documents.letters.wording import in_column, issuer_of
from dashboard.documents.official.differing import FigureDiffersError
from data.collection.reminders import IssuedReminder
from data.letters.issuing import Issued
from models.text import N_, Label

CHINESE_DAY = re.compile("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
ENGLISH_DAY = re.compile("([0-9]{1,2}) ([A-Z][a-z]+) ([0-9]{4})")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
FIGURE = re.compile("[0-9]+")
ROW = re.compile("(?:slip_)?(.*?)(?:_([0-9]+))?")
WORDS: Mapping[str, Label] = {
    "issuer": Label("发文机关", "the issuing body"),
    "signed": Label("署名", "the signature"),
    "number": Label("文号", "the number of the letter"),
    "unit": Label("单位", "the unit"),
    "as_of": Label("截止日期", "the day of the figures"),
    "issued_on": Label("日期", "the day of issue"),
    "reply_by": Label("回复期限", "the day of the reply"),
    "count": Label("问题数", "the number of findings"),
    "overdue": Label("逾期问题数", "the number of overdue findings"),
    "longest": Label("最长逾期天数", "the most days overdue"),
    "amount": Label("金额", "the amount"),
    "month": Label("月份", "the month"),
    "file_due_on": Label("报送期限", "the day the file was due"),
    "days_late": Label("逾期天数", "the days late"),
    "row": Label("序号", "the serial number"),
    "code": Label("问题编号", "the finding's code"),
    "title": Label("问题摘要", "the finding"),
    "due": Label("整改期限", "the time limit"),
    "days_over": Label("逾期天数", "the days overdue"),
}
"""What the marks stand for in messages, by the name of the mark without its row number."""

DIFFERS = N_(
    "The file of letter {number} was not handed out: {what} is “{written}” in it, “{known}” in the"
    " data."
)
MISSING = N_("The file of letter {number} was not handed out: {what} is missing in it.")
UNKNOWN = N_(
    "The file of letter {number} was not handed out: “{written}” stands in it, but not in the data."
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in 分."""

    fen: int


Known = str | int | date | Money


def check(file: bytes, letter: Issued | IssuedReminder, issuer: str = "") -> None:
    """Raise `FigureDiffersError` unless `file` has exactly the figures of `letter`."""
    written, loose = _read(file)
    number = letter.number
    expected = (
        _of_reminder(letter, issuer)
        if isinstance(letter, IssuedReminder)
        else figures(letter, issuer)
    )
    for name, known in expected.items():
        if name not in written:
            raise FigureDiffersError(MISSING, number=number, what=_in_words(name))
        if _parsed(written[name], known) != known:
            raise FigureDiffersError(
                DIFFERS,
                number=number,
                what=_in_words(name),
                written=written[name],
                known=formats.fen(known.fen) if isinstance(known, Money) else known,
            )
    for name in written.keys() - expected.keys():
        raise FigureDiffersError(UNKNOWN, number=number, written=written[name])
    if found := FIGURE.search(loose):
        raise FigureDiffersError(UNKNOWN, number=number, written=found[0])


def figures(letter: Issued, issuer: str = "") -> Mapping[str, Known]:
    """The expected values in the file, by the name of their mark."""
    draft = letter.draft
    known: dict[str, Known | None] = {
        "issuer": issuer_of(issuer),
        "signed": issuer_of(issuer),
        "number": letter.number,
        "unit": draft.unit_name,
        "as_of": draft.issued_on,
        "issued_on": draft.issued_on,
        "reply_by": draft.reply_by,
        "count": len(draft.findings),
        "overdue": draft.overdue if 0 < draft.overdue < len(draft.findings) else None,
        "longest": draft.longest or None,
        "amount": None if draft.amount is None else Money(draft.amount),
        "slip_number": letter.number,
        "slip_unit": draft.unit_name,
        "slip_reply_by": draft.reply_by,
    }
    for at, finding in enumerate(draft.findings, start=1):
        known |= {
            f"row_{at}": at,
            f"code_{at}": finding.code,
            f"title_{at}": finding.title,
            f"issued_on_{at}": finding.issued_on,
            f"due_{at}": finding.due,
            f"days_over_{at}": finding.days_over or None,
            f"amount_{at}": Money(finding.amount) if finding.amount else None,
            f"slip_row_{at}": at,
            f"slip_code_{at}": finding.code,
            f"slip_title_{at}": finding.title,
        }
    return {name: value for name, value in known.items() if value is not None}


def _of_reminder(letter: IssuedReminder, issuer: str) -> Mapping[str, Known]:
    draft = letter.draft
    return {
        "issuer": issuer_of(issuer),
        "signed": issuer_of(issuer),
        "number": letter.number,
        "unit": draft.unit_name,
        "month": month_in_words(draft.period),
        "file_due_on": draft.due_on,
        "as_of": draft.issued_on,
        "days_late": draft.days_late,
        "reply_by": draft.reply_by,
        "issued_on": draft.issued_on,
    }


def _read(file: bytes) -> tuple[dict[str, str], str]:
    """The marked texts of a file by the name of their mark, and the rest of its text."""
    word = Document(BytesIO(file))
    marked: dict[str, str] = {}
    loose: list[str] = []
    section = word.sections[0]
    pages = (section.header, section.footer, section.even_page_header, section.even_page_footer)
    for element in (word.element.body, *(each._element for each in pages)):
        for name, text in _texts(element):
            if name:
                marked[name] = marked.get(name, "") + text
            else:
                loose.append(text)
    return marked, "\n".join(loose)


def _texts(element: Any) -> Iterator[tuple[str, str]]:
    """The texts below `element`, each with the name of its mark, "" for none."""
    standing: dict[str, str] = {}
    for each in element.iter():
        if each.tag == qn("w:bookmarkStart"):
            standing[each.get(qn("w:id"))] = each.get(qn("w:name"))
        elif each.tag == qn("w:bookmarkEnd"):
            standing.pop(each.get(qn("w:id")), None)
        elif each.tag == qn("w:t"):
            yield next(iter(standing.values()), ""), each.text or ""


def _parsed(text: str, known: Known) -> Known | None:
    """`text` parsed as the type of `known`; None if it is malformed."""
    match known:
        case date():
            return _day(text)
        case int():
            return int(text) if text.isascii() and text.isdecimal() else None
        case Money():
            # Money is rounded: written with its unit, or in a column whose heading names the unit.
            return known if text in (formats.fen(known.fen), in_column(known.fen)) else None
    return text


def _day(text: str) -> date | None:
    try:
        if found := CHINESE_DAY.fullmatch(text):
            year, month, day = (int(part) for part in found.groups())
        elif found := ENGLISH_DAY.fullmatch(text):
            year, month, day = int(found[3]), MONTHS.index(found[2]) + 1, int(found[1])
        else:
            return date.fromisoformat(text)
        return date(year, month, day)
    except ValueError:
        return None


def _in_words(name: str) -> Label:
    found = ROW.fullmatch(name)
    assert found
    what, row = WORDS[found[1]], found[2]
    return Label(f"第{row}项的{what.zh}", f"{what.en} of row {row}") if row else what
