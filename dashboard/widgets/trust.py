"""The sign beside a figure that shows how complete the ledger behind it is, and the words for
it."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import board, matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.status import trust_word
from data.coverage import entries
from data.coverage.entries import LedgerEntries
from models.registry import BY_ID
from models.rules.trust import Entered, Trust
from models.text import N_

NOT_KNOWN = N_("{sign} {trust}: no unit here has a row in “{ledger}” by {day}.")
KNOWN = N_(
    "{sign} {trust}: {entered} of {units} units have entered “{ledger}” in the last year, {ever} "
    "ever; latest entry {day}."
)


@dataclass(frozen=True, slots=True)
class Sign:
    """How complete the ledger behind a figure is, and the sentence that explains it."""

    trust: Trust
    words: str


def of_figure(view: View, figure: str) -> Sign | None:
    """Return the sign for the ledger behind `figure`; None if the figure uses no ledger of the
    units."""
    ledger = entries.source_of(reads.figure(figure))
    if ledger is None:
        return None
    entries_of_ledger = reads.ask(entries.of_ledger, view.scope, ledger, view.since)
    return Sign(entries_of_ledger.whole.trust, words(view, entries_of_ledger))


def say(view: View, figure: str) -> None:
    """Draw sign and sentence if only some units have entered the ledger of `figure`."""
    sign = of_figure(view, figure)
    if sign and sign.trust is Trust.PARTIAL:
        st.caption(sign.words)


def beside(view: View, figure: str, label: str) -> str:
    """Return `label`, followed by the sign for it if only some units have entered the ledger of
    `figure`; `what_the_sign_means` says it once for all figures of a slide."""
    return f"{label} {Trust.PARTIAL.sign}" if word(of_figure(view, figure)) else label


def what_the_sign_means(view: View, figures: Iterable[str]) -> list[str]:
    """Return the sign and its word if one of `figures` bears it, else nothing."""
    if any(word(of_figure(view, each)) for each in figures):
        return [f"{Trust.PARTIAL.sign} {trust_word(Trust.PARTIAL)}"]
    return []


def word(sign: Sign | None) -> str:
    """Return the word beside a figure whose ledger only some units have entered, else ""."""
    return trust_word(sign.trust) if sign else ""


def is_said_once(view: View, figures: Iterable[str]) -> bool:
    """Return whether the ledgers of two or more of `figures` are entered by some units only, so
    that one line of the page says it instead of every tile."""
    return sum(bool(word(of_figure(view, each))) for each in figures) > 1


def partly_entered(view: View, figures: Iterable[str]) -> tuple[Part, ...]:
    """Return the piece of a sentence on the ledgers behind `figures` that some units only have
    entered: of one ledger by how many, else how many ledgers, with the link to who has entered.

    Empty if there is none.
    """
    ledgers = {entries.source_of(reads.figure(each)) for each in figures}
    partial = [
        found
        for ledger in sorted(filter(None, ledgers))
        if (found := reads.ask(entries.of_ledger, view.scope, ledger, view.since)).whole.trust
        is Trust.PARTIAL
    ]
    if not partial:
        return ()
    whole = partial[0].whole
    if len(partial) == 1 and whole.in_last_year < whole.owing:
        text = _(
            "{entered}/{units} units entered “{ledger}”",
            ledger=name(BY_ID[partial[0].ledger].SHEET),
            entered=whole.in_last_year,
            units=whole.owing,
        )
    else:
        text = _("ledgers entered by some units only {n}", n=len(partial))
    onward = board.way("data", tab="entered")
    return (matters.piece(text, Tone.SILENT, onward, aside=True),)


def words(view: View, ledger_entries: LedgerEntries) -> str:
    """Return one paragraph on the entries of a ledger: units that entered, corrections, open
    questions."""
    whole = ledger_entries.whole
    trust, ledger = whole.trust, name(BY_ID[ledger_entries.ledger].SHEET)
    named = {"sign": trust.sign, "trust": name(trust.label), "ledger": ledger}
    if trust is Trust.UNKNOWN:
        sentences = [_(NOT_KNOWN, **named, day=view.as_of)]
    else:
        counts = {"entered": whole.in_last_year, "units": whole.owing, "ever": whole.ever}
        sentences = [_(KNOWN, **named, **counts, day=whole.latest)]
    if ledger_entries.corrections:
        sentences.append(
            _("Rows corrected since {day}: {n}.", day=view.since, n=ledger_entries.corrections)
        )
    if whole.waiting:
        sentences.append(_("Rows that wait for an answer: {n}.", n=whole.waiting))
    if ledger_entries.odd:
        sentences.append(_("Anomalies not yet confirmed: {n}.", n=ledger_entries.odd))
    return " ".join(sentences)


def cell(entered: Entered | None) -> str:
    """Return, as "sign word n/m", how many units entered in the last year of those that must."""
    if entered is None:
        return f"{Trust.UNKNOWN.sign} {name(Trust.UNKNOWN.label)}"
    trust = entered.trust
    return f"{trust.sign} {name(trust.label)} {entered.in_last_year}/{entered.owing}"
