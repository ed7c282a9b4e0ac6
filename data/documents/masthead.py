"""The masthead of bulletins (编发单位、期号), kept in the settings. Letters name the same
issuer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

from data.access.permission import Action, Viewer
from data.store import access_log, data_version
from data.store.access_log import Act
from models.account import Event
from models.kept import Setting
from models.text import N_, TellingError

LONGEST = 60
NOT_ALLOWED = N_("This account may not change the masthead.")
TOO_LONG = N_("“{text}” is longer than {longest} characters. Shorten it.")
NOT_PLAIN = N_("“{text}” holds a line break or another control character.")


class MastheadRefusedError(TellingError):
    """The masthead was not changed; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The lines at the top of a bulletin; an empty part is not set.

    `series` is the bulletin's title, `issuer` the body that issues it, `number` its printed number,
    such as 2026年第6期.
    """

    series: str = ""
    issuer: str = ""
    number: str = ""

    @property
    def parts(self) -> Mapping[str, str]:
        """Each part, by the name of its setting."""
        return {
            "masthead:series": self.series,
            "masthead:issuer": self.issuer,
            "masthead:number": self.number,
        }

    def numbered(self, number: str | None) -> "Masthead":
        """This masthead with `number`, unless that is None."""
        return self if number is None else replace(self, number=number)


def current(connection: Connection) -> Masthead:
    """The masthead in the settings; parts never set are empty."""
    names = list(Masthead().parts)
    kept = connection.execute(
        select(col(Setting.name), col(Setting.value)).where(col(Setting.name).in_(names))
    )
    by_name = {name: value for name, value in kept}
    return Masthead(*(by_name.get(name, "") for name in names))


def change(connection: Connection, viewer: Viewer, wanted: Masthead, act: Act) -> None:
    """Store `wanted` as the masthead, in a transaction of `writing`; logged.

    Raises `MastheadRefusedError` for a viewer who may not issue, and for a part that `check`
    refuses.
    """
    if not viewer.may(Action.ISSUE):
        raise MastheadRefusedError(NOT_ALLOWED)
    chosen = Masthead(*(text.strip() for text in wanted.parts.values()))
    check(chosen)
    names = list(chosen.parts)
    connection.execute(delete(Setting).where(col(Setting.name).in_(names)))
    rows = [{"name": name, "value": text} for name, text in chosen.parts.items() if text]
    if rows:
        connection.execute(insert(Setting), rows)
    data_version.bump(connection)
    # Log which parts changed, not their text, which may name a person.
    parts = " ".join(name for name, text in chosen.parts.items() if text)
    access_log.append(connection, act, Event.MASTHEAD_CHANGED, parts)


def check(wanted: Masthead) -> None:
    """Raise `MastheadRefusedError` for a part that does not fit on one line."""
    for text in wanted.parts.values():
        if len(text) > LONGEST:
            raise MastheadRefusedError(TOO_LONG, text=text[:LONGEST], longest=LONGEST)
        if not text.isprintable():
            raise MastheadRefusedError(NOT_PLAIN, text=ascii(text)[1:-1])
