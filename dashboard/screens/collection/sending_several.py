"""Several files of a unit sent at once: a result for each, and one button to send those without
faults."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import clock, identity
from dashboard.i18n import _, say
from dashboard.reads import cache
from dashboard.screens.collection import previewing, words
from dashboard.screens.data import opening
from dashboard.screens.data.opening import ChosenFile
from dashboard.serving import uploads
from dashboard.widgets import buttons
from dashboard.widgets.drawing import heading
from dashboard.widgets.tables import table
from data.collection import checking, periods
from data.collection import sending as sent
from data.collection.checking import Checked, FileOfUnit
from data.collection.periods import Period
from data.collection.refusals import CollectionRefusedError
from data.collection.sending import Sending
from models.text import NOTHING

TRIALS = "sending-several-trials"


@dataclass(frozen=True, slots=True)
class Trial:
    """A checked file; `refused` says why it cannot be sent with the others."""

    file: str
    period: Period
    sending: Sending | None = None
    refused: str = ""

    @property
    def can_be_sent(self) -> bool:
        """Whether the file can be sent with the others."""
        return self.sending is not None and not self.refused


def several(files: Sequence[ChosenFile], unit: str, period: Period) -> list[str] | None:
    """Draw a result for each file; return the messages once the files are sent, else None."""
    distinct = {each.digest: each for each in files}
    _keep_only(distinct)
    trials = [_trial(each, unit, period) for each in distinct.values()]
    heading(_("{n} files", n=len(trials)), _("each is sent by itself; a bad one stops no other"))
    table(
        {
            _("File"): [each.file for each in trials],
            _("Month"): [words.month(each.period) for each in trials],
            _("New"): [_rows(each, "new") for each in trials],
            _("Changed"): [_rows(each, "changed") for each in trials],
            _("What was found"): [each.refused or _("can be sent") for each in trials],
        },
        key="sending-several",
        says=_("Files to be sent"),
    )
    ready = [each for each in trials if each.can_be_sent]
    pressed = st.button(
        _("Send those that can be sent ({n})", n=len(ready)),
        type=buttons.main_button_type(),
        key="sending-several-go",
        disabled=not ready,
    )
    return [_send(each) for each in trials] if pressed else None


def _rows(trial: Trial, what: str) -> object:
    if trial.sending is None:
        return NOTHING
    return sum(each.get(what, 0) for each in trial.sending.checked.counts.values())


def _trial(file: ChosenFile, unit: str, period: Period) -> Trial:
    """Return the trial run of a file; cached for the same unit, month and data.

    It holds the file, so it is kept no longer than the file is looked at.
    """
    kept: dict[tuple[object, ...], Trial] = uploads.opened(TRIALS)
    mark = (file.digest, file.name, unit, period, cache.version())
    if mark not in kept:
        kept[mark] = _try(file, unit, period)
        # The sheets of all files together would not fit in memory.
        opening.let_go(file)
    return kept[mark]


def _keep_only(chosen: Collection[str]) -> None:
    """Drop the trial runs of other files than the `chosen`, by digest, and of older data."""
    kept: dict[tuple[object, ...], Trial] = uploads.opened(TRIALS)
    for mark in [each for each in kept if each[0] not in chosen or each[4] != cache.version()]:
        del kept[mark]


def _try(file: ChosenFile, unit: str, period: Period) -> Trial:
    found = opening.opened_as_found(file)
    try:
        sent.require_own(unit, found.signature)
    except CollectionRefusedError as refused:
        return Trial(file.name, period, None, say(refused.sentence))
    if found.signature is not None:
        period = periods.parse(found.signature.period)
    of_unit = FileOfUnit(file.name, file.content, unit)
    with st.spinner(_("Checking the file")):
        checked = checking.check(cache.engine(), of_unit, found, previewing.circumstances())
    return Trial(file.name, period, Sending(of_unit, period, checked), _keeps_back(checked))


def _keeps_back(checked: Checked) -> str:
    if checked.faults:
        return _("faults: {n}; choose it by itself to see them", n=checked.faults)
    if checked.questions:
        return _("questions: {n}; choose it by itself to answer them", n=checked.questions)
    return ""


def _send(trial: Trial) -> str:
    """Send one file and return a message about the result."""
    if trial.sending is None or trial.refused:
        return _("“{file}” was not sent: {why}", file=trial.file, why=trial.refused)
    try:
        number = sent.send(
            cache.engine(),
            identity.require_viewer(),
            trial.sending,
            act=identity.act(),
            today=clock.today(),
        )
    except CollectionRefusedError as refused:
        return _("“{file}” was not sent: {why}", file=trial.file, why=say(refused.sentence))
    return _("“{file}” was sent as number {number}.", file=trial.file, number=number)
