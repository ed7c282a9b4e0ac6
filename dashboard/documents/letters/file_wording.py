"""The wording of a reminder to send a file, in the language in use."""

from babel.dates import format_date

from dashboard.documents.letters.wording import Wording, day_in_words, issuer_of
from dashboard.documents.official.marks import marked
from dashboard.i18n import _, language
from data.collection.periods import Period
from data.collection.reminders import FileReminder, IssuedReminder
from models.text import N_

TITLE = N_("Reminder to send the ledger of the month")
MONTH_IN_WORDS = "MMMM y"


def file_wording(letter: IssuedReminder, issuer: str = "") -> Wording:
    """The reminder in words; it has neither table nor reply slip, since the file is the reply."""
    draft = letter.draft
    return Wording(
        issuer=marked("issuer", issuer_of(issuer)),
        number=marked("number", letter.number),
        title=_(TITLE),
        addressee=_("{unit}:", unit=marked("unit", draft.unit_name)),
        opening=opening(draft),
        request=_(
            "Please send it through the system by {reply_by}. If you cannot, state in writing why,"
            " and by when it will come.",
            reply_by=marked("reply_by", day_in_words(draft.reply_by)),
        ),
        signed=marked("signed", issuer_of(issuer)),
        day=marked("issued_on", day_in_words(draft.issued_on)),
    )


def opening(draft: FileReminder) -> str:
    """Which file is awaited, since when, and how many days late it is."""
    return _(
        "The ledger of your unit for {month} was due on {due}. As of {as_of} it has not come, or"
        " was returned and not sent again; days late: {days}.",
        month=marked("month", month_in_words(draft.period)),
        due=marked("file_due_on", day_in_words(draft.due_on)),
        as_of=marked("as_of", day_in_words(draft.issued_on)),
        days=marked("days_late", draft.days_late),
    )


def month_in_words(period: Period) -> str:
    """A month as 2026年6月 or June 2026, by the language in use."""
    if language().startswith("zh"):
        return f"{period.year}年{period.month}月"
    return format_date(period.last_day, MONTH_IN_WORDS, locale="en")
