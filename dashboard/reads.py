"""Cached reads. The only module that caches, so freshness is decided in one place."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import streamlit as st
from sqlalchemy import Engine, select
from sqlmodel import col

from dashboard import clock, settings
from data import sign_in
from data.database import connect, reading
from data.nodes import DISTRICT, parse
from data.permission import Viewer
from data.reference import shipped
from data.scope import Scope, make
from models.grid import Unit
from models.kept import Import, Setting
from models.text import Label

FRESH_FOR = timedelta(seconds=60)

IDENTITY_LASTS = timedelta(seconds=15)
"""How long a change of rights, or a sign-out in another process, may go unnoticed."""


@dataclass(frozen=True, slots=True)
class NodeChoice:
    """A node that somebody may choose."""

    id: str
    label: Label


@dataclass(frozen=True, slots=True)
class Freshness:
    """The last import: when it was taken in, for which day, under which number."""

    imported_at: datetime
    day: date
    number: int


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The one pool of connections of this process."""
    return connect(settings.from_environment().database_url)


@st.cache_resource(ttl=IDENTITY_LASTS, max_entries=2000, show_spinner=False)
def viewer(token: str) -> Viewer | None:
    """Who is signed in by `token`; None when nobody is."""
    with reading(engine()) as connection:
        return sign_in.viewer(connection, token, clock.now())


def forget_viewers() -> None:
    """Look again who is signed in and what they may: somebody left, or rights changed."""
    viewer.clear()


@st.cache_resource(ttl=FRESH_FOR, show_spinner=False)
def is_demonstration() -> bool:
    """Whether the database says that it holds the demonstration district."""
    with reading(engine()) as connection:
        mark = select(col(Setting.value)).where(col(Setting.name) == "demonstration")
        return connection.scalar(mark) == "1"


@st.cache_resource(ttl=FRESH_FOR, max_entries=200, show_spinner=False)
def nodes(viewer: Viewer) -> tuple[NodeChoice, ...]:
    """The nodes of which `viewer` may ask, the district first, then the units."""
    mine = Scope(parse(DISTRICT), clock.today(), viewer.sectors, viewer.units)
    with reading(engine()) as connection:
        units = connection.execute(
            select(col(Unit.code), col(Unit.name)).where(mine.holds()).order_by(col(Unit.code))
        ).all()
    return (
        NodeChoice(DISTRICT, Label("全区", "The district")),
        *(NodeChoice(f"unit:{unit.code}", Label(unit.name, unit.name)) for unit in units),
    )


@st.cache_resource(ttl=FRESH_FOR, show_spinner=False)
def freshness() -> Freshness | None:
    """The last import; None before the first."""
    last = select(col(Import.number), col(Import.at), col(Import.day)).order_by(
        col(Import.number).desc()
    )
    with reading(engine()) as connection:
        row = connection.execute(last.limit(1)).first()
    return Freshness(row.at, row.day, row.number) if row else None


def latest_day() -> date | None:
    """The day of the last import; None before the first."""
    last = freshness()
    return last.day if last else None


@st.cache_resource(ttl=FRESH_FOR, max_entries=2000, show_spinner=False)
def scope(viewer: Viewer, node: str, as_of: date) -> Scope:
    """What `viewer` asks for; raises as `data.scope.make`."""
    with reading(engine()) as connection:
        return make(connection, viewer, node, as_of, shipped())
