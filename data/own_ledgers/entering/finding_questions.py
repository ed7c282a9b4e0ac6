"""Ask about findings on which a snapshot is unclear."""

from collections.abc import Callable
from datetime import date

from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.words.stated import Proposal, QuestionKind, StatedRow
from data.workbook.cells.value_texts import decimal_text
from models.rectification import Finding, State
from models.rules.snapshot import Answer, Doubt, Matter
from models.text import N_, Label, sentence

ASKS = {
    Matter.REOPENED: N_(
        "{code} is kept as closed, the sheet says “{stated}”: was it reopened, or is it an error?"
    ),
    Matter.VOIDED: N_("{code} is kept as voided, yet stands on the sheet as “{stated}”."),
    Matter.EARLIER_LIMIT: N_(
        "The time limit of {code} is kept as {kept}, the sheet says {stated}: was it moved, or "
        "mistyped?"
    ),
    Matter.PAST_LIMIT: N_(
        "{code} is kept as due on {kept}; the sheet extends it to {stated}, before the last sheet. "
        "Which holds?"
    ),
    Matter.LIMIT_OF_CLOSED: N_(
        "{code} is closed with the time limit {kept}, the sheet says {stated}. Which holds?"
    ),
    Matter.LESS: N_(
        "For {code}, {kept} is kept as done so far, the sheet says {stated}, which is less. Which "
        "holds?"
    ),
    Matter.PAID_AFTER_CLOSING: N_(
        "{code} is closed with {kept}; the sheet says {stated}. Was it reopened, or mistyped?"
    ),
    Matter.GUARDED: N_(
        "For {code}, “{column}” is kept as {kept}, the sheet says {stated}. Was it mistyped?"
    ),
    Matter.LATER_HISTORY: N_(
        "What the sheet says of {code} does not fit what was entered for later days."
    ),
}
KINDS = {
    Matter.EARLIER_LIMIT: QuestionKind.DAY,
    Matter.PAST_LIMIT: QuestionKind.DAY,
    Matter.LIMIT_OF_CLOSED: QuestionKind.DAY,
    Matter.LESS: QuestionKind.CONTRADICTION,
    Matter.PAID_AFTER_CLOSING: QuestionKind.CONTRADICTION,
    Matter.GUARDED: QuestionKind.CONTRADICTION,
}
KINDS_OF_COLUMNS = {"issued_on": QuestionKind.ISSUED_ON, "unit": QuestionKind.UNIT}


def decide(
    taking: TakingSheet,
    row: StatedRow,
    finding: Finding,
    history: int,
    *,
    unit_changes: bool | None = None,
) -> Callable[[Doubt], Answer | None]:
    """A function that settles doubts about `finding` or asks; `history` is its number of events.

    `unit_changes` says whether another stated unit replaces the stored one; None if that is not
    decided yet.
    """

    def answer(doubt: Doubt) -> Answer | None:
        if doubt.column == "unit" and unit_changes is not None:
            return Answer.MISTYPED if unit_changes else Answer.KEPT
        kind = KINDS.get(doubt.matter, QuestionKind.STATE)
        if doubt.matter is Matter.GUARDED:
            kind = KINDS_OF_COLUMNS.get(doubt.column, kind)
        given = taking.ask(
            kind,
            (finding.code, doubt.matter, doubt.column, doubt.kept, doubt.stated, history),
            [row],
            value=finding.title,
            proposals=[Proposal(each.value, each.label) for each in doubt.answers],
            asks=sentence(
                ASKS[doubt.matter],
                code=finding.code,
                column=_column(doubt.column),
                kept=_shown(doubt.column, doubt.kept),
                stated=_shown(doubt.column, doubt.stated),
            ),
        )
        return Answer(given) if given else None

    return answer


def _column(name: str) -> Label | str:
    return next((each.label for each in Finding.columns if each.id == name), name)


def _shown(column: str, value: object) -> object:
    match value:
        case State():
            return value.label
        case date():
            return value.isoformat()
        case int() if column == "amount":
            return decimal_text(value, 6)
        case None:
            return "—"
    return value
