"""A unit sends, the steward returns, the unit sends again, the steward takes in, the unit sees."""

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import select
from sqlmodel import col

from dashboard import clock
from data.access import first_accounts
from data.collection.inbox import sent_files
from data.nodes import parse
from data.scope import Scope
from data.store.database import reading
from models.account import Grant, Role
from models.collection import FileState
from tests.data.collection.sent_cases import book

WHY = "请补充佐证材料后重新报送"
CHECKED_WITHIN = 90_000
"""Milliseconds, on a machine that has much else to do."""
SINCE = "2026-06-01"
"""A day to compare with: the state of the last meeting need not be brought back for it."""


def own_unit(served) -> str:
    """The unit of the demonstration's account of a unit."""
    with reading(served.engine) as connection:
        accounts = first_accounts.of_demonstration(connection)
        [account] = [name for name, role in accounts.items() if role is Role.UNIT]
        code = connection.scalar(select(col(Grant.code)).where(col(Grant.account) == account))
        return str(code)


def report(unit: str, days_ago: int) -> bytes:
    """A workbook that tells of a disposal found some days ago."""
    day = clock.today() - timedelta(days_ago)
    row = {"code": f"D-{unit}-{days_ago}", "unit": unit, "name": "空壳公司"}
    return book(disposals=[{**row, "found_on": day, "due_on": clock.today()}])


def states(served, unit: str) -> list[FileState]:
    with reading(served.engine) as connection:
        lines = sent_files(connection, Scope(parse(f"unit:{unit}"), clock.today()))
    return [each.state for each in lines]


def send(visit, name: str, content: bytes) -> None:
    """Choose a file and send it into the inbox."""
    field = visit.page.locator("[class*='st-key-sending-file-'] input[type=file]")
    field.set_input_files({"name": name, "mimeType": "application/zip", "buffer": content})
    go = visit.key("sending-go").get_by_role("button")
    # The file is opened and checked in two processes of their own.
    expect(go).to_be_visible(timeout=CHECKED_WITHIN)
    go.click()
    expect(visit.key("sending-receipt")).to_contain_text(name, timeout=CHECKED_WITHIN)


def test_from_sending_to_taken_in(enter, served):
    unit = own_unit(served)
    sender = enter(Role.UNIT).open("duties", tab="send", since=SINCE)
    send(sender, "第一次.xlsx", report(unit, 3))
    steward = enter(Role.STEWARD).open("inbox")
    expect(steward.main).to_contain_text("第一次.xlsx")
    number = _latest(served, unit)
    steward.turn_to("sent", file=str(number))
    why = steward.key(f"one-file-reason-{number}").locator("textarea")
    expect(why).to_be_visible(timeout=CHECKED_WITHIN)
    why.fill(WHY)
    steward.key("one-file-return").get_by_role("button").click()
    receipt = steward.key("inbox-receipt")
    expect(receipt).to_contain_text("第一次.xlsx", timeout=CHECKED_WITHIN)

    sender.turn_to("duties", since=SINCE)
    expect(sender.main).to_contain_text(WHY)
    sender.turn_to("duties", tab="send", since=SINCE)
    expect(sender.main).to_contain_text(WHY)
    send(sender, "第二次.xlsx", report(unit, 2))

    steward.turn_to("sent", file=str(_latest(served, unit)))
    take = steward.key("one-file-take").get_by_role("button")
    expect(take).to_be_enabled(timeout=CHECKED_WITHIN)
    take.click()
    expect(receipt).to_contain_text("taken in as import", timeout=CHECKED_WITHIN)
    sender.turn_to("duties", tab="send", since=SINCE)
    expect(sender.main).to_contain_text("Taken in")
    assert states(served, unit)[:2] == [FileState.TAKEN_IN, FileState.RETURNED]
    assert sender.problems == steward.problems == []


def _latest(served, unit: str) -> int:
    with reading(served.engine) as connection:
        lines = sent_files(connection, Scope(parse(f"unit:{unit}"), clock.today()))
    return lines[0].number
