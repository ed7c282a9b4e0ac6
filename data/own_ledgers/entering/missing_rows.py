"""Ask what became of findings that were in the last sheet but are missing from this one."""

from collections.abc import Collection, Iterator

from data.own_ledgers.entering.finding_rows import KeptFindings
from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.words.stated import Proposal, QuestionKind
from models.rectification import Action, Finding, State
from models.rules.snapshot import Outcome, Stated, happened, standing_on
from models.text import N_, sentence

VALID, CLOSED, VOIDED, MERGED = "VALID", "CLOSED", "VOIDED", "MERGED:"
WHERE = N_(
    "“{title}” ({code}) stood on the sheet of {day} and is missing now. What became of it? Without "
    "an answer it is still valid; for one merged into another answer like MERGED:U1-2026-001."
)
PROPOSALS = (
    Proposal(VALID, sentence(N_("still valid"))),
    Proposal(CLOSED, Action.CLOSE.label),
    Proposal(VOIDED, Action.VOID.label),
)
MERGED_INTO = "并入 {code}"


def missing_findings(
    taking: TakingSheet, kept: KeptFindings, mentioned: Collection[str]
) -> Iterator[tuple[Finding, Outcome]]:
    """The findings of the last sheet that are missing from this file, with what became of them.

    `mentioned` are the codes of findings in any sheet of the file. The user is asked about each
    that is open; no answer is required.
    """
    for each in taking.remembered:
        finding = kept.findings.get(each.key)
        if each.ledger != "findings" or each.as_of != taking.last or finding is None:
            continue
        if each.key in mentioned or taking.last == taking.as_of:
            continue
        events = kept.events.get(each.key, [])
        at = standing_on(finding, events, taking.as_of)
        if at.state in (State.VOIDED, State.CLOSED):
            # A closed finding may be left off the next sheet.
            continue
        outcome = happened(finding, events, _answered(taking, finding), None, lambda _doubt: None)
        if outcome.events and not outcome.doubts:
            yield finding, outcome


def _answered(taking: TakingSheet, finding: Finding) -> Stated:
    """The state of the finding according to the answer."""
    answer = taking.ask(
        QuestionKind.MISSING_ROW,
        (finding.code, taking.last),
        [],
        value=finding.title,
        proposals=PROPOSALS,
        asks=sentence(WHERE, title=finding.title, code=finding.code, day=str(taking.last or "")),
        optional=True,
        free=True,
    )
    if answer == CLOSED:
        return Stated(taking.as_of, State.CLOSED)
    if answer == VOIDED:
        return Stated(taking.as_of, State.VOIDED)
    if answer and answer.startswith(MERGED):
        code = answer.removeprefix(MERGED)
        return Stated(taking.as_of, State.VOIDED, progress=MERGED_INTO.format(code=code))
    return Stated(taking.as_of)
