"""Findings that stand under another unit than before: taken over, mistyped, or other findings."""

from collections.abc import Mapping, Sequence

from data.ledgers.rows import fetch
from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.words.stated import Proposal, QuestionKind, StatedRow
from models.grid import Unit
from models.rectification import Finding
from models.rules.snapshot import Answer
from models.text import N_, sentence

TAKEN_OVER, ANOTHER = "TAKEN_OVER", "NEW"
WHOSE = N_(
    "{n} findings kept for “{before}” stand under “{now}” on this sheet, and no longer under "
    "“{before}”. Whose are they?"
)
ANSWERS = {
    TAKEN_OVER: N_("“{now}” took over from “{before}” and goes on with them, limits and all"),
    Answer.MISTYPED.value: N_("they were those of “{now}” from the beginning; correct the unit"),
    Answer.KEPT.value: N_("they are still those of “{before}”; the sheet is wrong"),
    ANOTHER: N_("they are other findings, of “{now}” alone"),
}
UNIT_CHANGES = (TAKEN_OVER, Answer.MISTYPED.value)
"""The answers by which the stated unit replaces the stored one."""
Pair = tuple[str, str]
"""The codes of the unit for which findings are stored, and of the unit that the sheet says."""


def whose(
    taking: TakingSheet,
    moved: Mapping[Pair, Sequence[tuple[StatedRow, str]]],
    findings: Mapping[str, Finding],
) -> dict[int, tuple[str, str]]:
    """The code and the answer for each stated row whose stored finding has another unit.

    `moved` are the rows with the codes of their findings, by pair of units. It is asked once for
    each pair; while there is no answer, the rows wait. Rows that are other findings are left out.
    """
    names: dict[str, str] = dict(fetch(taking.connection, Unit, ("code", "name"))) if moved else {}
    found: dict[int, tuple[str, str]] = {}
    for (before, now), rows in moved.items():
        called = {"before": names.get(before, before), "now": names.get(now, now)}
        answer = taking.ask(
            QuestionKind.MATCH,
            ("moved", before, now),
            [row for row, _ in rows],
            value=findings[rows[0][1]].title,
            proposals=[Proposal(each, sentence(said, **called)) for each, said in ANSWERS.items()],
            asks=sentence(WHOSE, n=len(rows), **called),
        )
        if answer and answer != ANOTHER:
            found |= {id(row): (code, answer) for row, code in rows}
    return found
