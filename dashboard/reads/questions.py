"""Runs functions of `data` with cached results, on the present database or on the freeze that the
address names."""

from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st
from sqlalchemy import Connection, Engine

from dashboard import address
from dashboard.i18n import language
from dashboard.reads import cache, recording
from data.meetings import freezes
from data.meetings.freezes import FreezeLine
from data.meetings.frozen_state import FrozenState
from data.scope import Scope

P = ParamSpec("P")
T = TypeVar("T")
Question = Callable[Concatenate[Connection, P], T]
"""A function of `data` that reads: its first argument is the connection."""


def ask(question: Question[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of calling `question` with a connection and the arguments, cached until the data
    changes.

    The arguments are values that can be compared, a scope first where it reads business data; the
    answer is shared, so it must not be changed. A scope that is frozen is asked of what was known
    then; without a scope what the address looks at is asked.
    """
    first = args[0] if args else None
    number = first.frozen if isinstance(first, Scope) else frozen_number()
    if number is None:
        return ask_now(question, *args, **kwargs)
    state = frozen_state(number)
    answer: T = cache.answer(state.engine, 0, question, args, tuple(kwargs.items()))
    return answer


def ask_now(question: Question[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Like `ask`, on the present database even where the address names a freeze."""
    answer: T = cache.answer(cache.engine(), cache.version(), question, args, tuple(kwargs.items()))
    return answer


def engine_of(scope: Scope) -> Engine:
    """The database that `scope` asks: the one of this process, or the state of a freeze."""
    return cache.engine() if scope.frozen is None else frozen_state(scope.frozen).engine


def freezes_kept() -> tuple[FreezeLine, ...]:
    """Every freeze, the latest first."""
    return ask_now(freezes.freezes)


def freeze_line(number: int) -> FreezeLine | None:
    """The freeze of this number; None if there is none."""
    return next((line for line in freezes_kept() if line.number == number), None)


def looked_at() -> FreezeLine | None:
    """The freeze that the address looks at; None for what is known now."""
    number = frozen_number()
    return None if number is None else freeze_line(number)


def frozen_number() -> int | None:
    """The number of the freeze that the address looks at; None for the present."""
    text = address.get("frozen")
    if not text or not text.isdecimal() or freeze_line(int(text)) is None:
        return None
    return int(text)


def frozen_state(number: int) -> FrozenState:
    """What was known at a freeze, as a database; LookupError where there is no such freeze."""
    line = freeze_line(number)
    if line is None:
        raise LookupError(number)
    return cache.frozen_state(line)


def drawn(part: Callable[..., None], look: Hashable, *args: Any, **named: Any) -> None:
    """Draw `part` of its arguments, or send again what an equal call drew before.

    Besides the arguments, values that can be compared, it may depend on the address, the language,
    the `look`, and on what `ask` answers; on nothing else. Fields and what they hold have no place
    in it.
    """
    page = recording.page()
    if page is None:
        part(*args, **named)
        return
    question = (*_circumstances(), page, look, part, (args, tuple(sorted(named.items()))))
    cache.drawn(question, lambda: part(*args, **named))


def made(part: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """What `part` makes of its arguments, kept under the same conditions as for `drawn`.

    It is shared by all who ask the same, so it must not be changed.
    """
    question = (*_circumstances(), part, (args, tuple(sorted(named.items()))))
    answer: T = cache.made(question, lambda: part(*args, **named))
    return answer


def _circumstances() -> tuple[Hashable, ...]:
    """What the output of every cached part depends on besides its arguments: address, language,
    data version. Part of its cache key."""
    asked = tuple(sorted(st.query_params.to_dict().items()))
    return (cache.engine(), cache.version(), language(), asked)
