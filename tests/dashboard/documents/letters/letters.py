"""Letters for tests of their files, with any findings: late or not, with money or without."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from docx import Document

from dashboard.documents.letters.document import write
from dashboard.i18n import use_language
from data.letters.findings import Pressed
from data.letters.issuing import Draft, Issued, Key
from models.rectification import State, Step

DAY, REPLY_BY = date(2026, 6, 30), date(2026, 7, 14)


def pressed(number: int, *, over: int = 40, amount: int | None = None, **more: Any) -> Pressed:
    """A finding `over` days past its limit; a negative number is days left."""
    values: dict[str, Any] = {
        "code": f"NK-{number:03}",
        "unit": "U1",
        "title": f"账实不符 {number}",
        "issued_on": date(2025, 11, 1),
        "due": DAY - timedelta(over),
        "days_over": max(over, 0),
        "amount": amount,
        "state": State.RECTIFYING,
    }
    return Pressed(**values | more)


def letter(*findings: Pressed, step: Step = Step.SUPERVISION, unit: str = "示例单位") -> Issued:
    """The third letter of a year, by default about two findings, one with money."""
    stated = findings or (pressed(1, over=31, amount=123_456_700), pressed(2, over=45))
    draft = Draft(step, "U1", unit, DAY, REPLY_BY, stated)
    return Issued(Key(step, 2026, 3), "经安督〔2026〕3号", draft)


def file(issued: Issued, language: str = "zh_CN", *, demonstration: bool = False) -> bytes:
    """The file of a letter."""
    with use_language(language):
        return write(issued, demonstration=demonstration)


def opened(content: bytes) -> Any:
    """The file, opened with python-docx."""
    return Document(BytesIO(content))


def text(content: bytes) -> str:
    """The text of the body."""
    return "\n".join(each.text or "" for each in opened(content).element.body.iter() if each.text)
