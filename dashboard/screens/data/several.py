"""Several files at once: a result for each, imported by one button in an order that works."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard import identity, reads
from dashboard.i18n import _, say
from dashboard.markdown import literal
from dashboard.reads import cache
from dashboard.screens.data import opening, senders
from dashboard.screens.data.opening import ChosenFile
from dashboard.widgets import buttons
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.access.permission import Action
from data.own_ledgers.how_to_take import HowToTake
from data.own_ledgers.several import (
    OneOfSeveral,
    Outcome,
    Verdict,
    in_working_order,
    take_one,
)
from models.text import N_, NOTHING

STATE = "several-trials"
DONE = "several-done"
WORDS: Mapping[Verdict, str] = {
    Verdict.TAKEN: N_("taken in"),
    Verdict.READY: N_("can be taken in"),
    Verdict.EQUAL: N_("nothing new"),
    Verdict.QUESTIONS: N_("has questions"),
    Verdict.FAULTS: N_("has faults"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """The result of checking one file; `says` is the first reason for which it is refused."""

    file: str
    verdict: Verdict
    new: int
    changed: int
    number: int | None
    says: str


def several(files: Sequence[ChosenFile]) -> ChosenFile | None:
    """Draw a result for each file and import them; return the file selected for a closer look,
    if any."""
    chosen = in_order(files)
    sender = senders.choose("several-sender")
    lines = [_trial(file, sender) for file in chosen]
    heading(
        _("{n} files", n=len(chosen)),
        _("in the order in which they are taken in: units first, then what refers to them"),
    )
    _show(lines, key="several-verdicts")
    st.caption(
        _(
            "Each file is whole or not at all. One with faults or questions does not keep the"
            " others out; it is tried again after those before it, and stays here if it fails."
        )
    )
    if not sender:
        st.warning(_("Say above who sent the files; then they can be taken in."))
    if st.button(
        _("Take in what can be, in this order"),
        type=buttons.main_button_type(),
        key="several-confirm",
        disabled=not sender or all(each.verdict is Verdict.EQUAL for each in lines),
    ):
        st.session_state[DONE] = [_line(_take(file, sender, dry_run=False)) for file in chosen]
        cache.forget_version()
        st.rerun()
    return _look_at_one(chosen, lines)


def show_done() -> None:
    """Draw the results of the files imported together, until the viewer dismisses them."""
    done: list[Line] | None = st.session_state.get(DONE)
    if not done:
        return
    taken = sum(each.verdict is Verdict.TAKEN for each in done)
    equal = sum(each.verdict is Verdict.EQUAL for each in done)
    with st.container(border=True, key="several-receipt"):
        message = _(
            "Taken in: {n} of {of} files; nothing new in {equal}; not taken in: {left}.",
            n=taken,
            of=len(done),
            equal=equal,
            left=len(done) - taken - equal,
        )
        (st.success if taken + equal == len(done) else st.warning)(message)
        _show(done, key="several-done-table")
        if st.button(_("Put away"), key="several-away"):
            del st.session_state[DONE]
            st.rerun()


def in_order(files: Sequence[ChosenFile]) -> list[ChosenFile]:
    """Return `files` in the order in which they can be imported, without duplicates."""
    by_digest = {each.digest: each for each in files}
    kinds = [
        (OneOfSeveral(Path(digest), opening.opened_as_found(file)))
        for digest, file in by_digest.items()
    ]
    return [by_digest[each.path.name] for each in in_working_order(kinds)]


def _trial(file: ChosenFile, sender: str) -> Line:
    """Return the trial run of a file; cached for the same sender, day and data."""
    kept: dict[tuple[object, ...], Line] = st.session_state.setdefault(STATE, {})
    mark = (file.digest, file.name, file.day, sender, cache.version())
    if mark not in kept:
        for old in [each for each in kept if each[4] != mark[4]]:
            del kept[old]
        kept[mark] = _line(_take(file, sender, dry_run=True))
    return kept[mark]


def _take(file: ChosenFile, sender: str, *, dry_run: bool) -> Outcome:
    if not identity.require_viewer().may(Action.IMPORT):
        raise identity.SignedOutError
    how = HowToTake(
        day=file.day,
        act=identity.act(),
        references=reads.references(),
        sender=sender,
        dry_run=dry_run,
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        st.spinner(_("Reading “{file}”", file=literal(file.name))),
    ):
        one = OneOfSeveral(file.put_into(folder), opening.opened_as_found(file))
        return take_one(cache.engine(), one, how)


def _line(outcome: Outcome) -> Line:
    counts = outcome.counts.values()
    fault, says = outcome.first_fault, ""
    if fault is not None:
        place = " ".join(
            str(each) for each in (fault.sheet, fault.row, fault.column) if each is not None
        )
        says = f"{place} {say(fault.sentence)}".strip()
    elif outcome.own is not None and outcome.own.questions:
        says = say(outcome.own.questions[0].asks)
    return Line(
        outcome.file,
        outcome.verdict,
        sum(each["new"] for each in counts),
        sum(each["changed"] for each in counts),
        outcome.taken.number,
        says,
    )


def _show(lines: Sequence[Line], key: str) -> None:
    table(
        {
            _("Order"): list(range(1, len(lines) + 1)),
            _("File"): [each.file for each in lines],
            _("Verdict"): [_(WORDS[each.verdict]) for each in lines],
            _("New"): [each.new for each in lines],
            _("Changed"): [each.changed for each in lines],
            _("Import"): [str(each.number or NOTHING) for each in lines],
            _("First thing that keeps it out"): [each.says for each in lines],
        },
        key=key,
        says=_("Verdict on each file"),
        columns={_("First thing that keeps it out"): st.column_config.TextColumn(width="large")},
    )


def _look_at_one(files: Sequence[ChosenFile], lines: Sequence[Line]) -> ChosenFile | None:
    """Draw a choice of one file to look at with its rows, faults, questions and corrections."""
    by_digest = {each.digest: each for each in files}
    words = {
        file.digest: f"{line.file} ({_(WORDS[line.verdict])})"
        for file, line in zip(files, lines, strict=True)
    }
    chosen = st.selectbox(
        _("Look at one file"),
        list(by_digest),
        index=None,
        format_func=words.__getitem__,
        placeholder=_("Choose"),
        key="several-one",
        width=640,
    )
    return by_digest.get(chosen) if chosen else None
