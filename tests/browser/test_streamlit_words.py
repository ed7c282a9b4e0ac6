"""Streamlit's own words do not stand on Chinese pages, and English pages keep them."""

import re

import pytest
from playwright.sync_api import expect

from models.account import Role
from tests.browser.visit import Visit

WORDS = (
    "Choose an option",
    "Choose date",
    "Clear date",
    "Clear value",
    "Copy Vega-Lite spec",
    "Fullscreen",
    "Next page",
    "No results",
    "Open",
    "Page not found",
    "Pin column",
    "Previous page",
    "Running...",
    "Show data",
    "Skip to main content",
    "Sort ascending",
    "Upload",
    "dd",
    "does not seem to exist",
    "file upload",
    "mm",
    "per file",
    "yyyy",
)
SAID = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const said = []
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    if (node.parentElement.checkVisibility({ visibilityProperty: true })) said.push(node.data)
  for (const name of ["aria-label", "title", "placeholder"])
    for (const each of document.querySelectorAll(`[${name}]`)) said.push(each.getAttribute(name))
  return said
}"""
MENU = """(items) => {
  const menu = document.createElement("div")
  menu.setAttribute("role", "menu")
  for (const each of items) menu.append(each)
  document.body.append(menu)
}"""
ENGLISH = re.compile(rf"(?<![A-Za-z])({'|'.join(map(re.escape, WORDS))})(?![A-Za-z])")


def english(visit: Visit) -> set[str]:
    """Streamlit's own words in English that stand on the page, seen or read out."""
    return {found[1] for said in visit.page.evaluate(SAID) for found in ENGLISH.finditer(said)}


@pytest.fixture
def steward(enter) -> Visit:
    return enter(Role.STEWARD)


def test_fields_for_files_days_and_choices_speak_chinese(steward):
    steward.open("data", lang="zh_CN", tab="take_in")
    steward.fields_drawn()
    field = steward.page.get_by_test_id("stFileUploader").first
    expect(field.get_by_test_id("stBaseButton-secondary")).to_contain_text("选择文件")
    expect(steward.main).to_contain_text("200 MB")
    box = steward.key("frame-node").get_by_role("combobox")
    box.click()
    box.fill("无此单位")
    expect(steward.page.get_by_text("没有符合的选项")).to_be_visible()
    assert english(steward) == set()


def test_tool_bar_of_a_chart_speaks_chinese(steward):
    steward.open("rectification", lang="zh_CN", tab="flow")
    steward.charts_drawn()
    chart = steward.page.get_by_test_id("stVegaLiteChart").first
    chart.hover()
    expect(steward.page.get_by_role("button", name=re.compile("显示数据")).first).to_be_visible()
    assert english(steward) == set()


def test_pages_of_a_list_speak_chinese(steward):
    steward.open("rectification", lang="zh_CN", tab="ledger")
    expect(steward.page.get_by_role("button", name="下一页")).to_be_visible()
    assert english(steward) == set()


def test_what_streamlit_draws_later_speaks_chinese_as_well(steward):
    steward.open("password", lang="zh_CN")
    # A column's menu opens from a canvas, which has no element to click.
    steward.page.evaluate(MENU, ["Sort ascending", "Pin column"])
    expect(steward.page.get_by_role("menu")).to_have_text("升序固定此列")


def test_a_page_that_is_not_there_is_answered_in_chinese(steward):
    steward.open("nowhere", lang="zh_CN")
    # Whether Streamlit's dialog still stands depends on how soon the first page takes its place.
    assert english(steward) == set()
    steward.page.evaluate(MENU, ["Page not found"])
    expect(steward.page.get_by_role("menu")).to_have_text("没有这个页面")


def test_words_come_back_when_the_page_turns_to_english(steward):
    steward.open("password", lang="zh_CN")
    skip = steward.page.get_by_test_id("stSkipToContent")
    expect(skip).to_have_text("跳到正文")
    steward.key("frame-account").get_by_role("button").click()
    with steward.run():
        steward.key("frame-language").get_by_text("English").click()
    expect(skip).to_have_text("Skip to main content")
