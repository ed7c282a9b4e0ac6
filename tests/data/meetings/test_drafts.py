"""Drafts say how far findings of a kind are rectified, and where a matter was put before."""

from datetime import date

import pytest
from sqlalchemy import Engine

from data.findings.ledger import FindingFilter, counts, findings_on_page
from data.matters import About
from data.meetings.drafts import (
    ACT_IF_PUT_BEFORE,
    ACT_IF_RECTIFIED,
    ALL_RECTIFIED,
    NONE_RECTIFIED,
    SOME_RECTIFIED,
    WORDS_IF_RECTIFIED,
    Draft,
    drafts,
)
from data.nodes import DISTRICT, parse
from data.scope import everything
from data.store.database import reading
from models.work import DecisionState
from tests.data.contents import TODAY, kept, net, workbook

UNITS = ("U1", "U2", "U3")
ISSUED = {"category": "采购", "issued_on": date(2026, 6, 1), "due_on": date(2026, 12, 1)}
SCOPE = everything(parse(DISTRICT), TODAY)
LONG_OVERDUE = {
    "severity": "MAJOR",
    "title": "挪用专款",
    "issued_on": date(2025, 1, 1),
    "due_on": date(2025, 6, 1),
}
MEETING = {"code": "M1", "name": "第一次会议", "on_date": date(2026, 6, 10)}


def found(engine: Engine, about: About, **ledgers: object) -> Draft:
    """The only draft of a matter of the kind `about`."""
    heard = {"grid_elements": [{"unit": unit} for unit in UNITS]}
    kept(engine, workbook(**(net(*UNITS) | heard | ledgers)))
    with reading(engine) as connection:
        (draft,) = (each for each in drafts(connection, SCOPE, 50) if each.matter.about is about)
    return draft


@pytest.mark.parametrize(
    ("closed", "so_far"), [(0, NONE_RECTIFIED), (1, SOME_RECTIFIED), (3, ALL_RECTIFIED)]
)
def test_findings_of_one_kind_tell_how_many_are_rectified(engine, closed, so_far):
    findings = [{"code": f"F{unit}", "unit": unit, **ISSUED} for unit in UNITS]
    closing = [
        {"finding": f"F{unit}", "action": "CLOSE", "on_date": date(2026, 6, 20)}
        for unit in UNITS[:closed]
    ]
    draft = found(engine, About.CATEGORY, findings=findings, rectification_events=closing)
    assert draft.so_far is not None
    assert draft.so_far.message == so_far
    assert draft.so_far.values == {"findings": 3, "rectified": closed}
    assert (draft.act == ACT_IF_RECTIFIED) == (closed == 3)
    assert (draft.words.message == WORDS_IF_RECTIFIED) == (closed == 3)


def test_of_findings_of_one_kind_the_one_overdue_the_longest_is_named_and_the_others_counted(
    engine,
):
    due = {"U1": date(2026, 6, 25), "U2": date(2026, 6, 20), "U3": date(2026, 6, 10)}
    findings = [{"code": f"F{unit}", "unit": unit, **ISSUED, "due_on": due[unit]} for unit in UNITS]
    submitted = {"finding": "FU3", "action": "SUBMIT", "on_date": date(2026, 6, 9)}
    draft = found(engine, About.CATEGORY, findings=findings, rectification_events=[submitted])
    assert draft.finding is not None
    # What waits for the reviewer is not overdue.
    assert (draft.finding.finding.code, draft.others) == ("FU2", 2)


def test_of_findings_of_one_kind_that_are_all_rectified_none_is_named(engine):
    findings = [{"code": f"F{unit}", "unit": unit, **ISSUED} for unit in UNITS]
    closing = [
        {"finding": f"F{unit}", "action": "CLOSE", "on_date": date(2026, 6, 20)} for unit in UNITS
    ]
    draft = found(engine, About.CATEGORY, findings=findings, rectification_events=closing)
    assert (draft.finding, draft.others) == (None, 0)


def test_the_ledger_lists_the_findings_that_a_matter_counts(engine):
    findings = [{"code": f"F{unit}", "unit": unit, **ISSUED} for unit in UNITS]
    before = {"code": "F9", **ISSUED, "issued_on": date(2024, 6, 1)}
    draft = found(engine, About.CATEGORY, findings=[*findings, before])
    assert draft.so_far is not None
    with reading(engine) as connection:
        wanted = FindingFilter(alike="采购")
        sizes = counts(connection, SCOPE, wanted)
        listed = findings_on_page(connection, SCOPE, wanted, sizes, 0, 50)
    assert len(listed) == draft.so_far.values["findings"] == 3


def long_overdue_after_decision(engine: Engine, text: str) -> Draft:
    """The draft for a finding in U1, after a meeting that decided `text` on U1."""
    decision = {"number": 1, "text": text, "unit": "U1", "due_on": date(2026, 6, 20)}
    findings = [{"unit": "U1", **LONG_OVERDUE}]
    return found(engine, About.FINDING, findings=findings, meetings=[MEETING], decisions=[decision])


def test_a_finding_whose_title_was_decided_on_says_at_which_meeting(engine):
    draft = long_overdue_after_decision(engine, "限期整改：挪用专款")
    assert draft.put is not None
    assert (draft.put.meeting, draft.put.state) == ("M1", DecisionState.OVERDUE)
    assert draft.act == ACT_IF_PUT_BEFORE


@pytest.mark.parametrize(("met", "meeting"), [(date(2026, 6, 10), "M1"), (date(2026, 5, 10), "")])
def test_a_referred_finding_was_put_to_the_next_meeting_of_the_committee(engine, met, meeting):
    referral = {"finding": "F1", "step": "COMMITTEE", "issued_on": date(2026, 6, 1)}
    draft = found(
        engine,
        About.FINDING,
        findings=[{"unit": "U1", **LONG_OVERDUE}],
        escalations=[referral],
        meetings=[MEETING | {"kind": "COMMITTEE", "on_date": met}],
    )
    assert draft.put is not None
    assert (draft.put.meeting, draft.put.referred_on) == (meeting, date(2026, 6, 1))


def test_a_decision_on_another_matter_puts_nothing_to_a_meeting(engine):
    assert long_overdue_after_decision(engine, "限期整改其他问题").put is None
