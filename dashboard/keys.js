// "/" leads to the search box in the head of every page, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return
  const at = event.target
  if (at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select")))
    return
  const box = document.querySelector(".st-key-frame-search input")
  if (!box) return
  event.preventDefault()
  box.focus()
  box.select()
})

// On a desk the box of the page that searches takes what is typed, without a click; on a phone the
// keyboard would cover the examples.
let searched = null
let searchWaits = false
const enterSearch = () => {
  const box = document.querySelector(".st-key-search-text input")
  if (box === searched) return
  searched = box
  if (box && document.activeElement === document.body && window.matchMedia("(pointer: fine)").matches)
    box.focus({ preventScroll: true })
}
new MutationObserver(() => {
  if (searchWaits) return
  searchWaits = true
  requestAnimationFrame(() => {
    searchWaits = false
    enterSearch()
  })
}).observe(document.documentElement, { childList: true, subtree: true })

// What is on the screen goes with the session: once it is over, the form to sign in takes its place.
let signedIn = false
const look = async () => {
  const answer = await fetch("./api/session", { cache: "no-store" }).catch(() => null)
  if (!answer || !answer.ok) return
  const now = (await answer.json()).signed_in
  if (signedIn && !now) window.location.reload()
  signedIn = now
}
look()
setInterval(look, 60000)
document.addEventListener("visibilitychange", look)

// On a phone the menu lies over the page: once a page is chosen, it makes room.
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !window.matchMedia("(max-width: 768px)").matches) return
  if (!event.target.closest('[data-testid="stSidebarNavLink"]')) return
  const close = document.querySelector('[data-testid="stSidebarCollapseButton"] button')
  // After the click has been taken as the choice of the page.
  if (close) setTimeout(() => close.click())
})
