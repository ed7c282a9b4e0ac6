"""Load a dashboard while its facts are derived again, and time what people would wait for.

    python -m tests.endurance.load --database postgresql://gridlight@/copy

Serves the database, a copy for trials, to 20 people who go through pages, while strangers send 45
requests a second to the route of sessions for half a minute, others sign in, and monitoring asks
/healthz. It does so twice: in quiet, then during `gridlight rebuild`. The first run says what this
machine can do at all; so compare the two where others work on it too. The exit code is 1 where the
second run went beyond the limits.
"""

import argparse
import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from dashboard import clock
from dashboard.log_guard import opened
from dashboard.session_bridge import PATH
from data.access import first_accounts, sign_in
from data.store.access_log import Act
from data.store.database import recording
from tests.bench.people import Run, load
from tests.bench.process import cpu_seconds, mebibytes
from tests.bench.servers import serving

POSTS, SECONDS, PEOPLE, THINK = 45, 30, 20, 2.0
HEALTHZ, SIGN_IN, RERUN = 1.0, 2.0, 0.3
"""Limits in seconds: the longest answer, the longest sign-in, 95 of 100 runs of a page."""
LEADER, SIGNING_IN = "demo-leader", ("demo-unit", "demo-manager", "demo-steward", "demo-committee")
PAGES = ("overview", "rectification", "coverage", "reports", "overview?node=sector%3AEDU")
HEALTHZ_EVERY, SIGN_IN_EVERY = 0.5, 2.0
ANSWERS_WITHIN = 60
"""Seconds after which a request counts as lost."""
NEVER = 999.0
"""Seconds of a rerun that did not end."""
LOST = 0
"""The status of a request without an answer."""


@dataclass
class Measured:
    """What a run found, in seconds."""

    healthz: list[float] = field(default_factory=list)
    sign_ins: list[float] = field(default_factory=list)
    reruns: list[float] = field(default_factory=list)
    posts: Counter[int] = field(default_factory=Counter)
    """Answers to the strangers, by status."""
    wrong: Counter[str] = field(default_factory=Counter)
    """What ought not to be, with how often it was."""

    def over(self) -> list[str]:
        """The limits that were not kept."""
        found = [f"{count} × {what}" for what, count in self.wrong.items()]
        limits = [
            ("/healthz", max(self.healthz), HEALTHZ),
            ("sign-in", max(self.sign_ins), SIGN_IN),
            ("95 of 100 reruns", share(self.reruns, 0.95), RERUN),
        ]
        return found + [f"{what} {took:.2f} s" for what, took, limit in limits if took > limit]

    def say(self, what: str) -> None:
        """Print it in a few lines."""
        print(
            f"{what}: /healthz at most {max(self.healthz):.2f} s of {len(self.healthz)};"
            f" sign-in at most {max(self.sign_ins):.2f} s of {len(self.sign_ins)};"
            f" {len(self.reruns)} reruns: half within {1000 * statistics.median(self.reruns):.0f}"
            f" ms, 95 of 100 within {1000 * share(self.reruns, 0.95):.0f} ms;"
            f" strangers answered: {dict(self.posts)}",
            flush=True,
        )


def share(values: list[float], part: float) -> float:
    """The value that this part of all does not exceed."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


async def ask(port: int, method: str, path: str, body: str = "") -> tuple[int, float]:
    """Status and seconds of a request on a connection of its own."""
    begun = time.perf_counter()
    words = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Origin: http://127.0.0.1:{port}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write("\r\n".join([*words, "", body]).encode())
            first = await reader.readline()
            writer.close()
        status = int(first.split()[1])
    except (OSError, TimeoutError, IndexError):
        status = LOST
    return status, time.perf_counter() - begun


class Trial:
    """A run of half a minute against a server."""

    def __init__(self, port: int, engine: Engine, cookie: str, seconds: int) -> None:
        self.port, self.engine, self.cookie, self.seconds = port, engine, cookie, seconds
        self.found = Measured()

    def run(self) -> Measured:
        """All at once, for as long as was asked."""
        people = threading.Thread(target=self._people)
        people.start()
        asyncio.run(self._others())
        people.join()
        return self.found

    def _people(self) -> None:
        try:
            runs = self._runs()
        except (RuntimeError, OSError, TimeoutError) as error:
            self.found.wrong[f"{type(error).__name__}: {error}"] += 1
            runs = []
        self.found.reruns = [run.done_ms / 1000 for run in runs if not run.opening] or [NEVER]

    def _runs(self) -> list[Run]:
        return load(
            self.port,
            [self.cookie],
            PAGES,
            people=PEOPLE,
            reruns=max(2, int(self.seconds / THINK)),
            think=THINK,
            within=THINK,
        )

    async def _others(self) -> None:
        await asyncio.gather(
            self._every(1 / POSTS, self._stranger),
            self._every(HEALTHZ_EVERY, self._monitoring),
            self._every(SIGN_IN_EVERY, self._signing_in),
        )

    async def _every(self, pause: float, what: Callable[[int], Coroutine[Any, Any, None]]) -> None:
        """Begin `what` every `pause` seconds, whether or not the one before has ended."""
        begun, asked = time.perf_counter(), []
        for number in range(int(self.seconds / pause)):
            await asyncio.sleep(max(0, begun + number * pause - time.perf_counter()))
            asked.append(asyncio.create_task(what(number)))
        await asyncio.gather(*asked)

    async def _stranger(self, number: int) -> None:
        status, _took = await ask(self.port, "POST", PATH, json.dumps({"ticket": f"x{number}"}))
        self.found.posts[status] += 1

    async def _monitoring(self, _number: int) -> None:
        status, took = await ask(self.port, "GET", "/healthz")
        self.found.healthz.append(took)
        if status != 200:
            self.found.wrong[f"/healthz {status}"] += 1

    async def _signing_in(self, number: int) -> None:
        account = SIGNING_IN[number % len(SIGNING_IN)]
        begun = time.perf_counter()
        ticket = await asyncio.to_thread(ticket_of, self.engine, account)
        status, _took = await ask(self.port, "POST", PATH, json.dumps({"ticket": ticket}))
        self.found.sign_ins.append(time.perf_counter() - begun)
        if status != 204:
            self.found.wrong[f"sign-in {status}"] += 1


def ticket_of(engine: Engine, account: str) -> str:
    """What the page of sign-in hands to the browser of somebody who may come in."""
    with recording(engine) as connection:
        ticket = sign_in.enter(connection, Act(account, clock.now()))
    assert ticket, account
    return ticket


def session_of(engine: Engine, account: str) -> str:
    """The cookie of a new session."""
    ticket = ticket_of(engine, account)
    with recording(engine) as connection:
        token = sign_in.redeem(connection, ticket, clock.now(), None)
    return f"gridlight={token}"


def main() -> int:
    """Twice: in quiet, and while facts are derived again."""
    asked = argparse.ArgumentParser(prog="python -m tests.endurance.load")
    asked.add_argument("--database", required=True, help="a copy: accounts are added to it")
    asked.add_argument("--seconds", type=int, default=SECONDS)
    options = asked.parse_args()
    engine = opened(options.database)
    with recording(engine) as connection:
        first_accounts.demonstration(connection, clock.now())
    cookie = session_of(engine, LEADER)
    with serving(options.database) as (port, pid):
        load(port, [cookie], PAGES, people=1, reruns=len(PAGES))
        for what in ("in quiet", "during a rebuild"):
            rebuilding = begin_rebuild(options.database) if what != "in quiet" else None
            busy, begun = cpu_seconds(pid), time.perf_counter()
            found = Trial(port, engine, cookie, options.seconds).run()
            found.say(what)
            lasted = time.perf_counter() - begun
            print(
                f"  server {cpu_seconds(pid) - busy:.1f} CPU s in {lasted:.0f} s,"
                f" {mebibytes(pid):.0f} MiB; load of the machine {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            if rebuilding:
                say_end(rebuilding, begun)
    engine.dispose()
    for each in found.over():
        print(f"beyond the limit: {each}")
    return 1 if found.over() else 0


def begin_rebuild(database: str) -> subprocess.Popen[bytes]:
    """`gridlight rebuild` in a process of its own."""
    words = [sys.executable, "-m", "dashboard.commands", "rebuild", "--database", database]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def say_end(rebuilding: subprocess.Popen[bytes], begun: float) -> None:
    """Wait for the rebuild, and print what it cost."""
    early = rebuilding.poll() is not None
    code = rebuilding.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    when = "had ended before the others had" if early else "went on beyond it"
    print(
        f"  the rebuild {when}: exit {code}, {time.perf_counter() - begun:.0f} s,"
        f" {used.ru_utime + used.ru_stime:.0f} CPU s, {used.ru_maxrss / 1024:.0f} MiB at most"
    )


if __name__ == "__main__":
    sys.exit(main())
