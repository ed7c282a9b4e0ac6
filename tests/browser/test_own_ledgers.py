"""An own ledger that is dropped on the page Data is asked about and taken in."""

import re
from datetime import date

from playwright.sync_api import expect
from sqlalchemy import func, select
from sqlmodel import col

from data.store.database import reading
from models.account import Role
from models.grid import Unit
from models.rectification import Finding
from tests.data.own_ledgers.own_files import book
from tests.data.own_ledgers.taking_cases import HEADER, line

TITLE = "审计查出问题整改台账（截至2026年5月31日）"


def how_many(served) -> int:
    with reading(served.engine) as connection:
        return int(connection.scalar(select(func.count(col(Finding.code)))) or 0)


def choose(visit, field: str, text: str) -> None:
    """Type into a box that takes what is typed."""
    box = visit.page.locator(f"[class*='st-key-own-'][class*='{field}'] input")
    visit.choose_written(box, text)


def test_it_is_recognised_asked_about_and_taken_in(enter, served, tmp_path):
    row = line(1, "往来款", unit="不在册的中心", issued=date(2026, 3, 1))
    before = how_many(served)
    visit = enter(Role.STEWARD).open("data")
    file = book(tmp_path / "5.xlsx", [[TITLE], HEADER, row])
    visit.key("importing-file").locator("input[type=file]").set_input_files(file)
    expect(visit.main).to_contain_text("This is an own ledger")
    choose(visit, "-unit-", "no such unit")
    go_on = visit.page.get_by_role("button", name="Go on with these answers")
    with visit.run():
        go_on.click()
    expect(visit.main).to_contain_text("this answer cannot be used")
    assert visit.problems == []
    choose(visit, "-sender", "区审计局")
    aside = visit.page.get_by_role("button", name=re.compile("^Take it in and leave 1 row waiting"))
    expect(aside).to_be_enabled()
    aside.click()
    receipt = visit.key("receipt")
    expect(receipt).to_contain_text("Rows that wait for answers: 1.")
    expect(visit.page.locator("[class*='st-key-importing-file-1'] input[type=file]")).to_have_count(
        1
    )
    assert how_many(served) == before
    assert visit.problems == []


def test_several_files_are_taken_in_at_once_and_summed_up(enter, served, tmp_path):
    with reading(served.engine) as connection:
        unit = connection.scalar(select(col(Unit.name)).order_by(col(Unit.code)).limit(1))
    rows = [
        line(1, "多文件甲", unit=unit, issued=date(2026, 3, 1)),
        line(1, "多文件乙", unit="不在册的中心", issued=date(2026, 3, 1)),
    ]
    files = [book(tmp_path / f"{at}.xlsx", [[TITLE], HEADER, row]) for at, row in enumerate(rows)]
    before = how_many(served)
    visit = enter(Role.STEWARD).open("data")
    field = visit.page.locator("[class*='st-key-importing-file'] input[type=file]")
    field.set_input_files([str(each) for each in files])
    expect(visit.main).to_contain_text("2 files")
    expect(visit.main.get_by_role("region", name="Verdict on each file")).to_be_visible()
    visit.choose_written(visit.key("several-sender").locator("input"), "区审计局")
    take_in = visit.key("several-confirm").get_by_role("button")
    expect(take_in).to_be_enabled()
    take_in.click()
    expect(visit.key("several-receipt")).to_contain_text(
        "Taken in: 1 of 2 files; nothing new in 0; not taken in: 1."
    )
    assert how_many(served) == before + 1
    assert visit.problems == []
