// A page that the menu does not show, or shows only once a group is opened, lights what it belongs
// to: a finding Rectification, a letter the group of meetings. A list lights where one came from.
const belongs = JSON.parse(document.querySelector('meta[name="gridlight-menu"]').content)
let last = ""
const pageName = () => location.pathname.split("/").pop()

const lightMenu = () => {
  const here = pageName()
  if (belongs.shown.includes(here)) last = here
  const wanted = here in belongs.pages ? belongs.pages[here] || last : here
  for (const link of document.querySelectorAll('[data-testid="stTopNavLink"]'))
    light(link, link.pathname.split("/").pop() === wanted && wanted !== here)
  const group = belongs.groups[wanted] || []
  for (const section of document.querySelectorAll('[data-testid="stTopNavSection"]'))
    light(section, group.includes(section.textContent.trim()))
}
const light = (item, lit) => {
  if (lit === item.hasAttribute("data-lit")) return
  item.toggleAttribute("data-lit", lit)
  if (lit) item.setAttribute("aria-current", "true")
  else if (item.getAttribute("aria-current") === "true") item.removeAttribute("aria-current")
}

let waits = false
new MutationObserver(() => {
  if (waits) return
  waits = true
  requestAnimationFrame(() => {
    waits = false
    lightMenu()
  })
}).observe(document.documentElement, { childList: true, subtree: true })
