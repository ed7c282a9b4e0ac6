"""A new ledger stands in the data dictionary and on the page of a unit without being told to."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from dashboard.reads import cache
from models.account import Role
from tests.dashboard.apps import open_app
from tests.dashboard.signed_in import SignIn
from tests.data.contents import kept, net, workbook
from tests.data.scratch_ledgers import ASSET, TAKING, added
from tests.pages.tables import lists

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def filled(engine: Engine) -> Iterator[None]:
    with added(engine):
        kept(engine, workbook(**net("U1"), assets=[ASSET], stock_takings=[TAKING]))
        cache.forget_version()
        yield


def test_the_data_dictionary_has_its_columns(sign_in_as: SignIn, filled: None) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("definitions", tab="ledgers")
    app.selectbox(key="definitions-ledger").select("Assets · assets").run()
    columns = lists(app)[0].value["Column"].tolist()
    assert any("购置日期" in column for column in columns)


def test_the_page_of_a_unit_shows_its_rows(sign_in_as: SignIn, filled: None) -> None:
    sign_in_as(Role.LEADER)
    app = open_app("unit", node="unit:U1")
    app.query_params["tab"] = "money"
    app.run()
    assert not app.exception
    [assets, takings] = lists(app)
    assert assets.value["Code"].tolist() == ["A1"]
    assert takings.value["Asset"].tolist() == ["A1"]
