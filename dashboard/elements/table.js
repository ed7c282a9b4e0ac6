/* Nothing of something that is counted, or nothing that is known. */
const NIL = /^(0|—)$/
/* A dash stands apart from the number after it, so that it is not read as its minus. */
const nilClass = (value) => (NIL.test(value) ? `nil${value === "—" ? " dash" : ""}` : "")
/* A text broken into lines between its pieces, or in the first of them; on a card it begins with
   the words `before`. */
const inPieces = ({ pieces, last }, before) => {
  const whole = dotted("span", "pieces", pieces, (text, place) =>
    last && place === pieces.length - 1 ? marked(text, last) : make("span", "", text),
  )
  whole.firstChild.dataset.before = before
  return whole
}
/* The last piece with the colour and the shape of a status. */
const marked = (piece, { tone, sign }) => {
  const node = make("b", tone)
  const shape = make("span", "sign", `${sign}\u00a0`)
  shape.setAttribute("aria-hidden", "true")
  node.append(shape, piece)
  return node
}

/* A table whose rows lead on; a cell is a text, or a status as a pill. */
KINDS.table = (given) => {
  const room = make("div", "room")
  const table = make("table")
  const head = make("tr")
  for (const column of given.columns) {
    const cell = make("th", column.class, column.name)
    cell.scope = "col"
    head.append(cell)
  }
  const top = make("thead")
  top.append(head)
  const body = make("tbody")
  if (given.fits) body.dataset.fits = given.fits
  for (const row of given.rows) {
    const line = make("tr", row.way ? "leads" : "")
    row.cells.forEach((value, place) => {
      const column = given.columns[place]
      const cell = make("td", column.class)
      cell.dataset.label = column.card
      if (column.leads) cell.classList.add("lead")
      if (NIL.test(value)) cell.classList.add("empty")
      if (value && value.tone && value.sign) cell.append(pill(value))
      else if (column.leads && row.way) cell.append(link(row.way, "whole", value))
      else if (value && value.pieces) cell.append(inPieces(value, `${column.card} `))
      else if (value && value.text !== undefined) cell.append(make("b", value.tone || "", value.text))
      else cell.append(make("span", nilClass(value), value))
      line.append(cell)
    })
    body.append(line)
  }
  table.append(top, body)
  room.append(table)
  const phone = matchMedia("(max-width: 700px)").matches
  const beyond = phone && given.on_a_phone ? [...body.rows].slice(given.on_a_phone) : []
  for (const row of beyond) row.hidden = true
  return withLeftOut(room, given.rest, beyond.length)
}
