"""The only module that caches, so that freshness is decided in one place.

Who is looking is asked again every few seconds. What the data says is kept until the data changes:
its version is part of every question, and the scope carries what the asker may see.
"""

import time
from collections.abc import Callable, Hashable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st
from sqlalchemy import Connection, Engine

from dashboard import address, clock, settings
from dashboard.i18n import language
from data.access import sign_in
from data.access.permission import Viewer
from data.figures import breakdown, lines, rows
from data.figures import catalogue as figure_catalogue
from data.figures import ranking as unit_ranking
from data.figures import reading as figures
from data.figures import units as unit_lines
from data.figures.catalogue import Catalogue, Figure
from data.figures.lines import Line
from data.figures.ranking import Ranking
from data.figures.reading import Readings
from data.figures.rows import FigureRow, Side
from data.figures.units import UnitLine
from data.findings import movements as moves
from data.findings.movements import Movements
from data.ledgers import imports
from data.ledgers.imports import LastImport
from data.meetings import freezes, held
from data.meetings.freezes import FreezeLine
from data.meetings.frozen_state import FrozenState, bring_back
from data.nodes import DISTRICT, parse
from data.reference.lists import References, current
from data.scope import Scope, make
from data.store import data_version, demonstration_mark
from data.store.database import connect, reading

P = ParamSpec("P")
T = TypeVar("T")
Question = Callable[Concatenate[Connection, P], T]
"""A function of `data` that reads: a connection first, then what is asked."""

FRESH_FOR = timedelta(seconds=60)
IDENTITY_LASTS = timedelta(seconds=15)
"""How long a change of rights, or a sign-out in another process, may go unnoticed."""
VERSION_LASTS = timedelta(seconds=2)
"""How long an import by another process may go unnoticed."""
ANSWERS, VIEWERS = 2_000, 2_000
PARTS = 1_000
"""Parts of pages that are kept as they were drawn."""
FREEZES_OPEN = 6
"""States of freezes that are kept at hand; each is a copy of the database."""


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The one pool of connections of this process."""
    return connect(settings.from_environment().database_url)


def viewer(token: str) -> Viewer | None:
    """Who is signed in by `token`; None when nobody is."""
    return _viewer(engine(), token, _period(IDENTITY_LASTS))


@lru_cache(maxsize=VIEWERS)
def _viewer(engine: Engine, token: str, period: int) -> Viewer | None:
    with reading(engine) as connection:
        return sign_in.viewer(connection, token, clock.now())


def forget_viewers() -> None:
    """Look again who is signed in and what they may: somebody left, or rights changed."""
    _viewer.cache_clear()


def is_demonstration() -> bool:
    """Whether the database says that it holds the demonstration district."""
    return _is_demonstration(engine(), _period(FRESH_FOR))


@lru_cache(maxsize=4)
def _is_demonstration(engine: Engine, period: int) -> bool:
    with reading(engine) as connection:
        return demonstration_mark.is_demonstration(connection)


def version() -> int:
    """The version of the data, which grows with every change."""
    return _version(engine(), _period(VERSION_LASTS))


@lru_cache(maxsize=4)
def _version(engine: Engine, period: int) -> int:
    with reading(engine) as connection:
        return data_version.current(connection)


def forget_version() -> None:
    """Look again for changes of the data at once: this process made one."""
    _version.cache_clear()
    _is_demonstration.cache_clear()


def _period(lasts: timedelta) -> int:
    """The number of the stretch of time, so long, in which it is now: an answer lasts as long."""
    return int(time.monotonic() / lasts.total_seconds())


def ask(question: Question[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `question` answers, remembered until the data changes.

    The arguments are values that can be compared, a scope first where it reads business data; the
    answer is shared, so it must not be changed. A scope that is frozen is asked of what was known
    then; without a scope what the address looks at is asked.
    """
    first = args[0] if args else None
    number = first.frozen if isinstance(first, Scope) else _frozen_number()
    if number is None:
        return ask_now(question, *args, **kwargs)
    state = frozen_state(number)
    answer: T = _answer(state.engine, 0, question, args, tuple(kwargs.items()))
    return answer


def ask_now(question: Question[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same of what is known now, whatever the address looks at."""
    answer: T = _answer(engine(), version(), question, args, tuple(kwargs.items()))
    return answer


def engine_of(scope: Scope) -> Engine:
    """The database that `scope` asks: the one of this process, or the state of a freeze."""
    return engine() if scope.frozen is None else frozen_state(scope.frozen).engine


def freezes_kept() -> tuple[FreezeLine, ...]:
    """Every freeze, the latest first."""
    return ask_now(freezes.freezes)


def freeze_line(number: int) -> FreezeLine | None:
    """The freeze of this number; None if there is none."""
    return next((line for line in freezes_kept() if line.number == number), None)


def looked_at() -> FreezeLine | None:
    """The freeze that the address looks at; None for what is known now."""
    number = _frozen_number()
    return None if number is None else freeze_line(number)


def _frozen_number() -> int | None:
    text = address.get("frozen")
    if not text or not text.isdecimal() or freeze_line(int(text)) is None:
        return None
    return int(text)


def frozen_state(number: int) -> FrozenState:
    """What was known at a freeze, as a database; bringing it back takes a moment the first time."""
    line = freeze_line(number)
    if line is None:
        raise LookupError(number)
    # Two who ask at once must not both bring it back.
    with _BRINGING_BACK:
        state = _frozen_state(engine(), line)
        _BROUGHT_BACK.add(number)
        return state


def at_hand(number: int) -> bool:
    """Whether `frozen_state` answers at once, as far as is known without asking it."""
    return number in _BROUGHT_BACK


_BRINGING_BACK = Lock()
_BROUGHT_BACK: set[int] = set()


@lru_cache(maxsize=FREEZES_OPEN)
def _frozen_state(engine: Engine, line: FreezeLine) -> FrozenState:
    return bring_back(engine, line.number)


# Streamlit's caches take ten times as long to find an answer; a page asks a dozen questions.
@lru_cache(maxsize=ANSWERS)
def _answer(
    engine: Engine, version: int, question: Any, args: tuple[Any, ...], named: tuple[Any, ...]
) -> Any:
    with reading(engine) as connection:
        return question(connection, *args, **dict(named))


def drawn(part: Callable[..., None], look: Hashable, *args: Any, **named: Any) -> None:
    """What `part` draws of its arguments, drawn anew only for a question that nobody asked before.

    Besides the arguments, values that can be compared, it may depend on the address, the language,
    the `look`, and on what `ask` answers; on nothing else.
    """
    asked = tuple(sorted(st.query_params.to_dict().items()))
    given = (args, tuple(sorted(named.items())))
    question = _question(engine(), version(), language(), asked, look, part, given)
    # Streamlit looks up the name of every argument that comes without one.
    _drawn(question=question, _part=lambda: part(*args, **named))


@lru_cache(maxsize=ANSWERS)
def _question(*_asked: Hashable) -> int:
    """The number of a question: equal ones have one, others never."""
    return next(_NUMBERS)


_NUMBERS = count()


@st.cache_resource(max_entries=PARTS, show_spinner=False)
def _drawn(question: int, _part: Callable[[], None]) -> None:
    _part()


def references() -> References:
    """The reference lists in force."""
    return ask(current)


def catalogue() -> Catalogue:
    """Every figure by its id."""
    return figure_catalogue.catalogue(references())


def figure(name: str) -> Figure:
    """The figure of this id."""
    return catalogue()[name]


def of(scope: Scope) -> Readings:
    """Every figure and bucket in `scope`, by the key it is printed under.

    What was frozen is read as it was kept, where nothing limits what the asker may see of it.
    """
    line = None if scope.frozen is None else freeze_line(scope.frozen)
    if line and line.as_of == scope.as_of and not scope.limited:
        return ask_now(freezes.readings, scope, line.number)
    return ask(_of, scope)


def by_group(scope: Scope, kind: str, *names: str) -> dict[str, Readings]:
    """The figures of these ids for every part of `scope`; `kind` as in `data.breakdown`."""
    return ask(_by_group, scope, kind, names)


def by_unit(scope: Scope, *names: str) -> dict[str, Readings]:
    """The figures of these ids for every unit of `scope` that has something in them."""
    return ask(_by_group, scope, "unit", names)


def by_day(scope: Scope, days: Sequence[date], *names: str) -> dict[date, Readings]:
    """The figures of these ids on each of `days`."""
    return ask(_by_day, scope, tuple(days), names)


def ranking(scope: Scope, name: str, bucket: str = "") -> Ranking:
    """The units of `scope` ranked by a figure, by kind of unit."""
    return ask(_ranking, scope, name, bucket)


def units(scope: Scope) -> tuple[UnitLine, ...]:
    """The units of `scope`, the worst light first."""
    return ask(unit_lines.units, scope)


def sectors() -> dict[str, str]:
    """The names of the sectors by code."""
    return ask(unit_lines.sectors)


def page_of_rows(
    scope: Scope,
    name: str,
    bucket: str,
    side: Side,
    *,
    first: int,
    most: int | None,
    names_in_full: bool,
) -> tuple[Line, ...]:
    """A page of the list behind a figure."""
    return ask(_page_of_rows, scope, name, bucket, side, first, most, names_in_full)


def rows_behind(scope: Scope, name: str, bucket: str) -> tuple[FigureRow, ...]:
    """All rows behind a figure, of both sides."""
    return ask(_rows_behind, scope, name, bucket)


def unit_names(codes: tuple[str, ...]) -> dict[str, str]:
    """By code, what the units of `codes` are called now."""
    return ask_now(unit_lines.names, codes)


def length_of_rows(scope: Scope, name: str, bucket: str, side: Side) -> int:
    """How long the list behind a figure is, on one side."""
    return ask(_length, scope, name, bucket, side)


def movements(scope: Scope, before: Scope, most: int) -> Movements:
    """What moved in `scope` since `before`; at most `most` lines of each way."""
    return ask(_movements, scope, before, most)


def _movements(connection: Connection, scope: Scope, before: Scope, most: int) -> Movements:
    # What was frozen is in another database.
    return moves.movements(connection, scope, ask(moves.standings, before), most)


def _of(connection: Connection, scope: Scope) -> Readings:
    return figures.read(connection, scope, figure_catalogue.catalogue(current(connection)))


def _by_group(
    connection: Connection, scope: Scope, kind: str, names: tuple[str, ...]
) -> dict[str, Readings]:
    return breakdown.by_group(connection, scope, kind, [figure(name) for name in names])


def _by_day(
    connection: Connection, scope: Scope, days: tuple[date, ...], names: tuple[str, ...]
) -> dict[date, Readings]:
    return breakdown.by_day(connection, scope, days, [figure(name) for name in names])


def _ranking(connection: Connection, scope: Scope, name: str, bucket: str) -> Ranking:
    return unit_ranking.ranking(connection, scope, figure(name), bucket)


def _rows_behind(
    connection: Connection, scope: Scope, name: str, bucket: str
) -> tuple[FigureRow, ...]:
    return tuple(rows.rows_behind(connection, scope, figure(name), bucket))


def _length(connection: Connection, scope: Scope, name: str, bucket: str, side: Side) -> int:
    return rows.length(connection, scope, figure(name), bucket, side)


def _page_of_rows(
    connection: Connection,
    scope: Scope,
    name: str,
    bucket: str,
    side: Side,
    first: int,
    most: int | None,
    names_in_full: bool,
) -> tuple[Line, ...]:
    found = list(rows.page(connection, scope, figure(name), bucket, side, first=first, most=most))
    return lines.lines(connection, found, names_in_full=names_in_full)


def latest_import() -> LastImport | None:
    """The last import; None before the first."""
    return ask(imports.latest)


def latest_day() -> date | None:
    """The day of the last import; None before the first."""
    last = latest_import()
    return last.day if last else None


def last_meeting(day: date) -> date | None:
    """The day of the last meeting of the audit committee before `day`."""
    return ask(held.last_before, day)


def scope(viewer: Viewer, node: str, as_of: date) -> Scope:
    """What `viewer` asks for, as it is known now or was at the freeze that is looked at.

    Raises as `data.scope.make`.
    """
    made = ask(_scope, viewer.sectors, viewer.units, node, as_of)
    return made.as_frozen(_frozen_number())


def _scope(
    connection: Connection,
    sectors: frozenset[str] | None,
    units: frozenset[str] | None,
    node: str,
    as_of: date,
) -> Scope:
    asker = Scope(parse(DISTRICT), as_of, sectors, units)
    return make(connection, asker, node, as_of, current(connection))
