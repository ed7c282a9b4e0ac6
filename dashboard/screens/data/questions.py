"""The questions about an own ledger as a short list, each with a choice of proposed answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from dashboard.i18n import _, name, say
from dashboard.markdown import literal, told
from dashboard.widgets import buttons
from dashboard.widgets.drawing import heading
from data.own_ledgers.how_to_take import OwnTaken
from data.own_ledgers.rows.as_json import shown
from data.own_ledgers.rows.row_units import UNITS_ALL
from data.own_ledgers.words.stated import Proposal, Question, QuestionKind

STATE = "questions-answers"
FILES_REMEMBERED = 20
MOST = 50
"""The most questions shown at once; the others follow once these are answered."""
ROWS_NAMED = 20
FREE = frozenset(
    {
        QuestionKind.UNIT,
        QuestionKind.DAY,
        QuestionKind.ISSUED_ON,
        QuestionKind.MONEY_UNIT,
        QuestionKind.MISSING_ROW,
    }
)
"""Kinds of question to which the viewer can also type an answer."""
More = Callable[[Question], Sequence[Proposal]]
"""A function that returns further answers to a question, besides its proposals."""


@dataclass(slots=True)
class Answers:
    """The answers about one file, by id of the question.

    `given` are the answers on the page, `used` those with which the file was last read. `asked` has
    all questions that came up in the circumstances `under`.
    """

    given: dict[str, str] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)
    under: object = None

    @property
    def waiting(self) -> bool:
        """Whether there are answers with which the file has not been read yet."""
        return self.given != self.used

    def begin(self, under: object) -> None:
        """Forget which questions were asked if the circumstances have changed."""
        if under != self.under:
            self.asked.clear()
            self.under = under


def of_file(digest: str) -> Answers:
    """Return the answers about a file, kept in the session until it is taken in."""
    kept: dict[str, Answers] = st.session_state.setdefault(STATE, {})
    answers = kept.pop(digest, None) or Answers()
    kept[digest] = answers
    while len(kept) > FILES_REMEMBERED:
        del kept[next(iter(kept))]
    return answers


def forget(digest: str) -> None:
    """Drop the answers about a file."""
    st.session_state.get(STATE, {}).pop(digest, None)


def show(taken: OwnTaken, answers: Answers, more: More, key: str) -> None:
    """Draw the open questions, the optional ones, and those that are answered."""
    known = {question.id: answer for question, answer in taken.stated.answered}
    settled = [question for question, _answer in taken.stated.answered]
    for each in (*taken.questions, *taken.optional, *settled):
        answers.asked[each.id] = each
    still = {each.id for each in (*taken.questions, *taken.optional)}
    answered = [
        each
        for each in answers.asked.values()
        if each.id not in still and (each.id in answers.used or each.id in known)
    ]
    if not (taken.questions or taken.optional or answered):
        return
    draw = _Drawing(answers, known, more, key)
    if taken.questions:
        heading(
            _("Questions"),
            _("{n}; what is answered is kept and not asked again", n=len(taken.questions)),
        )
        draw.every(taken.questions)
    if taken.optional:
        with st.expander(_("Need not be answered ({n})", n=len(taken.optional))):
            draw.every(taken.optional)
    if answered:
        with st.expander(_("Answered ({n})", n=len(answered))):
            draw.every(answered, are_open=False)
    if st.button(
        _("Go on with these answers"),
        type=buttons.main_button_type() if taken.questions else "secondary",
        key=f"{key}-go-on",
        disabled=not answers.waiting,
    ):
        answers.used = dict(answers.given)
        st.rerun()


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws questions with their answers: those given on this page, or `known` from earlier
    sheets."""

    answers: Answers
    known: Mapping[str, str]
    more: More
    key: str

    def every(self, questions: Sequence[Question], *, are_open: bool = True) -> None:
        """Draw `questions`, numbered; those that `are_open` have no usable answer yet."""
        for number, question in enumerate(questions[:MOST], start=1):
            self._one(number, question, is_open=are_open)
        if len(questions) > MOST:
            left = len(questions) - MOST
            st.caption(_("{n} more follow once these are answered.", n=left))

    def _one(self, number: int, question: Question, *, is_open: bool) -> None:
        asks = told(question.asks)
        if question.value == UNITS_ALL and not question.proposals:
            # No answer on this page can resolve the question.
            st.warning(asks)
            return
        names = self._names(question)
        given = self.answers.given.get(question.id) or self.known.get(question.id)
        if given:
            names.setdefault(given, given)
        options = list(names)
        key = f"{self.key}-{question.id}"
        st.selectbox(
            f"{number}\\. {asks}",
            options,
            index=options.index(given) if given else None,
            format_func=lambda answer: names.get(answer, answer),
            accept_new_options=question.kind in FREE,
            placeholder=_("Choose or type") if question.kind in FREE else _("Choose"),
            key=key,
            on_change=self._put,
            args=(question.id, key),
            width=640,
        )
        if place := self._place(question, is_open=is_open):
            st.caption(literal(place))

    def _names(self, question: Question) -> dict[str, str]:
        """Return the text of each possible answer, the proposals first."""
        name_by_answer: dict[str, str] = {}
        for each in (*question.proposals, *self.more(question)):
            name_by_answer.setdefault(each.answer, shown(each, say, name))
        return name_by_answer

    def _place(self, question: Question, *, is_open: bool) -> str:
        """Return where the question arises, and whether it is still open in spite of an answer."""
        parts = [name(question.kind.label), question.sheet]
        if question.rows:
            rows = _(", ").join(map(str, question.rows[:ROWS_NAMED]))
            rows += "…" if len(question.rows) > ROWS_NAMED else ""
            parts.append(_("rows {rows}", rows=rows))
        used = self.answers.used.get(question.id)
        if is_open and used and used == self.answers.given.get(question.id):
            parts.append(_("this answer cannot be used"))
        return " · ".join(filter(None, parts))

    def _put(self, id_: str, key: str) -> None:
        answer = (st.session_state.get(key) or "").strip()
        if answer:
            self.answers.given[id_] = answer
        else:
            self.answers.given.pop(id_, None)
