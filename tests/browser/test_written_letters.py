"""Letters from the finding that is due to the reply, as somebody of the committee does it.

What is issued moves the day of the data, so that these come last.
"""

import re
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Locator, expect
from sqlalchemy import select
from sqlmodel import col

from data.store import access_log
from data.store.database import reading
from models.account import Role
from models.letter import Letter
from models.rectification import Escalation
from tests.browser.visit import Visit
from tests.demonstration_day import TODAY

DAY = TODAY.isoformat()


@pytest.fixture(scope="module")
def numbers() -> list[str]:
    """The numbers of the letters issued so far."""
    return []


@pytest.fixture
def committee(enter) -> Visit:
    """A tab of somebody who may issue letters."""
    return enter(Role.COMMITTEE)


def button(visit: Visit, key: str) -> Locator:
    return visit.key(key).get_by_role("button")


def word(visit: Visit, key: str) -> Any:
    """The document behind a download button."""
    with visit.page.expect_download() as download:
        button(visit, key).click()
    return Document(BytesIO(download.value.path().read_bytes()))


def rows(served, number: str) -> list[Any]:
    """The rows of the ledger of escalations for which a letter stands."""
    with reading(served.engine) as connection:
        letter = connection.execute(
            select(Letter.__table__).where(col(Letter.text_number) == number)
        ).one()
        found = connection.execute(
            select(Escalation.__table__).where(
                col(Escalation.finding).in_(letter.findings),
                col(Escalation.step) == letter.step,
                col(Escalation.issued_on) == letter.issued_on,
            )
        )
        return list(found)


def test_findings_that_are_due_become_a_letter_with_its_file(committee, served, numbers):
    visit = committee.open("letters", step="SUPERVISION", as_of=DAY)
    with visit.run():
        visit.key("letters-due").get_by_role("checkbox").nth(1).check()
    expect(button(visit, "letters-issue")).to_be_disabled()
    with visit.run():
        visit.main.get_by_text("I have looked at the letters").click()
    with visit.run():
        button(visit, "letters-issue").click()
    said = visit.key("letters-just-issued").get_by_role("status")
    expect(said).to_contain_text("Issued:")
    found = re.search("经安督〔[0-9]+〕[0-9]+号", said.inner_text())
    assert found
    numbers.append(found[0])
    document = word(visit, "letters-file-issued-0")
    assert found[0] in [each.text for each in document.paragraphs]
    kept = rows(served, found[0])
    assert len(document.tables[0].rows) - 1 == len(kept) > 0
    with reading(served.engine) as connection:
        done = [entry.what for entry in access_log.entries(connection, account="demo-committee")]
    assert done[:2] == ["exported", "letter_issued"]
    assert visit.problems == []


def test_a_receipt_is_entered_and_taken_back_for_a_reason(committee, served, numbers):
    visit = committee.open("letters", tab="sent", as_of=DAY)
    visit.cell("letters-sent", 0)
    expect(visit.key("letters-one")).to_contain_text(numbers[0])
    with visit.run():
        button(visit, "letters-enter-received_on").click()
    expect(visit.key("letters-one")).to_contain_text(f"Entered for {DAY}")
    assert {row.received_on for row in rows(served, numbers[0])} == {TODAY}
    with visit.run():
        button(visit, "letters-undo-received_on").first.click()
    reason = visit.key("letters-reason-received_on").get_by_role("textbox")
    reason.fill("another letter's receipt")
    with visit.run():
        reason.press("Enter")
    with visit.run():
        button(visit, "letters-take-back-received_on").click()
    expect(button(visit, "letters-enter-received_on")).to_be_visible()
    assert {row.received_on for row in rows(served, numbers[0])} == {None}
    assert visit.problems == []


def test_a_leader_takes_a_letter_along_and_changes_nothing(enter, numbers):
    visit = enter(Role.LEADER).open("letters", tab="sent", as_of=DAY)
    visit.cell("letters-sent", 0)
    again = word(visit, "letters-file-again-0")
    assert numbers[0] in [each.text for each in again.paragraphs]
    expect(visit.page.locator('[class*="st-key-letters-enter"]')).to_have_count(0)
    visit.open("letters", tab="due", as_of=DAY)
    expect(visit.key("letters-issue")).to_have_count(0)
    assert visit.problems == []


def test_the_menu_leads_to_the_letters(committee):
    visit = committee.open("overview", as_of=DAY)
    visit.go("letters")
    expect(visit.title).to_have_text("Which letters are due?")
    assert visit.problems == []
