"""Import waiting rows once their questions are answered."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from data.own_ledgers.how_to_take import HowToTake, OnlyRows, OwnTaken
from data.own_ledgers.memory import remembered
from data.own_ledgers.reading import ReadFiles
from data.own_ledgers.reading_apart import read_files_apart
from data.own_ledgers.taking import take_files
from data.own_ledgers.waiting_rows import (
    WaitingRow,
    WaitingRowError,
    require_waiting,
    waiting_rows,
)
from data.scope import Scope
from data.store.database import reading
from models.file_names import fit
from models.text import N_

NO_FILE = N_(
    "The file “{file}” is not kept, so the row cannot be read again. Take the file in once more; "
    "what was answered is kept."
)


def take_waiting(
    engine: Engine,
    scope: Scope,
    id_: int,
    answers: Mapping[str, str],
    how: HowToTake,
    *,
    read: ReadFiles = read_files_apart,
) -> OwnTaken:
    """Import a waiting row with `answers` and the stored answers, or try to.

    The file is read again as before, by its form and for its day; only this row is imported. Raises
    `WaitingRowError` if the row no longer waits or its file is not stored.
    """
    with reading(engine) as connection:
        row = require_waiting(connection, scope, id_)
        beside = [
            each.id
            for each in waiting_rows(connection, scope)
            if (each.sha256, each.sheet, each.row) == (row.sha256, row.sheet, row.row)
        ]
        content = remembered.file_of(connection, row.sha256)
    if content is None:
        raise WaitingRowError(NO_FILE, file=row.file_name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / fit(row.file_name)
        path.write_bytes(content)
        [taken] = take_files(engine, [path], _alone(row, beside, answers, how, read))
    return replace(taken, stated=replace(taken.stated, file=row.file_name))


def _alone(
    row: WaitingRow,
    ids: Iterable[int],
    answers: Mapping[str, str],
    how: HowToTake,
    read: ReadFiles,
) -> HowToTake:
    """How to import only the line of the sheet with `row`, which holds the rows of `ids`."""
    return replace(
        how,
        sender=row.sender,
        form=row.form,
        as_of=row.as_of,
        answers={**how.answers, **answers},
        set_aside=False,
        read=read,
        only=OnlyRows(frozenset({(row.sheet, row.row)}), frozenset(ids)),
    )
