"""Look at screens as drawn: WCAG 2.2 AA as far as a machine can tell.

What axe-core tells of type stops at charts, so their type is held against its ground here.
"""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.menu_tour import look
from tests.browser.visit import Visit
from tests.dashboard.contrast import contrast

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = "color-contrast"
"""What alone can differ in the dark, and takes longer than all other rules."""
UPSTREAM = {
    ("target-size", '[data-testid="stDateInputField"] [role="spinbutton"]'): (
        "Streamlit draws month and day of a date field as wide as their two digits. The button of "
        "its calendar, which has the room, does the same, so WCAG 2.5.8 holds."
    ),
    ("list", '[data-testid="stSidebarNavItems"]'): (
        "On a phone the menu is Streamlit's side menu, which puts each group of pages into a div "
        "between the list and its items."
    ),
    ("listitem", '[data-testid="stSidebarNavItems"] li'): "The items of the same list.",
}
"""By rule and place, what only Streamlit can mend and why; docs/ACCESSIBILITY.md says the same."""

CHECK = """async ([tags, without, upstream, within]) => {
  // Rows drawn as one above them but for their words tell nothing new, and take half of the time.
  const drawn = (node) => node.nodeType === Node.TEXT_NODE ? (node.data.trim() ? "." : "")
    : `<${node.tagName} ${node.className} ${node.role}>${[...node.childNodes].map(drawn).join("")}>`
  const alike = (root) => [...root.querySelectorAll("tbody")].flatMap((body) => {
    const seen = new Set()
    return [...body.rows].filter((row) => seen.size === seen.add(drawn(row)).size)
  }).concat([...root.querySelectorAll("*")].flatMap((each) =>
    each.shadowRoot ? alike(each.shadowRoot) : []))
  const results = await axe.run({ include: [[within]], exclude: alike(document) }, {
    runOnly: tags, rules: { [without]: { enabled: false } }, resultTypes: ["violations"],
    elementRef: true,
  })
  return results.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    known: upstream.findIndex(([id, place]) => id === rule.id && node.element.matches(place)),
    html: node.html,
    says: node.failureSummary.split("\\n").slice(1).join(" "),
  })))
}"""
CHECK_COLOURS = """async ([rule, judged, within]) => {
  // A text in the colours, the size and on the ground of one that was judged tells nothing new.
  const known = new Set(judged)
  const parent = (each) => each.assignedSlot ?? each.parentElement ?? each.getRootNode().host
  const grounds = new Map()
  const ground = (each) => {
    if (!each) return ""
    if (!grounds.has(each)) {
      const of = getComputedStyle(each)
      const own = [of.backgroundColor, of.backgroundImage, of.opacity, of.filter, of.mixBlendMode,
        of.position === "static" ? "" : of.position + of.zIndex].join()
      const plain = own === "rgba(0, 0, 0, 0),none,1,none,normal,"
      grounds.set(each, (plain ? "" : own + ";") + ground(parent(each)))
    }
    return grounds.get(each)
  }
  const ink = (of) => [of.color, of.fontSize, of.fontWeight, of.textShadow, of.webkitTextStroke]
  const look = (each) => [...ink(getComputedStyle(each)),
    ...(each.placeholder ? ink(getComputedStyle(each, "::placeholder")) : []),
    ...["::before", "::after"].map((part) => getComputedStyle(each, part).content),
    ground(each)].join()
  const says = (each) => each.matches("input, select, textarea") ||
    [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  const all = (root) => [...root.querySelectorAll("*")].flatMap((each) =>
    each.shadowRoot ? [each, ...all(each.shadowRoot)] : [each])
  const looks = new Map()
  for (const each of [...document.querySelectorAll(within)].flatMap(all)) {
    if (says(each) && each.checkVisibility()) looks.set(each, look(each))
  }
  const words = (each) =>
    [looks.get(each), each.tagName, each.className, each.textContent.slice(0, 200)].join("|")
  const include = [...looks.keys()].filter(
    (each) => !known.has(looks.get(each)) && !known.has(words(each)))
  if (!include.length) return [[], []]
  const results = await axe.run({ include }, {
    runOnly: [rule], resultTypes: ["violations", "passes"], elementRef: true,
  })
  const nodes = (rules) => rules.flatMap((rule) => rule.nodes)
  const passed = new Set(nodes(results.passes).map((node) => node.element))
  const failed = new Set(nodes(results.violations).map((node) => node.element))
  return [
    nodes(results.violations).map((node) => ({
      rule,
      known: -1,
      html: node.html,
      says: node.failureSummary.split("\\n").slice(1).join(" "),
    })),
    // What could not be judged, as a single sign, is asked about again with other words only.
    include.filter((each) => !failed.has(each))
      .map((each) => passed.has(each) ? looks.get(each) : words(each)),
  ]
}"""
TYPE_OF_CHARTS = """() => {
  const hex = (colour) => "#" + colour.match(/[\\d.]+/g).slice(0, 3)
    .map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")
  const ground = (each) => {
    const colour = getComputedStyle(each).backgroundColor
    return colour === "rgba(0, 0, 0, 0)" ? ground(each.parentElement) : colour
  }
  const written = [...document.querySelectorAll("svg.marks text")]
    .filter((each) => each.textContent && each.getAttribute("opacity") !== "0")
    .filter((each) => !each.closest(".role-mark"))
    .map((each) => hex(getComputedStyle(each).fill) + " " + hex(ground(each.closest("svg"))))
  return [...new Set(written)]
}"""


class Looking:
    """Looks at screens one after the other; `problems` in words, and which of UPSTREAM occurred."""

    def __init__(self, visit: Visit, *, colours_alone: bool = False) -> None:
        self.visit = visit
        self.colours_alone = colours_alone
        self.problems: list[str] = []
        self.occurred: set[int] = set()
        self._judged: set[str] = set()
        """What decides on the contrast of the texts that have enough of it."""

    def look(self, within: str = "html") -> None:
        """At what is drawn now, or at the part `within`."""
        self.problems += look(self.visit)
        page = self.visit.page
        if not page.evaluate("'axe' in window"):
            # By way of the debugger, where the policy for scripts of the page does not count.
            page.evaluate(AXE_SCRIPT)
        found: list[dict[str, Any]]
        found, judged = page.evaluate(CHECK_COLOURS, [COLOURS, [*self._judged], within])
        self._judged |= set(judged)
        if not self.colours_alone:
            found += page.evaluate(CHECK, [TAGS, COLOURS, [*UPSTREAM], within])
        self.occurred |= {each["known"] for each in found} - {-1}
        self.problems += [
            f"{page.url} {each['rule']}: {each['html']} {each['says']}"
            for each in found
            if each["known"] < 0
        ]
        for pair in page.evaluate(TYPE_OF_CHARTS):
            if contrast(*pair.split()) < 4.5:
                self.problems.append(f"{page.url} type of a chart: {pair}")

    def look_through(self) -> None:
        """At the page and each of its tabs and sections."""
        self.look()
        self.look_at_tabs()
        self.look_at_sections()

    def look_at_tabs(self) -> None:
        """At each tab but the one that is open."""
        tabs = self.visit.main.get_by_role("tab")
        for at in range(tabs.count()):
            if tabs.nth(at).get_attribute("aria-selected") != "true":
                with self.visit.run():
                    tabs.nth(at).click()
                self.look('[role="tabpanel"]:not([inert])')

    def look_at_sections(self) -> None:
        """At each section of the page but the one that is shown."""
        sections = self.visit.main.locator(".sections a.whole")
        for at in range(sections.count()):
            if sections.nth(at).get_attribute("aria-current") != "true":
                with self.visit.run():
                    sections.nth(at).click()
                self.look()
