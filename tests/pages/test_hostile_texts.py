"""Whatever stands in a ledger is shown as it was written: no page makes markup of it."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from google.protobuf.message import Message
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import address, clock, edge, identity, setting_origins
from dashboard.navigation import ALL_PAGES, PageEntry, page_entry
from dashboard.reads import cache
from data.access import sign_in
from data.access.permission import viewer
from data.store.access_log import Act
from data.store.database import connect, writing
from models.account import Role
from tests import hostile_district

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
MARKUP = re.compile(
    r"(?<!\\)(?:\[qz|<qz|\*qz|`qz|\$qz|:violet\[|_qz|~~qz|&lt;qz)"
    r"|www\\?\.qz|qz@qz|https?\\?:\\?/\\?/qz|:smile\\?:",
    re.IGNORECASE,
)
"""What a browser would make a link, an image, an element, a formula or a colour of."""
ESCAPED = re.compile(r"\\[\[<*`$:_~&]")
"""What is escaped although it is shown as it is."""
MARKDOWN = frozenset({"label", "body", "help", "delta", "caption", "captions"})
"""The fields of Streamlit's elements that are drawn as Markdown, where an element has them."""
PLAIN = frozenset({"Text", "Code", "Exception"})
"""Elements whose body is no Markdown."""
OPTIONS = frozenset({"Radio", "ButtonGroup", "Option"})
"""Elements whose choices are Markdown; those of others are not."""
CODES = frozenset({"id", "key", "form_id", "url", "page", "query_string", "icon", "url_path"})
LEADER = viewer("wang", "wang", Role.LEADER, [])
SEEN = [
    *((Role.LEADER, page.name) for page in ALL_PAGES if page.open_to(LEADER)),
    *((Role.STEWARD, name) for name in ("data", "inbox", "sent")),
    *((Role.COMMITTEE, name) for name in ("meeting", "letters", "briefing")),
    *((Role.UNIT, name) for name in ("duties", "data")),
    *((Role.MANAGER, name) for name in ("my_units", "unit")),
    (Role.ACCOUNT_ADMIN, "administration"),
]
"""Every page, and those again that show others to another role."""
ADDRESSED = [
    (Role.LEADER, "overview", {"frozen": "1"}),
    (Role.LEADER, "meeting", {"frozen": "1"}),
    (Role.LEADER, "data", {"node": "unit:U1"}),
    (Role.LEADER, "list", {"node": "unit:U1"}),
    (Role.COMMITTEE, "meeting", {"meeting": "M2"}),
]
"""Pages that show more of the ledgers at other addresses: a freeze, a unit, a meeting to come."""
REFUSALS = ("AddressError", "NoSuchNodeError", "NoSuchFileError")
LINK = "[qz](//qz.example)"
REFUSED = [
    *(("overview", name) for name in ("as_of", "since", "frozen", "node", "tab", "part")),
    *(("list", name) for name in ("figure", "bucket")),
    *(("rectification", name) for name in ("tab", "status", "age")),
    ("finding", "finding"),
    ("meeting", "meeting"),
    ("changes", "way"),
    ("search", "q"),
    ("unit", "node"),
]
"""A parameter of the address, with a page that reads it."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'gridlight.sqlite'}")
    hostile_district.fill(engine)
    yield engine
    engine.dispose()


class Looking:
    """The dashboard as accounts of the demonstration see it."""

    def __init__(self, engine: Engine, patch: pytest.MonkeyPatch) -> None:
        self.told: list[Exception] = []
        self._engine, self._token = engine, ""
        self._role: Role | None = None
        patch.setenv(setting_origins.LANGUAGE, "zh_CN")
        patch.setattr(identity, "token", lambda: self._token)
        patch.setattr(cache, "engine", lambda: engine)
        self._show_error = edge.show_error
        patch.setattr(edge, "show_error", self._note_and_show)

    def by(self, role: Role) -> "Looking":
        """The same, seen by the account of a role."""
        if role is not self._role:
            now = clock.now()
            with writing(self._engine) as connection:
                act = Act(f"demo-{role.value.replace('_', '-')}", now)
                ticket = sign_in.enter(connection, act)
                self._token = sign_in.redeem(connection, ticket or "", now, None) or ""
            self._role = role
            cache.forget_drawn()
            cache.forget_viewers()
            self._app = AppTest.from_file(APP, default_timeout=60)
            self._app.run()
        return self

    def _note_and_show(self, error: Exception) -> bool:
        self.told.append(error)
        return self._show_error(error)

    def refusal(self, page: PageEntry, **asked: str) -> list[str]:
        """What of a page is markup at an address that is refused; the refusal itself is none."""
        self._open(page, **asked)
        return [each for each in self._wrong() if not each.startswith(REFUSALS)]

    def faults(self, page: PageEntry, **asked: str) -> list[str]:
        """What of a page and all its tabs is markup, or escaped where it is not read as such."""
        self._open(page, **asked)
        found = self._wrong()
        for container in [each for each in self._app.main if each.type == "tab_container"]:
            for tab in list(container.children.values())[1:]:
                states = self._app._tree.get_widget_states()
                states.widgets.add(id=container.proto.id, string_value=tab.label)
                self._app._run(states)
                found += self._wrong()
        return sorted(set(found))

    def _open(self, page: PageEntry, **asked: str) -> None:
        node = {"unit": "unit:U1"}.get(page.name, "district")
        known = {"node": node, "finding": "F1", "figure": "required", "file": "1", "q": "qz"}
        self._app.query_params.clear()
        self._app.query_params.update(dict.fromkeys(address.KEPT, "") | known | asked)
        self._app.switch_page(str(page.script)).run()

    def _wrong(self) -> list[str]:
        found = [each.value for each in self._app.exception] + [repr(each) for each in self.told]
        self.told.clear()
        for each in self._app.main:
            if isinstance(proto := getattr(each, "proto", None), Message):
                found += [f"{each.type}: {text}" for text in _wrong(proto)]
        return found


def _wrong(proto: Message) -> Iterator[str]:
    kind = proto.DESCRIPTOR.name
    for descriptor, value in proto.ListFields():
        name = descriptor.name
        if name in CODES or name in ("js_content", "css_content", "spec"):
            continue
        if name == "json":
            yield from (text for text in _of_board(json.loads(str(value))) if ESCAPED.search(text))
            continue
        markdown = (name in MARKDOWN and kind not in PLAIN) or (
            name in ("options", "content") and kind in OPTIONS
        )
        for each in [value] if isinstance(value, str | Message) else _several(value):
            if isinstance(each, Message):
                yield from _wrong(each)
            elif "qz" in str(each) and (MARKUP if markdown else ESCAPED).search(str(each)):
                yield f"{name} {each}"


def _of_board(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _of_board(each)


def _several(value: object) -> list[object]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, bytes) else []


@pytest.mark.parametrize(("role", "page"), SEEN, ids=str)
def test_no_page_makes_markup_of_what_a_ledger_says(
    looking: Looking, role: Role, page: str
) -> None:
    assert looking.by(role).faults(page_entry(page)) == []


@pytest.mark.parametrize(("role", "page", "asked"), ADDRESSED, ids=str)
def test_no_address_makes_markup_of_what_a_ledger_says(
    looking: Looking, role: Role, page: str, asked: dict[str, str]
) -> None:
    assert looking.by(role).faults(page_entry(page), **asked) == []


@pytest.mark.parametrize(("page", "name"), REFUSED)
def test_no_page_makes_a_link_of_what_its_address_says(
    looking: Looking, page: str, name: str
) -> None:
    assert looking.by(Role.LEADER).refusal(page_entry(page), **{name: LINK}) == []


@pytest.fixture(scope="module")
def looking(engine: Engine) -> Iterator[Looking]:
    with pytest.MonkeyPatch.context() as patch:
        yield Looking(engine, patch)
    cache.forget_drawn()
