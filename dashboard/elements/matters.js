/* A list of matters: status, whose it is and what, what is to be decided, the rule that put it
   there, where it was put before; a way to it. */
KINDS.matters = (given) => {
  const list = make("ol", "matters")
  if (given.fits) list.dataset.fits = given.fits
  for (const each of given.matters) {
    const item = make("li", each.status.tone)
    const text = make("div", "text")
    const line = make("p", "what")
    const way = link(each.way, "whole")
    if (each.whose) way.append(make("span", "whose", each.whose), make("span", "", " · "))
    way.append(make("span", "", each.what))
    line.append(way)
    text.append(line)
    if (each.act) text.append(make("p", "act", each.act))
    const rule = make("p", "rule")
    rule.append(make("span", "why", each.note ? `${each.rule} ` : each.rule))
    if (each.note) rule.append(link(each.note.way, "before", each.note.text))
    text.append(rule)
    item.append(pill(each.status), text)
    if (each.days) item.append(make("b", `days ${each.days.tone}`, each.days.text))
    if (each.kept) item.dataset.kept = ""
    list.append(item)
  }
  return withLeftOut(list, given.rest)
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

KINDS.sentence = (given) => {
  const node = make("p", "sentence")
  for (const each of given.pieces) {
    const piece = link(each.way, `piece ${each.tone || ""}`)
    if (each.sign) {
      const sign = make("span", "sign", each.sign)
      sign.setAttribute("aria-hidden", "true")
      piece.append(sign)
    }
    piece.append(make("span", "", capital(each.text)))
    if (each.change) piece.append(" ", change(each.change))
    node.append(piece)
  }
  return node
}
