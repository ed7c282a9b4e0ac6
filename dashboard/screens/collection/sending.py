"""The page of a unit's files: download its workbook, send a file, see the state of files sent."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import streamlit as st

from dashboard import clock, formats, identity, reads
from dashboard.elements import board, matters, table
from dashboard.elements.board import Part, Region
from dashboard.frame.view import View
from dashboard.i18n import _, say
from dashboard.markdown import told
from dashboard.reads import cache
from dashboard.screens.collection import previewing, receipts, sending_several, words
from dashboard.screens.data import opening, questions
from dashboard.screens.data.opening import ChosenFile
from dashboard.serving.uploads import uploader_of_several
from dashboard.widgets import buttons
from dashboard.widgets.downloads import XLSX, hand_out
from dashboard.widgets.drawing import heading
from dashboard.widgets.place import look
from data.collection import inbox, own_workbook, periods
from data.collection import sending as sent
from data.collection.checking import Checked, FileOfUnit
from data.collection.inbox import Arrival, Collected, SentLine, UnitStanding
from data.collection.periods import Period
from data.collection.refusals import CollectionRefusedError
from data.collection.sending import Sending
from data.figures.units import UnitLine
from data.nodes import DISTRICT, Node
from data.scope import Scope
from data.store.database import reading
from models.file_names import flat
from models.text import NOTHING

SENT, RECEIPT = "sending-files-sent", "sending-receipt"
"""Session keys: the number of files sent (part of the form's key, to empty it), the receipt."""
SHOWN = 12


def sending(view: View) -> None:
    """Draw everything about the files of the viewer's own units."""
    heading(
        _("Send files"),
        _("checked at once; nothing is kept before the district's steward takes it in"),
    )
    if reads.looked_at():
        st.info(_("What is frozen cannot be changed. Go back to the present to send something."))
        return
    receipts.show(RECEIPT)
    own = reads.units(Scope(Node(DISTRICT), clock.today(), units=view.viewer.units))
    if not own:
        st.caption(_("No unit is granted to this account for which files could be sent."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit, period = _unit(own), _period()
        _offer_workbook(unit, period)
    _standing(unit, period)
    _upload(unit, period)


def _unit(own: tuple[UnitLine, ...]) -> UnitLine:
    if len(own) == 1:
        return own[0]
    chosen = st.selectbox(
        _("Unit"), own, format_func=lambda each: each.name, key="sending-unit", width=320
    )
    return chosen or own[0]


def _period() -> Period:
    months, collected = words.months(), words.collected_month()
    chosen = st.selectbox(
        _("Month of which the file tells"),
        months,
        index=months.index(collected),
        format_func=words.month,
        key="sending-period",
        width=220,
    )
    return chosen or collected


def awaited(view: View) -> list[Part]:
    """Return the state of the viewer's own units in the month that is collected, one part per
    unit."""
    scope = Scope(Node(DISTRICT), clock.today(), units=view.viewer.units)
    collected = reads.ask_now(inbox.collected, scope)
    return [_matter(collected, each, whose=each.unit_name) for each in collected.units]


def sent_last(view: View, most: int) -> tuple[SentLine, ...]:
    """Return the last `most` files of the viewer's own units, the latest first."""
    scope = Scope(Node(DISTRICT), clock.today(), units=view.viewer.units)
    return reads.ask_now(inbox.sent_files, scope, None, (), most)


def _matter(collected: Collected, standing: UnitStanding, whose: str = "") -> Part:
    rule = _("due on {day}", day=collected.due_on)
    if standing.line is not None and standing.arrival is Arrival.RETURNED:
        rule = _("why: {reason}", reason=standing.line.reason)
    what = _("Files of {month}", month=words.month(collected.period))
    return matters.matter(words.arrival(standing.arrival), what, rule, whose=whose)


def _scope(unit: UnitLine) -> Scope:
    return Scope(Node("unit", unit.code), clock.today())


def _offer_workbook(unit: UnitLine, period: Period) -> None:
    def content() -> bytes:
        target = BytesIO()
        with reading(cache.engine()) as connection:
            references = reads.references()
            own_workbook.write(connection, target, _scope(unit), period, references, say)
        return target.getvalue()

    hand_out(
        _("The workbook of your unit (.xlsx)"),
        content,
        subject=f"template unit:{unit.code}",
        file_name=flat(f"{unit.name} {words.month(period)}.xlsx"),
        mime=XLSX,
        key="sending-workbook",
    )


def _standing(unit: UnitLine, period: Period) -> None:
    """Draw the state of the unit in the month and its latest files."""
    collected = reads.ask_now(inbox.collected, _scope(unit), period)
    lines = reads.ask_now(inbox.sent_files, _scope(unit), None, (), SHOWN)
    board.board("sending-board", _regions(collected, lines), layout="stack", look=look())
    waiting = [each for each in lines if each.waits]
    if waiting:
        _withdraw(waiting)


def _regions(collected: Collected, lines: tuple[SentLine, ...]) -> list[Region]:
    parts: list[Part] = [matters.matters([_matter(collected, each)]) for each in collected.units]
    if lines:
        columns = [
            table.column(_("Status")),
            table.column(_("Month")),
            table.column(_("File"), leads=True),
            table.column(_("Sent at")),
            table.column(_("What was found")),
            table.column(_("Why returned")),
        ]
        parts.append(table.table(columns, [_row(each) for each in lines]))
    else:
        parts.append(matters.note(_("Nothing was sent yet.")))
    return [board.region("sent", *parts, name=_("Files sent"))]


def _row(line: SentLine) -> Part:
    return table.row(
        [
            words.state(line),
            words.month(periods.parse(line.period)),
            line.file_name,
            words.moment(line),
            formats.found_by_check(line) if line.waits else words.rows(line),
            line.reason or NOTHING,
        ]
    )


def _withdraw(waiting: list[SentLine]) -> None:
    with st.popover(_("Withdraw a file"), key="sending-withdraw"):
        chosen = st.selectbox(
            _("File"),
            waiting,
            format_func=lambda each: f"{each.number} {each.file_name}",
            key="sending-withdraw-which",
        )
        if st.button(_("Withdraw"), key="sending-withdraw-go") and chosen:
            try:
                sent.withdraw(
                    cache.engine(),
                    identity.require_viewer(),
                    chosen.number,
                    act=identity.act(),
                    today=clock.today(),
                )
            except CollectionRefusedError as refused:
                st.error(told(refused.sentence))
                return
            cache.forget_version()
            receipts.write(RECEIPT, [_("“{file}” is withdrawn.", file=chosen.file_name)])
            st.rerun()


def _upload(unit: UnitLine, period: Period) -> None:
    before = st.session_state.get(SENT, 0)
    files = uploader_of_several(
        _("The filled workbook, or your own ledger (.xlsx, .xls, .csv)"),
        types=["xlsx", "xls", "xlsm", "csv"],
        key=f"sending-file-{before}",
    )
    if not files:
        opening.forget()
        return
    chosen = [ChosenFile(Path(each.name).name, each.getvalue(), clock.today()) for each in files]
    opening.keep_only(chosen)
    if len(chosen) > 1:
        said = sending_several.several(chosen, unit.code, period)
        if said is not None:
            cache.forget_version()
            _begin_anew(said)
        return
    [file] = chosen
    opened = opening.opened(file)
    try:
        sent.require_own(unit.code, opened.signature)
    except CollectionRefusedError as refused:
        st.error(told(refused.sentence))
        return
    if opened.signature is not None:
        period = periods.parse(opened.signature.period)
        st.caption(_("The workbook tells of {month}.", month=words.month(period)))
    key = f"sending-{file.digest[:12]}"
    answers = questions.of_file(file.digest)
    answers.begin(unit.code)
    of_unit = FileOfUnit(file.name, file.content, unit.code, dict(answers.used))
    checked = previewing.check(of_unit, opened)
    previewing.show(checked, answers, key)
    if answers.waiting:
        return
    if _pressed(checked):
        _send(Sending(of_unit, period, checked))


def _pressed(checked: Checked) -> bool:
    if checked.faults or checked.questions:
        return st.button(_("Send it all the same"), key="sending-go")
    if checked.corrections:
        st.warning(
            _(
                "{n} rows would change what is kept and guarded: the steward looks at each before"
                " it comes in.",
                n=checked.corrections,
            )
        )
    return st.button(_("Send to the inbox"), type=buttons.main_button_type(), key="sending-go")


def _send(sending: Sending) -> None:
    try:
        number = sent.send(
            cache.engine(),
            identity.require_viewer(),
            sending,
            act=identity.act(),
            today=clock.today(),
        )
    except CollectionRefusedError as refused:
        st.error(told(refused.sentence))
        return
    cache.forget_version()
    questions.forget(sending.file.digest)
    message = _(
        "“{file}” was sent as number {number} for {month}. It waits in the inbox of the steward.",
        file=sending.file.name,
        number=number,
        month=words.month(sending.period),
    )
    _begin_anew([message])


def _begin_anew(messages: Sequence[str]) -> None:
    """Store the messages about the sent files and rerun the page with an empty upload field."""
    st.session_state[SENT] = st.session_state.get(SENT, 0) + 1
    receipts.write(RECEIPT, messages)
    st.rerun()
