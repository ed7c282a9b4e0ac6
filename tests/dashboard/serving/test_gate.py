"""The gate before Streamlit: what it turns away, and what it never lets happen."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace

import pytest
from starlette.requests import ClientDisconnect
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import net_util
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server import server_util
from uvicorn.protocols.utils import ClientDisconnected

from dashboard.serving import frames, gate, messages, origin, uploads
from dashboard.serving.gate import Gate
from data.access.permission import viewer
from models.account import Role

HOST = "grid.example:8501"
OWN = f"http://{HOST}"
STREAM = "/_stcore/stream"


def scope(said: str | None, host: str = HOST, scheme: str = "ws", **headers: str) -> dict:
    sent = {"host": host, "origin": said, **{k.replace("_", "-"): v for k, v in headers.items()}}
    return {
        "type": "websocket",
        "path": STREAM,
        "scheme": scheme,
        "client": ("10.0.0.7", 40000),
        "headers": [(k.encode(), v.encode("latin-1")) for k, v in sent.items() if v is not None],
    }


class Streamlit:
    """In its place: notes the handshakes it gets, echoes what it is sent."""

    def __init__(self) -> None:
        self.handshakes: list[dict] = []
        self.messages: list[bytes] = []
        self.first = ForwardMsg()
        self.first.new_session.initialize.session_id = "abc-1"

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        self.handshakes.append(scope)
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "bytes": self.first.SerializeToString()})
        while (message := await receive())["type"] == "websocket.receive":
            self.messages.append(message["bytes"])


@pytest.fixture
def streamlit() -> Streamlit:
    return Streamlit()


@pytest.fixture
def behind(streamlit) -> Gate:
    return Gate(streamlit)


@pytest.fixture
def signed_in(monkeypatch) -> Callable[[Role], dict[str, str]]:
    """Makes a cookie that somebody of a role holds."""

    def given(role: Role) -> dict[str, str]:
        held = {f"token-{role.value}": viewer("wang", "wang", role, [])}
        monkeypatch.setattr(gate.cache, "viewer", held.get)
        return {"cookie": f"gridlight=token-{role.value}"}

    return given


def connect(behind: Gate, sent: dict, *messages: dict) -> list[dict]:
    """What a connection is answered that sends `messages` and goes."""
    answers: list[dict] = []
    coming = [{"type": "websocket.connect"}, *messages, {"type": "websocket.disconnect"}]

    async def receive() -> dict:
        return coming.pop(0)

    async def send(message: dict) -> None:
        answers.append(message)

    asyncio.run(behind(sent, receive, send))
    return answers


def put(behind: Gate, path: str, headers: dict[str, str]) -> int | None:
    """The status with which a request to `path` is answered; None if it is not."""
    asked = {**scope(OWN, **headers), "type": "http", "method": "PUT", "path": path}
    answers: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        answers.append(message)

    asyncio.run(behind(asked, receive, send))
    return answers[0]["status"] if answers else None


def test_a_browser_that_goes_while_it_is_sent_something_is_no_error():
    async def streamlit(scope, receive, send) -> None:
        browser = WebSocket(scope, receive, send)
        await browser.accept()
        with suppress(WebSocketDisconnect):
            await browser.send_bytes(b"sent by another task")
        await browser.receive_bytes()

    async def receive() -> dict:
        return {"type": "websocket.connect"}

    async def send(message: dict) -> None:
        if message["type"] == "websocket.send":
            raise ClientDisconnected

    behind = Gate(streamlit)
    asyncio.run(behind(scope(OWN), receive, send))
    assert not behind._open


def of(content: bytes) -> dict:
    return {"type": "websocket.receive", "bytes": content}


@pytest.mark.parametrize(
    "said",
    [
        None,
        "null",
        "http://elsewhere",
        "http://grid.example",
        "http://grid.example:8502",
        "https://grid.example:8501",
        "http://grid.example:8501.elsewhere",
        "http://wang@grid.example:8501",
        "http://grid.example:8501/page",
        "http://grid.example:99999999",
        "http://[",
        "",
    ],
)
def test_a_page_of_another_scheme_host_or_port_is_turned_away_unheard(behind, streamlit, said):
    answers = connect(behind, scope(said))
    assert [answer["type"] for answer in answers] == ["websocket.close"]
    assert not streamlit.handshakes


@pytest.mark.parametrize(
    ("said", "host", "scheme"),
    [
        (OWN, HOST, "ws"),
        ("http://grid.example", "grid.example:80", "ws"),
        ("https://grid.example", "GRID.example", "wss"),
        ("http://[::1]:8501", "[::1]:8501", "ws"),
    ],
)
def test_our_page_is_let_in_and_streamlit_looks_no_further_for_its_own_address(
    behind, streamlit, said, host, scheme, monkeypatch
):
    asked: list[str] = []
    monkeypatch.setattr(net_util, "get_external_ip", lambda: asked.append("external"))
    monkeypatch.setattr(server_util.net_util, "get_internal_ip", lambda: asked.append("internal"))
    connect(behind, scope(said, host, scheme))
    from streamlit.web.server.starlette.starlette_websocket import _is_origin_allowed

    passed_on = dict(streamlit.handshakes[0]["headers"])
    assert _is_origin_allowed(passed_on[b"origin"].decode(), passed_on[b"host"].decode())
    assert asked == []


def test_https_behind_a_proxy_wants_an_origin_by_https(behind, streamlit, monkeypatch):
    monkeypatch.setenv("GRIDLIGHT_HTTPS", "1")
    connect(behind, scope("http://grid.example", "grid.example"))
    assert not streamlit.handshakes
    connect(behind, scope("https://grid.example", "grid.example"))
    assert streamlit.handshakes


@pytest.mark.parametrize("size", [frames.LARGEST_ANONYMOUS + 1, 15_000_000])
def test_a_large_message_before_sign_in_ends_the_connection(behind, streamlit, size):
    answers = connect(behind, scope(OWN), of(b"x" * size), of(b"more"))
    assert answers[-1] == {"type": "websocket.close", "code": gate.TOO_BIG}
    assert streamlit.messages == []


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_only_who_is_signed_in_may_send_much(behind, signed_in, is_signed_in):
    calls = []
    cookie = signed_in(Role.LEADER) if is_signed_in else {}
    ours = {frames.EXTENSION: {frames.TAKE_MORE: lambda: calls.append("more")}}
    connect(behind, scope(OWN, **cookie) | {"extensions": ours})
    assert calls == (["more"] if is_signed_in else [])


def test_many_messages_before_sign_in_end_the_connection(behind, streamlit):
    answers = connect(behind, scope(OWN), *[of(b"x")] * (gate.BURST + 10))
    assert answers[-1]["code"] == gate.POLICY_VIOLATION
    assert len(streamlit.messages) <= gate.BURST + 1


def test_messages_of_one_address_without_sign_in_share_a_pace(behind, monkeypatch):
    at, waited = [time.monotonic()], []

    async def sleep(seconds: float) -> None:
        waited.append(round(seconds, 3))

    monkeypatch.setattr(gate, "time", SimpleNamespace(monotonic=lambda: at[0]))
    monkeypatch.setattr(gate, "asyncio", SimpleNamespace(sleep=sleep))
    monkeypatch.setattr(gate, "OF_ADDRESS", 4)
    monkeypatch.setattr(gate, "OF_ADDRESS_A_SECOND", 2.0)
    for _connection in range(2):
        # A new connection does not begin anew.
        connect(behind, scope(OWN), *[of(b"x")] * 3)
    assert waited == [0, 0, 0, 0, 0.5, 1.0]
    at[0] += 60
    connect(behind, scope(OWN), of(b"x"))
    assert waited[-1] == 0
    assert len(behind._paces) == 1
    at[0] += 60
    behind._forget_paces()
    assert behind._paces == {}


def test_text_is_not_passed_on(behind, streamlit):
    answers = connect(behind, scope(OWN), {"type": "websocket.receive", "text": "{}"})
    assert answers[-1]["type"] == "websocket.close"


@pytest.mark.parametrize("role", [None, Role.LEADER])
def test_states_of_widgets_that_cannot_be_are_not_passed_on(behind, streamlit, signed_in, role):
    real = ["$$ID-0123-key", "$$ID-0123-None", "$$STREAMLIT_INTERNAL_KEY_$$ID-0123-None__go"]

    def asked(*ids: str) -> bytes:
        message = BackMsg()
        message.rerun_script.query_string = "node="
        for each in ids:
            message.rerun_script.widget_states.widgets.add(id=each, string_value="x")
        return message.SerializeToString()

    cookie = signed_in(role) if role else {}
    mixed = asked("made-up", real[0], "", *real[1:], "address")
    connect(behind, scope(OWN, **cookie), *map(of, [mixed, asked("ID"), asked(*real), b"\xff"]))
    assert streamlit.messages == [asked(*real), _without_states(), asked(*real), b"\xff"]


def _without_states() -> bytes:
    """A message that asks for a run and has sent states, but none that are real."""
    message = BackMsg()
    message.rerun_script.query_string = "node="
    message.rerun_script.widget_states.SetInParent()
    return message.SerializeToString()


def _addresses_for(files: int) -> bytes:
    """A message that asks for the addresses to which files may be sent."""
    message = BackMsg()
    message.file_urls_request.request_id = "q"
    message.file_urls_request.file_names.extend(["a.xlsx"] * files)
    return message.SerializeToString()


@pytest.mark.parametrize(
    ("role", "waits", "files", "is_passed_on"),
    [
        (None, True, 1, False),
        (Role.STEWARD, False, 1, False),
        (Role.STEWARD, True, 1, True),
        (Role.STEWARD, True, messages.MOST_FILES, True),
        (Role.STEWARD, True, messages.MOST_FILES + 1, False),
    ],
)
def test_addresses_for_files_are_made_only_while_a_page_asks_for_files(
    behind, streamlit, signed_in, monkeypatch, role, waits, files, is_passed_on
):
    monkeypatch.setattr(uploads, "_waiting", {"abc-1": None} if waits else {})
    cookie = signed_in(role) if role else {}
    answers = connect(behind, scope(OWN, **cookie), of(_addresses_for(files)), of(b"\xff"))
    assert streamlit.messages == [_addresses_for(files)] * is_passed_on + [b"\xff"]
    assert answers[-1]["type"] == "websocket.send", "the connection stays"


def _of_kind(kind: str) -> bytes:
    """A message of one of Streamlit's kinds; after a slash the operation that it asks for."""
    name, _slash, operation = kind.partition("/")
    message = BackMsg()
    if operation:
        getattr(message.backend_operation_request, operation).SetInParent()
    elif name == "rerun_script":
        message.rerun_script.SetInParent()
    else:
        setattr(message, name, True)
    return message.SerializeToString()


OF_ANYBODY = {"rerun_script", "stop_script", "app_heartbeat"}
OF_SIGNED_IN = OF_ANYBODY | {"backend_operation_request/dataframe_chunk"}
OF_NOBODY = {
    "clear_cache",
    "set_run_on_save",
    "load_git_info",
    "debug_disconnect_websocket",
    "debug_shutdown_runtime",
    "backend_operation_request/deferred_file",
    "backend_operation_request/install_skills",
    "backend_operation_request/dismiss_skills_nudge",
}


@pytest.mark.parametrize(("role", "passed_on"), [(None, OF_ANYBODY), (Role.LEADER, OF_SIGNED_IN)])
def test_kinds_of_message_that_no_page_causes_are_not_passed_on(
    behind, streamlit, signed_in, role, passed_on
):
    cookie = signed_in(role) if role else {}
    for kind in sorted(OF_SIGNED_IN | OF_NOBODY):
        streamlit.messages.clear()
        connect(behind, scope(OWN, **cookie), of(_of_kind(kind)))
        assert streamlit.messages == [_of_kind(kind)] * (kind in passed_on), kind


def test_every_kind_of_message_is_decided_about():
    kinds = {each.name for each in BackMsg.DESCRIPTOR.fields}
    operations = {
        f"backend_operation_request/{each.name}"
        for each in BackendOperationRequest.DESCRIPTOR.oneofs_by_name["payload"].fields
    }
    decided = OF_SIGNED_IN | OF_NOBODY | {"file_urls_request"}
    assert kinds - {"backend_operation_request"} | operations == decided


def test_more_widgets_than_a_page_has_are_not_passed_on(behind, streamlit, signed_in):
    message = BackMsg()
    for number in range(messages.MOST_WIDGETS + 1):
        message.rerun_script.widget_states.widgets.add(id=f"$$ID-{number}")
    connect(behind, scope(OWN, **signed_in(Role.LEADER)), of(message.SerializeToString()))
    assert streamlit.messages == []


def test_who_is_signed_in_works_as_fast_as_anybody_can(behind, streamlit, signed_in):
    cookie = signed_in(Role.LEADER)
    connect(behind, scope(OWN, **cookie), *[of(b"x" * (frames.LARGEST_ANONYMOUS + 1))] * 200)
    assert len(streamlit.messages) == 200


@pytest.mark.parametrize(
    ("most", "is_signed_in"), [("ANONYMOUS_CONNECTIONS", False), ("OF_A_SIGN_IN", True)]
)
def test_connections_of_an_address_or_a_sign_in_are_counted_and_counted_off(
    behind, streamlit, signed_in, monkeypatch, most, is_signed_in
):
    monkeypatch.setattr(gate, most, 2)
    handshake = scope(OWN, **(signed_in(Role.LEADER) if is_signed_in else {}))
    # Addresses of one network of IPv6 count as one.
    handshakes = [{**handshake, "client": (f"2001:db8::{host}", 40000)} for host in range(3)]
    seen: list[int] = []

    async def together() -> None:
        leave = asyncio.Event()
        answers: list[dict] = []

        def receiving():
            first = [{"type": "websocket.connect"}]

            async def receive() -> dict:
                if first:
                    return first.pop()
                await leave.wait()
                return {"type": "websocket.disconnect"}

            return receive

        async def send(message: dict) -> None:
            answers.append(message)

        tasks = [asyncio.create_task(behind(each, receiving(), send)) for each in handshakes]
        refused = 0
        while len(streamlit.handshakes) + refused < len(tasks):
            await asyncio.sleep(0.01)
            refused = sum(answer.get("code") == gate.TRY_AGAIN for answer in answers)
        seen.append(refused)
        leave.set()
        await asyncio.gather(*tasks)

    asyncio.run(together())
    assert seen == [1]
    assert len(streamlit.handshakes) == 2
    connect(behind, handshake)
    assert len(streamlit.handshakes) == 3


def protocols(streamlit: Streamlit) -> str:
    return dict(streamlit.handshakes[-1]["headers"])[b"sec-websocket-protocol"].decode()


def test_a_session_is_taken_up_again_with_its_own_cookie_only(behind, streamlit, signed_in):
    cookie = signed_in(Role.LEADER)
    again = {"sec_websocket_protocol": "streamlit, xsrf, abc-1"}
    connect(behind, scope(OWN, **cookie))
    connect(behind, scope(OWN, **again))
    assert protocols(streamlit) == "streamlit, xsrf"
    connect(behind, scope(OWN, **again, **cookie))
    assert protocols(streamlit) == "streamlit, xsrf, abc-1"
    connect(behind, scope(OWN, **again, **signed_in(Role.UNIT)))
    assert protocols(streamlit) == "streamlit, xsrf"


def test_a_session_that_nobody_is_signed_in_to_ends_with_its_connection(
    behind, streamlit, signed_in, monkeypatch
):
    closed: list[str] = []

    class Runtime:
        exists = staticmethod(lambda: True)
        instance = staticmethod(lambda: Runtime)
        close_session = staticmethod(closed.append)

    monkeypatch.setattr(gate, "Runtime", Runtime)
    connect(behind, scope(OWN, **signed_in(Role.LEADER)))
    assert closed == []
    streamlit.first.new_session.initialize.session_id = "abc-2"
    connect(behind, scope(OWN))
    assert closed == ["abc-2"]


@pytest.mark.parametrize(
    ("role", "waiting", "status"),
    [
        (None, True, 403),
        (Role.LEADER, True, 403),
        (Role.MANAGER, True, 403),
        (Role.UNIT, False, 403),
        (Role.UNIT, True, 200),
        (Role.STEWARD, False, 403),
        (Role.STEWARD, True, 200),
    ],
)
def test_files_are_taken_of_who_may_import_or_send_while_the_page_asks(
    behind, signed_in, monkeypatch, role, waiting, status
):
    monkeypatch.setattr(uploads, "_waiting", {"abc-1": None} if waiting else {})
    cookie = signed_in(role) if role else {}
    connect(behind, scope(OWN, **cookie))
    cookie |= {"content_length": "10"}
    assert put(behind, "/_stcore/upload_file/abc-1/f-1", cookie) == status
    assert put(behind, "/_stcore/upload_file/abc-2/f-1", cookie) == 403
    assert put(behind, "//_stcore/upload_file/../abc-1/f-1", cookie) == 403


def test_names_of_files_are_cleaned_before_the_page_can_look_at_them(
    behind, signed_in, monkeypatch
):
    monkeypatch.setattr(uploads, "_waiting", {"abc-1": None})
    cleaned: list[str] = []
    monkeypatch.setattr(uploads, "clean_names", cleaned.append)
    cookie = signed_in(Role.UNIT)
    connect(behind, scope(OWN, **cookie))
    put(behind, "/_stcore/upload_file/abc-1/f-1", {**cookie, "content_length": "10"})
    assert set(cleaned) == {"abc-1"}


def test_nobody_puts_files_into_the_session_of_another(behind, signed_in, monkeypatch):
    monkeypatch.setattr(uploads, "_waiting", {"abc-1": None})
    connect(behind, scope(OWN, **signed_in(Role.STEWARD)))
    other = {**signed_in(Role.UNIT), "content_length": "10"}
    assert put(behind, "/_stcore/upload_file/abc-1/f-1", other) == 403


def test_a_file_in_chunks_is_not_taken_whatever_length_it_names(behind, signed_in, monkeypatch):
    monkeypatch.setattr(uploads, "_waiting", {"abc-1": None})
    cookie = signed_in(Role.STEWARD)
    connect(behind, scope(OWN, **cookie))
    asked = {**cookie, "content_length": "10", "transfer_encoding": "chunked"}
    assert put(behind, "/_stcore/upload_file/abc-1/f-1", asked) == 411


def test_a_browser_that_goes_before_all_of_its_file_has_come_is_no_error(
    behind, streamlit, signed_in, monkeypatch
):
    async def broken_off(scope, receive, send) -> None:
        raise ClientDisconnect

    monkeypatch.setattr(uploads, "_waiting", {"abc-1": None})
    cookie = signed_in(Role.UNIT)
    connect(behind, scope(OWN, **cookie))
    behind.app = broken_off
    path = "/_stcore/upload_file/abc-1/f-1"
    assert put(behind, path, {**cookie, "content_length": "10"}) is None


def test_files_are_taken_up_to_a_bound_for_one_and_for_all(behind, signed_in, monkeypatch):
    monkeypatch.setattr(uploads, "_waiting", {"abc-1": None})
    monkeypatch.setattr(uploads, "_kept", lambda: Counter({"abc-1": 30, "abc-2": 50}))
    monkeypatch.setattr(uploads, "MOST_OF_ONE", 100)
    monkeypatch.setattr(uploads, "MOST_IN_ALL", 1000)
    cookie = signed_in(Role.UNIT)
    connect(behind, scope(OWN, **cookie))

    def answer(size: str | None) -> int | None:
        length = {"content_length": size} if size else {}
        return put(behind, "/_stcore/upload_file/abc-1/f-1", {**cookie, **length})

    assert [answer(size) for size in ("70", "71", None, "-1", "²")] == [200, 413, 411, 411, 411]
    with uploads.admit("abc-1", (), 40) as admitted:
        # What is still on its way counts.
        assert admitted
        assert [answer("30"), answer("31")] == [200, 413]
    behind._accounts["abc-2"] = behind._accounts["abc-1"]
    # All sessions of one account count together, whatever sign-in they are of.
    assert [answer("20"), answer("21")] == [200, 413]
    del behind._accounts["abc-2"]
    monkeypatch.setattr(uploads, "MOST_IN_ALL", 90)
    assert [answer("10"), answer("11")] == [200, 413]


@pytest.mark.parametrize("path", ["/auth/login", "//auth/logout", "/oauth2callback"])
def test_the_sign_in_of_streamlit_is_closed_to_everybody(behind, signed_in, path):
    assert put(behind, path, signed_in(Role.LEADER)) == 403


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({}, False),
        ({"sec_fetch_site": "same-origin"}, True),
        ({"sec_fetch_site": "same-site"}, False),
        ({"sec_fetch_site": "none"}, False),
        ({"origin": OWN}, True),
        ({"origin": "http://elsewhere"}, False),
        ({"origin": "http://elsewhere", "sec_fetch_site": "same-origin"}, False),
        ({"origin": OWN, "sec_fetch_site": "cross-site"}, False),
    ],
)
def test_what_says_nothing_of_where_it_comes_from_is_not_from_our_page(headers, ours):
    asked = scope(headers.pop("origin", None), **headers)
    assert origin.is_from_our_page(asked) is ours


async def ending(behind: Gate, sent: dict, *, waits: float) -> None:
    """A connection that is closed at once, after which `waits` seconds pass."""

    async def receive() -> dict:
        return {"type": "websocket.disconnect"}

    async def send(message: dict) -> None:
        pass

    await behind(sent, receive, send)
    await asyncio.sleep(waits)


def test_what_was_made_of_files_goes_some_time_after_the_connection(
    behind, streamlit, signed_in, monkeypatch
):
    dropped: list[str] = []
    monkeypatch.setattr(gate, "OPENED_KEPT_FOR", 0.0)
    monkeypatch.setattr(gate.uploads, "forget_opened", dropped.append)
    cookie = signed_in(Role.STEWARD)
    asyncio.run(ending(behind, scope(OWN, **cookie), waits=0.01))
    assert dropped == ["abc-1"]


def test_a_session_that_is_not_taken_up_again_in_time_is_freed(
    behind, streamlit, signed_in, monkeypatch
):
    closed: list[str] = []

    class Runtime:
        exists = staticmethod(lambda: True)
        instance = staticmethod(lambda: Runtime)
        close_session = staticmethod(closed.append)
        uploaded_file_mgr = SimpleNamespace(remove_session_files=closed.append)

    monkeypatch.setattr(gate, "Runtime", Runtime)
    monkeypatch.setattr(gate.uploads, "Runtime", Runtime)
    monkeypatch.setattr(gate.st, "get_option", lambda _name: 1)
    cookie = signed_in(Role.STEWARD)
    asyncio.run(ending(behind, scope(OWN, **cookie), waits=0.01))
    assert closed == ["abc-1", "abc-1"]
    assert not behind._ending


def test_a_session_that_is_taken_up_again_keeps_everything(behind, streamlit, signed_in):
    async def again() -> None:
        await ending(behind, scope(OWN, **cookie), waits=0)
        [timers] = behind._ending.values()
        behind._session_began("", "abc-1")
        assert not behind._ending
        assert all(timer.cancelled() for timer in timers)

    cookie = signed_in(Role.STEWARD)
    asyncio.run(again())
