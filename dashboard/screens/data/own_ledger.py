"""The import of an own ledger: how it was read, open questions, preview, and taking it in."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from dashboard import clock, identity, reads
from dashboard.i18n import _, name
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.screens.data import ahead, questions, receipt, understood
from dashboard.screens.data.counts import show_counts
from dashboard.screens.data.faults import show_faults, show_warnings
from dashboard.screens.data.opening import ChosenFile
from dashboard.screens.data.questions import Answers
from dashboard.serving import uploads
from dashboard.widgets import buttons
from dashboard.widgets.drawing import heading
from data.access.permission import Action
from data.own_ledgers.how_to_take import HowToTake, OwnTaken
from data.own_ledgers.layout.apart import OpenedFile
from data.own_ledgers.layout.column_labels import every_column
from data.own_ledgers.memory.offers import Offers, offers
from data.own_ledgers.reading_apart import read_files_apart
from data.own_ledgers.taking import take_files
from data.own_ledgers.words.stated import Proposal, Question, QuestionKind, StatedFile
from models.kinds import EARLIEST
from models.own_snapshot import SENDER_LENGTH

STATE = "own-ledger-preview"
BEST = ""
"""The choice of the form that fits each sheet best."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The steward's choices for a file: form and snapshot day ("" and None: as detected),
    sender."""

    form: str
    as_of: date | None
    sender: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The trial run of a file; `aside` is the trial run with rows that have open questions set
    aside."""

    taken: OwnTaken
    aside: OwnTaken | None = None


def own_ledger(file: ChosenFile, opened: OpenedFile) -> bool:
    """Draw how `file` is read and what it would change; return True once it is taken in."""
    offered = reads.ask_now(offers)
    key = f"own-{file.digest[:12]}"
    told = st.container()
    chosen = _choices(offered, key)
    answers = questions.of_file(file.digest)
    answers.begin(chosen)
    preview = _preview(file, opened, chosen, answers)
    stated = preview.taken.stated
    with told:
        _tell(stated, offered)
    _show_faults(preview.taken)
    would = preview.aside or preview.taken
    show_warnings([*stated.warnings, *would.taken.warnings], key="understood-warnings")
    understood.show_sums(stated)
    questions.show(preview.taken, answers, more_answers(stated, offered), key)
    set_aside = _outcome(preview, chosen, answers)
    understood.show_sheets(stated)
    if set_aside is None:
        return False
    done = _run(file, opened, chosen, answers, dry_run=False, set_aside=set_aside)
    if done.refused:
        _keep(_mark(file, chosen, answers), Preview(done))
        st.rerun()
    questions.forget(file.digest)
    uploads.opened(STATE).clear()
    receipt.write(file.name, done)
    return True


def _choices(offered: Offers, key: str) -> Choices:
    """Draw the choices of form, snapshot day and sender; the defaults are as detected."""
    with st.container(horizontal=True):
        form = st.selectbox(
            _("Form of the ledger"),
            [BEST, *offered.forms],
            format_func=lambda each: (
                name(offered.forms[each].label) if each else _("the one that fits best")
            ),
            key=f"{key}-form",
            width=240,
        )
        as_of = st.date_input(
            _("Snapshot day"),
            value=None,
            min_value=EARLIEST,
            max_value=clock.today(),
            key=f"{key}-as-of",
            help=_("The day of which the ledger tells. Left empty: the day that it names itself."),
            width=200,
        )
        sender = st.selectbox(
            _("Sender"),
            offered.senders,
            index=None,
            accept_new_options=True,
            placeholder=_("Choose or type"),
            key=f"{key}-sender",
            help=_("Who the file comes from: a unit, a competent department, the audit bureau."),
            width=320,
        )
    return Choices(form or BEST, as_of, (sender or "").strip()[:SENDER_LENGTH])


def _preview(file: ChosenFile, opened: OpenedFile, chosen: Choices, answers: Answers) -> Preview:
    """Return the trial run of the file; cached for the same choices, answers and data."""
    mark = _mark(file, chosen, answers)
    kept: Preview | None = uploads.opened(STATE).get(mark)
    if kept is None:
        taken = _run(file, opened, chosen, answers, dry_run=True, set_aside=False)
        aside = None
        if taken.questions and not taken.taken.refused:
            aside = _run(file, opened, chosen, answers, dry_run=True, set_aside=True)
        kept = Preview(taken, aside)
        _keep(mark, kept)
    return kept


def _mark(file: ChosenFile, chosen: Choices, answers: Answers) -> tuple[object, ...]:
    used = tuple(sorted(answers.used.items()))
    return file.digest, file.name, file.day, chosen, used, cache.version()


def _keep(mark: tuple[object, ...], preview: Preview) -> None:
    kept = uploads.opened(STATE)
    kept.clear()
    kept[mark] = preview


def _run(
    file: ChosenFile,
    opened: OpenedFile,
    chosen: Choices,
    answers: Answers,
    *,
    dry_run: bool,
    set_aside: bool,
) -> OwnTaken:
    if not identity.require_viewer().may(Action.IMPORT):
        raise identity.SignedOutError
    how = HowToTake(
        day=file.day,
        act=identity.act(),
        references=reads.references(),
        sender=chosen.sender,
        form=chosen.form or None,
        as_of=chosen.as_of,
        answers=answers.used,
        set_aside=set_aside,
        dry_run=dry_run,
        read=partial(read_files_apart, opened=opened),
    )
    with tempfile.TemporaryDirectory() as folder, st.spinner(_("Reading the file")):
        [taken] = take_files(cache.engine(), [file.put_into(folder)], how)
    if not dry_run:
        cache.forget_version()
    return taken


def _tell(stated: StatedFile, offered: Offers) -> None:
    """Draw a summary of how the file was read."""
    if not stated.sheets:
        return
    lines = [_("This is an own ledger; it is read as follows.")]
    for each in stated.sheets:
        form = offered.forms.get(each.form)
        message = _(
            "“{sheet}” by the form “{form}”, as of {day}; rows: {rows}",
            sheet=each.sheet,
            form=form.label if form else each.form,
            day=each.as_of or _("a day that is still asked"),
            rows=each.rows,
        )
        lines.append(f"- {literal(message)}")
    st.info("\n".join(lines))


def _show_faults(taken: OwnTaken) -> None:
    faults = taken.taken.faults
    if len(faults) == 1 and faults[0].sheet is None:
        st.error(told(faults[0].sentence))
    elif faults:
        show_faults(faults)
    understood.show_agreement(taken.sums, key="own-ledger-sums")


def more_answers(stated: StatedFile, offered: Offers) -> questions.More:
    """Return a function from a question on a column to every ledger column as a further answer;
    none for other kinds.

    The session keeps it as long as the fields that use it, so it must hold no rows of the file.
    """
    forms = {each.sheet: each.form for each in reversed(stated.sheets)}

    def more(question: Question) -> Sequence[Proposal]:
        form = offered.forms.get(forms.get(question.sheet, ""))
        if question.kind is not QuestionKind.COLUMN or form is None:
            return ()
        return every_column(form)

    return more


def _outcome(preview: Preview, chosen: Choices, answers: Answers) -> bool | None:
    """Draw the preview and the button; return whether to set rows aside, None until it is
    pressed."""
    if preview.taken.taken.refused:
        return None
    would = preview.aside or preview.taken
    heading(_("What would come in"), _("rows by ledger"))
    if would.taken.refused:
        _show_faults(would)
        return None
    if would.questions:
        st.caption(_("Nothing comes in before the questions above are answered."))
        return None
    is_new = any(each["new"] or each["changed"] for each in would.taken.counts.values())
    if not is_new and would.set_aside:
        st.info(_("Nothing new comes in now: what is new waits for answers."))
    elif not is_new:
        st.info(
            _(
                "Every row is equal to what is kept. Taking the file in changes nothing; it only"
                " notes that it came."
            )
        )
    if would.taken.counts:
        show_counts(would.taken.counts, key="own-ledger-counts")
        ahead.show(would.taken.preview, would.taken.counts, key="own-ledger-ahead")
    missing = ""
    if answers.waiting:
        missing = _("There are new answers: go on with them first.")
    elif not chosen.sender:
        missing = _("Say above who sent the file; then it can be taken in.")
    if missing:
        st.warning(missing)
    if preview.aside:
        label = _("Take it in and leave {n} rows waiting", n=would.set_aside)
        pressed = st.button(label, key="own-ledger-aside", disabled=bool(missing))
        return True if pressed else None
    pressed = st.button(
        _("Take it in"),
        type=buttons.main_button_type(),
        key="own-ledger-confirm",
        disabled=bool(missing),
    )
    return False if pressed else None
