"""The text of a handover list in the language in use: an opening, then a section a subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import formats, ledger_values
from dashboard.documents.letters.wording import day_in_words, in_column
from dashboard.i18n import _, name
from data.handover import (
    DECISIONS,
    DUTIES,
    FINDINGS,
    FUNDS,
    REPORTS,
    Handover,
    Leaving,
    OpenFinding,
)
from data.letters.sent import Sent
from models.report import ReportKind
from models.text import NOTHING

Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Section:
    """A subject: heading, introduction, and a table, which is empty if nothing is open.

    `widths` are those of the columns in mm; the columns numbered in `wide` hold text.
    """

    heading: str
    said: str
    headings: tuple[str, ...] = ()
    rows: Rows = ()
    widths: tuple[int, ...] = ()
    wide: tuple[int, ...] = ()


def title(leaving: Leaving) -> str:
    """The title of the list."""
    return _("Handover list: {post}", post=leaving.role.label)


def opening(handover: Handover) -> str:
    """Who leaves which post on which day, who takes over, and the purpose of the list."""
    leaving = handover.leaving
    about = {
        "name": leaving.name,
        "unit": handover.unit_name,
        "post": leaving.role.label,
        "since": day_in_words(leaving.since),
        "day": day_in_words(leaving.day),
    }
    if not leaving.left:
        return _(
            "{name} has held the post “{post}” of {unit} since {since}. What is open on {day} is"
            " listed below, to be handed over on leaving the post.",
            **about,
        )
    if not leaving.taken_over_by:
        return _(
            "{name} held the post “{post}” of {unit} from {since} until {day}; nobody is entered"
            " as successor. What was open on that day is handed over as listed below.",
            **about,
        )
    return _(
        "{name} held the post “{post}” of {unit} from {since} until {day}; {successor} took over."
        " What was open on that day is handed over as listed below.",
        successor=_(", ").join(leaving.taken_over_by),
        **about,
    )


def sections(handover: Handover) -> list[Section]:
    """The sections in order."""
    return [
        _findings(handover),
        _reports(handover),
        _duties(handover),
        _letters(handover),
        _decisions(handover),
        _funds(handover),
    ]


def _findings(handover: Handover) -> Section:
    heading = _("Findings that are not closed")
    found = handover.findings
    if not found:
        return Section(heading, _nothing(FINDINGS in handover.unknown))
    left = handover.money_left
    said = _("{n} in all, {overdue} of them overdue", n=len(found), overdue=handover.overdue)
    if left is not None:
        said = _("{said}; not yet rectified: {amount}", said=said, amount=formats.fen(left))
    return Section(
        heading,
        _("{said}.", said=said),
        (
            _("No."),
            _("Finding code"),
            _("Finding"),
            _("Rectify by"),
            _("Days overdue (under the leaving)"),
            _("Not yet rectified ({unit})", unit=formats.money_unit()),
            _("Answerable when issued"),
        ),
        [_finding(number, each) for number, each in enumerate(found, start=1)],
        (9, 22, 36, 26, 20, 20, 23),
        (1, 2),
    )


def _finding(number: int, finding: OpenFinding) -> tuple[str, ...]:
    late = NOTHING
    if finding.late:
        late = _("{n} ({own})", n=finding.late, own=finding.late_under)
    return (
        str(number),
        finding.line.finding.code,
        finding.line.finding.title,
        finding.line.standing.due.isoformat(),
        late,
        NOTHING if finding.left is None else in_column(finding.left),
        _(", ").join(finding.answerable) or NOTHING,
    )


def _reports(handover: Handover) -> Section:
    heading = _("Reports that are not in")
    found = handover.reports
    if not found:
        return Section(heading, _nothing(REPORTS in handover.unknown))
    return Section(
        heading,
        _counted(len(found), sum(1 for each in found if each.late)),
        (_("No."), _("Report"), _("Year"), _("Serial number"), _("Due on"), _("Days late")),
        [
            (
                str(number),
                name(ReportKind(each.kind).label),
                str(each.year),
                str(each.number),
                each.due_on.isoformat(),
                _late(each.late),
            )
            for number, each in enumerate(found, start=1)
        ],
        (10, 54, 20, 20, 28, 24),
        (1,),
    )


def _duties(handover: Handover) -> Section:
    heading = _("Duties that are not done")
    found = handover.duties
    if not found:
        return Section(heading, _nothing(DUTIES in handover.unknown))
    return Section(
        heading,
        _counted(len(found), sum(1 for each in found if each.late)),
        (_("No."), _("Duty"), _("To be done by"), _("Days late")),
        [
            (
                str(number),
                ledger_values.listed_name("duty_items", each.item),
                each.due_on.isoformat(),
                _late(each.late),
            )
            for number, each in enumerate(found, start=1)
        ],
        (10, 94, 28, 24),
        (1,),
    )


def _letters(handover: Handover) -> Section:
    heading = _("Letters and steps without a reply")
    found, day = handover.letters, handover.leaving.day
    if not found:
        return Section(heading, _nothing(FINDINGS in handover.unknown))
    late = [
        (day - each.reply_by).days if each.reply_by and each.is_late(day) else 0 for each in found
    ]
    return Section(
        heading,
        _counted(len(found), sum(1 for days in late if days)),
        (_("No."), _("Letter or step"), _("About"), _("Issued on"), _("Reply by"), _("Days late")),
        [
            (
                str(number),
                _letter(each),
                each.about,
                each.issued_on.isoformat(),
                each.reply_by.isoformat() if each.reply_by else NOTHING,
                _late(days),
            )
            for number, (each, days) in enumerate(zip(found, late, strict=True), start=1)
        ],
        (9, 40, 43, 24, 24, 16),
        (1, 2),
    )


def _letter(letter: Sent) -> str:
    return letter.number or name(letter.step.label)


def _decisions(handover: Handover) -> Section:
    heading = _("Decisions to be carried out")
    found = handover.decisions
    if not found:
        return Section(heading, _nothing(DECISIONS in handover.unknown))
    return Section(
        heading,
        _counted(len(found), sum(1 for each in found if each.days)),
        (_("No."), _("Meeting"), _("Decision"), _("Due on"), _("Days late")),
        [
            (
                str(number),
                each.meeting_name,
                each.text,
                each.due_on.isoformat(),
                _late(each.days),
            )
            for number, each in enumerate(found, start=1)
        ],
        (9, 40, 65, 24, 18),
        (1, 2),
    )


def _funds(handover: Handover) -> Section:
    heading = _("Major funds not yet spent")
    found = handover.funds
    if not found:
        return Section(heading, _nothing(FUNDS in handover.unknown))
    idle = sum(each.idle for each in found)
    return Section(
        heading,
        _(
            "{n} in all; disbursed and not spent: {unspent}, of which 90 days ago or earlier:"
            " {idle}.",
            n=len(found),
            unspent=formats.fen(sum(each.unspent for each in found)),
            idle=formats.fen(idle),
        ),
        (
            _("No."),
            _("Fund project"),
            _("Approved ({unit})", unit=formats.money_unit()),
            _("Disbursed"),
            _("Spent"),
            _("Not spent"),
            _("Idle"),
        ),
        [
            (
                str(number),
                each.name,
                *map(
                    in_column, (each.approved, each.disbursed, each.spent, each.unspent, each.idle)
                ),
            )
            for number, each in enumerate(found, start=1)
        ],
        (9, 47, 22, 20, 20, 20, 18),
        (1,),
    )


def _nothing(unknown: bool) -> str:
    return _("Not entered: nobody in the district keeps this ledger.") if unknown else _("None.")


def _counted(count: int, late: int) -> str:
    return _("{n} in all, {late} of them late.", n=count, late=late)


def _late(days: int) -> str:
    return str(days) if days else NOTHING
