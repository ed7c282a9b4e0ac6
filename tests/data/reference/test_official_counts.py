"""The official counts beside what is configured."""

from sqlalchemy import Engine

from data.reference.lists import References, shipped
from data.reference.official_counts import official_counts
from data.store.database import reading
from tests.data.contents import kept, workbook


def test_what_is_configured_stands_beside_what_the_documents_name(engine: Engine) -> None:
    kept(
        engine,
        workbook(
            sectors=[{}],
            units=[{"pilot_batch": 1}, {"code": "U2", "pilot_batch": 2}, {"code": "U3"}],
            key_tasks=[{}, {"number": 2}],
        ),
    )
    lists = References({**shipped().lists, "content_items": shipped().lists["content_items"][1:-2]})
    with reading(engine) as connection:
        texts = [count.text for count in official_counts(connection, lists)]
    assert texts == ["12/13", "5/7", "2/10", "1/30"]
