"""The forms in force: the shipped ones, and the district's own that replace them."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

from data.own_ledgers.forms.form import Form, named, of_json, shipped
from data.store import access_log, data_version
from data.store.access_log import Act
from models.account import Event
from models.own_form import OwnForm
from models.text import N_, TellingError

NO_FORM = N_("There is no form “{name}”. Choose one of: {forms}.")
SHIPPED = N_("“{name}” is a form that comes with the program and was not changed. It stays.")


class NoFormError(TellingError):
    """There is no form of this name, or none that can be removed."""


def current(connection: Connection) -> Mapping[str, Form]:
    """The forms in force by name."""
    kept = connection.execute(select(col(OwnForm.content)).order_by(col(OwnForm.name))).scalars()
    return {**shipped(), **{form.name: form for form in map(of_json, kept)}}


def kept_names(connection: Connection) -> frozenset[str]:
    """The names of the forms that the district stores."""
    return frozenset(connection.execute(select(col(OwnForm.name))).scalars())


def require(forms: Mapping[str, Form], name: str) -> Form:
    """The form with this Chinese or English name; raises `NoFormError`."""
    form = named(forms, name)
    if form is None:
        raise NoFormError(NO_FORM, name=name, forms="、".join(forms))
    return form


def keep(connection: Connection, act: Act, form: Form) -> None:
    """Store a form, replacing one of the same name; in a transaction of `writing`."""
    connection.execute(delete(OwnForm).where(col(OwnForm.name) == form.name))
    connection.execute(
        insert(OwnForm).values(
            name=form.name, content=form.as_json(), changed_at=act.at, account=act.account
        )
    )
    data_version.bump(connection)
    access_log.append(connection, act, Event.FORM_CHANGED, form.name)


def remove(connection: Connection, act: Act, name: str) -> None:
    """Remove a stored form; a shipped one of the same name is in force again."""
    form = require(current(connection), name)
    gone = connection.execute(delete(OwnForm).where(col(OwnForm.name) == form.name))
    if not gone.rowcount:
        raise NoFormError(SHIPPED, name=form.name)
    data_version.bump(connection)
    access_log.append(connection, act, Event.FORM_CHANGED, f"-{form.name}")
