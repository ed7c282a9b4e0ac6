"""Print the result of a trial import, changed rows and figures, as lines or as JSON."""

from collections.abc import Iterator

from dashboard.commands.speaking import tell, tell_table
from dashboard.formats import of_denominator, text
from dashboard.i18n import _, name
from data.figures.reading import Reading
from data.intake.checks.cells import as_written
from data.intake.preview import LedgerPreview, Preview
from models.registry import BY_ID
from models.text import NOTHING

LINES = 50
"""The most new and the most changed rows printed of a ledger; `--json` has them all."""


def tell_preview(preview: Preview | None) -> None:
    """Print new and changed rows, then the figures before and after."""
    if preview is None:
        return
    for each in preview.ledgers:
        for line in _lines(each):
            tell(line)
    if preview.figures:
        tell_table(
            (_("Figure"), _("Before"), _("After")),
            [
                (_(each.before.figure.name), _written(each.before), _written(each.after))
                for each in preview.figures
            ],
        )


def _lines(preview: LedgerPreview) -> Iterator[str]:
    sheet = name(BY_ID[preview.ledger].SHEET)
    columns = {each.id: each for each in BY_ID[preview.ledger].columns}
    for changed in preview.changed[:LINES]:
        for cell in changed.cells:
            column = columns[cell.column]
            yield _(
                "{sheet}!{row} {key}: {column} {before} → {after}",
                sheet=sheet,
                row=changed.row,
                key=changed.key,
                column=column.label,
                before=as_written(column.kind, cell.before) or NOTHING,
                after=as_written(column.kind, cell.after) or NOTHING,
            )
    for new in preview.new[:LINES]:
        values = {"sheet": sheet, "row": new.row, "key": new.key, "subject": new.subject}
        yield _("{sheet}!{row} {key}: new {subject}", **values).rstrip()
    more = sum(max(len(rows) - LINES, 0) for rows in (preview.changed, preview.new))
    if more:
        yield _("{sheet}: {n} more rows; --json names them all.", sheet=sheet, n=more)


def _written(reading: Reading) -> str:
    sides = of_denominator(reading) if reading.known else ""
    return f"{text(reading)} ({sides})" if sides else text(reading)


def as_json(preview: Preview | None) -> dict[str, object]:
    """The rows by ledger and the figures by id, in the formats of `rows --json` and `figures`."""
    if preview is None:
        return {}
    return {
        "rows": {each.ledger: _rows_as_json(each) for each in preview.ledgers},
        "figures": {
            each.before.id: {"before": each.before.as_json(), "after": each.after.as_json()}
            for each in preview.figures
        },
    }


def _rows_as_json(preview: LedgerPreview) -> dict[str, object]:
    columns = {each.id: each for each in BY_ID[preview.ledger].columns}

    def written(column: str, value: object) -> str | None:
        return as_written(columns[column].kind, value)

    return {
        "new": [
            {
                "key": each.key,
                "row": each.row,
                "values": {
                    column: written(column, value)
                    for column, value in each.values.items()
                    if value is not None
                },
            }
            for each in preview.new
        ],
        "changed": [
            {
                "key": each.key,
                "row": each.row,
                "cells": {
                    cell.column: {
                        "before": written(cell.column, cell.before),
                        "after": written(cell.column, cell.after),
                    }
                    for cell in each.cells
                },
            }
            for each in preview.changed
        ],
        "equal": preview.equal,
    }
