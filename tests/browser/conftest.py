"""The dashboard with the demonstration, and a browser with a signed-in account of every role."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from sqlalchemy import Engine

from dashboard import clock
from data.access import accounts, first_accounts, own_password
from data.store.access_log import Act
from data.store.database import connect, writing
from models.account import Role
from tests.bench.servers import serving
from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.served import ACCOUNT, PASSWORD, PATIENCE, Served, cookie
from tests.browser.visit import WIDE, Visit
from tests.dashboard.serving.identity_provider import CLIENT, SECRET
from tests.dashboard.serving.identity_provider import running as identity_provider


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


# Not for the session: Playwright's event loop would disturb tests outside this package.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; if it is missing, tests are skipped, unless it is required."""
    program = chromium()
    if not program.exists() and os.environ.get("GRIDLIGHT_BROWSER_REQUIRED") != "1":
        pytest.skip(f"there is no {program}")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def served(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard with its own copy of the demonstration."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copyfile(demonstration, folder / "gridlight.sqlite")
    url = f"sqlite:///{folder / 'gridlight.sqlite'}"
    engine = connect(url)
    _add_account(engine)
    log = folder / "server.log"
    (folder / "secret").write_text(SECRET)
    with (
        # For browsers this is another site than the dashboard's.
        identity_provider("localhost") as provider,
        log.open("wb") as written,
        serving(
            url,
            log=written,
            GRIDLIGHT_DEMONSTRATION="1",
            GRIDLIGHT_KEY_FILE=str(folder / "sign-in.key"),
            GRIDLIGHT_OIDC_ISSUER=provider.issuer,
            GRIDLIGHT_OIDC_CLIENT_ID=CLIENT,
            GRIDLIGHT_OIDC_CLIENT_SECRET_FILE=str(folder / "secret"),
            GRIDLIGHT_OIDC_LABEL="District account",
        ) as (
            port,
            _pid,
        ),
    ):
        yield Served(f"http://127.0.0.1:{port}", engine, log)
    engine.dispose()


def _add_account(engine: Engine) -> None:
    """Add an account whose owner has replaced its one-time password."""
    act = Act("operator", clock.now())
    with writing(engine) as connection:
        first = PASSWORD + "!"
        given = accounts.given_password(first, ACCOUNT)
        accounts.add(
            connection, act, name=ACCOUNT, full_name="王某", password=given, role=Role.LEADER
        )
        replacement = own_password.prepare(connection, ACCOUNT, first, PASSWORD)
        own_password.replace(connection, Act(ACCOUNT, act.at), replacement)
        first_accounts.demonstration(connection, act.at)


@pytest.fixture(scope="package")
def signed_in(browser: Browser, served: Served) -> Iterator[Callable[[Role], BrowserContext]]:
    """A function to a browser context with the session cookie of a role's demonstration account."""
    kept: dict[Role, BrowserContext] = {}

    def context(role: Role) -> BrowserContext:
        if role not in kept:
            kept[role] = _new_context(browser)
            kept[role].add_cookies([cookie(served, role)])
        return kept[role]

    yield context
    for each in kept.values():
        each.close()


def _new_context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport=WIDE, timezone_id="Asia/Shanghai")
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def enter(
    signed_in: Callable[[Role], BrowserContext], served: Served
) -> Iterator[Callable[[Role], Visit]]:
    """A function that opens a tab signed in as a role."""
    opened: list[Visit] = []

    def entered(role: Role) -> Visit:
        opened.append(Visit(signed_in(role).new_page(), served.address))
        return opened[-1]

    yield entered
    for visit in opened:
        visit.page.close()


@pytest.fixture
def stranger(browser: Browser, served: Served) -> Iterator[Visit]:
    """A tab of a browser in which nobody is signed in."""
    context = _new_context(browser)
    yield Visit(context.new_page(), served.address)
    context.close()
