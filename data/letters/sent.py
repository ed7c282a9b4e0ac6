"""Issued letters and other steps of escalation, with receipts and replies as of a day."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, not_, or_, select
from sqlmodel import col

from data.figures.reading import alive
from data.letters.answers import StepKey
from data.letters.issuing import Key
from data.scope import Scope
from data.store.batches import batches
from data.store.ordering import by_bytes
from models.collection import FileState, SentFile
from models.grid import Unit
from models.kept import KeptFact
from models.letter import FilesLetter, Letter, LetterKind, kind_of
from models.rectification import Escalation, Finding, Step
from models.rules.rectification import OPEN
from models.times import SHANGHAI

ASKED_AT_ONCE = 2_000
_KEY = (col(Escalation.finding), col(Escalation.step), col(Escalation.issued_on))


@dataclass(frozen=True, slots=True)
class Sent:
    """An issued letter, or (without `key`, `number`, `reply_by`) a step that only the ledger knows.

    `about` is the title of the first finding, `open` the number of its findings still open. The
    days of receipt and reply are the latest among its findings', None while one is missing. A
    reminder to send a file has a `period` and no `steps`; the file counts as its reply, and `open`
    is 1.
    """

    step: LetterKind
    unit: str
    unit_name: str
    steps: tuple[StepKey, ...]
    about: str
    open: int
    issued_on: date
    received_on: date | None
    replied_on: date | None
    key: Key | None = None
    number: str = ""
    reply_by: date | None = None
    period: str | None = None

    @property
    def waits(self) -> bool:
        """Whether a reply is still expected; none is once every finding is closed."""
        return self.replied_on is None and self.open > 0

    def is_late(self, day: date) -> bool:
        """Whether the reply is overdue on `day`."""
        return self.waits and self.reply_by is not None and self.reply_by < day


def letters(connection: Connection, scope: Scope) -> tuple[Sent, ...]:
    """The letters to units of `scope`: overdue replies first, then awaited ones, then the
    latest."""
    rows = connection.execute(
        select(Letter.__table__)  # type: ignore[attr-defined]
        .join(Unit, col(Unit.code) == col(Letter.unit))
        .where(col(Letter.issued_on) <= scope.as_of, scope.holds())
    ).all()
    codes = {code for row in rows for code in row.findings}
    taken = {_key(row): row for row in _of_findings(connection, scope, codes)}
    files = _files(connection, scope, {row.period for row in rows if row.period})
    found = [
        _reminder(row, files.get((row.unit, row.period)), scope.as_of)
        if row.step == FilesLetter.LATE_FILE
        else _letter(row, taken, scope.as_of)
        for row in rows
    ]
    return tuple(sorted(found, key=partial(_worst_first, scope.as_of)))


def steps(connection: Connection, scope: Scope, most: int) -> tuple[Sent, ...]:
    """At most `most` steps taken for units of `scope` for which this system issued no letter.

    Those awaiting a reply come first, the longest waiting at the top, then the others, latest
    first.
    """
    written = _written(connection, scope)
    found: list[Sent] = []
    for statement in (_waiting(scope), _others(scope)):
        # Read `len(written)` more rows than needed: that many may be dropped as part of a letter.
        rows = connection.execute(statement.limit(most + len(written)))
        found += [_step(row, scope.as_of) for row in rows if _key(row) not in written]
    return tuple(found[:most])


def waiting_steps(connection: Connection, scope: Scope) -> tuple[Sent, ...]:
    """All of `steps` that await a reply, the longest waiting first."""
    written = _written(connection, scope)
    rows = connection.execute(_waiting(scope))
    return tuple(_step(row, scope.as_of) for row in rows if _key(row) not in written)


def _written(connection: Connection, scope: Scope) -> set[StepKey]:
    """The steps that are part of a letter of this system."""
    return {key for letter in letters(connection, scope) for key in letter.steps}


def _waiting(scope: Scope) -> Select[Any]:
    """The escalations of `scope` that await a reply, the longest waiting first."""
    waits = _escalations_by(scope.as_of).where(scope.holds(), _waits(scope.as_of))
    return waits.order_by(_KEY[2], by_bytes(_KEY[0]), by_bytes(_KEY[1]))


def _others(scope: Scope) -> Select[Any]:
    """The escalations of `scope` that await none, the latest first."""
    others = _escalations_by(scope.as_of).where(scope.holds(), not_(_waits(scope.as_of)))
    return others.order_by(_KEY[2].desc(), by_bytes(_KEY[0]), by_bytes(_KEY[1]))


def _waits(day: date) -> ColumnElement[bool]:
    return and_(_not_replied(day), _is_open(day))


def _worst_first(day: date, sent: Sent) -> tuple[object, ...]:
    by = sent.reply_by or sent.issued_on
    order = by.toordinal() if sent.waits else -sent.issued_on.toordinal()
    return not sent.is_late(day), not sent.waits, order, sent.number


def _of_findings(
    connection: Connection, scope: Scope, codes: Collection[str]
) -> Iterator[Row[Any]]:
    for batch in batches(sorted(codes), ASKED_AT_ONCE):
        yield from connection.execute(_escalations_by(scope.as_of).where(_KEY[0].in_(batch)))


def _escalations_by(day: date) -> Select[Any]:
    """The escalations issued by `day`, with their finding, its unit and whether it is open then."""
    return (
        select(
            *_KEY,
            col(Escalation.received_on),
            col(Escalation.replied_on),
            col(Finding.title),
            col(Finding.unit),
            col(Unit.name),
            case((_is_open(day), 1), else_=0).label("open"),
        )
        .join(Finding, col(Finding.code) == col(Escalation.finding))
        .join(Unit, col(Unit.code) == col(Finding.unit))
        .where(col(Escalation.issued_on) <= day)
    )


def _is_open(day: date) -> ColumnElement[bool]:
    keys = select(col(KeptFact.key)).where(col(KeptFact.measure).in_(OPEN), alive(day))
    return col(Escalation.finding).in_(keys.scalar_subquery())


def _not_replied(day: date) -> ColumnElement[bool]:
    replied_on = col(Escalation.replied_on)
    return or_(replied_on.is_(None), replied_on > day)


def _letter(row: Row[Any], taken: Mapping[StepKey, Row[Any]], day: date) -> Sent:
    kind = kind_of(row.step)
    keys = [StepKey(code, kind.value, row.issued_on) for code in row.findings]
    own = {key: taken[key] for key in keys if key in taken}
    return Sent(
        kind,
        row.unit,
        row.unit_name,
        tuple(own),
        next((each.title for each in own.values()), ""),
        sum(each.open for each in own.values()),
        row.issued_on,
        _last_day_if_all(day, [each.received_on for each in own.values()]),
        _last_day_if_all(day, [each.replied_on for each in own.values()]),
        Key(kind, row.year, row.serial),
        row.text_number,
        row.reply_by,
    )


def _files(
    connection: Connection, scope: Scope, months: Collection[str]
) -> Mapping[tuple[str, str], date]:
    """By unit and month, the day a file came in; returned or withdrawn files do not count."""
    if not months:
        return {}
    asked = (
        select(col(SentFile.unit), col(SentFile.period), col(SentFile.sent_at))
        .join(Unit, col(Unit.code) == col(SentFile.unit))
        .where(
            col(SentFile.period).in_(months),
            col(SentFile.state).in_([FileState.SENT.value, FileState.TAKEN_IN.value]),
            scope.holds(),
        )
        .order_by(col(SentFile.number).desc())
    )
    return {
        (unit, period): sent_at.astimezone(SHANGHAI).date()
        for unit, period, sent_at in connection.execute(asked)
    }


def _reminder(row: Row[Any], file_came_on: date | None, day: date) -> Sent:
    came_on = _last_day_if_all(day, [file_came_on])
    return Sent(
        FilesLetter.LATE_FILE,
        row.unit,
        row.unit_name,
        (),
        "",
        1,
        row.issued_on,
        None,
        came_on,
        Key(FilesLetter.LATE_FILE, row.year, row.serial),
        row.text_number,
        row.reply_by,
        row.period,
    )


def _step(row: Row[Any], day: date) -> Sent:
    return Sent(
        Step(row.step),
        row.unit,
        row.name,
        (_key(row),),
        row.title,
        row.open,
        row.issued_on,
        _last_day_if_all(day, [row.received_on]),
        _last_day_if_all(day, [row.replied_on]),
    )


def _key(row: Row[Any]) -> StepKey:
    return StepKey(row.finding, row.step, row.issued_on)


def _last_day_if_all(day: date, happened: Sequence[date | None]) -> date | None:
    """The latest of the days; None if one is missing or after `day`."""
    known = [each for each in happened if each is not None and each <= day]
    return max(known) if known and len(known) == len(happened) else None
