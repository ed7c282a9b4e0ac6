"""Open the database of a command, to read or to write."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from dashboard import clock, key_files, log_guard, settings
from dashboard.busy_words import goes_on_afterwards
from dashboard.commands.outcome import RefusedError
from dashboard.commands.speaking import note
from dashboard.i18n import _
from data.nodes import DISTRICT, parse
from data.reference.lists import References
from data.scope import Scope, make
from data.store.access_log import Act
from data.store.backup import copy_unchanged
from data.store.database import reading, waiting_told
from data.store.schema import FutureDatabaseError, Standing, migrate, standing
from data.store.soundness import require_sound
from data.store.write_ahead import leaves_out_commits
from models.account import NAME_LENGTH

IN_MEMORY = (None, "", ":memory:")


def address(database: str | None) -> str:
    """The address of the database: `database`, or that of the settings."""
    return database or settings.in_use().database_url


def shown(url: str) -> str:
    """An address for display, without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "?"


def is_there(url: str) -> bool:
    """Whether the database exists; for anything but a SQLite file, True."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        # Connecting raises an error that says what is wrong with the address.
        return True
    if parsed.get_backend_name() != "sqlite" or parsed.database in IN_MEMORY:
        return True
    return Path(str(parsed.database)).exists()


@contextmanager
def to_read(database: str | None) -> Iterator[Engine]:
    """An existing, up-to-date database; raises instead of creating one for a mistyped address."""
    url = address(database)
    if not is_there(url):
        raise RefusedError(
            _(
                "There is no database at {database}. Take in a workbook first, or name another"
                " one with --database.",
                database=shown(url),
            )
        )
    with _closing(log_guard.opened(url)) as engine:
        _tell_what_is_left_out(engine)
        require_sound(engine)
        with reading(engine) as connection:
            _require_current(connection, url)
        yield engine
        _keep_end(engine)


@contextmanager
def to_write(database: str | None) -> Iterator[Engine]:
    """A database, created or migrated if needed; its address is printed when the work is done.

    It is printed on standard error, so that a command run without the service's settings does not
    report success about the wrong database unnoticed.
    """
    url = address(database)
    keys = key_files.log_keys_in_use()
    with (
        _closing(log_guard.opened(url)) as engine,
        waiting_told(lambda holder: note(goes_on_afterwards(holder))),
    ):
        _tell_what_is_left_out(engine)
        require_sound(engine)
        _bring_up_to_date(engine)
        with reading(engine) as connection:
            missing = log_guard.missing_key(connection)
        if missing:
            note(
                _(
                    "The access log was signed with the key {key}, which is not in {file}; it goes"
                    " on with {own}. Put the earlier file back, or add its lines.",
                    key=missing,
                    file=key_files.log_key_file(),
                    own=keys.current,
                )
            )
        yield engine
        _keep_end(engine)
    note(_("Database: {database}", database=shown(url)))


def left_out(engine: Engine) -> str:
    """A sentence if SQLite does not read all that was written last; "" otherwise."""
    if not leaves_out_commits(engine):
        return ""
    return _(
        "What was written last to {file} cannot be read any more and is left out. Compare the"
        " number of the last import with what was taken in, and take in again what is missing.",
        file=f"{engine.url.database}-wal",
    )


def _tell_what_is_left_out(engine: Engine) -> None:
    if sentence := left_out(engine):
        note(sentence)


def _keep_end(engine: Engine) -> None:
    if not log_guard.keep_end(engine):
        note(
            _(
                "The access log no longer holds the end that was noted down before: somebody has"
                " changed it. “gridlight check” says where."
            )
        )


def _bring_up_to_date(engine: Engine) -> None:
    """Run missing migrations; an older database is copied first."""
    with reading(engine) as connection:
        older = standing(connection) is Standing.OLDER
    if older and engine.dialect.name == "sqlite":
        file = Path(str(engine.url.database))
        copy = file.with_name(f"{file.stem}-before-{clock.now():%Y%m%d%H%M%S}{file.suffix}")
        copy_unchanged(engine, copy)
        note(_("The database is of an older version; a copy of it as it was: {file}", file=copy))
    elif older:
        note(_("The database is of an older version and is brought up to date; no copy is made."))
    migrate(engine)


@contextmanager
def _closing(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


def require_not_older(url: str) -> None:
    """Refuse a database of an earlier version, so that a new program never changes it unasked."""
    if not is_there(url):
        return
    with _closing(log_guard.opened(url)) as engine:
        _tell_what_is_left_out(engine)
        require_sound(engine)
        with reading(engine) as connection:
            if standing(connection) is Standing.OLDER:
                raise RefusedError(
                    _(
                        "The database {database} was written by an older version. Bring it up to"
                        " date with “gridlight upgrade”, or add --upgrade.",
                        database=shown(url),
                    )
                )


def _require_current(connection: Connection, url: str) -> None:
    match standing(connection):
        case Standing.LATER:
            raise FutureDatabaseError
        case Standing.NONE:
            raise RefusedError(
                _(
                    "The database {database} is empty. Take in a workbook first.",
                    database=shown(url),
                )
            )
        case Standing.OLDER:
            raise RefusedError(
                _(
                    "The database {database} was written by an older version. Bring it up to date"
                    " with “gridlight upgrade”.",
                    database=shown(url),
                )
            )


def scope_of(
    connection: Connection, node: str, as_of: date | None, references: References
) -> Scope:
    """The scope of a node on a day (None = today), without limits."""
    day = as_of or clock.today()
    return make(connection, Scope(parse(DISTRICT), day), node, day, references)


def act() -> Act:
    """The actor for the access log: the machine's user, under a name that no account can have."""
    return Act(f"operator:{_user()}"[:NAME_LENGTH], clock.now())


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # In a container the user id may have no name.
        return str(os.getuid())
