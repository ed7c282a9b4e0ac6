"""The dashboard opened without a browser, and its entries in the access log."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from data.store import access_log
from data.store.database import reading

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


def open_app(page: str | None = None, **query: str) -> AppTest:
    """The dashboard, opened at a page by an address, as by a link to it."""
    app = AppTest.from_file(APP, default_timeout=120)
    app.query_params.update(query)
    if page:
        app.switch_page(f"../pages/{page}.py")
    return app.run()


def logged(engine) -> list[tuple[str, str]]:
    with reading(engine) as connection:
        return [(entry.what, entry.subject) for entry in access_log.entries(connection)]
