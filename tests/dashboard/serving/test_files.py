"""Files are handed out to the browser they were made for, once, with the rights of that moment."""

import asyncio
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import clock, identity
from dashboard.reads import cache
from dashboard.serving import files
from data.access import accounts, sign_in
from data.store import access_log, temporary
from data.store.access_log import Act
from data.store.database import reading, writing
from models.account import Event, Role
from tests.dashboard.signed_in import add as add
from tests.dashboard.signed_in import engine as engine
from tests.dashboard.signed_in import sign_in_as as sign_in_as

CONTENT = b"x" * 300_000


@pytest.fixture(autouse=True)
def folder(engine):
    with files.folder_of_process():
        yield


@pytest.fixture
def token(sign_in_as) -> str:
    return sign_in_as(Role.MANAGER, sectors=["EDU"])


@pytest.fixture
def path(token) -> str:
    """The path of a file made for the manager's session."""
    return kept(token)


def kept(token: str, session: str = "s-1") -> str:
    return files.keep(
        CONTENT,
        name="台账/教育.xlsx",
        mime="application/x",
        subject="ledger sector:EDU",
        session=session,
        token=token,
        viewer=cache.viewer_now(token),
    )


def get(path: str, token: str | None, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what the route answers."""
    from starlette.routing import Route

    answers: list[dict] = []
    cookie = [(b"cookie", f"{identity.cookie_name()}={token}".encode())] if token else []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "root_path": "",
        "query_string": b"",
        "client": ("10.0.0.7", 1),
        "headers": cookie,
    }

    async def receive() -> dict:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: dict) -> None:
        answers.append(message)

    route = Route(f"{files.PATH}/{{ticket}}", files.hand_out, methods=["GET"])
    asyncio.run(route(scope, receive, send))
    headers = {k.decode(): v.decode() for k, v in answers[0]["headers"]}
    return answers[0]["status"], headers, b"".join(a.get("body", b"") for a in answers[1:])


def on_disk() -> list:
    return list(files._folder().iterdir())


def exports(engine) -> list[tuple[str, str, str | None]]:
    with reading(engine) as connection:
        found = access_log.entries(connection, what=Event.EXPORTED)
    return [(entry.account, entry.subject, entry.address) for entry in found]


def test_a_file_is_fetched_once_streamed_logged_and_gone(path, token, engine):
    status, headers, body = get(path, token)
    assert (status, body) == (200, CONTENT)
    assert headers["content-disposition"].endswith("%E5%8F%B0%E8%B4%A6-%E6%95%99%E8%82%B2.xlsx")
    assert headers["cache-control"] == "no-store"
    assert exports(engine) == [("wang", "ledger sector:EDU", "10.0.0.7")]
    assert on_disk() == []
    assert get(path, token)[0] == 403
    assert len(exports(engine)) == 1


def test_nobody_else_gets_it_and_its_owner_still_does(path, token, engine, add):
    add("li", Role.LEADER)
    with writing(engine) as connection:
        ticket = sign_in.accept(connection, Act("li", clock.now()))
        other = sign_in.redeem(connection, ticket, clock.now(), None)
    for each in (None, other, "汉", "x" * 5000):
        with_cookie = each if each is None or each.isascii() else None
        assert get(path, with_cookie)[0] == 403
    assert exports(engine) == []
    assert get(path, token)[0] == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda c, act: accounts.grant(c, act, "wang", role=Role.MANAGER, sectors=["SOE"]),
        lambda c, act: accounts.grant(c, act, "wang", role=Role.UNIT, units=["E01"]),
        lambda c, act: accounts.grant(c, act, "wang", role=None),
        lambda c, act: accounts.disable(c, act, "wang"),
    ],
    ids=["other sector", "other role", "no role", "disabled"],
)
def test_rights_are_asked_again_when_it_is_handed_out(path, token, engine, change):
    assert cache.viewer(token)  # What was found out a little before says nothing now.
    with writing(engine) as connection:
        change(connection, Act("operator", clock.now()))
    assert get(path, token)[0] == 403
    assert exports(engine) == []
    assert on_disk() == []


def test_who_signed_out_gets_nothing(path, token, engine):
    with writing(engine) as connection:
        sign_in.sign_out(connection, token, clock.now(), None)
    assert get(path, token)[0] == 403


def test_what_is_not_fetched_goes_after_ten_minutes(path, token, monkeypatch):
    later = files.monotonic() + timedelta(minutes=10, seconds=1).total_seconds()
    monkeypatch.setattr(files, "monotonic", lambda: later)
    assert get(path, token)[0] == 403
    assert on_disk() == []


def test_what_waits_for_a_session_goes_with_it_and_is_bounded(token):
    paths = [kept(token) for _number in range(files.MOST_OF_A_SESSION + 3)]
    assert len(on_disk()) == files.MOST_OF_A_SESSION
    assert get(paths[0], token)[0] == 403
    other = kept(token, "s-2")
    files.forget("s-1")
    assert len(on_disk()) == 1
    assert get(other, token)[0] == 200


def test_forty_sessions_that_work_at_once_lose_none(token):
    paths = [kept(token, f"s-{number}") for number in range(40)]
    assert {get(path, token)[0] for path in paths} == {200}


def test_a_probe_does_not_use_it_up(path, token):
    assert get(path, token, "HEAD")[0] == 405
    assert get(path, token)[0] == 200


def test_a_file_in_waiting_goes_with_the_process(path):
    [waiting] = files._waiting.values()
    assert temporary.PREFIX in str(waiting.file)


def page() -> None:
    from dashboard.widgets.downloads import hand_out

    hand_out(
        "Take", lambda: b"abc", subject="all", file_name="a.txt", mime="text/plain", key="take"
    )


def test_nothing_is_made_before_the_button_is_pressed(token):
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    assert on_disk() == []
    app.button(key="take").click().run()
    assert not app.exception
    assert [each.read_bytes() for each in on_disk()] == [b"abc"]
    assert on_disk()[0].stat().st_mode & 0o777 == 0o600


def page_with_more() -> None:
    import streamlit as st

    from dashboard.reads import cache
    from dashboard.widgets.downloads import hand_out

    def part() -> None:
        hand_out(
            "Take", lambda: b"abc", subject="all", file_name="a.txt", mime="text/plain", key="take"
        )
        st.caption("Below")

    cache.drawn("a part that is sent again", part)
    st.caption("End")


def test_what_stands_below_the_button_takes_no_file_from_the_browser(token):
    app = AppTest.from_function(page_with_more, default_timeout=60).run()
    app.button(key="take").click().run()
    assert not app.exception
    sent = [
        getattr(each.proto, "component_name", "") for each in app.main if hasattr(each, "proto")
    ]
    assert "gridlight_file" in sent
    assert [each.value for each in app.caption] == ["Below", "End"]
