"""What is wrong in a unit now: open findings, overdue first, and what else it owes."""

from collections.abc import Sequence

from dashboard import formats, reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Place, Region
from dashboard.elements.room import room
from dashboard.elements.table import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.reads import outlook as outlook_of
from dashboard.screens import next_acts, open_warnings, owed_words, unit_answers, what_changed
from dashboard.screens.mechanisms.ratings import missing
from dashboard.screens.rectification.ledger import overdue, status_of, why_no_days
from dashboard.screens.rectification.outlook import between
from dashboard.status import of_limit
from dashboard.widgets.drawing import still
from dashboard.widgets.place import look
from dashboard.widgets.silence import is_known, text_if_empty
from data import owed as owing
from data.access.permission import Action
from data.findings import ledger as finding_ledger
from data.findings.lines import FindingLine
from data.owed import Owed, OwedKind
from models.rectification import Severity, State
from models.text import NOTHING

FINDINGS, OWED = 12, 6
"""The most open findings and other things owed that are listed."""
LINE = 26
"""The least height in pixels of a line of a list, with what divides it from the next."""


@still
def now(view: View) -> None:
    """Draw the open findings of the unit and what else it owes; beside them open warnings and what
    changed."""
    regions = _regions(view)
    with room(
        _height(regions, "over") + max(_height(regions, "main"), _height(regions, "beside")),
        "unit-now-room",
    ):
        board.board("unit-now", regions, layout="sides", look=look())


def _height(regions: Sequence[Region], place: Place) -> int:
    """Return the least height in pixels of the regions that stand at `place`."""
    return LINE * sum(_lines(each) for each in regions if each["place"] == place)


def _regions(view: View) -> list[Region]:
    beside = [
        *open_warnings.listed(view, place="beside"),
        *what_changed.listed(view, place="beside"),
    ]
    if not beside:
        # Nothing that is as long could stand beside them.
        return [*_wrong(view, "over"), *_ahead_card(view, "over")]
    rated = _ahead_card(view, "beside")
    main = _wrong(view, "main")
    if sum(map(_lines, main)) <= sum(map(_lines, beside)):
        # Below the shorter column, so that neither leaves a gap.
        rated = _ahead_card(view, "main")
    return [*main, *beside, *rated]


def _wrong(view: View, place: Place) -> list[Region]:
    """Return the open findings and what else the unit owes; this first if it alone is late."""
    wrong = [_findings(view, place), _owed(view, place)]
    late = {
        each.kind is OwedKind.FINDING
        for each in reads.ask(owing.owed, view.scope)
        if each.days_left(view.as_of) < 0
    }
    return wrong[::-1] if late == {False} else wrong


def _lines(region: Region) -> int:
    """Return about how many lines a region takes, its title and headings among them."""
    return 2 + sum(len(part.get("rows", (part,))) for part in region["parts"])


def _findings(view: View, place: Place) -> Region:
    count, lines = reads.ask(finding_ledger.not_rectified, view.scope, FINDINGS)
    of_unit = board.way("unit", node=str(view.scope.node), tab="findings")
    parts = [_table(view, lines)] if lines else _none_open(view)
    if count > len(lines):
        parts.append(matters.note(_("{n} more ›", n=count - len(lines)), of_unit))
    return board.region(
        "findings",
        *parts,
        title=_("Open findings"),
        says=_(
            "{n} on {day}, {late} of them overdue, the longest first",
            n=count,
            day=view.as_of,
            late=formats.text(reads.figures_of(view.scope)["overdue"]),
        )
        if lines
        else "",
        onward=of_unit,
        place=place,
    )


def _none_open(view: View) -> list[Part]:
    """Return that no finding is open; of a silent unit that this is not known, and what to do."""
    message = _("No finding is open on {day}.", day=view.as_of)
    told = [matters.note(text_if_empty(view, "required", message))]
    if not reads.is_unreported(view.scope):
        return told
    if view.viewer.may(Action.SEND):
        to_do = matters.note(_("Send what your unit keeps ›"), board.way("duties", tab="send"))
    else:
        to_do = matters.note(_("To do: set the unit a day by which it reports."))
    return [*told, to_do]


def _table(view: View, lines: Sequence[FindingLine]) -> Part:
    moved = any(line.finding.due_on != line.standing.due for line in lines)
    columns = [
        table.column(_("Status")),
        table.column(_("Days left")),
        table.column(_("Finding"), leads=True),
        table.column(next_acts.heading(), card=_("Next step")),
        # Where a limit was moved there is no room for it beside both limits.
        *([] if moved else [table.column(_("Severity"))]),
        table.column(_("Present limit"), day=True),
        *([table.column(_("Original limit"), day=True)] if moved else []),
    ]
    return table.table(columns, [_row(view, line, moved=moved) for line in lines])


def _row(view: View, line: FindingLine, *, moved: bool) -> Part:
    finding, due = line.finding, line.standing.due
    cells: list[Cell] = [
        status_of(line),
        _days(view, line),
        finding.title,
        next_acts.cell(view, next_acts.of_line(view, line)) or NOTHING,
        *([] if moved else [name(Severity(finding.severity).label)]),
        due.isoformat(),
    ]
    if moved:
        cells.append(finding.due_on.isoformat() if finding.due_on != due else NOTHING)
    return table.row(cells, board.way("finding", finding=finding.code))


def _days(view: View, line: FindingLine) -> Cell:
    """Return the days overdue or left; while the finding does not wait for the unit, "—", or why
    no days are counted once its limit has passed."""
    if days := overdue(line, view):
        return of_limit(-days).word, Tone.BAD
    if line.standing.state != State.RECTIFYING:
        return why_no_days(line, view.as_of) or NOTHING
    left = of_limit(-line.days_over(view.as_of))
    return (left.word, left.tone) if left.tone is Tone.WARN else left.word


def _owed(view: View, place: Place) -> Region:
    """Return reports, duties, letters and decisions by limit, at `place`."""
    things = [
        each for each in reads.ask(owing.owed, view.scope) if each.kind is not OwedKind.FINDING
    ]
    shown = things[:OWED]
    parts = [_owed_table(view, shown)] if shown else []
    if not shown:
        parts.append(matters.note(_nothing_owed(view)))
    elif len(things) > len(shown):
        parts.append(matters.note(_more_owed(view, things[len(shown) :])))
    late = sum(each.days_left(view.as_of) < 0 for each in things)
    return board.region(
        "owed",
        *parts,
        title=_("What else it owes"),
        says=_("{n} past the limit", n=late) if late else "",
        place=place,
    )


def _nothing_owed(view: View) -> str:
    """Return that nothing else is owed, or which kinds nobody has ever entered."""
    unknown = [
        _(owed_words.KINDS[kind])
        for kind in owed_words.LEDGERS
        if kind is not OwedKind.FINDING and not owed_words.is_entered(view, kind)
    ]
    if unknown:
        return _("nothing entered so far: {kinds}", kinds=_(", ").join(unknown))
    return _("Nothing else is owed on {day}.", day=view.as_of)


def _more_owed(view: View, things: Sequence[Owed]) -> str:
    """Return how many more things are owed, and how many of them are late."""
    late = sum(each.days_left(view.as_of) < 0 for each in things)
    if late:
        return _("{n} more, {late} of them past the limit", n=len(things), late=late)
    return _("{n} more, later", n=len(things))


def _owed_table(view: View, things: Sequence[Owed]) -> Part:
    columns = [
        table.column(_("Days left")),
        table.column(_("About"), leads=True),
        table.column(next_acts.heading(), card=_("Next step")),
    ]
    rows = [
        table.row(
            [
                of_limit(each.days_left(view.as_of)),
                _owed_thing(each),
                next_acts.cell(view, owed_words.to_be_done(view, each)) or NOTHING,
            ],
            owed_words.way(each),
        )
        for each in things
    ]
    return table.table(columns, rows)


def _owed_thing(each: Owed) -> str:
    """Return what is owed with its kind."""
    return _("{kind}: {what}", kind=_(owed_words.KINDS[each.kind]), what=owed_words.about(each))


def _ahead_card(view: View, place: Place) -> list[Region]:
    """Return a card of the rating and the forecast at `place`; empty without both."""
    lines = [*_rating(view), *_outlook(view)]
    title = _("Rating and outlook")
    return [board.region("outlook", *lines, title=title, place=place)] if lines else []


def ahead(view: View) -> list[Region]:
    """Return what is missing for the next grade of the unit of `view`, and apart from it the
    forecast, which is nothing to be done; empty without both."""
    regions = []
    if rated := _rating(view):
        regions.append(board.region("rating spare", *rated, title=_("Rating")))
    if told := _outlook(view):
        regions.append(
            board.region(
                "outlook spare",
                *told,
                title=_("Forecast"),
                says=_("what would follow by past limits; not a step to take"),
            )
        )
    return regions


def _rating(view: View) -> list[Part]:
    rated = unit_answers.rating(view)
    if rated is None:
        return []
    text = _(
        "Rated {grade} for {year}; to rise: {missing}",
        grade=rated.grade,
        year=rated.year,
        missing=missing(rated),
    )
    return [matters.note(text, board.way("unit", node=str(view.scope.node), tab="audit"))]


def _outlook(view: View) -> list[Part]:
    """Return the forecast for the unit's time limits in a line; empty without one."""
    if not is_known(view, "required"):
        return []
    told = []
    for horizon in outlook_of.outlook(view.scope).horizons:
        said = []
        if (findings := horizon.findings) and findings.out_of:
            said.append(
                _(
                    "findings that will pass their limit: {range} of {all}",
                    range=between(findings),
                    all=findings.out_of,
                )
            )
        if (reports := horizon.reports) and reports.out_of:
            said.append(
                _(
                    "reports that will be late: {range} of {all}",
                    range=between(reports),
                    all=reports.out_of,
                )
            )
        if said:
            what = _("; ").join(said)
            told.append(_("Outlook for {n} days: {what}", n=horizon.days, what=what))
    return [matters.note(" · ".join(told))] if told else []
