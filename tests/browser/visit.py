"""A browser tab that opens pages of the dashboard, waits for them, and notes faults."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from playwright.sync_api import ConsoleMessage, Locator, Page, Response, WebSocket, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data.meetings import agendas

# For a deep link Streamlit first asks whether the server is below that path.
PROBE = re.compile(r"/_stcore/(health|host-config)$")
DRAWN = '[data-testid="stApp"][data-test-script-state="notRunning"]'
TURN = """(where) => {
  history.pushState({}, "", where)
  dispatchEvent(new PopStateEvent("popstate"))
}"""
WATCH_MOVES = """
window.moved = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value
}).observe({ type: "layout-shift", buffered: true })
"""


class Visit:
    """A tab; `problems` are the faults seen so far, as texts."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.problems: list[str] = []
        self._socket: WebSocket | None = None
        page.on("websocket", self._connected)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("response", self._answered)
        page.on("request", lambda request: self._asked(request.url))

    def open(self, path: str = "", /, **asked: str) -> "Visit":
        """Open the page at `path`, in English unless `lang` is given, and wait until it is
        drawn."""
        self.page.goto(f"{self.address}/{path}?{urlencode({'lang': 'en', **asked})}")
        self.drawn()
        return self

    def turn_to(self, path: str, /, **asked: str) -> None:
        """Go to the page at `path` as a step back would, which takes a third of opening it anew."""
        with self.run():
            self.page.evaluate(TURN, f"/{path}?{urlencode({'lang': 'en', **asked})}")
        self.drawn()

    def drawn(self) -> None:
        """Wait until a page is loaded and its script has ended."""
        expect(self.title).to_be_visible()
        expect(self.page.locator(DRAWN)).to_be_visible()

    @contextmanager
    def run(self) -> Iterator[None]:
        """Wait until a run caused within the block has ended."""
        assert self._socket is not None
        with self._socket.expect_event("framereceived", _ends_a_run):
            yield
        expect(self.page.locator(DRAWN)).to_be_visible()

    def go(self, name: str) -> None:
        """Choose a page in the menu."""
        link = self.page.locator(f'a[data-testid^="stTopNav"][href$="/{name}"]')
        for section in self.page.get_by_test_id("stTopNavSection").all():
            if link.is_visible():
                break
            section.click()
        with self.run():
            link.click()
        self.at(name)

    def at(self, name: str) -> None:
        """Wait until the address is that of page `name` and the page is drawn."""
        self.page.wait_for_url(re.compile(rf"/{name}(\?|$)"))
        self.drawn()

    @property
    def title(self) -> Locator:
        """The title of the page, which is a question."""
        return self.page.locator("h1")

    @property
    def main(self) -> Locator:
        """The page without its menu."""
        return self.page.get_by_test_id("stMain")

    def key(self, key: str) -> Locator:
        """The widget or block with this key."""
        return self.page.locator(f".st-key-{key}")

    def cell(self, key: str, row: int) -> None:
        """Click the first cell of a row of a table, counted from 0."""
        cells = self.key(key).locator("tbody tr").nth(row).locator("td")
        with self.run():
            cells.first.click()

    def choose_written(self, box: Locator, text: str) -> None:
        """Type `text` into the select box whose input is `box`, and choose it once it is offered.

        A run that ends while somebody types closes what is offered; then it is typed once more.
        """
        offered = self.page.get_by_role("option").filter(has_text=text).first
        for _ in range(3):
            self.drawn()
            box.fill("")
            box.fill(text)
            try:
                offered.wait_for(timeout=10_000)
                break
            except PlaywrightTimeout:
                continue
        with self.run():
            box.press("Enter")

    def watch_moves(self) -> None:
        """Measure layout shifts from the next opened page on."""
        self.page.add_init_script(WATCH_MOVES)

    def moved(self) -> float:
        """The layout shift since the page was opened, as browsers score it; 0.1 is bad."""
        return float(self.page.evaluate("window.moved"))

    def charts_drawn(self) -> None:
        """Wait until every chart of the page is drawn, except those folded away on a phone."""
        charts = self.page.get_by_test_id("stVegaLiteChart").filter(visible=True)
        empty = charts.filter(has_not=self.page.locator("svg, canvas"))
        expect(empty).to_have_count(0)

    def fields_drawn(self) -> None:
        """Wait until the fonts and the date fields, whose code is loaded separately, are drawn."""
        dates = self.page.get_by_test_id("stDateInput")
        empty = dates.filter(has_not=self.page.get_by_role("spinbutton"))
        expect(empty).to_have_count(0)
        self.page.evaluate("document.fonts.ready.then(() => null)")

    def _connected(self, socket: WebSocket) -> None:
        self._socket = socket
        self._asked(socket.url.replace("ws://", "http://", 1))

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.address}/", "data:", "blob:")):
            self.problems.append(f"left the machine: {url}")

    def _said(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not PROBE.search(where):
            self.problems.append(f"console: {message.text} {where}".strip())

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not PROBE.search(response.url):
            self.problems.append(f"{response.status}: {response.url}")


def _ends_a_run(frame: str | bytes) -> bool:
    if isinstance(frame, str):
        return False
    message = ForwardMsg.FromString(frame)
    return (
        message.WhichOneof("type") == "script_finished"
        and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
    )


ITEMS = len(agendas.DEFAULT) - 1
"""The number of wall items for a meeting without decisions."""


WIDE = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}
