"""Find JSON documents that are not of the shape that their table declares.

The database itself does not notice valid JSON of another shape, such as a list instead of a
mapping.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ConfigDict, TypeAdapter, ValidationError
from sqlalchemy import JSON, Column, Connection, select
from sqlmodel import SQLModel

from data.store.copying import tables


class WrongDocuments(NamedTuple):
    """`number` rows of `table` hold a document of another shape in `column`; `first` is the key of
    the first of them."""

    table: str
    column: str
    number: int
    first: str


def wrong_documents(connection: Connection) -> Iterator[WrongDocuments]:
    """Where documents are of another shape, by table and column; nothing if all are right."""
    models = {mapper.local_table: mapper.class_ for mapper in SQLModel._sa_registry.mappers}
    for table in tables():
        keys = list(table.primary_key.columns)
        for column in table.columns:
            if not isinstance(column.type, JSON):
                continue
            shape = _shape(models[table], column.key)
            statement = select(column, *keys).order_by(*keys)
            stored = connection.execute(statement.execution_options(yield_per=1_000))
            wrong = [key for document, *key in stored if not _is_of(shape, document, column)]
            if wrong:
                first = ", ".join(map(str, wrong[0]))
                yield WrongDocuments(table.name, column.name, len(wrong), first)


def _shape(model: type[SQLModel], name: str) -> TypeAdapter[Any]:
    declared: Any = model.model_fields[name].annotation
    return TypeAdapter(declared, config=ConfigDict(strict=True))


def _is_of(shape: TypeAdapter[Any], document: object, column: Column[Any]) -> bool:
    if document is None and column.nullable:
        return True
    try:
        shape.validate_python(document)
    except ValidationError:
        return False
    return True
