"""The history of one finding: time line, entries, letters, repeats, earlier versions."""

from collections.abc import Iterator, Mapping
from datetime import date

import streamlit as st

from dashboard import clock, formats, ledger_values, reads, status
from dashboard.charts import unit as unit_charts
from dashboard.charts.status_colours import Tone
from dashboard.elements.lists import Cell
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.screens.rectification.ledger import status_of
from dashboard.screens.rectification.next_steps import answer_is_late
from dashboard.widgets import asked, ways
from dashboard.widgets.drawing import draw, heading
from dashboard.widgets.tables import table
from data.findings import same_kind
from data.findings.life import Earlier, Life, Repeat
from models.days import ONE_DAY, Span
from models.kept import Change
from models.ledger import Column
from models.rectification import (
    Action,
    Escalation,
    Finding,
    PublicStatus,
    RectificationEvent,
    State,
    Step,
)
from models.registry import BY_ID
from models.rules.history import Stretch, public_status, runs

ENTRIES = 7
"""Entries that are shown before the viewer asks for all."""
ALIKE = 5
"""The most findings of like title that are listed."""


def time_line(view: View, life: Life) -> None:
    """Draw the status by day, time limits, entries and letters."""
    draw(
        unit_charts.timeline,
        [*_stretches(view, life), *_happened(life)],
        key="finding-timeline",
        title=_("The way so far"),
        says=_("status day by day; the ticks are time limits, the diamonds entries and letters"),
        texts={
            "EVENT": _("Entry"),
            **{str(each): name(each.label) for each in PublicStatus},
            "due": _("due"),
        },
    )


def _stretches(view: View, life: Life) -> Iterator[Mapping[str, object]]:
    """Yield the periods of each status; one in which the time limit passes is split there."""
    lane, until = _("Status"), view.as_of + ONE_DAY
    # Progress entries change no status; splitting at each would break the bar into small pieces.
    for stretch in runs(life.stretches):
        for span in _cut(stretch, Span(stretch.span.starts_on, min(stretch.span.ends_on, until))):
            public = public_status(stretch.standing, span.starts_on)
            if public is not None:
                yield {
                    "code": life.line.finding.code,
                    "lane": lane,
                    "starts_on": span.starts_on,
                    "ends_on": span.ends_on,
                    "due_on": stretch.standing.due,
                    "state": str(public),
                    "text": _days_in(stretch, span),
                }


def _days_in(stretch: Stretch, span: Span) -> str:
    """Return how many days the status lasted, after the state if nobody rectifies meanwhile."""
    days = _("{n} days", n=(span.ends_on - span.starts_on).days)
    state = State(stretch.standing.state)
    return f"{name(state.label)} · {days}" if state in status.WAITING else days


def _cut(stretch: Stretch, span: Span) -> Iterator[Span]:
    if stretch.standing.state != State.RECTIFYING:
        yield span
        return
    late_from = stretch.standing.due + ONE_DAY
    yield from filter(None, (span.and_(Span(date.min, late_from)), span.and_(Span(late_from))))


def _happened(life: Life) -> Iterator[Mapping[str, object]]:
    entries, letters = _("Entries"), _("Escalation")
    for told in life.history:
        yield _event(life, entries, told.event.on_date, name(Action(told.event.action).label))
    for letter in life.letters:
        yield _event(life, letters, letter.issued_on, name(Step(letter.step).label))


def _event(life: Life, lane: str, day: date, text: str) -> Mapping[str, object]:
    return {
        "code": life.line.finding.code,
        "lane": lane,
        "starts_on": day,
        "ends_on": None,
        "due_on": None,
        "state": "EVENT",
        "text": text,
    }


def history(life: Life) -> None:
    """Draw every entry up to the day, the latest first, with the status of that day after it.

    The first of all is that the finding was issued.
    """
    told, finding = life.history[::-1], life.line.finding
    heading(_("What was entered"), _("{n} entries, the latest first", n=len(told) + 1))
    columns = {column.id: column for column in RectificationEvent.columns}

    def cells(id_: str) -> list[object]:
        values = (getattr(each.event, id_) for each in told)
        return [ledger_values.plain(columns[id_], value) if value else None for value in values]

    amount = formats.heading_of(columns["amount"])
    shown = {
        amount: cells("amount"),
        _("New limit"): cells("new_due_on"),
        _("Rules built"): cells("rules_built"),
        _("Persons handled"): cells("persons_handled"),
        _("Note"): cells("note"),
    }
    table(
        {
            _("Day"): [*(each.event.on_date for each in told), finding.issued_on],
            _("Entry"): [
                *(name(Action(each.event.action).label) for each in told),
                _("Issued"),
            ],
            # The words of the heading: a state beside them would seem to be another one.
            _("Status after it"): [
                *(status.of_finding(each.status, State(each.state)).word for each in told),
                name(PublicStatus.IN_PROGRESS.label),
            ],
            **{title: [*values, None] for title, values in shown.items() if any(values)},
        },
        first=ENTRIES,
        key="finding-history",
        says=_("What was entered"),
        columns={
            _("Note"): st.column_config.TextColumn(width="large"),
            amount: st.column_config.NumberColumn(format=f"%.{formats.money_places()}f"),
        },
    )


def letters(view: View, life: Life) -> None:
    """Draw the letters and other steps of escalation, with their replies."""
    heading(_("Escalation"), _("letters and steps of escalation, with receipts and replies"))
    if not life.letters:
        st.caption(_("Nothing has been issued so far."))
        return
    counted: dict[str, list[Cell]] = {
        _("Days without reply"): [
            None if each.replied_on else _days_waited(view, life, each) for each in life.letters
        ],
        _("Days to the reply"): [
            (each.replied_on - each.issued_on).days if each.replied_on else None
            for each in life.letters
        ],
    }
    table(
        {
            _("Step"): [name(Step(each.step).label) for each in life.letters],
            _("Sent"): [each.issued_on for each in life.letters],
            _("Receipt"): [each.received_on for each in life.letters],
            _("Reply"): [each.replied_on for each in life.letters],
            **{title: days for title, days in counted.items() if any(n is not None for n in days)},
        },
        key="finding-letters",
        says=_("Escalation"),
    )


def _days_waited(view: View, life: Life, letter: Escalation) -> Cell:
    """Return the days since a step, red if its answer is late."""
    tone = Tone.BAD if answer_is_late(view, life, letter) else None
    return (view.as_of - letter.issued_on).days, tone


def repeats(life: Life) -> None:
    """Draw earlier and later findings of the same kind."""
    heading(_("Repeats"), _("findings of the same unit that this one repeats, or that repeat it"))
    if not life.before and not life.after:
        st.caption(_("None is known."))
    for repeat in life.before:
        _repeat(repeat, _("earlier"))
    for repeat in life.after:
        _repeat(repeat, _("later"))


def of_like_title(view: View, life: Life) -> None:
    """Draw the other findings of the unit with a like title, which may be repeats that nobody has
    entered as such; nothing without any."""
    known = {each.code for each in (*life.before, *life.after)}
    found = [
        each
        for each in reads.ask(same_kind.of_like_title, view.scope, life.line.finding.code)
        if each.finding.code not in known
    ]
    if not found:
        return
    heading(
        _("Like findings of the unit: {n}", n=len(found)),
        _("like titles, not entered as repeats; the latest first"),
    )
    shown = found[:ALIKE]
    table(
        {
            _("Finding"): [each.finding.title for each in shown],
            _("Status"): [status_of(each) for each in shown],
            _("Issued on"): [each.finding.issued_on for each in shown],
            _("Finding code"): [each.finding.code for each in shown],
        },
        key="finding-alike",
        says=_("Like findings of the unit: {n}", n=len(found)),
        onward=lambda row: ways.finding_way(shown[row].finding.code),
    )
    if len(found) > ALIKE:
        st.caption(_("and {n} more, earlier", n=len(found) - ALIKE))


def _repeat(repeat: Repeat, when: str) -> None:
    label = f"{when} · {repeat.issued_on} · {literal(repeat.code)} {literal(repeat.title)} ›"
    asked.way(label, f"finding-{repeat.code}", finding=repeat.code)


def earlier(versions: tuple[Earlier, ...]) -> None:
    """Draw earlier versions from the ledgers: values that were corrected, updated or removed."""
    heading(_("Earlier versions"), _("what stood here before an import replaced it"))
    table(
        {
            _("Replaced on"): [
                clock.local(each.replaced_at).date() if each.replaced_at else None
                for each in versions
            ],
            _("By import"): [each.replaced_by for each in versions],
            _("Ledger row"): [_row(each) for each in versions],
            _("Kind of change"): [name(Change(each.change).label) for each in versions],
            _("What it was, and what followed"): [_differences(each) for each in versions],
            _("Reason"): [each.reason for each in versions],
        },
        key="finding-earlier",
        says=_("Earlier versions"),
    )


def _row(version: Earlier) -> str:
    ledger = BY_ID[version.ledger]
    if ledger is Finding:
        return name(ledger.SHEET)
    return f"{name(ledger.SHEET)} {version.values['on_date']}"


def _differences(version: Earlier) -> str:
    return "; ".join(_difference(*each) for each in version.changed)


def _difference(column: Column, before: object, after: object) -> str:
    was, became = ledger_values.shown(column, before), ledger_values.shown(column, after)
    return f"{name(column.label)} {was} → {became}"
