// One step back for each thing that somebody did, and back to where they were on the page.

// Streamlit adds a step whenever the server writes into the address: on the way to another page it
// first writes what that page is asked for behind the page that is left. Only the first address
// after an act is a step; later ones take its place.
let acted = false
const act = () => {
  acted = true
}
for (const kind of ["pointerdown", "keydown", "click"]) addEventListener(kind, act, true)

const placeOf = new Map()
const scroller = () => document.querySelector('[data-testid="stMain"]')
const keepPlace = () => {
  const main = scroller()
  if (main) placeOf.set(location.href, main.scrollTop)
}
const push = history.pushState.bind(history)
const replace = history.replaceState.bind(history)
history.pushState = (state, title, url) => {
  if (acted) {
    keepPlace()
    push(state, title, url)
  } else {
    replace(state, title, url)
  }
  acted = false
}

// The server keeps the view (node, days, freeze) where an address does not name it, as in the menu.
// An address that is gone back to means the view that it had: what it does not name is to be forgotten.
const VIEW = ["node", "as_of", "since", "frozen"]
const forgetWhatIsNotAsked = () => {
  const address = new URL(location.href)
  for (const name of VIEW) {
    if (!address.searchParams.has(name)) address.searchParams.set(name, "")
  }
  replace(history.state, "", address)
}

// Streamlit begins a page at its top. The page that is gone back to grows while it is drawn: it is
// scrolled as soon as it is long enough, unless somebody scrolls first.
let waiting = 0
const stop = () => clearInterval(waiting)
for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(kind, stop, true)
addEventListener("popstate", () => {
  stop()
  const place = placeOf.get(location.href)
  forgetWhatIsNotAsked()
  if (!place) return
  const until = Date.now() + 15000
  let held = 0
  waiting = setInterval(() => {
    const main = scroller()
    if (main && main.scrollHeight - main.clientHeight >= place) {
      if (Math.abs(main.scrollTop - place) > 1) main.scrollTop = place
      else held += 1
    }
    if (held > 10 || Date.now() > until) stop()
  }, 100)
}, true)
