"""Write the demonstration as workbooks, and fill an empty database with them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from data.demonstration.book import Sheets
from data.demonstration.calendar import plus
from data.demonstration.district import YEARS
from data.demonstration.inbox import fill_inbox
from data.demonstration.known import known_on, news
from data.demonstration.size import Size
from data.demonstration.telling import whole_history
from data.facts.derivation import derive
from data.intake import kept_warnings
from data.intake.keeping import next_number
from data.intake.stages import DERIVING, Progress, ignore_progress
from data.intake.taking import take
from data.ledgers.rows import ids, is_empty, picker
from data.meetings import freezes
from data.nodes import DISTRICT, Node
from data.reference.lists import References, shipped
from data.scope import Scope
from data.store import demonstration_mark
from data.store.access_log import Act
from data.store.database import writing
from data.workbook.outgoing.writing import export
from models.days import month_ends
from models.grid import Unit
from models.work import Meeting, MeetingKind

SEED = 1246
MONTHS = 25
"""The months before the last day at whose end the pilot sends a workbook."""
TOLD_AFTER = 6
"""Days after which a unit has told of what happened."""
ACCOUNT = "gridlight"


def workbook(target: Path, last_day: date, size: Size = Size.PILOT, seed: int = SEED) -> None:
    """Write the district's history up to `last_day` to `target`: every ledger, every row."""
    export(target, whole_history(last_day, size, seed, shipped()).sheets.items())


def fill(
    engine: Engine,
    *,
    today: date,
    now: datetime,
    references: References,
    size: Size = Size.PILOT,
    progress: Progress | None = None,
) -> bool:
    """Import the demonstration up to `today`, workbook by workbook, into an empty database only.

    Raises `ValueError`, naming the first fault, if the import rules refuse a workbook.
    """
    with writing(engine) as connection:
        if next_number(connection) > 1 or not is_empty(connection, Unit):
            return False
        # Mark the database first, so that no row of the demonstration is in one without the mark.
        demonstration_mark.mark_as_demonstration(connection)
    with TemporaryDirectory() as folder:
        for day, meeting, sheets in _deliveries(today, size, references):
            at = now - timedelta((today - day).days)
            file = Path(folder) / f"演示数据-{day}.xlsx"
            export(file, sheets.items())
            sheets.clear()
            taken = take(
                engine,
                file,
                day=day,
                account=ACCOUNT,
                now=at,
                references=references,
                progress=progress,
                facts_later=True,
            )
            if taken.faults:
                raise ValueError(taken.faults[0])
            file.unlink()
            if meeting or day == today:
                _derive_all(engine, references, progress)
            if meeting:
                freezes.freeze(engine, meeting, day, Act(ACCOUNT, at), day)
    _confirm_earlier_warnings(engine, Act(ACCOUNT, now), Scope(Node(DISTRICT), today))
    if size is Size.PILOT:
        fill_inbox(engine, today=today, now=now, references=references, account=ACCOUNT)
    return True


def _confirm_earlier_warnings(engine: Engine, act: Act, scope: Scope) -> None:
    """Confirm, as a steward, the warnings of every import but the last."""
    with writing(engine) as connection:
        last = next_number(connection) - 1
        earlier = [
            each.id
            for each in kept_warnings.unconfirmed(connection, scope)
            if each.import_number < last
        ]
        kept_warnings.confirm(connection, act, scope, earlier)


def _derive_all(engine: Engine, references: References, progress: Progress | None) -> None:
    """Derive all facts once; doing so after every workbook would double the time."""
    say = progress or ignore_progress
    with writing(engine) as connection:
        derive(connection, None, references, lambda done, of: say(DERIVING, done, of))


def _deliveries(
    today: date, size: Size, references: References
) -> Iterator[tuple[date, str | None, Sheets]]:
    """The days on which workbooks come in, each with what is new since the one before, and the
    meeting for which the figures are frozen then.

    A pilot sends one at the end of each of the last months and of every year before, one for the
    last meeting and one today; a city would only take longer.
    """
    sheets = whole_history(today, size, SEED, references).sheets
    if size is Size.PILOT:
        before: Sheets = {}
        for day, meeting, until in sorted(
            _earlier_days(today, sheets), key=lambda each: (each[0], each[2])
        ):
            known = known_on(sheets, until)
            yield day, meeting, news(known, before)
            before = known
        sheets = news(sheets, before)
    yield today, None, sheets


def _earlier_days(today: date, sheets: Sheets) -> Iterator[tuple[date, str | None, date]]:
    """Days of deliveries before `today`, the meeting on it, and up to when it tells."""
    years = [date(year, 12, 31) for year in range(today.year - YEARS, today.year)]
    months = [day for day in month_ends(today, MONTHS) if day < today]
    regular = sorted({day for day in years if day < months[0]} | set(months))
    yield from ((day, None, day) for day in regular)
    pick = picker(ids(Meeting), ("on_date", "code", "kind"))
    held = [
        (day, code)
        for day, code, kind in map(pick, sheets[Meeting])
        if kind == MeetingKind.COMMITTEE and day < today
    ]
    if held:
        day, code = max(held)
        # Units tell of the last days before a meeting only after it. What was told stays told.
        yield day, code, max([plus(day, -TOLD_AFTER), *(each for each in regular if each <= day)])
