"""What the commands of the collection print in sentences."""

from dashboard import clock
from dashboard.commands.importing import tell_fault
from dashboard.commands.own_ledgers import tell_counts
from dashboard.commands.speaking import tell
from dashboard.formats import found_by_check
from dashboard.i18n import _, name, say
from data.collection.checking import Checked
from data.collection.inbox import SentLine
from data.collection.settling import Settled


def tell_settled(done: Settled, line: SentLine) -> None:
    """Say whether a file was imported, changed nothing, or was refused for what."""
    if done.refused:
        tell(line_of(line))
        tell_checked(done.checked)
    elif line.import_number is None:
        tell(
            _(
                "{file}: nothing changed, every row is equal to what is kept.",
                file=file_of(line),
            )
        )
    else:
        number = line.import_number
        tell(_("{file}: taken in as import {number}.", file=file_of(line), number=number))
        tell_counts(done.checked.counts)


def tell_checked(checked: Checked) -> None:
    """Say faults, questions, corrections, odd entries and counts of a checked file."""
    for fault in checked.taken.faults:
        tell_fault(fault)
    if checked.own is not None:
        for question in checked.own.questions:
            tell(f"  {question.id}  {say(question.asks)}")
    if checked.corrections:
        tell(_("Rows that would be corrected: {n}.", n=checked.corrections))
    if checked.warnings:
        tell(_("Anomalies: {n}.", n=checked.warnings))
    tell_counts(checked.counts)


def row_of(line: SentLine) -> tuple[object, ...]:
    """The cells of a file in the table of the inbox."""
    return (
        line.number,
        f"{line.unit} {line.unit_name}",
        line.file_name,
        name(line.state.label),
        f"{clock.local(line.sent_at):%Y-%m-%d %H:%M}",
        line.rows("new"),
        line.rows("changed"),
        found_by_check(line),
    )


def file_of(line: SentLine) -> str:
    """Number, unit and name of a file."""
    return f"{line.number} {line.unit_name} {line.file_name}"


def line_of(line: SentLine) -> str:
    """A file with its state and month, on one line."""
    return f"{file_of(line)}: {name(line.state.label)}, {line.period}"
