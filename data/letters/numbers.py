"""The numbers of letters (文号): their styles, kept in the settings, and the next free number.

Each kind of letter is counted from 1 in each year.
"""

from collections.abc import Mapping
from string import Formatter

from sqlalchemy import Connection, delete, func, insert, select
from sqlmodel import col

from data.access.permission import Action, Viewer
from data.store import access_log, data_version
from data.store.access_log import Act
from models.account import Event
from models.kept import Setting
from models.letter import FilesLetter, Letter, LetterKind
from models.rectification import Step
from models.text import N_, TellingError

SHIPPED: Mapping[LetterKind, str] = {
    Step.REMINDER: "经安提〔{year}〕{serial}号",
    Step.SUPERVISION: "经安督〔{year}〕{serial}号",
    FilesLetter.LATE_FILE: "经安催〔{year}〕{serial}号",
}
"""The kinds of letters, each with the style of its numbers until it is changed."""
LONGEST = 60
PLACEHOLDERS = ("year", "serial")

NOT_ALLOWED = N_("This account may not issue letters.")
PLACEHOLDERS_NEEDED = N_(
    "The style “{style}” needs {{year}} and {{serial}} once each, and no other braces."
)
TOO_LONG = N_("The style “{style}” is longer than {longest} characters. Shorten it.")
NOT_PLAIN = N_("The style “{style}” holds a line break or another control character.")
ALIKE = N_("Two kinds of letters would bear the same numbers. Let the styles differ.")


class LetterRefusedError(TellingError):
    """A letter cannot be issued or entered as asked; `sentence` says why."""


def styles(connection: Connection) -> Mapping[LetterKind, str]:
    """The number style in force for each kind of letter."""
    kept = connection.execute(
        select(col(Setting.name), col(Setting.value)).where(
            col(Setting.name).in_([_name(step) for step in SHIPPED])
        )
    )
    by_name = {name: value for name, value in kept}
    return {step: by_name.get(_name(step), style) for step, style in SHIPPED.items()}


def set_styles(
    connection: Connection, viewer: Viewer, wanted: Mapping[LetterKind, str], act: Act
) -> None:
    """Set the styles of future letter numbers, in a transaction of `writing`; logged.

    Raises `LetterRefusedError`. Issued letters keep their numbers.
    """
    require_issuer(viewer)
    before = styles(connection)
    asked = {**before, **wanted}
    chosen = {step: style.strip() for step, style in asked.items()}
    check(chosen)
    for step, style in chosen.items():
        connection.execute(delete(Setting).where(col(Setting.name) == _name(step)))
        connection.execute(insert(Setting).values(name=_name(step), value=style))
    data_version.bump(connection)
    # Log the kinds of letters, not the typed styles, which may name a person.
    changed = " ".join(step for step, style in chosen.items() if style != before[step])
    access_log.append(connection, act, Event.LETTER_STYLE_CHANGED, changed)


def require_issuer(viewer: Viewer) -> None:
    """Raise `LetterRefusedError` unless the viewer may issue letters."""
    if not viewer.may(Action.ISSUE):
        raise LetterRefusedError(NOT_ALLOWED)


def check(wanted: Mapping[LetterKind, str]) -> None:
    """Raise `LetterRefusedError` for malformed styles and for two kinds with the same style."""
    for style in wanted.values():
        if len(style) > LONGEST:
            raise LetterRefusedError(TOO_LONG, style=style[:LONGEST], longest=LONGEST)
        if not style.isprintable():
            raise LetterRefusedError(NOT_PLAIN, style=ascii(style)[1:-1])
        if sorted(_fields(style)) != sorted(PLACEHOLDERS):
            raise LetterRefusedError(PLACEHOLDERS_NEEDED, style=style)
    if len(set(wanted.values())) < len(wanted):
        raise LetterRefusedError(ALIKE)


def written(style: str, year: int, serial: int) -> str:
    """The number of a letter, written in `style`."""
    return style.format(year=year, serial=serial)


def next_serial(connection: Connection, step: LetterKind, year: int) -> int:
    """The next free serial of `step` in `year`; reserved only inside a transaction of `writing`."""
    last = select(func.max(col(Letter.serial))).where(
        col(Letter.step) == step, col(Letter.year) == year
    )
    return (connection.scalar(last) or 0) + 1


def _name(step: LetterKind) -> str:
    return f"letter_number:{step.value}"


def _fields(style: str) -> list[str]:
    """The placeholders in `style`, with any format or conversion, so that only plain ones pass."""
    try:
        parts = list(Formatter().parse(style))
    except ValueError:
        return []
    # Python reads a doubled brace as an escape; in a style it is a mistake.
    if "{{" in style or "}}" in style:
        return []
    fields = [(name, form, turn) for _text, name, form, turn in parts if name is not None]
    return [f"{name}{form or ''}{turn or ''}" for name, form, turn in fields]
