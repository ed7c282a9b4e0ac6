/* A list: real rows, every heading a button that sorts all of them, every row that stands for
   something a way to it. A list of which only a page is here is sorted where it is kept. */
const value = (cell) => {
  if (cell === null || cell === undefined || cell.without !== undefined) return null
  if (cell.word !== undefined) return cell
  return cell.text !== undefined ? cell.text : cell
}

const written = (cell, column, nothing) => {
  if (cell === null) return nothing
  if (column.kind === "number" && typeof cell === "number") {
    const sign = !column.signed || !cell ? "" : cell > 0 ? "▲ " : "▼ "
    const size = sign ? Math.abs(cell) : cell
    return sign + (column.places === null ? String(size) : size.toFixed(column.places) + column.after)
  }
  return String(cell)
}

/* How many cards a phone shows at first, and how many fields of each beside name and status if its
   columns do not say which. */
const CARDS = 5
const FIELDS = 3
/* The other fields of a card stand behind a button. */
const unfold = (row, given) => {
  const fields = [...row.children].filter(
    (cell) => !cell.matches(".empty, .lead, .choice") && !cell.querySelector(".pill"),
  )
  const chosen = given.columns.some((column) => column.card)
  const rest = chosen ? fields.filter((cell) => !cell.matches(".said")) : fields.slice(FIELDS)
  if (!rest.length) return
  rest.forEach((cell) => cell.classList.add("rest"))
  const cell = make("td", "unfolds")
  const button = make("button")
  button.append(make("span", "hide", given.rest))
  button.type = "button"
  button.setAttribute("aria-expanded", "false")
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(row.classList.toggle("unfolded")))
  })
  cell.append(button)
  row.append(cell)
}

const TONES = ["bad", "warn", "silent", "ongoing", "good"]
const compared = (one, other, column) => {
  if (column.kind === "status") {
    const places = [one, other].map((each) => TONES.indexOf(each.tone))
    return places[0] - places[1] || one.word.localeCompare(other.word, "zh")
  }
  if (typeof one === "number" && typeof other === "number") return one - other
  return String(one).localeCompare(String(other), "zh", { numeric: true })
}

/* A box that chooses a row, or all of them; it is named for a screen reader. */
const boxFor = (says, checked) => {
  const box = make("input")
  box.type = "checkbox"
  box.checked = checked
  box.setAttribute("aria-label", says)
  return box
}

/* Lists of which all rows were asked for, by address and name: who comes back finds them so. */
const opened = new Set()

KINDS.list = (given) => {
  const room = make("div", "room")
  const table = make("table", "list")
  table.append(make("caption", "hide", given.says))
  const top = make("thead")
  const head = make("tr")
  const body = make("tbody")
  const more = make("button", "more")
  more.type = "button"
  let order = given.rows.map((_row, place) => place)
  let sorted = given.sorted
  // On a phone each row is a card of several lines: a few of them, then all that are asked for.
  const cards = window.matchMedia("(max-width: 700px)").matches
  let shown = cards && given.rows.length > CARDS + 1 ? Math.min(given.first, CARDS) : given.first
  const named = `${window.location.href} ${given.says}`
  if (opened.has(named)) shown = given.rows.length
  const statuses = given.columns.filter((column) => column.kind === "status").length
  if (statuses > 1) table.classList.add("statuses")

  // The last of the spare columns is the first to be left out (board.js).
  const spares = new Map(
    given.columns
      .flatMap((column, at) => (column.spare ? [at] : []))
      .reverse()
      .map((at, place) => [at, `spare${place + 1}`]),
  )

  // Rows that can be chosen have a box before them, and the heading one for all of them.
  const chosen = given.chosen && new Set(given.chosen)
  const every = chosen && boxFor(given.every, false)
  const markEvery = () => {
    every.checked = chosen.size === given.rows.length
    every.indeterminate = chosen.size > 0 && !every.checked
  }
  const tell = () => {
    markEvery()
    room.dispatchEvent(new CustomEvent("choose", { bubbles: true, detail: [...chosen] }))
  }
  if (chosen) {
    const cell = make("th", "choice")
    cell.scope = "col"
    cell.append(every)
    head.append(cell)
    every.addEventListener("change", () => {
      chosen.clear()
      if (every.checked) given.rows.forEach((_row, place) => chosen.add(place))
      fill()
      tell()
    })
  }

  const headings = given.columns.map((column, at) => {
    const cell = make("th", column.kind)
    cell.scope = "col"
    if (column.wide) cell.classList.add(column.wide)
    if (spares.has(at)) cell.classList.add(spares.get(at))
    const button = make("button", "", column.name)
    button.type = "button"
    if (column.help) button.title = column.help
    const arrow = make("span", "arrow")
    arrow.setAttribute("aria-hidden", "true")
    button.append(arrow)
    if (given.paged) button.dataset.sort = at
    else button.addEventListener("click", () => sort(at))
    cell.append(button)
    head.append(cell)
    return cell
  })

  const mark = () =>
    headings.forEach((cell, at) => {
      const here = sorted && sorted.at === at
      if (here) cell.setAttribute("aria-sort", sorted.down ? "descending" : "ascending")
      else cell.removeAttribute("aria-sort")
      cell.querySelector(".arrow").textContent = here ? (sorted.down ? " ↓" : " ↑") : ""
    })

  const sort = (at) => {
    const column = given.columns[at]
    const numbers = column.kind === "number" || column.kind === "day"
    sorted = { at, down: sorted && sorted.at === at ? !sorted.down : numbers }
    order = given.rows.map((_row, place) => place)
    order.sort((one, other) => {
      const [left, right] = [value(given.rows[one][at]), value(given.rows[other][at])]
      if (left === null || right === null) return (left === null) - (right === null) || one - other
      return (sorted.down ? -1 : 1) * compared(left, right, column) || one - other
    })
    mark()
    fill()
  }

  const onward = (way, place, text) => {
    if (way) return link(way, "whole", text)
    const button = make("button", "whole", text)
    button.type = "button"
    button.dataset.row = place
    return button
  }

  // The whole row is a place to click on.
  const choosable = (row, place) => {
    const lead = row.querySelector(".lead")
    const box = boxFor(`${given.choose} ${lead ? lead.textContent : place + 1}`, chosen.has(place))
    const cell = make("td", "choice")
    cell.append(box)
    row.prepend(cell)
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(place)
      else chosen.delete(place)
      tell()
    })
    row.addEventListener("click", (event) => {
      if (!event.target.closest("a, button, input") && !String(document.getSelection())) box.click()
    })
  }

  const line = (place) => {
    const way = given.ways[place]
    const leads = way || given.picks
    const row = make("tr", leads || chosen ? "leads" : "")
    given.columns.forEach((column, at) => {
      const cell = make("td", column.kind)
      if (column.wide) cell.classList.add(column.wide)
      if (spares.has(at)) cell.classList.add(spares.get(at))
      if (at === given.lead) cell.classList.add("lead")
      cell.dataset.label = column.name
      const found = given.rows[place][at]
      const why = found && found.without
      if (column.card) {
        const [before, after] = why ? ["", ""] : column.card.split("{n}")
        cell.classList.add("said")
        Object.assign(cell.dataset, { before, after })
      }
      const text = why || written(value(found), column, given.nothing)
      if (!why && (value(found) === null || NIL.test(text))) cell.classList.add("empty")
      if (found && found.word !== undefined) cell.append(pill(found))
      else if (found && found.pieces) cell.append(inPieces(found, cell.dataset.before ?? `${column.name} `))
      else if (leads && at === given.lead) cell.append(onward(way, place, text))
      else if (found && found.tone) cell.append(make("b", found.tone, text))
      else if (column.tone && found > 0) cell.append(make("b", column.tone, text))
      else cell.append(make("span", why || NIL.test(text) ? "nil" : "", text))
      row.append(cell)
    })
    if (chosen) choosable(row, place)
    if (leads) {
      row.addEventListener("click", (event) => {
        if (event.target.closest("a, button") || String(document.getSelection())) return
        row.querySelector(".whole").click()
      })
    }
    unfold(row, given)
    return row
  }

  const fill = () => {
    body.replaceChildren(...order.slice(0, shown).map(line))
    more.hidden = shown >= order.length
    more.textContent = given.more
  }
  more.addEventListener("click", () => {
    shown = order.length
    opened.add(named)
    fill()
  })

  top.append(head)
  table.append(top, body)
  room.append(table, more)
  mark()
  if (chosen) markEvery()
  fill()
  return room
}
