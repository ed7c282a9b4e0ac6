"""Remember an imported file's rows, its answers, and the rows that wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from data.own_ledgers.entering.comparing import Compared
from data.own_ledgers.entering.taking_sheet import TakingSheet, plain_values
from data.own_ledgers.forms import kept_forms
from data.own_ledgers.forms.form import Form
from data.own_ledgers.how_to_take import OnlyRows
from data.own_ledgers.memory import remembered
from data.own_ledgers.memory.answers import taught
from data.own_ledgers.reading import AS_OF
from data.own_ledgers.words.stated import Question, QuestionKind, StatedFile, StatedRow
from data.store.access_log import Act
from models.text import Label


@dataclass(frozen=True, slots=True)
class SheetKeeper:
    """Remembers the sheets of one file of one sender."""

    act: Act
    sender: str
    path: Path
    sha256: str
    forms: Mapping[str, Form]
    only: OnlyRows | None = None

    def keep(
        self,
        connection: Connection,
        stated: StatedFile,
        made: Compared,
        waiting: Sequence[tuple[TakingSheet, StatedRow]],
        number: int | None,
    ) -> None:
        """Remember the sheets of a file as of import `number`, or as nothing new; the rows of
        `waiting` wait."""
        act = self.act
        for sheet in made.sheets:
            told = remembered.Sheet(self.sender, sheet.form, sheet.as_of)
            if (
                number is None
                and not waiting
                and self.only is None
                and remembered.was_taken(connection, told, self.sha256)
            ):
                continue
            remembered.remember(
                connection,
                act,
                told,
                sheet.said,
                import_number=number,
                file_name=stated.file,
                sha256=self.sha256,
                settles=self.only.ids if self.only else None,
            )
        remembered.mark_known_as_of(connection, made.to_enter.marks)
        remembered.keep_answers(connection, self.sender, self._answers(stated, made))
        days = {each.sheet: each.as_of.isoformat() for each in stated.sheets if each.as_of}
        remembered.keep_days_of_file(connection, self.sender, self.sha256, days)
        for form in taught(self.forms, stated):
            kept_forms.keep(connection, act, form)
        asked = {each.id: each for each in (*stated.questions, *made.open())}
        if waiting:
            remembered.keep_file(connection, act, stated.file, self.sha256, self.path.read_bytes())
        remembered.set_aside(
            connection, (self._waiting(stated, sheet, row, asked) for sheet, row in waiting)
        )

    def _answers(self, stated: StatedFile, made: Compared) -> dict[str, str]:
        """The answers that also hold for the sender's next sheet: all but the snapshot day, which
        holds for the same file."""
        used = {
            question.id: answer
            for question, answer in stated.answered
            if question.kind is not QuestionKind.DAY or question.value != AS_OF
        }
        for sheet in made.sheets:
            used |= sheet.used
        return used

    def _waiting(
        self,
        stated: StatedFile,
        sheet: TakingSheet,
        row: StatedRow,
        asked: Mapping[str, Question],
    ) -> dict[str, object]:
        return {
            "sender": self.sender,
            "form": sheet.form,
            "as_of": sheet.as_of,
            "file_name": stated.file,
            "sheet": row.sheet,
            "row": row.row,
            "sha256": self.sha256,
            "ledger": row.ledger,
            "unit": sheet.units.of(row.values.get("unit")),
            "said": plain_values(row.values),
            "questions": [
                _kept_question(asked[each]) for each in questions_of(sheet, row) if each in asked
            ],
            "at": self.act.at,
            "account": self.act.account,
        }


def questions_of(sheet: TakingSheet, row: StatedRow) -> list[str]:
    """The ids of the questions that a row waits for."""
    return sorted({*row.questions, *sheet.waiting.get(id(row), ())})


def _kept_question(question: Question) -> dict[str, object]:
    values = {
        name: value.zh if isinstance(value, Label) else "" if value is None else value
        for name, value in question.asks.values.items()
    }
    return {
        "id": question.id,
        "kind": question.kind.value,
        "value": question.value,
        "message": question.asks.message,
        "values": plain_values(values),
        "answers": [each.answer for each in question.proposals],
    }
