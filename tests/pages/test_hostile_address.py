"""Whatever stands in the address is checked before it is used: one sentence, never an error."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import clock, edge, identity, setting_origins
from dashboard.navigation import ALL_PAGES, PageEntry
from dashboard.reads import cache
from data.access import sign_in
from data.access.permission import viewer
from data.store.access_log import Act
from data.store.database import connect, writing
from models.account import Role
from tests import hostile_district

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PAGES = [page for page in ALL_PAGES if page.open_to(viewer("w", "w", Role.LEADER, []))]
LONG = "9" * 5_000
OF_PAGES = [
    "age",
    "all",
    "amount",
    "band",
    "bucket",
    "by",
    "decisions",
    "duties",
    "figure",
    "file",
    "finding",
    "form",
    "grade",
    "instructed",
    "item",
    "items",
    "kind",
    "light",
    "map",
    "meeting",
    "method",
    "month",
    "moved",
    "named",
    "names",
    "note",
    "page",
    "paused",
    "period",
    "post",
    "q",
    "repeat",
    "round",
    "rule",
    "severity",
    "source",
    "state",
    "status",
    "tab",
    "taken",
    "task",
    "text",
    "type",
    "way",
    "year",
]
ODD = {
    "days": {"as_of": "0001-01-01", "since": "9999-12-31"},
    "a node of digits that are none": {"node": "batch:¹"},
    "a node that no database keeps": {"node": "unit:\x00"},
    "a long freeze": {"frozen": LONG, "lang": "¹"},
    "a freeze in other digits": {"frozen": "１２"},
    "signs that nobody sees": dict.fromkeys(OF_PAGES, "\x00\u202e"),
    "numbers": dict.fromkeys(OF_PAGES, LONG),
    "digits that are none": dict.fromkeys(OF_PAGES, "¹"),
}
"""What no page writes into the address."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('address') / 'gridlight.sqlite'}")
    hostile_district.fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def told() -> list[Exception]:
    return []


@pytest.fixture(scope="module")
def app(engine: Engine, told: list[Exception]) -> Iterator[AppTest]:
    now = clock.now()
    with writing(engine) as connection:
        ticket = sign_in.enter(connection, Act("demo-leader", now))
        token = sign_in.redeem(connection, ticket or "", now, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(setting_origins.LANGUAGE, "en")
        patch.setattr(identity, "token", lambda: token)
        patch.setattr(cache, "engine", lambda: engine)
        patch.setattr(edge, "show_error", told.append)
        cache.forget_drawn()
        yield AppTest.from_file(APP, default_timeout=60)
    cache.forget_drawn()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_fails_by_its_address(app: AppTest, told: list[Exception], page: PageEntry) -> None:
    for what, asked in ODD.items():
        if page.name == "wall" and what == "numbers":
            continue  # A wall turns to the item of this number, which is far.
        app.session_state["address"] = {}
        app.query_params.clear()
        app.query_params.update(asked)
        app.switch_page(str(page.script)).run()
        assert [each.value for each in app.exception] == [], what
        unforeseen = [each for each in told if not isinstance(each, edge.EXPECTED)]
        told.clear()
        assert unforeseen == [], (what, unforeseen)
