// The chosen tab stands in sight where the bar of tabs is wider than the screen: when a page opens,
// and after each choice.
const IN_SIGHT = new WeakMap()

const showChosen = () => {
  for (const bar of document.querySelectorAll('[data-testid="stTabs"] [role="tablist"]')) {
    const chosen = bar.querySelector('[role="tab"][aria-selected="true"]')
    if (!chosen || !bar.clientWidth) continue
    const seen = `${chosen.dataset.key} ${bar.scrollWidth} ${bar.clientWidth}`
    if (IN_SIGHT.get(bar) === seen) continue
    IN_SIGHT.set(bar, seen)
    const [outer, inner] = [bar.getBoundingClientRect(), chosen.getBoundingClientRect()]
    // In the middle, so that its neighbours show that there is more on either side.
    bar.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2
  }
}

let tabsWait = false
const showSoon = () => {
  if (tabsWait) return
  tabsWait = true
  requestAnimationFrame(() => {
    tabsWait = false
    showChosen()
  })
}
new MutationObserver(showSoon).observe(document.documentElement, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ["aria-selected"],
})
addEventListener("resize", showSoon)
