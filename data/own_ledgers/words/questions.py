"""Collect questions, once per distinct subject, with an id that is the same in every run."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from data.own_ledgers.words.stated import Proposal, Question, QuestionKind
from models.text import Sentence

LEAVE_OUT = "-"
"""The answer that means: do not keep this."""


class Questions:
    """Collects the questions of reading. Those answered in `answers` are not asked again."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self._asked: dict[str, Question] = {}
        self._rows: dict[str, dict[int, None]] = {}
        self.wrong: set[str] = set()

    def id_of(self, kind: QuestionKind, *what: str) -> str:
        """The id of a question about `what`."""
        return f"{kind.value}-{sha256('|'.join(what).encode()).hexdigest()[:8]}"

    def ask(
        self,
        kind: QuestionKind,
        what: Iterable[str],
        *,
        sheet: str,
        value: str,
        row: int | None,
        proposals: Callable[[], Iterable[Proposal]],
        asks: Sentence,
        column: str = "",
        keep_as: str = "",
        keep: tuple[str, ...] = (),
    ) -> tuple[str, str | None]:
        """The question's id and its answer; None while it is open."""
        id_ = self.id_of(kind, *what)
        if id_ not in self._asked:
            self._asked[id_] = Question(
                id_, kind, sheet, value, (), tuple(proposals()), asks, column, keep_as, keep
            )
        if row is not None:
            self._rows.setdefault(id_, {})[row] = None
        answer = self._answers.get(id_)
        return id_, answer.strip() if answer is not None and answer.strip() else None

    def refuse(self, id_: str) -> None:
        """Leave the question open, since its answer cannot be understood."""
        self.wrong.add(id_)

    def withdraw(self, id_: str) -> None:
        """Remove a question on which nothing depends."""
        self._asked.pop(id_, None)

    def is_open(self, id_: str) -> bool:
        """Whether a question has no usable answer."""
        return id_ in self.wrong or not self._answers.get(id_, "").strip()

    def open(self) -> tuple[Question, ...]:
        """The questions without a usable answer, in the order in which they arose."""
        return tuple(
            self._with_rows(each) for each in self._asked.values() if self.is_open(each.id)
        )

    def answered(self) -> tuple[tuple[Question, str], ...]:
        """The questions with an answer, each with that answer."""
        return tuple(
            (self._with_rows(each), self._answers[each.id].strip())
            for each in self._asked.values()
            if not self.is_open(each.id)
        )

    def _with_rows(self, question: Question) -> Question:
        return replace(question, rows=tuple(self._rows.get(question.id, ())))
