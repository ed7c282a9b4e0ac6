"""Facts bear the mark of the rules and lists that derived them; others are noticed."""

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col

from data.facts import rules_mark
from data.facts.derivation import derive
from data.reference.lists import References, shipped
from data.store.database import reading, writing
from models.kept import Setting
from tests.data.contents import kept, net, workbook


@pytest.fixture
def filled(engine: Engine) -> Engine:
    kept(engine, workbook(**net(), findings=[{}]))
    return engine


def of_other_rules(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(
            update(Setting).where(col(Setting.name) == rules_mark.NAME).values(value="other")
        )


def in_force(engine: Engine) -> bool:
    with reading(engine) as connection:
        return rules_mark.in_force(connection)


def test_an_empty_database_holds_nothing_of_other_rules(engine: Engine) -> None:
    assert in_force(engine)


def test_the_first_import_gives_the_mark_of_the_rules_in_force(filled: Engine) -> None:
    assert in_force(filled)


def test_facts_of_other_rules_are_noticed(filled: Engine) -> None:
    of_other_rules(filled)
    assert not in_force(filled)


def test_facts_without_a_mark_count_as_those_of_other_rules(filled: Engine) -> None:
    with writing(filled) as connection:
        connection.execute(Setting.__table__.delete().where(col(Setting.name) == rules_mark.NAME))
    assert not in_force(filled)


def test_deriving_one_unit_leaves_the_others_of_other_rules(filled: Engine) -> None:
    of_other_rules(filled)
    with writing(filled) as connection:
        derive(connection, {"U1"}, shipped())
    assert not in_force(filled)


def test_deriving_all_puts_it_right(filled: Engine) -> None:
    of_other_rules(filled)
    with writing(filled) as connection:
        derive(connection, None, shipped())
    assert in_force(filled)


@pytest.mark.parametrize("name", rules_mark.LISTS)
def test_another_reference_list_gives_another_mark(name: str) -> None:
    first, *others = shipped().lists[name]
    column = list(first)[-1]
    other = ({**first, column: first[column] + "1"}, *others)
    assert rules_mark.mark_of(References({**shipped().lists, name: other})) != rules_mark.mark_of(
        shipped()
    )


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("def due(x):\n    return x + 1\n", True),
        ('def due(x):\n    """Other words."""\n    return x + 1  # and a comment\n', True),
        ("def due(x):\n    return x + 2\n", False),
    ],
)
def test_code_gives_another_mark_and_words_about_it_do_not(
    tmp_path, monkeypatch, source: str, same: bool
) -> None:
    monkeypatch.setattr(rules_mark, "RULES", (tmp_path,))
    rule = tmp_path / "rule.py"
    rule.write_text('def due(x):\n    """One day later."""\n    return x + 1\n', encoding="utf-8")
    before = rules_mark._rules.__wrapped__()
    rule.write_text(source, encoding="utf-8")
    assert (rules_mark._rules.__wrapped__() == before) is same
