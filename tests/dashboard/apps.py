"""The dashboard opened without a browser, and its entries in the access log."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from data.store import access_log
from data.store.database import reading

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


def open_app(page: str | None = None, **query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(f"../pages/{page}.py").run() if page else app


def logged(engine) -> list[tuple[str, str]]:
    with reading(engine) as connection:
        return [(entry.what, entry.subject) for entry in access_log.entries(connection)]
