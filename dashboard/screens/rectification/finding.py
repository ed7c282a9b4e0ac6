"""One finding: its state, its history as a time line and in words, letters, repeats, origin."""

from dataclasses import replace
from decimal import ROUND_FLOOR
from fractions import Fraction

import streamlit as st

from dashboard import address, ledger_values, reads
from dashboard.charts.status_colours import Tone
from dashboard.edge import AddressError
from dashboard.elements import figure
from dashboard.elements.board import Part
from dashboard.frame import refusals
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.markdown import DOT, literal
from dashboard.reads import outlook as outlook_of
from dashboard.screens.rectification import history, holding
from dashboard.screens.rectification.in_charge import who_was_in_charge
from dashboard.screens.rectification.ledger import status_of
from dashboard.screens.rectification.next_steps import answer_is_late, next_steps
from dashboard.screens.rectification.outlook import percent
from dashboard.status import of_limit
from dashboard.widgets import tiles, ways
from dashboard.widgets.panels import panel
from data.figures.reading import money_label, rounded
from data.findings import life as finding_life
from data.findings.life import Life, NoSuchFindingError, NotYetIssuedError
from data.findings.lines import FindingLine
from data.nodes import Node
from data.own_ledgers.entering import history_begins
from data.reference import working_days
from models.ledger import key_text
from models.rectification import (
    Action,
    Escalation,
    Finding,
    PublicStatus,
    RectificationEvent,
    RectType,
    Severity,
    State,
    Step,
)
from models.registry import BY_ID
from models.rules.limits import WAITING
from models.rules.next_act import Act
from models.text import N_, NOTHING, sentence

NO_SUCH_FINDING = N_("No such finding.")


def finding_page(view: View) -> None:
    """Draw the finding in the address; one outside the viewer's scope is treated as nonexistent."""
    code = address.of_page("finding")
    try:
        life = reads.ask(finding_life.life, view.scope, code)
    except NoSuchFindingError as error:
        if code:
            refusals.log_refused_finding(code)
        raise AddressError(sentence(NO_SUCH_FINDING)) from error
    except NotYetIssuedError as error:
        st.info(
            _(
                "This finding was issued on {issued}. Choose that day or a later one to see it.",
                issued=error.issued_on,
            )
        )
        return
    _trail(view, life.line)
    _profile(view, life)
    _outlook(view, life.line)
    entries, beside = st.columns([3, 2], border=True)
    with entries:
        history.time_line(view, life)
        history.history(life)
    with beside:
        who_was_in_charge(view, life.line)
        history.letters(view, life)
        history.repeats(life)
        history.of_like_title(view, life)
        holding.after_closure(view, life)
    if life.earlier:
        with panel():
            history.earlier(life.earlier)
    _origin(life)


def _trail(view: View, line: FindingLine) -> None:
    at_unit = replace(view, scope=view.scope.at(Node("unit", line.finding.unit)))
    ways.trail(ways.steps_to(at_unit), literal(line.finding.code))


def _profile(view: View, life: Life) -> None:
    finding, line = life.line.finding, life.line
    about = [
        name(Severity(finding.severity).label),
        name(RectType(finding.rect_type).label),
        name(line.source.label),
        life.project_name or finding.project,
        ledger_values.listed_name("content_items", finding.item) if finding.item else None,
        finding.category,
        _("with leaders' instructions") if finding.instructed else None,
    ]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        title = f"## {status_of(line).coloured}{DOT}{literal(finding.title)}"
        st.markdown(title, width="content")
        st.caption(DOT.join(literal(each) for each in about if each), width="content")
    if line.note:
        st.text(line.note)
    _known_as_of(life)
    next_steps(view, life)
    amount = name(money_label(finding.amount)) if finding.amount else NOTHING
    tiles.row_of_tiles(
        "finding-facts",
        [
            _limit(view, line),
            *_pressed(view, life),
            _stage(life),
            figure.figure(
                "",
                finding.due_on.isoformat(),
                says=_("Original limit"),
                note=_first_says(line),
            ),
            figure.figure("", amount, says=_("Amount"), note=_money_says(line)),
        ],
    )


def _stage(life: Life) -> Part:
    """Return the tile of the stage of the work; while the unit is at work the heading has the
    status, and the tile is of the last entry."""
    standing = life.line.standing
    if standing.state != State.RECTIFYING:
        said = _(", ").join(filter(None, (_status_because(life.line), _state_says(life))))
        stage = name(State(standing.state).label)
        return figure.figure("", stage, says=_("Stage of the work"), note=said)
    issued = _("issued on {issued}", issued=life.line.finding.issued_on)
    last = standing.last_event_on.isoformat() if life.history else NOTHING
    note = issued if life.history else _state_says(life)
    return figure.figure("", last, says=_("Last entry of the unit"), note=note)


def _limit(view: View, line: FindingLine) -> Part:
    """Return the tile of the present limit: how long it is over or ahead while the unit is at work,
    else the limit itself."""
    due, over = line.standing.due, line.days_over(view.as_of)
    if line.standing.state != State.RECTIFYING:
        return figure.figure(
            "", due.isoformat(), says=_("Present limit"), note=_limit_says(view, line)
        )
    worked, certain = _working_days(view, line)
    note = _("{due}; working days: {worked}", due=due, worked=worked)
    return figure.figure(
        "",
        of_limit(-over).word,
        says=_("Present limit"),
        note=_("; ").join((note, *certain)),
        tone=str(Tone.BAD) if over > 0 else "",
    )


def _pressed(view: View, life: Life) -> list[Part]:
    """Return the tile of the last step of escalation and of its reply; empty if none was due."""
    label = _("Last step of escalation")
    if life.letters:
        last = max(life.letters, key=lambda each: each.issued_on)
        tone = str(Tone.BAD) if answer_is_late(view, life, last) else ""
        told = _answered(view, life, last)
        return [figure.figure("", name(Step(last.step).label), says=label, note=told, tone=tone)]
    if life.line.status is not PublicStatus.UNRECTIFIED:
        return []
    return [figure.figure("", NOTHING, says=label, note=_("nothing issued so far"))]


def _answered(view: View, life: Life, last: Escalation) -> str:
    """Return when a step was answered, or since when and by whom it is not, and by when it is to
    be."""
    day, days = last.issued_on, ((last.replied_on or view.as_of) - last.issued_on).days
    if last.replied_on:
        return _("sent on {day}, answered after {n} days", day=day, n=days)
    if last.step == Step.COMMITTEE:
        return _("referred on {day}, no answer of the committee for {n} days", day=day, n=days)
    asked = (each for each in life.line.acts if each.act is Act.REPLY and each.step == last.step)
    act = next(asked, None)
    if act is None or act.until is None:
        return _("sent on {day}, no reply for {n} days", day=day, n=days)
    return _(
        "sent on {day}, no reply of the unit for {n} days; due by {until}",
        day=day,
        n=days,
        until=act.until,
    )


def _outlook(view: View, line: FindingLine) -> None:
    """Draw the chance that an open finding will miss its time limit."""
    if line.standing.state not in WAITING or line.standing.due < view.as_of:
        return
    ahead = outlook_of.chance_of(view.scope, line)
    if ahead.chance is None:
        st.caption(_("Outlook: — (no limit has passed yet to learn from)"))
        return
    by_group = ahead.shown == ahead.chance.own
    message = _(
        "Outlook: a chance of {chance} that the limit of {due} will be passed",
        chance=percent(ahead.shown),
        due=line.standing.due,
    )
    why = (
        _(
            "{n} like cases in two years; all findings alike {base}",
            n=ahead.chance.cases,
            base=percent(ahead.chance.base),
        )
        if by_group
        else _("the base rate of {n} findings alike in two years", n=ahead.chance.of_all)
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{message}{DOT}{why}", width="content")
        ways.page_link(_("How far to trust it"), "rectification", tab="outlook")


def _known_as_of(life: Life) -> None:
    """Draw a note of the values known only as of a day, with the sheet's own words if it gave
    any."""
    code = life.line.finding.code
    keys = tuple(key_text((code, each.event.on_date, each.event.number)) for each in life.history)
    columns_and_days = [
        *reads.ask_now(history_begins.known_values, Finding.id(), (code,)),
        *reads.ask_now(history_begins.known_values, RectificationEvent.id(), keys),
    ]
    texts = []
    for each in columns_and_days:
        column = name(BY_ID[each.ledger].column(each.column).label)
        if each.key != code:
            column = _("{column} of the entry {key}", column=column, key=each.key)
        if each.words:
            texts.append(_("{column} (“{words}”)", column=column, words=each.words))
        else:
            texts.append(column)
    if columns_and_days:
        day = max(each.as_of for each in columns_and_days)
        columns = literal(_(", ").join(texts))
        st.caption(_("Known as of {day} only: {columns}", day=day, columns=columns))


def _status_because(line: FindingLine) -> str:
    """Return why the status in the heading differs from the stage; "" if it says the same."""
    if line.status is PublicStatus.IN_PROGRESS:
        return _("counted as “{status}”", status=PublicStatus.IN_PROGRESS.label)
    return ""


def _state_says(life: Life) -> str:
    standing = life.line.standing
    if standing.state == State.CLOSED:
        closed = [each.event.on_date for each in life.history if each.event.action == Action.CLOSE]
        return _(
            "closed on {day}; submitted on {submitted}",
            day=closed[-1],
            submitted=standing.submitted,
        )
    issued_on = life.line.finding.issued_on
    if not life.history:
        return _("issued on {issued}; nothing entered since", issued=issued_on)
    return _(
        "issued on {issued}; last entry on {day}", issued=issued_on, day=standing.last_event_on
    )


def _limit_says(view: View, line: FindingLine) -> str:
    """Return the days left or overdue of a finding that waits for others, in working days too; for
    a closed finding, whether it was in time."""
    standing = line.standing
    if standing.state == State.VOIDED:
        return _("voided, so nothing is due")
    if standing.submitted is not None and standing.done_due is not None:
        late = (standing.submitted - standing.done_due).days
        return (
            _("submitted {n} days after the limit", n=late) if late > 0 else _("submitted in time")
        )
    over = line.days_over(view.as_of)
    worked, certain = _working_days(view, line)
    message = (
        _("{n} days over ({worked} working days)", n=over, worked=worked)
        if over > 0
        else _("{n} days left ({worked} working days)", n=-over, worked=worked)
    )
    waits = _("not counted as overdue while it is {state}", state=State(standing.state).label)
    return " · ".join((message, waits, *certain))


def _working_days(view: View, line: FindingLine) -> tuple[int, list[str]]:
    """Return the working days between the limit and the day of the view, and a note if holidays
    among them are not yet known."""
    first, last = sorted((line.standing.due, view.as_of))
    worked = working_days.between(first, last, reads.references())
    unsure = _("holidays not yet announced are counted as working days")
    return worked.days, [] if worked.certain else [unsure]


def _first_says(line: FindingLine) -> str:
    standing, first = line.standing, line.finding.due_on
    if standing.submitted is not None and standing.submitted > first:
        return _("submitted {n} days after it", n=(standing.submitted - first).days)
    if not line.moved:
        return _("never moved")
    return _(
        "times moved: {n}, by {days} days in all", n=line.moved, days=(standing.due - first).days
    )


def _money_says(line: FindingLine) -> str:
    if line.put_right is None or not line.finding.amount:
        return _("no money in it")
    share = Fraction(line.put_right, line.finding.amount)
    return _(
        "{amount} rectified ({percent} %)",
        amount=money_label(line.put_right),
        percent=rounded(share * 100, 1, ROUND_FLOOR),
    )


def _origin(life: Life) -> None:
    origin = life.provenance
    st.caption(
        _(
            "From import {number}, file {file}, sheet {sheet}, row {row}.",
            number=origin.number,
            file=literal(origin.file_name or NOTHING),
            sheet=literal(origin.sheet),
            row=origin.row,
        )
    )
