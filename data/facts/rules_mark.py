"""A digest that marks facts with the rules and reference lists by which they were derived.

Facts with another mark come from other rules or lists and may differ from newly derived ones.
"""

import ast
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from json import dumps
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

import models
from data.facts import kept_facts
from data.reference.lists import References, current
from models.kept import Setting

NAME = "facts_mark"
RULES = (Path(models.__file__).parent, Path(__file__).parent)
"""The folders whose code decides what facts there are."""
LISTS = ("content_items", "rubric", "duty_items", "rating_grades", "warning_rules", "light_rules")
"""The reference lists that the rules read."""


def mark_of(references: References) -> str:
    """The SHA-256 mark of this version's rules and these lists."""
    lists = {name: [dict(row) for row in references.lists.get(name, ())] for name in LISTS}
    text = _rules() + dumps(lists, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def kept_mark(connection: Connection) -> str | None:
    """The mark of the stored facts; None if a version without marks derived them."""
    return connection.scalar(select(col(Setting.value)).where(col(Setting.name) == NAME))


def keep_mark(connection: Connection, references: References) -> None:
    """Mark all stored facts as derived by this version's rules and these lists."""
    connection.execute(delete(Setting).where(col(Setting.name) == NAME))
    connection.execute(insert(Setting).values(name=NAME, value=mark_of(references)))


def in_force(connection: Connection) -> bool:
    """Whether the stored facts were derived by this version's rules and the lists in force."""
    return kept_mark(connection) == mark_of(current(connection)) or kept_facts.nothing_kept(
        connection
    )


@lru_cache(maxsize=1)
def _rules() -> str:
    """A digest of the rules' source code without comments and docstrings."""
    digest = sha256()
    for path in _sources():
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            _drop_explanations(node)
        digest.update(path.name.encode())
        digest.update(ast.dump(tree).encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for folder in RULES:
        yield from sorted(folder.rglob("*.py"))


def _drop_explanations(node: ast.AST) -> None:
    """Remove docstrings and other string statements from the body of `node`, in place."""
    body = getattr(node, "body", None)
    if isinstance(body, list):
        body[:] = [
            each
            for each in body
            if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        ]
