"""Names of persons are masked wherever they stand, in keys too."""

import pytest

from data.ledgers.personal import key_without_names
from data.ledgers.rows import text_of_key
from models.registry import LEDGERS

NAME = "欧阳|修"


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.id())
def test_a_key_shows_no_name_of_a_person_unless_in_full(ledger):
    columns = ledger.key_columns()
    values = {column.id: NAME if column.personal else _value(column.kind.sql) for column in columns}
    key = text_of_key(ledger, values)
    assert key_without_names(ledger, key, in_full=True) == key
    shown = key_without_names(ledger, key, in_full=False)
    assert "修" not in shown
    if not any(column.personal for column in columns):
        assert shown == key


def test_a_key_of_another_form_is_masked_whole():
    ledger = next(each for each in LEDGERS if any(c.personal for c in each.key_columns()))
    assert key_without_names(ledger, "欧阳修", in_full=False) == "欧＊＊"


def _value(sql):
    from datetime import date

    from sqlalchemy import Date, Integer

    if isinstance(sql, Date):
        return date(2026, 6, 30)
    return 7 if isinstance(sql, Integer) else "X-1"
