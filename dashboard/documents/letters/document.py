"""Write a letter as a Word file; a reply slip has the last page to itself."""

from datetime import datetime, time
from io import BytesIO

from docx.shared import Mm

from dashboard.documents.letters.file_wording import file_wording
from dashboard.documents.letters.wording import Slip, Wording, wording
from dashboard.documents.official.marks import plain
from dashboard.documents.official.page import HEAD, SMALL_TITLE
from dashboard.documents.official.sheet import CENTRE, LEFTWARDS, RIGHTWARDS, TITLE_LINE, TWO, Sheet
from dashboard.i18n import _
from data.collection.reminders import IssuedReminder
from data.letters.issuing import Issued

COLUMNS = (10, 22, 40, 24, 24, 15, 21)
SLIP_COLUMNS = (10, 28, 58, 60)
FIELDS = (46, 110)
ROOM = Mm(12)


def write(letter: Issued | IssuedReminder, *, demonstration: bool, issuer: str = "") -> bytes:
    """The letter as a file in the language in use; with `demonstration` every page says so."""
    if isinstance(letter, IssuedReminder):
        words = file_wording(letter, issuer)
    else:
        words = wording(letter, issuer)
    made_at = datetime.combine(letter.draft.issued_on, time())
    sheet = Sheet(f"{plain(words.number)} {words.title}", made_at)
    if demonstration:
        sheet.head(_("Demonstration data: not an official document"))
    _letter(sheet, words)
    if words.slip is not None:
        _slip(sheet, words.slip)
    target = BytesIO()
    sheet.word.save(target)
    return target.getvalue()


def _letter(sheet: Sheet, words: Wording) -> None:
    sheet.paragraph(
        words.issuer, font=SMALL_TITLE, size=TWO, align=CENTRE, line=TITLE_LINE, red=True
    )
    sheet.paragraph(words.number, align=CENTRE)
    sheet.paragraph("")
    sheet.paragraph(words.title, font=SMALL_TITLE, size=TWO, align=CENTRE, line=TITLE_LINE)
    sheet.paragraph("")
    sheet.paragraph(words.addressee, align=LEFTWARDS)
    sheet.paragraph(words.opening, indent=2)
    if words.rows:
        sheet.table(words.headings, words.rows, COLUMNS, wide=(1, 2))
    sheet.paragraph(words.request, indent=2)
    if words.closing:
        sheet.paragraph(words.closing, indent=2, with_next=True)
    if words.annexes:
        sheet.paragraph("", with_next=True)
        sheet.paragraph(words.annexes, indent=2, with_next=True)
    sheet.paragraph("", with_next=True)
    sheet.paragraph(words.signed, align=RIGHTWARDS, right=2, with_next=True)
    sheet.paragraph(words.day, align=RIGHTWARDS, right=4)


def _slip(sheet: Sheet, slip: Slip) -> None:
    sheet.paragraph(_("Annex"), font=HEAD, align=LEFTWARDS, new_page=True)
    sheet.paragraph(slip.title, font=SMALL_TITLE, size=TWO, align=CENTRE, line=TITLE_LINE)
    sheet.paragraph("")
    sheet.paragraph(slip.received, indent=2)
    sheet.table((), slip.fields, FIELDS, wide=(1,), height=ROOM)
    sheet.paragraph("")
    sheet.table(slip.headings, slip.rows, SLIP_COLUMNS, wide=(1, 2, 3), height=ROOM)
