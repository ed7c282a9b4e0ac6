"""Call functions of `data` with cached results, on the present database or on a freeze."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st
from sqlalchemy import Connection, Engine

from dashboard import address, clock
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
LONGEST_ADDRESS = 8_000
"""The most characters of an address for which parts of pages are cached, to save memory."""


def ask(question: Question[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of calling `question` with a connection and the arguments, cached until data
    changes.

    Arguments must be hashable; a question about business data takes a scope first. The result is
    shared and must not be changed. A frozen scope is answered from its freeze; without a scope, the
    freeze that the address names is asked, if there is one.
    """
    first = args[0] if args else None
    number = first.frozen if isinstance(first, Scope) else frozen_number()
    if number is None:
        return ask_now(question, *args, **kwargs)
    state = frozen_state(number)
    answer: T = cache.answer(state.engine, 0, question, args, tuple(kwargs.items()))
    return answer


def ask_now(question: Question[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Like `ask`, but always on the present database."""
    answer: T = cache.answer(cache.engine(), cache.version(), question, args, tuple(kwargs.items()))
    return answer


def ask_of_state(scope: Scope, question: Callable[[Connection], T]) -> T:
    """The result of a question about the whole database that answers for `scope`: the present one,
    or that of a freeze."""
    if scope.frozen is None:
        return ask_now(question)
    answer: T = cache.answer(frozen_state(scope.frozen).engine, 0, question, (), ())
    return answer


def engine_of(scope: Scope) -> Engine:
    """The database for `scope`: that of this process, or the state of a freeze."""
    return cache.engine() if scope.frozen is None else frozen_state(scope.frozen).engine


def freezes_kept() -> tuple[FreezeLine, ...]:
    """All freezes, the latest first."""
    return ask_now(freezes.freezes)


def freeze_line(number: int) -> FreezeLine | None:
    """The freeze with this number; None if there is none."""
    return next((line for line in freezes_kept() if line.number == number), None)


def looked_at() -> FreezeLine | None:
    """The freeze that the address names; None for the present."""
    number = frozen_number()
    return None if number is None else freeze_line(number)


def frozen_number() -> int | None:
    """The number of the freeze that the address names; None for the present."""
    text = address.get("frozen")
    if not text or not text.isdecimal() or freeze_line(int(text)) is None:
        return None
    return int(text)


def frozen_state(number: int) -> FrozenState:
    """The state at a freeze, as a database; raises `LookupError` if there is no such freeze."""
    line = freeze_line(number)
    if line is None:
        raise LookupError(number)
    return cache.frozen_state(line)


def drawn(part: Callable[..., None], look: Hashable, *args: Any, **named: Any) -> None:
    """Draw `part` with its arguments, or send again what an equal call drew before.

    Besides its hashable arguments it may depend only on the address, the language, the day of
    today, `look`, and results of `ask`. It must not contain input fields or depend on their values.
    """
    page = recording.page()
    if page is None or _too_long():
        part(*args, **named)
        return
    question = (*_circumstances(), page, look, part, (args, tuple(sorted(named.items()))))
    cache.drawn(question, lambda: part(*args, **named))


def drawn_controls(
    part: Callable[..., None], values: Mapping[str, object], *args: Hashable
) -> None:
    """`drawn` for a part of fields that show `values`, by their keys, whatever was typed before."""
    page = recording.page()
    st.session_state.update(values)
    if page is None or _too_long():
        part(*args)
        return
    question = (*_circumstances(), page, part, tuple(values.items()), args)
    cache.drawn(question, lambda: part(*args), controls=True)


def made(part: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """The result of `part`, cached under the same conditions as in `drawn`.

    The result is shared and must not be changed.
    """
    if _too_long():
        return part(*args, **named)
    question = (*_circumstances(), part, (args, tuple(sorted(named.items()))))
    answer: T = cache.made(question, lambda: part(*args, **named))
    return answer


def _circumstances() -> tuple[Hashable, ...]:
    """The part of every cache key that is not an argument: data version, day, language, address."""
    asked = tuple(sorted(st.query_params.to_dict().items()))
    return (cache.engine(), cache.version(), clock.today(), language(), asked)


def _too_long() -> bool:
    """Whether the address is longer than any that the pages make."""
    asked = st.query_params.to_dict()
    return sum(len(name) + len(value) for name, value in asked.items()) > LONGEST_ADDRESS
