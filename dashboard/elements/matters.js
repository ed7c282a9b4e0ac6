/* A list of matters: status, whose it is and what, what is to be decided, what is next, the rule
   that put it there, where it was put before; a way to it. */
KINDS.matters = (given) => {
  const list = make("ol", "matters")
  if (given.fits) list.dataset.fits = given.fits
  for (const each of given.matters) {
    const item = make("li", each.status.tone)
    const text = make("div", "text")
    if (each.title) text.append(make("p", "apart", each.title))
    const line = make("p", "what")
    const way = link(each.way, "whole")
    if (each.whose) way.append(make("span", "whose", each.whose), DOT)
    way.append(make("span", "", each.what))
    line.append(way)
    if (each.mark) line.append(" ", make("span", "mark", each.mark))
    text.append(line)
    if (each.act) text.append(make("p", "act", each.act))
    if (each.by.length) {
      const written = (piece, at) => each.past?.at === at ? late(each.past, piece) : make("span", "", piece)
      text.append(dotted("p", "by", each.by, written))
    }
    const rule = make("p", "rule")
    if (each.rule) rule.append(make("span", "why", `${each.rule} `))
    if (each.units) rule.append(make("span", "units", `${each.units} `))
    if (each.note) rule.append(link(each.note.way, "before", each.note.text))
    if (rule.hasChildNodes()) text.append(rule)
    const days = each.days ? [make("b", `days ${each.days.tone}`, each.days.text)] : []
    if (each.brief) {
      line.prepend(pill(each.status))
      line.append(...days)
      item.append(text)
    } else item.append(pill(each.status), text, ...days)
    if (each.kept) item.dataset.kept = ""
    list.append(item)
  }
  return withLeftOut(list, given.rest)
}

/* A day that is past, with the colour and shape of its tone. */
const late = ({ tone, sign }, text) => {
  const node = make("b", tone)
  const shape = make("span", "sign", `${sign}\u00a0`)
  shape.setAttribute("aria-hidden", "true")
  node.append(shape, text)
  return node
}

KINDS.note = (given) => {
  const node = make("p", "note")
  node.append(link(given.way, given.way ? "onward" : "", given.text))
  return node
}

KINDS.subhead = (given) => {
  const node = make("h3", "subhead", given.text)
  if (given.says) node.append(" ", make("span", "says", given.says))
  return node
}

/* Of a sentence of many pieces the first are shown, and a button that shows the others; what is said
   aside stands behind it. */
const PIECES = 5
const PIECES_ON_A_PHONE = 4
KINDS.sentence = (given) => {
  const node = make("p", "sentence")
  const said = given.pieces.filter((each) => !each.aside).map(piece)
  const aside = given.pieces.filter((each) => each.aside).map(piece)
  const narrow = matchMedia("(max-width: 700px)").matches
  const fit = narrow ? PIECES_ON_A_PHONE : PIECES
  const others = given.more ? said.slice(fit) : []
  for (const each of others) each.hidden = true
  node.append(...said)
  if (others.length) {
    const more = make("button", "rest", given.more.replace("{n}", others.length))
    more.type = "button"
    more.addEventListener("click", () => {
      for (const each of others) each.hidden = false
      more.remove()
      others[0].focus()
    })
    node.append(more)
  }
  node.append(...aside)
  return node
}

const piece = (given) => {
  const node = link(given.way, `piece ${given.tone || ""} ${given.aside ? "aside" : ""}`)
  if (given.sign) {
    const sign = make("span", "sign", given.sign)
    sign.setAttribute("aria-hidden", "true")
    node.append(sign)
  }
  node.append(make("span", "", capital(given.text)))
  if (given.change) node.append(" ", change(given.change))
  return node
}
