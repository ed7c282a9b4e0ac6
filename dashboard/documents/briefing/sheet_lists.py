"""The sheets with lists: overdue findings, matters, trend, definitions, and rows behind figures."""

from dashboard import formats, matter_words
from dashboard.documents.briefing.behind import Behind
from dashboard.documents.briefing.content import RANKED_BY, Content
from dashboard.documents.briefing.phrases import Figures
from dashboard.documents.briefing.sheet import (
    BETTER,
    MIDDLE,
    NARROW,
    SIDES,
    WIDE,
    WIDEST,
    Cell,
    Sheet,
    headed,
    number,
)
from dashboard.i18n import _, name
from data.figures.catalogue import Figure, Quantity, Way
from data.figures.lines import Line
from data.figures.reading import WAN, Reading, rounded
from data.figures.rows import Side
from models.rectification import Severity


def overdue(figures: Figures, behind: Behind) -> Sheet:
    """The overdue findings, the longest overdue first; the last row says if there are more."""
    day = figures.content.day
    due = {each.line.finding.code: each for each in behind.due_steps.gravest}
    rows: list[tuple[Cell, ...]] = []
    for line in behind.overdue:
        step = due.get(line.finding.code)
        rows.append(
            (
                line.finding.unit,
                line.unit_name,
                line.finding.code,
                line.finding.title,
                name(Severity(line.finding.severity).label),
                name(line.source.label),
                line.finding.due_on,
                line.standing.due,
                line.days_over(day),
                name(step.step.label) if step else None,
            )
        )
    rows += _more(behind.overdue_length - len(rows), 10)
    return Sheet(
        _("Overdue findings"),
        (
            (_("Unit code"), MIDDLE),
            (_("Unit"), WIDE),
            (_("Finding code"), MIDDLE),
            (_("Finding"), WIDEST),
            (_("Severity"), NARROW),
            (_("Source"), MIDDLE),
            (_("Original limit"), MIDDLE),
            (_("Present limit"), MIDDLE),
            (_("Days overdue"), NARROW),
            (_("Next step"), MIDDLE),
        ),
        tuple(rows),
    )


def matters(figures: Figures) -> Sheet:
    """The matters that need a decision, with what others than the committee do next, by whom and
    until when, and the rule that selected each."""
    content = figures.content
    done = [
        matter_words.next_of(draft, content.day, content.owners.meeting) for draft in content.drafts
    ]
    return Sheet(
        _("Matters"),
        (
            (_("No."), NARROW),
            (_("Standing"), NARROW),
            (_("Unit"), WIDE),
            (_("Matter"), WIDEST),
            (_("To be decided"), WIDEST),
            (_("Next step"), WIDE),
            (_("By whom"), WIDE),
            (_("By when"), MIDDLE),
            (_("Put to a meeting before"), WIDE),
            (_("Rule"), WIDEST),
        ),
        tuple(
            (
                at,
                matter_words.status_of(draft.matter).word,
                draft.matter.unit_name or None,
                matter_words.what_of(draft),
                _(draft.act),
                each.what if each else None,
                (each.who or None) if each else None,
                each.until if each else None,
                matter_words.put_of(draft.put) if draft.put else None,
                _(draft.matter.rule),
            )
            for at, (draft, each) in enumerate(zip(content.drafts, done, strict=True), 1)
        ),
    )


def trend(figures: Figures) -> Sheet:
    """The headline figure at the end of each month."""
    figure = figures.content.catalogue[RANKED_BY]
    return Sheet(
        _("Trend"),
        (
            (_("Day"), MIDDLE),
            (headed(figure), MIDDLE),
            (_("Numerator"), MIDDLE),
            (_("Denominator"), MIDDLE),
        ),
        tuple(
            (day, number(reading), *_sides(reading))
            for day, reading in figures.content.trend.items()
        ),
    )


def _sides(reading: Reading) -> tuple[Cell, Cell]:
    """The numerator and denominator; empty cells on days when they were unknown."""
    if not reading.known:
        return None, None
    return int(reading.numerator or 0), int(reading.denominator or 0)


def definitions(figures: Figures) -> Sheet:
    """Every figure with its definition."""
    return Sheet(
        _("Definitions"),
        (
            (_("Id"), WIDE),
            (_("Version"), NARROW),
            (_("Subject"), MIDDLE),
            (_("Figure"), WIDE),
            (_("Definition"), WIDEST),
            (_("Formula"), WIDEST),
            (_("Unit of measure"), NARROW),
            (_("Better"), MIDDLE),
        ),
        tuple(
            (
                figure.id,
                figure.version,
                _(figure.subject),
                _(figure.name),
                _(figure.definition),
                _(figure.formula),
                formats.written_in(figure),
                _(BETTER[figure.better]),
            )
            for figure in figures.content.catalogue.values()
        ),
    )


def rows(content: Content, key: str, lines: tuple[Line, ...], length: int) -> Sheet:
    """The rows behind a figure; the last row says if there are more."""
    figure = content.catalogue[key]
    rows: list[tuple[Cell, ...]] = [
        (
            _(SIDES[line.row.side]),
            line.row.unit or None,
            line.unit_name or None,
            name(line.ledger.SHEET),
            line.row.key,
            " · ".join(
                formats.shown(column, value, content.references) for column, value in line.subject()
            ),
            line.row.since,
            _value(figure, line),
        )
        for line in lines
    ]
    rows += _more(length - len(lines), 8)
    return Sheet(
        _("Rows · {figure}", figure=_(figure.name)),
        (
            (_("Which rows"), MIDDLE),
            (_("Unit code"), MIDDLE),
            (_("Unit"), WIDE),
            (_("Ledger"), MIDDLE),
            (_("Key"), WIDE),
            (_("About"), WIDEST),
            (_("Since"), MIDDLE),
            (headed(figure) if figure.quantity is not Quantity.ROWS else _("Value"), MIDDLE),
        ),
        tuple(rows),
    )


def _more(missing: int, columns: int) -> list[tuple[Cell, ...]]:
    """The last row of a list of so many columns that lacks so many rows; none if it is whole."""
    if not missing:
        return []
    more = _("{n} rows more; the list of the figure has all.", n=missing)
    return [(more, *[None] * (columns - 1))]


def _value(figure: Figure, line: Line) -> Cell:
    if line.row.side is Side.DENOMINATOR and figure.way is not Way.SHARE:
        return int(line.row.value)
    if figure.quantity is Quantity.MONEY:
        return float(rounded(line.row.value / WAN, 6))
    if figure.quantity is Quantity.POINTS:
        return float(rounded(line.row.value / 100, 2))
    return int(line.row.value)
