"""Advice on a changed value: what to enter if the facts changed, then how to correct a mistake."""

from models.text import N_, Label, Sentence, sentence

MISTAKE = N_("Only if what is kept is a mistake: import again with a reason for correcting.")
EXTENDED = N_(
    "If the limit was extended, leave the kept day here and enter “延期” (EXTEND) in “整改记录” on "
    "the day it was granted, with {new} as its new limit. {mistake}"
)
HANDED_OVER = N_(
    "If it was handed over to another unit, leave the kept unit here: end the row (for a finding "
    "“撤销”, VOID) and enter it for the other unit as a row of its own. {mistake}"
)
ISSUED_AGAIN = N_(
    "If the matter was issued again, leave the kept day here and enter a finding of its own that "
    "names this one as its “前次问题编号”. {mistake}"
)
PAID_IN_PART = N_(
    "If part of the money was rectified, leave the kept amount here and enter the part as the "
    "“整改金额” of an event in “整改记录”. {mistake}"
)
HAPPENED_SINCE = N_(
    "If something happened since (progress, returned, extended, closed), leave the kept event "
    "here and enter what happened as a further row with its own day, or with the next “序号” of "
    "this day. {mistake}"
)
RENAMED = N_(
    "If the unit was renamed, correct the name and enter the former one in “单位别名”, so that it "
    "is still found. {mistake}"
)
OTHER_SECTOR = N_(
    "If the unit came under another department, the figures of earlier days move with it. {mistake}"
)
JUDGED_ANEW = N_(
    "If it was judged anew, say so in the reason for correcting; the earlier judgement stays "
    "beside it. {mistake}"
)
NO_VALUE = Label("新期限", "the new day")
BY_COLUMN: dict[tuple[str, str], str] = {
    ("findings", "unit"): HANDED_OVER,
    ("findings", "due_on"): EXTENDED,
    ("findings", "issued_on"): ISSUED_AGAIN,
    ("findings", "amount"): PAID_IN_PART,
    ("findings", "severity"): JUDGED_ANEW,
    ("findings", "rect_type"): JUDGED_ANEW,
    ("units", "name"): RENAMED,
    ("units", "sector"): OTHER_SECTOR,
    ("units", "kind"): OTHER_SECTOR,
}


def remedy(ledger: str, column: str, new: str | None) -> Sentence:
    """What to do about a change of `column` to the value written as `new`."""
    message = BY_COLUMN.get((ledger, column))
    if message is None:
        message = HAPPENED_SINCE if ledger == "rectification_events" else HANDED_OVER
    return sentence(message, new=new or NO_VALUE, mistake=sentence(MISTAKE))
