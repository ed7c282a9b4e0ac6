"""Simulated people: sessions that speak Streamlit's protocol as its front end does.

No browser is involved, so what is timed is the server: script, serialisation, transport.
"""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST = 300
"""Seconds after which a load is given up."""
MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a page: whether it opened a session, and the milliseconds until it was finished."""

    path: str
    opening: bool
    done_ms: float


@dataclass
class Person:
    """A browser tab that opens `paths` in turn."""

    port: int
    cookie: str
    paths: Sequence[str]
    number: int = 0
    page_hash: str = ""
    hashes: dict[str, str] = field(default_factory=dict)
    cached: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    async def work(self, reruns: int, think: float, after: float) -> list[Run]:
        """Wait `after` seconds, open the first page, then `reruns` more, each after about
        `think`."""
        chance = random.Random(self.number)
        runs = []
        await asyncio.sleep(after)
        async with websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            origin=f"http://127.0.0.1:{self.port}",
            additional_headers=[("Cookie", self.cookie)],
            max_size=None,
            compression=None,
            ping_interval=None,
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],
        ) as socket:
            for run in range(reruns + 1):
                if run and think:
                    await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
                runs.append(await self._run(socket, run))
        return runs

    async def _run(self, socket: websockets.ClientConnection, run: int) -> Run:
        path = self.paths[(run + self.number) % len(self.paths)]
        started = time.perf_counter()
        await socket.send(self._question(path, opening=run == 0))
        while True:
            message = ForwardMsg.FromString(await socket.recv(decode=False))
            if self._take(message):
                return Run(path, run == 0, 1000 * (time.perf_counter() - started))

    def _question(self, path: str, *, opening: bool) -> bytes:
        page, _, query = path.partition("?")
        message = BackMsg()
        state = message.rerun_script
        state.query_string = query
        if opening or page not in self.hashes:
            state.page_name = page
        else:
            state.page_script_hash = self.hashes[page]
        state.context_info.timezone, state.context_info.locale = "Asia/Shanghai", "zh-CN"
        state.context_info.url = f"http://127.0.0.1:{self.port}/{page}"
        state.cached_message_hashes.extend(self.cached)
        return message.SerializeToString()

    def _take(self, message: ForwardMsg) -> bool:
        """Process a message; returns whether it ends a run."""
        match message.WhichOneof("type"):
            case "delta":
                if message.metadata.cacheable:
                    self.cached.add(message.hash)
                element = message.delta.new_element
                if element.WhichOneof("type") == "exception":
                    self.errors.append(f"{element.exception.type}: {element.exception.message}")
            case "navigation":
                for page in message.navigation.app_pages:
                    self.hashes[page.url_pathname] = page.page_script_hash
            case "page_not_found":
                self.errors.append("page not found")
            case "script_finished":
                return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False


def load(
    port: int,
    cookies: Sequence[str],
    paths: Sequence[str],
    *,
    people: int,
    reruns: int,
    think: float = 0,
    within: float = 0,
) -> list[Run]:
    """The runs of `people` persons, who arrive one by one `within` so many seconds.

    They share the sign-ins of `cookies`, each of which may have `gate.OF_A_SIGN_IN` pages open.
    Raises `RuntimeError` if one of them saw an error.
    """
    assert 0 < people <= MOST_PEOPLE
    tabs = [Person(port, cookies[number % len(cookies)], paths, number) for number in range(people)]

    async def together() -> list[list[Run]]:
        async with asyncio.timeout(LONGEST):
            apart = within / people
            return await asyncio.gather(
                *(tab.work(reruns, think, apart * number) for number, tab in enumerate(tabs))
            )

    runs = [run for each in asyncio.run(together()) for run in each]
    errors = {error for tab in tabs for error in tab.errors}
    if errors:
        raise RuntimeError("; ".join(sorted(errors)))
    return runs
