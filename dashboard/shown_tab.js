// On a phone tabs are one line, which is swiped: the chosen one is moved into sight once it is chosen.
const shownTabs = new WeakMap()

const showTabs = () => {
  for (const tab of document.querySelectorAll('[role="tablist"] [role="tab"][aria-selected="true"]')) {
    const list = tab.closest('[role="tablist"]')
    if (shownTabs.get(list) === tab) continue
    shownTabs.set(list, tab)
    if (list.scrollWidth > list.clientWidth) tab.scrollIntoView({ block: "nearest", inline: "center" })
  }
}

let tabsWait = false
new MutationObserver(() => {
  if (tabsWait) return
  tabsWait = true
  requestAnimationFrame(() => {
    tabsWait = false
    showTabs()
  })
}).observe(document.documentElement, { attributeFilter: ["aria-selected"], childList: true, subtree: true })
