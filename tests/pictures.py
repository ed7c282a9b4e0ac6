"""Take the pictures for the README from the demonstration: `make pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from data import demonstration
from data.reference.lists import shipped
from data.store.database import connect
from data.store.schema import migrate
from tests.bench.servers import serving
from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.visit import Visit
from tests.demonstration_day import TAKEN_IN, TODAY

FOLDER = Path(__file__).parent.parent / "docs"
PAGES = ("overview", "rectification")
WIDE = {"width": 1920, "height": 1080}
PATIENCE = 60_000
"""Milliseconds to wait; the first page after the start is slow."""


def fill(folder: Path) -> str:
    """Make a database with the demonstration in `folder`; returns its address."""
    url = f"sqlite:///{folder / 'gridlight.sqlite'}"
    engine = connect(url)
    migrate(engine)
    demonstration.fill(
        engine,
        today=TODAY,
        now=TAKEN_IN,
        references=shipped(),
        size=demonstration.Size.PILOT,
    )
    engine.dispose()
    return url


def take(port: int) -> None:
    """Take a picture of each of PAGES, in Chinese as a leader."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport=WIDE, locale="zh-CN", timezone_id="Asia/Shanghai")
        page.set_default_timeout(PATIENCE)
        visit = Visit(page, f"http://127.0.0.1:{port}").open(lang="zh_CN")
        visit.key("enter-demo-leader").get_by_role("button").click()
        visit.at("overview")
        for name in PAGES:
            visit.open(name, lang="zh_CN", as_of=TODAY.isoformat())
            # Parts of a page whose code is loaded separately are grey boxes until then.
            expect(visit.main.locator(".board").first).to_be_visible()
            expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
            visit.charts_drawn()
            visit.fields_drawn()
            page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
        browser.close()


def main() -> None:
    """Fill a demonstration, serve it, and write the pictures to docs/."""
    with tempfile.TemporaryDirectory() as folder:
        url = fill(Path(folder))
        with serving(
            url,
            GRIDLIGHT_DEMONSTRATION="1",
            GRIDLIGHT_KEY_FILE=str(Path(folder) / "sign-in.key"),
        ) as (port, _process):
            take(port)


if __name__ == "__main__":
    main()
