"""Leave the wall screen open for hours and print its memory minute by minute.

Example: `python -m tests.bench.soak --minutes 120 --seconds 5`.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import CDPSession, ConsoleMessage, Page, sync_playwright

from dashboard import clock
from data import demonstration
from data.access import first_accounts, sign_in
from data.reference.lists import shipped
from data.store.access_log import Act
from data.store.database import connect, writing
from data.store.schema import migrate
from tests.bench.process import mebibytes
from tests.bench.servers import serving
from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.visit import PROBE

WALL = {"embed": "true", "embed_options": "dark_theme", "lang": "zh_CN"}
SETTLED, AT_ENDS = 10, 15
"""Minutes until growth is measured, and how many samples stand for the beginning and the end: more
than there are items, since each item takes a memory of its own."""
ALLOWED = 1.10


@dataclass(frozen=True, slots=True)
class Sample:
    """Memory in MiB and nodes of the page at a minute, and `turns` of the wall since the last."""

    minute: int
    server: float
    heap: float
    browser: float
    nodes: int
    turns: int


def main() -> int:
    """Open the wall, watch it, and report whether anything grew."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.soak")
    asked.add_argument("--minutes", type=int, default=120)
    asked.add_argument("--seconds", type=int, default=5, help="that each item stands")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'gridlight.sqlite'}"
        cookie = _filled(url)
        with serving(url) as (port, pid):
            samples, problems = _watch(port, pid, cookie, options.minutes, options.seconds)
    return _verdict(samples, problems)


def _filled(url: str) -> str:
    """Fill the database at `url` with the demonstration; returns the cookie of a wall's viewer."""
    engine = connect(url)
    migrate(engine)
    now = clock.now()
    demonstration.fill(
        engine,
        today=clock.today(),
        now=now,
        references=shipped(),
        size=demonstration.Size.PILOT,
    )
    with writing(engine) as connection:
        first_accounts.demonstration(connection, now)
        ticket = sign_in.enter(connection, Act("demo-committee", now))
        token = sign_in.redeem(connection, ticket or "", now, None)
    engine.dispose()
    return token or ""


def _watch(
    port: int, pid: int, cookie: str, minutes: int, seconds: int
) -> tuple[list[Sample], list[str]]:
    address = f"http://127.0.0.1:{port}"
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1920, "height": 1080})
        context.add_cookies([{"name": "gridlight", "value": cookie, "url": address}])
        page = context.new_page()
        page.on("console", lambda message: _said(message, problems))
        page.on("pageerror", lambda error: problems.append(f"error: {error}"))
        page.goto(f"{address}/wall?{urlencode({**WALL, 'seconds': seconds})}")
        page.wait_for_selector(".st-key-wall-head")
        page.evaluate(COUNT_TURNS)
        samples = list(_samples(page, context.new_cdp_session(page), pid, minutes))
        browser.close()
    return samples, problems


COUNT_TURNS = """() => {
  window.turns = 0
  let last = ""
  setInterval(() => {
    const now = new URLSearchParams(window.location.search).get("item")
    if (now !== last) window.turns += 1
    last = now
  }, 200)
}"""


def _said(message: ConsoleMessage, problems: list[str]) -> None:
    where = message.location.get("url", "")
    if message.type == "error" and not PROBE.search(where):
        problems.append(f"console: {message.text} {where}")


def _samples(page: Page, devtools: CDPSession, pid: int, minutes: int) -> Iterator[Sample]:
    print("minute  server MiB  JS heap MiB  browser MiB   nodes   turns", flush=True)
    devtools.send("Performance.enable")
    started = time.monotonic()
    counted = 0
    for minute in range(minutes + 1):
        page.wait_for_timeout(max(0, 1000 * (started + 60 * minute - time.monotonic())))
        # Collect garbage first, so that only real growth is seen.
        devtools.send("HeapProfiler.collectGarbage")
        said = devtools.send("Performance.getMetrics")["metrics"]
        metrics: Mapping[str, float] = {each["name"]: each["value"] for each in said}
        turns = int(page.evaluate("() => window.turns"))
        sample = Sample(
            minute,
            mebibytes(pid),
            metrics["JSHeapUsedSize"] / 2**20,
            _of_browser(),
            int(metrics["Nodes"]),
            turns - counted,
        )
        counted = turns
        print(
            f"{sample.minute:6}{sample.server:12.1f}{sample.heap:13.1f}{sample.browser:13.1f}"
            f"{sample.nodes:8}{sample.turns:8}",
            flush=True,
        )
        yield sample


def _of_browser() -> float:
    """The memory of the browser's processes in MiB, with shared memory counted once."""
    parents = dict(_processes())
    ours = {os.getpid()}
    for _ in range(8):
        ours |= {pid for pid, parent in parents.items() if parent in ours}
    return sum(map(_proportional, ours)) / 1024


def _processes() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            yield int(folder.name), int(fields[1])


def _proportional(pid: int) -> int:
    """The memory in KiB of a process of the browser; 0 for other processes."""
    try:
        if "chrom" not in Path(f"/proc/{pid}/comm").read_text():
            return 0
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _verdict(samples: Sequence[Sample], problems: Sequence[str]) -> int:
    for problem in problems[:20]:
        print(problem)
    print(f"{len(problems)} errors, {sum(sample.turns for sample in samples)} turns")
    settled = [sample for sample in samples if sample.minute >= SETTLED]
    if len(settled) < 2 * AT_ENDS:
        print(f"too short to tell growth: leave it for {SETTLED + 2 * AT_ENDS} minutes or more")
        return 1
    grown = False
    for what in ("server", "heap", "browser", "nodes"):
        first, last = (
            statistics.median(getattr(sample, what) for sample in part)
            for part in (settled[:AT_ENDS], settled[-AT_ENDS:])
        )
        grown |= last > first * ALLOWED
        print(f"{what:8}{first:10.1f} → {last:10.1f}  {100 * (last / first - 1):+6.1f} %")
    print("grew" if grown else "did not grow")
    return int(grown or bool(problems))


if __name__ == "__main__":
    sys.exit(main())
