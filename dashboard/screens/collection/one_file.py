"""One sent file: a preview of what it would change, then taking it in or returning it with a
reason."""

import streamlit as st

from dashboard import address, clock, formats, identity, reads
from dashboard.edge import AddressError
from dashboard.elements import board, matters
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.screens.collection import inbox as overview
from dashboard.screens.collection import previewing, receipts, return_reason, words
from dashboard.screens.data import correcting, questions
from dashboard.screens.data.correcting import Chosen
from dashboard.serving import uploads
from dashboard.widgets import buttons, ways
from dashboard.widgets.downloads import hand_out
from dashboard.widgets.drawing import heading
from dashboard.widgets.place import look
from dashboard.widgets.ways import Step
from data.collection import checking, inbox, settling
from data.collection.checking import Checked, FileOfUnit
from data.collection.inbox import SentLine
from data.collection.refusals import NO_SUCH_FILE, CollectionRefusedError
from data.intake.checks.corrections import Correcting
from data.own_ledgers.layout.apart import OpenedFile
from data.store.database import reading
from models.collection import REASON_LENGTH
from models.text import sentence

OPENED = "one-file-opened"
PLAIN = "application/octet-stream"


def sent_file_page(view: View) -> None:
    """Draw the file that the address names."""
    line = _line(view)
    ways.trail([Step(_("Inbox"), "inbox")], literal(line.file_name))
    receipts.show(overview.RECEIPT)
    _tell(line)
    if not overview.may_settle(view):
        return
    file = _content(line)
    hand_out(
        _("The file as it was sent"),
        lambda: file.content,
        subject=f"inbox {line.number}",
        file_name=line.file_name,
        mime=PLAIN,
        key="one-file-out",
    )
    if not line.waits:
        return
    answers = questions.of_file(f"inbox {line.number} {line.sha256}")
    answers.begin(line.number)
    answered = FileOfUnit(file.name, file.content, file.unit, {**file.answers, **answers.used})
    checked = previewing.check(answered, _opened(line, answered))
    previewing.show(checked, answers, f"one-file-{line.number}", of_sender=True)
    taking, returning = st.columns(2)
    with taking:
        _take(line, checked, answered)
    with returning:
        _return(line, checked)


def _line(view: View) -> SentLine:
    number = address.of_page("file")
    try:
        if not (number.isascii() and number.isdecimal() and len(number) < 10):
            raise CollectionRefusedError(NO_SUCH_FILE, number=number[:20] or "—")
        every = view.now.at(inbox.EVERYWHERE)
        return reads.ask_now(inbox.sent_file, every, int(number))
    except CollectionRefusedError as error:
        raise AddressError(sentence(error.sentence.message, **error.sentence.values)) from error


def _tell(line: SentLine) -> None:
    status = words.state(line)
    message = _(
        "{month}, sent {moment} by {account}; {found}; {rows}",
        month=overview.period_of(line),
        moment=words.moment(line),
        account=line.sent_by,
        found=formats.found_by_check(line),
        rows=words.rows(line),
    )
    if line.reason:
        message = _("; ").join((message, _("why: {reason}", reason=line.reason)))
    onward = board.way("unit", node=f"unit:{line.unit}")
    item = matters.matter(status, line.file_name, message, whose=line.unit_name, onward=onward)
    board.board(
        "one-file-board",
        [board.region("file", matters.matters([item]), name=line.file_name)],
        layout="stack",
        look=look(),
    )
    if line.import_number is not None:
        st.caption(_("Taken in as import {number}.", number=line.import_number))


def _content(line: SentLine) -> FileOfUnit:
    with reading(cache.engine()) as connection:
        return settling.content_of(connection, line)


def _opened(line: SentLine, file: FileOfUnit) -> OpenedFile:
    """Return the opened file, cached while the viewer looks at it."""
    if line.ours:
        return OpenedFile(is_ours=True)
    kept: dict[int, OpenedFile] = uploads.opened(OPENED)
    if line.number not in kept:
        kept.clear()
        with st.spinner(_("Reading the file")):
            kept[line.number] = checking.opened(file)
    return kept[line.number]


def _take(line: SentLine, checked: Checked, file: FileOfUnit) -> None:
    heading(_("Take it in"), _("whole or not at all"))
    chosen = correcting.NOTHING
    reason = ""
    if checked.taken.corrections and not checked.faults:
        chosen = correcting.choose(checked.taken.corrections, previewing.circumstances().day)
        reason = st.text_input(
            _("Reason for corrections"), key=f"one-file-correct-{line.number}", max_chars=200
        ).strip()
    missing = _missing(checked, chosen, reason)
    if missing:
        st.caption(missing)
    if not st.button(
        _("Take it in"),
        type=buttons.main_button_type(),
        key="one-file-take",
        disabled=bool(missing),
    ):
        return
    correct = (
        Correcting(reason, chosen.ticked, extended=chosen.extended) if chosen.decided else None
    )
    try:
        with st.spinner(_("Taking in the files")):
            done = settling.take_in(
                cache.engine(),
                identity.require_viewer(),
                line.number,
                previewing.circumstances(),
                correct,
                file.answers,
            )
    except CollectionRefusedError as refused:
        st.error(told(refused.sentence))
        return
    cache.forget_version()
    receipts.write(overview.RECEIPT, [overview.settled_line(done)], good=not done.refused)
    if not done.refused:
        ways.go("inbox")
    st.rerun()


def _missing(checked: Checked, chosen: Chosen, reason: str) -> str:
    """Return what must be done before the file can be taken in; "" if nothing."""
    if checked.faults:
        return _("It has faults, so it can only be returned: what is to be done stands ready.")
    if checked.questions:
        return _("Nothing comes in before the questions above are answered.")
    left = {each.row_name for each in checked.taken.corrections} - chosen.decided
    if left:
        return _(
            "{n} rows are not decided. Say for each what happened, or return the file.",
            n=len(left),
        )
    if chosen.ticked and not reason:
        return _("Corrections need a reason: enter it above.")
    return ""


def _return(line: SentLine, checked: Checked) -> None:
    heading(_("Return it"), _("its unit reads the sentence"))
    key = f"one-file-reason-{line.number}"
    if checked.taken.faults:
        st.session_state.setdefault(key, return_reason.of_faults(checked.taken.faults))
    reason = st.text_area(_("What is to be done"), key=key, max_chars=REASON_LENGTH, height=160)
    if not st.button(
        _("Return the file"),
        type=buttons.main_button_type() if checked.faults else "secondary",
        key="one-file-return",
    ):
        return
    try:
        settling.return_file(
            cache.engine(),
            identity.require_viewer(),
            line.number,
            reason or "",
            act=identity.act(),
            today=clock.today(),
        )
    except CollectionRefusedError as refused:
        st.error(told(refused.sentence))
        return
    cache.forget_version()
    message = _("{unit}, “{file}”: returned.", unit=line.unit_name, file=line.file_name)
    receipts.write(overview.RECEIPT, [message])
    ways.go("inbox")
    st.rerun()
