"""`gridlight inbox remind`: issue letters to units whose file is late, each as a Word file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from dashboard import clock
from dashboard.commands.opening import act
from data.collection import reminders
from data.collection.periods import Period
from data.collection.reminders import FileReminder, IssuedReminder
from data.documents import masthead
from data.intake.senders import sender_of
from data.reference import working_days
from data.reference.lists import current
from data.store import demonstration_mark
from data.store.database import reading
from data.store.logged_files import logged_file

DAYS_TO_SEND = 3
"""The default time to send a late file, in working days."""


def wanted(
    engine: Engine, month: Period, units: Sequence[str] | None, by: date | None
) -> tuple[FileReminder, ...]:
    """Today's reminders to `units`, given by code or name, or to every unit that is late."""
    today = clock.today()
    with reading(engine) as connection:
        reply_by = by or working_days.after(today, DAYS_TO_SEND, current(connection))
        codes = [sender_of(connection, each, today).code for each in units or ()] or None
        scope = reminders.scope_of(None, today)
        return reminders.drafts(connection, scope, month, reply_by, codes)


def issue(
    engine: Engine, drafts: Sequence[FileReminder], folder: Path
) -> tuple[IssuedReminder, ...]:
    """Issue the reminders and write each to `folder`, after comparing its figures with the data."""
    # Import late: loading the Word library takes longer than most commands.
    from dashboard.documents.letters.checking import check
    from dashboard.documents.letters.document import write
    from dashboard.documents.letters.names import file_name

    folder.mkdir(parents=True, exist_ok=True)
    letters = reminders.issue(engine, None, drafts, act=act(), today=clock.today())
    with reading(engine) as connection:
        issuer = masthead.current(connection).issuer
        demonstration = demonstration_mark.is_demonstration(connection)
    for letter in letters:
        subject = f"letter {letter.key.step} {letter.key.year} {letter.key.serial}"
        with logged_file(engine, folder / file_name(letter), act(), subject) as part:
            content = write(letter, demonstration=demonstration, issuer=issuer)
            check(content, letter, issuer)
            part.write_bytes(content)
    return letters


def as_json(letter: IssuedReminder) -> dict[str, object]:
    """The reminder in the format of `--json`."""
    draft = letter.draft
    return {
        "number": letter.number,
        "unit": draft.unit,
        "name": draft.unit_name,
        "period": str(draft.period),
        "due_on": draft.due_on.isoformat(),
        "days_late": draft.days_late,
        "issued_on": draft.issued_on.isoformat(),
        "reply_by": draft.reply_by.isoformat(),
    }
