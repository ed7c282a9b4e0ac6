"""The phone: the menu makes room, figures stand two abreast, lists are short, filters fold."""

from playwright.sync_api import expect

from models.account import Role
from tests.browser.visit import PHONE
from tests.demonstration_day import TODAY

DAY = TODAY.isoformat()


def test_menu_closes_once_a_page_is_chosen(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("letters", lang="zh_CN")
    visit.page.get_by_test_id("stExpandSidebarButton").click()
    menu = visit.page.get_by_test_id("stSidebar")
    expect(menu.locator('a[href$="/definitions"]')).to_be_in_viewport()
    menu.locator('a[href$="/definitions"]').click()
    visit.at("definitions")
    expect(menu).not_to_be_in_viewport()


def test_figures_stand_two_abreast(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("disposals", lang="zh_CN")
    figures = visit.main.locator(".board.row .card")
    expect(figures.nth(2)).to_be_visible()
    tops = figures.evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().top)")
    assert tops[0] == tops[1] < tops[2]
    is_red = "(all) => all.map((each) => each.classList.contains('bad'))"
    red = visit.main.locator(".board.row").first.locator(".figure").evaluate_all(is_red)
    assert any(red)
    assert red == sorted(red, reverse=True)


def test_the_last_of_an_odd_number_of_figures_takes_the_whole_line(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("disposals", lang="zh_CN")
    cards = visit.main.locator(".board.row > .card")
    expect(cards).to_have_count(5)
    widths = cards.evaluate_all("(all) => all.map((each) => each.offsetWidth)")
    assert widths[4] > 1.9 * widths[3]


def test_four_figures_of_a_card_stand_two_abreast(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("meeting", lang="zh_CN")
    figures = visit.main.locator(".figures .figure")
    expect(figures).to_have_count(4)
    tops = figures.evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().top)")
    assert tops[0] == tops[1] < tops[2] == tops[3]


def test_a_list_is_a_few_cards_whose_fields_unfold_below_folded_filters(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(PHONE)
    visit.open("disposals", lang="zh_CN")
    cards = visit.main.locator(".room:has(table.list) tbody tr")
    expect(cards).to_have_count(5)
    search = visit.main.get_by_label("查找", exact=True)
    expect(search).to_be_hidden()
    visit.main.get_by_text("筛选", exact=True).click()
    expect(search).to_be_visible()
    card = cards.first
    expect(card.get_by_text("QL-")).to_be_hidden()
    card.get_by_role("button", name="更多").click()
    expect(card.get_by_text("QL-")).to_be_visible()
    visit.at("disposals")


def test_a_card_of_a_finding_says_first_what_it_is_what_is_next_its_days_overdue_and_its_limit(
    enter,
):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(PHONE)
    visit.open("rectification", lang="zh_CN", tab="ledger")
    card = visit.main.locator(".room:has(table.list) tbody tr").first
    shown = card.locator("td:visible:not(.unfolds)")
    expect(shown).to_have_count(7)
    title, following = card.locator("td.said.large").all()
    days, limit = (card.locator(f"td.said.{each}") for each in ("number", "day"))
    said = "(one) => getComputedStyle(one, '::before').content + one.textContent"
    assert days.evaluate(said).startswith('"逾期"')
    assert limit.evaluate(said).startswith('"现行期限"')
    assert following.locator(".part").first.evaluate(said).startswith('"下一步：')
    shown_in_order = (card.locator(".lead"), title, following, days, limit)
    tops = [each.bounding_box()["y"] for each in shown_in_order]
    assert tops[0] < tops[1] < tops[2] < tops[3] == tops[4]
    words = days.bounding_box()
    severity = shown.get_by_text("重大", exact=True).bounding_box()
    for left, right in ((words, severity), (severity, limit.bounding_box())):
        assert 0 < right["x"] - left["x"] - left["width"] < 20
    assert words["width"] < 90, "no room is kept to the right of a number, as in a column"
    pill = card.locator(".pill").bounding_box()
    assert pill["x"] + pill["width"] > card.bounding_box()["x"] + card.bounding_box()["width"] - 5


def test_no_dot_between_two_texts_ends_a_line_or_is_seen_where_one_begins(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(PHONE)
    visit.open("rectification", lang="zh_CN")
    broken = visit.key("rectification-longest").locator(".dotted")
    expect(broken.first).to_be_visible()
    assert sum(broken.evaluate_all(LINES_BEGUN)), "no next step goes on in another line"
    assert not any(broken.evaluate_all(DOTS_SEEN_ALONE))


def test_every_next_step_of_a_finding_has_a_title_whether_it_leads_on_or_not(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(PHONE)
    visit.open("finding", lang="en", finding="WT2025-JG03-07")
    titles = visit.key("finding-next").locator("td.lead")
    expect(titles).to_have_count(2)
    weights = titles.evaluate_all("(all) => all.map((one) => getComputedStyle(one).fontWeight)")
    assert set(weights) == {"600"}


def test_a_matter_has_the_whole_width_below_its_status(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(PHONE)
    visit.open("overview", lang="zh_CN")
    matter = visit.main.locator(".matters li").first
    expect(matter).to_be_visible()
    status, text, by = (matter.locator(each).bounding_box() for each in (".pill", ".text", ".by"))
    assert text["y"] >= status["y"] + status["height"]
    assert text["width"] > 0.95 * matter.bounding_box()["width"]
    assert by["x"] + by["width"] <= text["x"] + text["width"] + 1
    # So it does where the list has columns on a desk.
    visit.open("tasks", lang="zh_CN")
    matter = visit.main.locator(".matters li").first
    expect(matter.locator(".days")).to_be_visible()
    status, text, days = (
        matter.locator(each).bounding_box() for each in (".pill", ".text", ".days")
    )
    assert text["y"] >= status["y"] + status["height"]
    assert text["width"] > 0.95 * matter.bounding_box()["width"]
    assert abs(days["y"] - status["y"]) < status["height"]


def test_findings_due_for_a_letter_are_chosen_on_cards_that_cut_nothing(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("letters", lang="zh_CN", tab="due", step="SUPERVISION", as_of=DAY)
    cards = visit.key("letters-due").locator("tbody tr")
    expect(cards.first).to_be_visible()
    assert cards.locator("td:visible").evaluate_all(CUT) == []
    with visit.run():
        cards.first.get_by_role("checkbox").check()
    expect(cards.first.get_by_role("checkbox")).to_be_checked()
    expect(visit.key("letters-issue")).to_be_visible()


def test_checks_that_need_a_desk_are_drawn_on_a_phone_once_they_are_asked_for(enter):
    visit = enter(Role.LEADER)
    visit.page.set_viewport_size(PHONE)
    visit.open("coverage", lang="zh_CN", tab="contents")
    expect(visit.main.locator(".room:has(table.list) tbody tr").first).to_be_visible()
    cells = visit.main.get_by_test_id("stVegaLiteChart").locator("svg, canvas")
    expect(cells.locator("visible=true")).to_have_count(0)
    visit.main.get_by_text("查看各单位全部检查情况", exact=True).click()
    expect(cells.first).to_be_visible()
    # On a large desk each unit with what is next stands in one line.
    visit.page.set_viewport_size({"width": 1920, "height": 1080})
    expect(visit.main.locator("table.list th").first).to_be_visible()
    rows = visit.main.locator(".room:has(table.list) tbody tr:visible")
    heights = rows.evaluate_all("(all) => all.map((row) => row.getBoundingClientRect().height)")
    assert heights and max(heights) < 40


PLACES = """
    const places = [...all.children].map((part) => {
      const [begins, ends] = [[...part.getClientRects()].at(0), [...part.getClientRects()].at(-1)]
      return { top: begins.top, bottom: ends.bottom, dot: part.querySelector(".dot") }
    })
    const begun = (at) => at > 0 && places[at].top >= places[at - 1].bottom - 2
"""
"""The parts of a dotted text, and whether one of them begins a line."""
LINES_BEGUN = f"""(every) => every.map((all) => {{
    {PLACES}
    return places.filter((_, at) => begun(at)).length
}})"""
DOTS_SEEN_ALONE = f"""(every) => every.map((all) => {{
    {PLACES}
    const cut = 0.5 * parseFloat(getComputedStyle(all).fontSize)
    const shown = all.getBoundingClientRect().left + cut
    return places.some(({{ dot }}, at) => {{
      const isSeen = dot && dot.getBoundingClientRect().right > shown + 1
      return dot && isSeen === begun(at)
    }})
}})"""
CUT = """(all) => all.filter((each) => {
  const seen = each.getBoundingClientRect()
  return seen.left < 0 || seen.right > window.innerWidth || each.scrollWidth > each.clientWidth + 1
}).map((each) => each.textContent)"""


def test_choices_go_on_in_another_line_and_are_never_cut(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("changes", lang="zh_CN")
    choices = visit.main.locator('[data-testid="stButtonGroup"] button')
    expect(choices.nth(4)).to_be_visible()
    assert choices.evaluate_all(CUT) == []
    tops = choices.evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().top)")
    assert len(set(tops)) > 1


def test_an_amount_of_money_stays_on_one_line(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("disposals", lang="zh_CN")
    amounts = visit.main.locator(".board.row .figure .number", has_text="元")
    expect(amounts.first).to_be_visible()
    lines = "(all) => all.map((each) => each.getClientRects().length)"
    assert set(amounts.evaluate_all(lines)) == {1}
    assert amounts.evaluate_all(CUT) == []


def test_late_figures_before_a_meeting_stand_each_on_the_line_of_its_name(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size({"width": 1366, "height": 768})
    visit.open("meeting", lang="en")
    numbers = visit.main.locator(".late-card .figure .number")
    expect(numbers.nth(3)).to_be_visible()
    middles = """(all) => all.map((one) => {
      const seen = one.getBoundingClientRect()
      return (seen.top + seen.bottom) / 2
    })"""
    of_numbers = numbers.evaluate_all(middles)
    of_names = visit.main.locator(".late-card .figure .title").evaluate_all(middles)
    assert len(of_numbers) == 4 and of_numbers == sorted(of_numbers)
    for number, name in zip(of_numbers, of_names, strict=True):
        assert abs(number - name) < 8


def test_the_search_is_a_sign_that_opens_over_the_question(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("definitions", lang="en")
    field = visit.page.locator(".st-key-frame-search input")
    assert visit.key("frame-search").bounding_box()["width"] < 50
    expect(field).to_be_visible()
    colour = field.evaluate("(one) => getComputedStyle(one, '::placeholder').color")
    assert colour == "rgba(0, 0, 0, 0)"
    field.focus()
    assert visit.key("frame-search").bounding_box()["width"] > 250
    visit.page.keyboard.type("JG03")
    with visit.run():
        visit.page.keyboard.press("Enter")
    visit.at("search")


def test_an_answer_begins_in_the_first_fifth_of_a_phone(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    for language in ("zh_CN", "en"):
        visit.open("coverage", lang=language)
        sentence = visit.main.locator(".say").first
        expect(sentence).to_be_visible()
        assert sentence.bounding_box()["y"] < 844 / 5
    # What stands in the bar of the menu stays there while one reads on.
    visit.main.evaluate("(main) => main.scrollTo(0, 800)")
    for each in (visit.title, visit.key("frame-search"), visit.key("frame-account")):
        expect(each).to_be_in_viewport(ratio=1)


def test_tabs_are_one_line_with_the_chosen_one_in_sight_and_a_sign_that_it_goes_on(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("rectification", lang="en", tab="pressing")
    line = visit.main.get_by_role("tablist").first
    tabs = line.get_by_role("tab")
    expect(tabs).to_have_count(8)
    tops = tabs.evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    chosen = visit.main.get_by_role("tab", selected=True).first
    expect(chosen).to_have_text("Escalation")
    expect(chosen).to_be_in_viewport(ratio=1)
    signs = "(one) => ['::before', '::after'].map((each) => getComputedStyle(one, each).opacity)"
    assert line.evaluate(signs) == ["1", "0"]
    line.evaluate("(one) => one.scrollTo({ left: 0, behavior: 'instant' })")
    visit.page.wait_for_timeout(200)
    assert line.evaluate(signs) == ["0", "1"]
    assert visit.problems == []


def test_no_sign_stands_beside_tabs_that_fit(enter):
    visit = enter(Role.COMMITTEE)
    visit.page.set_viewport_size(PHONE)
    visit.open("funds", lang="zh_CN")
    line = visit.main.get_by_role("tablist").first
    expect(line).to_be_visible()
    signs = "(one) => ['::before', '::after'].map((each) => getComputedStyle(one, each).opacity)"
    assert line.evaluate(signs) == ["0", "0"]
