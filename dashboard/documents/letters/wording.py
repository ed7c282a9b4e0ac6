"""The wording of a letter in the language in use; text from the data has marks around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from babel.dates import format_date

from dashboard import formats
from dashboard.documents.official.marks import marked
from dashboard.i18n import _, language
from data.figures.reading import WAN, rounded
from data.letters.findings import Pressed
from data.letters.issuing import Draft, Issued
from models.rectification import Step
from models.text import N_, NOTHING

TITLES: Mapping[Step, str] = {
    Step.REMINDER: N_("Reminder about audit findings to be rectified"),
    Step.SUPERVISION: N_("Supervision letter about audit findings to be rectified"),
}
REQUESTS: Mapping[Step, str] = {
    Step.REMINDER: N_(
        "You are hereby reminded of them. Please rectify them without delay, state for each what"
        " has been done, what stands in the way and by when it will be rectified, and reply in"
        " writing by {reply_by}."
    ),
    Step.SUPERVISION: N_(
        "They are hereby put under supervision. The principal of your unit is asked to take"
        " charge, to find out for each why it was not rectified in time, to name measures, who"
        " answers for them and by when they will be complete, and to reply in writing by"
        " {reply_by}, with evidence of what was done."
    ),
}
MILLION = 100_000_000
"""The number of 分 in a million yuan."""
DAY_IN_WORDS = "d MMMM y"


@dataclass(frozen=True, slots=True)
class Slip:
    """The reply slip, which the unit fills in and sends back."""

    title: str
    received: str
    fields: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter in words, with marks; empty parts and None are left out."""

    issuer: str
    number: str
    title: str
    addressee: str
    opening: str
    request: str
    signed: str
    day: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    closing: str = ""
    annexes: str = ""
    slip: Slip | None = None


def wording(letter: Issued, issuer: str = "") -> Wording:
    """The letter in the language in use, issued by `issuer`, or by the usual office if empty."""
    draft = letter.draft
    reply_by = marked("reply_by", day_in_words(draft.reply_by))
    return Wording(
        issuer=marked("issuer", issuer_of(issuer)),
        number=marked("number", letter.number),
        title=_(TITLES[draft.step]),
        addressee=_("{unit}:", unit=marked("unit", draft.unit_name)),
        opening=opening(draft),
        headings=(
            _("No."),
            _("Finding code"),
            _("Finding"),
            _("Issued on"),
            _("Rectify by"),
            _("Days late"),
            _("Amount ({unit})", unit=formats.money_unit()),
        ),
        rows=tuple(_row(number, each) for number, each in enumerate(draft.findings, start=1)),
        request=_(REQUESTS[draft.step], reply_by=reply_by),
        closing=_("On receipt of this letter, please fill in the reply slip and send it back."),
        annexes=_("Annex: reply slip"),
        signed=marked("signed", issuer_of(issuer)),
        day=marked("issued_on", day_in_words(draft.issued_on)),
        slip=_slip(letter),
    )


def opening(draft: Draft) -> str:
    """How many findings the letter is about, how late they are, and the money in them."""
    said = {
        "as_of": marked("as_of", day_in_words(draft.issued_on)),
        "count": marked("count", len(draft.findings)),
        "longest": marked("longest", draft.longest),
    }
    if draft.overdue == len(draft.findings):
        text = _(
            "As of {as_of}, audit findings of your unit that are past their time limit and not"
            " yet rectified: {count}; days overdue: {longest} at most.",
            **said,
        )
    elif draft.overdue:
        text = _(
            "As of {as_of}, audit findings of your unit that are not yet rectified: {count}; of"
            " these past their time limit: {overdue}; days overdue: {longest} at most.",
            overdue=marked("overdue", draft.overdue),
            **said,
        )
    else:
        text = _(
            "As of {as_of}, audit findings of your unit that are not yet rectified: {count}; none"
            " of them is past its time limit.",
            **said,
        )
    sentences = [text]
    if draft.amount is not None:
        amount = marked("amount", formats.fen(draft.amount))
        sentences.append(_("Money in them: {amount}.", amount=amount))
    sentences.append(_("They are:"))
    return ("" if language().startswith("zh") else " ").join(sentences)


def day_in_words(day: date) -> str:
    """A day as 2026年6月30日 or 30 June 2026, by the language in use."""
    if language().startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    return format_date(day, DAY_IN_WORDS, locale="en")


def issuer_of(issuer: str) -> str:
    """The issuing body: `issuer`, or by default the office of the audit committee."""
    return issuer or _("Office of the audit committee")


def in_column(amount: int) -> str:
    """Money in 分 in the unit of the column, rounded as in all figures."""
    return f"{rounded(Fraction(amount, WAN if language().startswith('zh') else MILLION), 2)}"


def _row(number: int, finding: Pressed) -> tuple[str, ...]:
    return (
        marked(f"row_{number}", number),
        marked(f"code_{number}", finding.code),
        marked(f"title_{number}", finding.title),
        marked(f"issued_on_{number}", finding.issued_on.isoformat()),
        marked(f"due_{number}", finding.due.isoformat()),
        marked(f"days_over_{number}", finding.days_over) if finding.days_over else NOTHING,
        marked(f"amount_{number}", in_column(finding.amount)) if finding.amount else NOTHING,
    )


def _slip(letter: Issued) -> Slip:
    draft = letter.draft
    return Slip(
        title=_("Reply slip"),
        received=_(
            "We have received the letter “{title}” ({number}). The written reply will follow by"
            " {reply_by}.",
            title=_(TITLES[draft.step]),
            number=marked("slip_number", letter.number),
            reply_by=marked("slip_reply_by", day_in_words(draft.reply_by)),
        ),
        fields=(
            (_("Receiving unit (seal)"), marked("slip_unit", draft.unit_name)),
            (_("Received by"), ""),
            (_("Telephone"), ""),
            (_("Day of receipt"), ""),
        ),
        headings=(_("No."), _("Finding code"), _("Finding"), _("Progress, and by when complete")),
        rows=tuple(
            (
                marked(f"slip_row_{number}", number),
                marked(f"slip_code_{number}", each.code),
                marked(f"slip_title_{number}", each.title),
                "",
            )
            for number, each in enumerate(draft.findings, start=1)
        ),
    )
