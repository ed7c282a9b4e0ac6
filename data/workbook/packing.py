"""Pack values as JSON, and unpack what a process sent that read a stranger's file.

Such an answer is not unpickled: whoever took that process over could have written it, and a pickle
calls what it names. From JSON only plain values and the classes that the reader names are made.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from string import Formatter
from typing import Any

from models.ledger import Ledger
from models.registry import BY_ID
from models.text import Sentence

PLAIN = frozenset({str, int, float, bool, type(None)})
"""Types whose values JSON holds as they are."""


class NotPackedError(Exception):
    """The bytes are not what `Packing.pack` makes of values of its classes."""


A_VALUE = 56
"""Bytes that Python needs for a value beside its characters."""
WIDEST = tuple(bytes([first]) for first in range(0xF0, 0xF5))
"""The first bytes of characters for which Python needs four bytes, and for all others of a text."""


class TooHeavyError(Exception):
    """What was packed would take too much memory once unpacked."""


def weight(packed: bytes) -> int:
    """At most how many bytes the values in `packed` take in memory.

    A text of ASCII alone takes a byte a character; with one wide character in it, each takes four.
    """
    width = 1 if packed.isascii() else 2
    if any(first in packed for first in WIDEST):
        width = 4
    return width * len(packed) + A_VALUE * packed.count(b",")


class Packing:
    """How values of `classes`, and plain ones within them, become JSON and values again.

    `classes` are dataclasses, enumerations, and texts of a type of their own; a text of another
    type, such as the code of a choice, becomes a plain one. An object in the JSON has one entry:
    the name of a type, with what its value is made of.
    """

    def __init__(self, *classes: type) -> None:
        self._names = {each: each.__name__ for each in classes}
        self._makers: dict[str, Callable[[Any], object]] = {
            "tuple": tuple,
            "set": frozenset,
            "dict": dict,
            "day": date.fromisoformat,
            "moment": datetime.fromisoformat,
            "time": time.fromisoformat,
            "seconds": lambda parts: timedelta(*parts),
            "decimal": Decimal,
            "ledger": BY_ID.__getitem__,
        }
        self._makers |= {each.__name__: _maker(each) for each in classes}

    def pack(self, value: object, most: int | None = None) -> bytes:
        """`value` as JSON; raises `TypeError` if part of it is of another class, `TooHeavyError` if
        its `weight` is more than `most` bytes."""
        text = json.dumps(self._plain(value), ensure_ascii=False, separators=(",", ":"))
        packed = text.encode("utf-8", "surrogatepass")
        if most is not None and weight(packed) > most:
            raise TooHeavyError
        return packed

    def unpack(self, packed: bytes) -> Any:
        """The value in `packed`; raises `NotPackedError`.

        Objects are of the classes of this packing, but what their fields hold is not checked.
        """
        try:
            text = packed.decode("utf-8", "surrogatepass")
            return json.loads(text, object_hook=self._made)
        except (ValueError, TypeError, ArithmeticError, LookupError, RecursionError) as error:
            raise NotPackedError from error

    def _plain(self, value: Any) -> object:
        kind = type(value)
        if kind in PLAIN:
            return value
        if kind is list:
            return self._list(value)
        if name := self._names.get(kind):
            return {name: self._parts(value)}
        if kind is tuple:
            return {"tuple": self._list(value)}
        if kind is Decimal:
            return {"decimal": str(value)}
        return self._rarer(value, kind)

    def _rarer(self, value: Any, kind: type) -> object:
        if kind is dict:
            return {"dict": [[self._plain(key), self._plain(each)] for key, each in value.items()]}
        if kind is frozenset:
            return {"set": self._list(value)}
        if kind is date:
            return {"day": value.isoformat()}
        if kind is datetime:
            return {"moment": value.isoformat()}
        if kind is time:
            return {"time": value.isoformat()}
        if kind is timedelta:
            return {"seconds": [value.days, value.seconds, value.microseconds]}
        if isinstance(value, str):
            return str(value)
        if isinstance(value, type) and issubclass(value, Ledger):
            return {"ledger": value.id()}
        raise TypeError(f"a value of {kind.__name__} is not packed")

    def _list(self, values: Any) -> list[object]:
        return [each if type(each) in PLAIN else self._plain(each) for each in values]

    def _parts(self, value: Any) -> object:
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, str):
            return str(value)
        return [self._plain(getattr(value, each.name)) for each in fields(value) if each.init]

    def _made(self, tagged: Mapping[str, Any]) -> object:
        if len(tagged) != 1:
            raise NotPackedError
        [(name, parts)] = tagged.items()
        return self._makers[name](parts)


def _maker(kind: type) -> Callable[[Any], object]:
    """A function from the parts of a value of type `kind` to that value."""
    if kind is Sentence:
        return lambda parts: _sentence(*parts)
    if is_dataclass(kind):
        return lambda parts: kind(*parts)
    return kind


def _sentence(message: str, values: dict[str, object]) -> Sentence:
    if not _is_harmless(message):
        raise NotPackedError
    return Sentence(message, values)


@lru_cache(maxsize=1000)
def _is_harmless(message: str) -> bool:
    """Whether the places of a message name values and no attributes of them, and set no width:
    formatted, another one could show what is in memory, or fill it."""
    return all(
        name is None or (name.isidentifier() and not conversion and not _has_digit(spec or ""))
        for _, name, spec, conversion in Formatter().parse(message)
    )


def _has_digit(spec: str) -> bool:
    return any(each.isdigit() or each == "{" for each in spec)
