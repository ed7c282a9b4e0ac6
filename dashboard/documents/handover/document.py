"""Write a handover list as a Word file: a masthead as on letters, sections, places to sign."""

from datetime import datetime, time
from io import BytesIO

from docx.shared import Mm

from dashboard.documents.handover.sections import opening, sections, title
from dashboard.documents.letters.wording import issuer_of
from dashboard.documents.official.page import HEAD, SMALL_TITLE
from dashboard.documents.official.sheet import CENTRE, TITLE_LINE, TWO, Sheet
from dashboard.i18n import _, language
from data.handover import Handover

NUMBERS = "一二三四五六"
SIGNATURES = (30, 34, 50, 42)
ROOM = Mm(14)


def write(handover: Handover, *, demonstration: bool, issuer: str = "") -> bytes:
    """The list as a file in the language in use; with `demonstration` every page says so."""
    leaving = handover.leaving
    made_at = datetime.combine(leaving.day, time())
    heading = title(leaving)
    sheet = Sheet(f"{heading} {handover.unit_name}", made_at)
    if demonstration:
        sheet.head(_("Demonstration data: not an official document"))
    sheet.paragraph(
        issuer_of(issuer), font=SMALL_TITLE, size=TWO, align=CENTRE, line=TITLE_LINE, red=True
    )
    sheet.paragraph("")
    sheet.paragraph(heading, font=SMALL_TITLE, size=TWO, align=CENTRE, line=TITLE_LINE)
    sheet.paragraph(handover.unit_name, align=CENTRE)
    sheet.paragraph("")
    sheet.paragraph(opening(handover), indent=2)
    for place, section in enumerate(sections(handover)):
        sheet.paragraph(_numbered(place, section.heading), font=HEAD, indent=2, with_next=True)
        sheet.paragraph(section.said, indent=2, with_next=bool(section.rows))
        if section.rows:
            sheet.table(section.headings, section.rows, section.widths, wide=section.wide)
    _signatures(sheet, handover)
    target = BytesIO()
    sheet.word.save(target)
    return target.getvalue()


def _numbered(place: int, heading: str) -> str:
    if language().startswith("zh"):
        return f"{NUMBERS[place]}、{heading}"
    return f"{place + 1}. {heading}"


def _signatures(sheet: Sheet, handover: Handover) -> None:
    """The places for both to sign; if no successor is entered, the name is left blank."""
    leaving = handover.leaving
    sheet.paragraph("", with_next=True)
    sheet.paragraph(
        _("Both have checked the list against the ledgers and sign for it."),
        indent=2,
        with_next=True,
    )
    sheet.table(
        ("", _("Name"), _("Signature"), _("Day")),
        [
            (_("Handed over by"), leaving.name, "", ""),
            (_("Taken over by"), _(", ").join(leaving.taken_over_by), "", ""),
        ],
        SIGNATURES,
        height=ROOM,
    )
