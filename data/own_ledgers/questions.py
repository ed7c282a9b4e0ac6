"""Questions asked once per distinct thing, under an id that is the same in every run."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from data.own_ledgers.stated import Proposal, Question, QuestionKind
from models.text import Sentence

LEAVE_OUT = "-"
"""The answer that means: do not keep this."""


class Questions:
    """Collects what reading asks. What `answers` holds is not asked again."""

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
        """The id of the question, and its answer or None while it is open."""
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
        """Leave the question open: its answer is none that can be understood."""
        self.wrong.add(id_)

    def withdraw(self, id_: str) -> None:
        """Take back a question that nothing depends on after all."""
        self._asked.pop(id_, None)

    def is_open(self, id_: str) -> bool:
        """Whether a question has no answer that can be used."""
        return id_ in self.wrong or not self._answers.get(id_, "").strip()

    def open(self) -> tuple[Question, ...]:
        """The questions without an answer that can be used, in the order they came up."""
        return tuple(
            self._with_rows(each) for each in self._asked.values() if self.is_open(each.id)
        )

    def answered(self) -> tuple[tuple[Question, str], ...]:
        """The questions that the answers settle, each with its answer."""
        return tuple(
            (self._with_rows(each), self._answers[each.id].strip())
            for each in self._asked.values()
            if not self.is_open(each.id)
        )

    def _with_rows(self, question: Question) -> Question:
        return replace(question, rows=tuple(self._rows.get(question.id, ())))
