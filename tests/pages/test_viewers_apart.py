"""What is drawn for one viewer and sent again never reaches a viewer with other rights.

One account looks at the same addresses with changing rights, in one process.
"""

import json
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from google.protobuf.message import Message
from sqlalchemy import Engine, func, select
from sqlmodel import col
from streamlit.testing.v1 import AppTest

from dashboard import clock, identity, setting_origins
from dashboard.navigation import page_entry
from dashboard.reads import cache
from data.access import accounts, first_accounts, sign_in
from data.ledgers.personal import masked
from data.store.access_log import Act
from data.store.database import connect, reading, writing
from data.store.schema import migrate
from models.account import Role
from models.duty import Appointment
from models.grid import Unit
from models.rectification import Finding
from tests.demonstration_day import TODAY

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
ACCOUNT = "demo-leader"
TABS = {
    "duties": ("",),
    "my_units": ("",),
    "coverage": ("units",),
    "responsibilities": ("late", "people", "institutions", "chief"),
    "rectification": ("ledger",),
    "unit": ("people", "in_charge"),
    "list": ("",),
    "search": ("",),
}
"""Pages and tabs ("" for the first) that list units or persons, without those that name reviewers,
who come from other units."""
OF_A_UNIT = ("unit", "finding")
"""Pages that are about one unit."""
Page = tuple[str, str]
"""A page and its tab."""
Rights = tuple[Role, Mapping[str, Sequence[str]]]


@dataclass
class District:
    """The demonstration, to whose leader other rights are given; `unit` has persons in post."""

    engine: Engine
    units: Mapping[str, tuple[str, str]] = field(init=False)
    """Sector and name of each unit by its code."""
    persons: Mapping[str, set[str]] = field(init=False)
    """The units in which somebody is or was in post, by the person's name."""

    def __post_init__(self) -> None:
        with reading(self.engine) as connection:
            units = connection.execute(select(col(Unit.code), col(Unit.sector), col(Unit.name)))
            self.units = {code: (sector, name) for code, sector, name in units}
            self.persons = {}
            posts = select(col(Appointment.name), col(Appointment.unit))
            for name, unit in connection.execute(posts):
                self.persons.setdefault(name, set()).add(unit)
            of_one = select(func.min(col(Finding.unit)))
            self.unit = connection.scalars(of_one).one()
            first = select(func.min(col(Finding.code))).where(col(Finding.unit) == self.unit)
            self.finding = connection.scalars(first).one()

    def rights(self) -> dict[Role, Rights]:
        """The rights of a leader, of a manager of the unit's sector, and of the unit."""
        return {
            Role.LEADER: (Role.LEADER, {}),
            Role.MANAGER: (Role.MANAGER, {"sectors": [self.units[self.unit][0]]}),
            Role.UNIT: (Role.UNIT, {"units": [self.unit]}),
        }

    def seen_by(self, role: Role) -> set[str]:
        """The units that the account sees with the rights of `role`."""
        own = self.units[self.unit][0]
        return {
            code
            for code, (sector, _name) in self.units.items()
            if role is Role.LEADER or (role is Role.MANAGER and sector == own) or code == self.unit
        }

    def walk(self, role: Role) -> dict[Page, bytes]:
        """What each page sends to a new session of the account with the rights of `role`."""
        _role, grants = self.rights()[role]
        with writing(self.engine) as connection:
            accounts.grant(connection, Act("operator", clock.now()), ACCOUNT, role=role, **grants)
        cache.forget_viewers()
        app = AppTest.from_file(APP, default_timeout=120)
        return {(page, tab): self._open(app, page, tab) for page in TABS for tab in TABS[page]}

    def _open(self, app: AppTest, page: str, tab: str) -> bytes:
        node = f"unit:{self.unit}" if page in OF_A_UNIT else "district"
        asked = {"lang": "zh_CN", "node": node, "figure": "required", "finding": self.finding}
        app.query_params.clear()
        app.query_params.update({**asked, "q": "单位"} | ({"tab": tab} if tab else {}))
        app.switch_page(str(page_entry(page).script))
        # The test client cannot tell the values of fields that were drawn for another session.
        app._run()
        assert not app.exception, (page, tab)
        sent = [getattr(element, "proto", None) for element in app.main]
        return b"\n".join(
            each.SerializeToString(deterministic=True) for each in sent if isinstance(each, Message)
        )


def named_in(sent: bytes, names: Collection[str]) -> set[str]:
    """Those of `names` that are sent, as text or within JSON."""
    return {
        name for name in names if name.encode() in sent or json.dumps(name)[1:-1].encode() in sent
    }


@pytest.fixture(scope="module")
def district(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """The demonstration, with the leader signed in."""
    path = tmp_path_factory.mktemp("viewers") / "gridlight.sqlite"
    shutil.copyfile(demonstration, path)
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    now = clock.now()
    with writing(engine) as connection:
        first_accounts.demonstration(connection, now)
        ticket = sign_in.enter(connection, Act(ACCOUNT, now))
        token = sign_in.redeem(connection, ticket or "", now, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(setting_origins.LANGUAGE, "zh_CN")
        patch.setattr(identity, "token", lambda: token)
        patch.setattr(cache, "engine", lambda: engine)
        patch.setattr(clock, "today", lambda: TODAY)
        yield District(engine)
    engine.dispose()


@pytest.fixture(scope="module")
def walks(district: District) -> dict[str, dict[Role, dict[Page, bytes]]]:
    """What is sent to each role: from the most rights to the least, drawn anew; back again, mostly
    sent again."""
    falling = (Role.LEADER, Role.MANAGER, Role.UNIT)
    cache.forget_drawn()
    sent = {
        "falling": {role: district.walk(role) for role in falling},
        "again": {role: district.walk(role) for role in reversed(falling)},
    }
    cache.forget_drawn()
    return sent


@pytest.mark.parametrize("role", [Role.MANAGER, Role.UNIT])
def test_nothing_of_other_units_is_sent(district: District, walks, role: Role) -> None:
    own = district.seen_by(role)
    others = {name for code, (_sector, name) in district.units.items() if code not in own}
    assert others
    of_others = {name for name, units in district.persons.items() if not units & own}
    for order in walks.values():
        for page, sent in order[role].items():
            assert not named_in(sent, others | of_others), page


def test_a_manager_is_sent_no_name_of_a_person_in_full(district: District, walks) -> None:
    for order in walks.values():
        for page, sent in order[Role.MANAGER].items():
            assert not named_in(sent, district.persons), page
    people = walks["again"][Role.MANAGER]["responsibilities", "people"]
    assert named_in(people, {masked(name) for name in district.persons})


def test_a_leader_is_sent_all_units_and_names_in_full_after_everybody(district, walks) -> None:
    names = {name for _sector, name in district.units.values()}
    for order in walks.values():
        assert named_in(order[Role.LEADER]["coverage", "units"], names) == names
        people = order[Role.LEADER]["responsibilities", "people"]
        assert named_in(people, district.persons)
        assert not named_in(people, {masked(name) for name in district.persons})


@pytest.mark.parametrize("role", [Role.LEADER, Role.MANAGER, Role.UNIT])
def test_who_looked_before_makes_no_difference(walks, role: Role) -> None:
    falling, again = walks["falling"][role], walks["again"][role]
    assert falling.keys() == again.keys()
    assert not [page for page, sent in falling.items() if sent != again[page]]
