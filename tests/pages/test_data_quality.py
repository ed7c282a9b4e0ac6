"""The page of data quality: a row that a check found can be told from others."""

from datetime import date

import pytest

from dashboard.reads import cache
from models.account import Role
from tests.dashboard.apps import open_app
from tests.data.contents import TODAY, kept, workbook
from tests.pages.tables import lists
from tests.pages.tiles import regions

pytestmark = pytest.mark.usefixtures("english")


def test_a_report_without_a_score_is_shown_by_kind_year_and_number(sign_in_as, engine):
    report = {"unit": "E01", "kind": "AUDIT_REPORT", "submitted_on": date(2026, 1, 20)}
    kept(engine, workbook(reports=[report | {"number": 2}]))
    cache.forget_version()
    sign_in_as(Role.LEADER)
    app = open_app("data", as_of=TODAY.isoformat())
    (choice,) = [each for each in app.selectbox if each.key == "keeping-check"]
    choice.select("Submitted reports without a score").run()
    (table,) = [frame.value for frame in lists(app) if "Kind" in frame.value]
    shown = dict(zip(table, table.iloc[0], strict=True))
    assert shown["Kind"] == "Audit report"
    assert (shown["Year"], shown["Number"]) == (2026, 2)


def test_beside_the_form_stand_the_checks_that_found_rows_and_the_last_imports(sign_in_as, engine):
    kept(engine, workbook(reports=[{"unit": "E01", "submitted_on": date(2026, 1, 20)}]))
    cache.forget_version()
    sign_in_as(Role.STEWARD)
    shown = regions(open_app("data", as_of=TODAY.isoformat()))
    found = {row["cells"][0]: row["cells"][1] for row in shown["checks"]["parts"][0]["rows"]}
    assert found["Submitted reports without a score"] == "1"
    numbers = [int(row["cells"][0]) for row in shown["imports"]["parts"][0]["rows"]]
    assert numbers == sorted(numbers, reverse=True) != []
