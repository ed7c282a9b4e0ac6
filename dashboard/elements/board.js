/* A board: regions in a grid, each a card with its parts. Every text is written with textContent. */
const KINDS = {}

/* A day is never broken at its hyphens, so that it is read in one piece; a dot between two texts
   neither begins nor ends a line. */
const DAY = /(\d{4}-\d{2}-\d{2})/
const DOT = "\u00a0·\u00a0"
const make = (tag, cls = "", text = "") => {
  const node = document.createElement(tag)
  if (cls) node.className = cls
  if (text === "") return node
  const written = String(text).replaceAll(" · ", DOT)
  const pieces = written.split(DAY)
  if (pieces.length === 1) {
    node.textContent = written
    return node
  }
  // One element around all pieces, for a node may lay its children out one beside the other.
  const whole = document.createElement("span")
  pieces.forEach((piece, place) => whole.append(place % 2 ? makeDay(piece) : piece))
  node.append(whole)
  return node
}

const makeDay = (text) => {
  const node = document.createElement("span")
  node.className = "unbroken"
  node.textContent = text
  return node
}

/* Texts side by side, broken into lines between them, or in the first: a dot stands before each of
   the others, but where it begins a line (board.css). */
const dotted = (tag, cls, texts, made = (text) => make("span", "", text)) => {
  const whole = make(tag, `dotted ${cls}`)
  texts.forEach((text, place) => {
    const part = make("span", "part")
    if (place) {
      whole.append(" ")
      part.append(make("span", "dot", "·\u00a0"))
    }
    part.append(made(text, place))
    whole.append(part)
  })
  return whole
}

const drawn = (tag, attributes) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  return node
}

/* A real link: it opens in a tab of its own where that is asked for, else the page is changed. */
const link = (way, cls, text = "") => {
  if (!way) return make("span", cls, text)
  const node = make("a", cls, text)
  node.href = way.href
  node.dataset.way = JSON.stringify({ to: way.to, asked: way.asked })
  return node
}

/* Words of a running text stand alone in a pill or a sentence of pieces: they begin with a capital. */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)

const pill = (status, cls = "") => {
  const node = make("span", `pill ${status.tone} ${status.quiet ? "quiet" : ""} ${cls}`)
  const sign = make("span", "sign", status.sign)
  sign.setAttribute("aria-hidden", "true")
  node.append(sign, make("span", "word", capital(status.word)))
  return node
}

const region = (given) => {
  const card = make("section", `card ${given.area} ${given.plain ? "plain" : ""}`)
  if (given.title) {
    const head = make("div", "head")
    const title = make("h2", "", "")
    title.append(link(given.way, "", given.title))
    head.append(title)
    if (given.says) head.append(make("p", "says", given.says))
    card.append(head)
  } else if (given.name) {
    card.setAttribute("aria-label", given.name)
  }
  for (const part of given.parts) card.append(KINDS[part.kind](part))
  return card
}

/* Two columns of their own heights below what goes over both: what is to be done, how things stand. */
const inColumns = (regions) => {
  const columns = { over: [], main: make("div", "column main"), beside: make("div", "column beside") }
  for (const given of regions) {
    if (given.place === "over") columns.over.push(region(given))
    else columns[given.place || "beside"].append(region(given))
  }
  return [...columns.over, columns.main, columns.beside]
}

const inLayout = (layout, regions) => {
  if (layout === "sides") return inColumns(regions)
  return (layout === "row" ? redFirst(regions) : regions).map(region)
}

/* On a phone a row of figures is several rows: red ones stand in the first. */
const redFirst = (regions) => {
  if (!window.matchMedia("(max-width: 700px)").matches) return regions
  const isRed = (given) => given.parts.some((part) => part.tone === "bad")
  return [...regions.filter(isRed), ...regions.filter((given) => !isRed(given))]
}

/* The line below a list that says how many are not in it, with the way to all. */
const leftOut = (rest, hidden) => {
  const line = make("p", "left-out")
  Object.assign(line.dataset, { beyond: rest.beyond, says: rest.text })
  line.append(link(rest.way, "onward"))
  sayLeftOut(line, hidden)
  return line
}

const withLeftOut = (list, rest, hidden = 0) => {
  if (!rest) return list
  const both = document.createDocumentFragment()
  both.append(list, leftOut(rest, hidden))
  return both
}

const sayLeftOut = (line, hidden) => {
  const left = Number(line.dataset.beyond) + hidden
  line.hidden = !left
  line.firstChild.textContent = line.dataset.says.replace("{n}", left)
}

/* As much of a list as there is room for: what would be cut in two is left out, from the end on, but
   for what is marked to be kept. How many are left out is said below, where there is such a line. */
const trim = (board) => {
  for (const list of board.querySelectorAll("[data-fits]")) {
    const room = list.closest(".room") || list
    const line = room.nextElementSibling?.matches(".left-out") ? room.nextElementSibling : null
    for (const item of list.children) item.hidden = false
    if (line) sayLeftOut(line, 0)
    // The line takes room itself once something is left out.
    let hidden = cut(list, room)
    if (!line || !hidden) continue
    sayLeftOut(line, hidden)
    hidden = cut(list, room)
    sayLeftOut(line, hidden)
  }
}

/* Hide the items without room; how many are hidden. */
const cut = (list, room) => {
  const items = [...list.children].filter((item) => !item.hidden)
  const least = Number(list.dataset.fits)
  const bottom = room.getBoundingClientRect().bottom + 1
  while (items.length > least && items.at(-1).getBoundingClientRect().bottom > bottom) {
    const at = items.findLastIndex((item) => !("kept" in item.dataset))
    if (at < 0) break
    items.splice(at, 1)[0].hidden = true
  }
  return list.children.length - items.length
}

/* A list whose rows would be broken into lines does without spare columns, the last one first
   (lists.css), and its columns of texts are as wide as that takes. A table that is still wider than its room breaks its texts into lines, then is written
   smaller; on a phone, and where that is not enough, its rows become cards: nothing is cut. */
const SPARE = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((place) => `without${place}`)
const STEPS = ["tight", "small", "carded"]
const narrow = (room, steps) => {
  for (const step of steps) {
    if (room.scrollWidth <= room.clientWidth + 1) break
    room.classList.add(step)
  }
}

const inLines = (room) => {
  const headings = [...room.querySelectorAll(".list th:is(.medium, .large)")]
  headings.forEach((heading) => (heading.style.minWidth = ""))
  room.classList.add("in-lines")
  narrow(room, SPARE)
  const widths = headings.map((heading) => heading.offsetWidth)
  const fits = room.scrollWidth <= room.clientWidth + 1
  room.classList.remove("in-lines")
  if (fits) headings.forEach((heading, at) => (heading.style.minWidth = `${widths[at]}px`))
}

const squeeze = (board) => {
  const phone = window.matchMedia("(max-width: 700px)").matches
  for (const room of board.querySelectorAll(".room")) {
    const measured = `${phone} ${room.clientWidth} ${room.querySelectorAll("tr").length}`
    if (room.measured === measured) continue
    room.measured = measured
    room.classList.remove(...SPARE, ...STEPS)
    if (phone) room.classList.add("carded")
    else inLines(room)
    narrow(room, STEPS)
  }
}

/* Where the screen is wide the board fills what is left of it, so that nothing is scrolled. */
const fit = (board) => {
  if (!board.isConnected) return
  squeeze(board)
  const wide = window.innerWidth >= 1100 && !window.matchMedia("print").matches
  const scroller = board.getRootNode().host?.closest('[data-testid="stMain"]')
  const above = board.getBoundingClientRect().top + (scroller ? scroller.scrollTop : 0)
  board.style.minHeight = board.dataset.fill && wide ? `${window.innerHeight - above - 12}px` : ""
  board.style.height = board.style.minHeight
  trim(board)
}

export default function ({ data, parentElement, setTriggerValue }) {
  let board = parentElement.querySelector(".board")
  if (!board) {
    board = make("div", "board")
    parentElement.append(board)
    board.addEventListener("click", (event) => {
      const path = event.composedPath().filter((node) => node.dataset)
      const pick = path.find((node) => node.dataset.row || node.dataset.sort)
      if (pick) {
        const named = pick.dataset.row ? "pick" : "sort"
        board.go(named, Number(pick.dataset.row || pick.dataset.sort))
        return
      }
      const chosen = path.find((node) => node.dataset.way)
      if (!chosen || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      board.go("go", JSON.parse(chosen.dataset.way))
    })
    board.addEventListener("choose", (event) => board.go("choose", event.detail))
    board.resized = () => fit(board)
    window.addEventListener("resize", board.resized)
    window.addEventListener("beforeprint", board.resized)
    board.watch = new ResizeObserver(() => fit(board))
    board.watch.observe(parentElement.host || parentElement)
  }
  board.go = setTriggerValue
  // Which rows are chosen is known here first: a list is not drawn anew for that.
  const said = JSON.stringify(data, (name, value) => (name === "chosen" ? undefined : value))
  if (board.said !== said) {
    board.said = said
    board.className = `board ${data.layout} ${data.dark ? "dark" : ""}`
    if (data.fill) board.dataset.fill = "1"
    board.replaceChildren(...inLayout(data.layout, data.regions))
  }
  fit(board)
  return () => {
    window.removeEventListener("resize", board.resized)
    window.removeEventListener("beforeprint", board.resized)
    board.watch.disconnect()
  }
}
