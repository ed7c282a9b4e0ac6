/* A list of matters: status, whose it is and what, what is to be decided, where it
   was put before, the rule that put it there; a way to it. */
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
    if (each.act || each.note) {
      const act = make("p", "act")
      act.append(make("span", "", each.act))
      if (each.note) act.append(" · ", link(each.note.way, "before", each.note.text))
      text.append(act)
    }
    text.append(make("p", "rule", each.rule))
    item.append(pill(each.status), text)
    if (each.days) item.append(make("b", `days ${each.days.tone}`, each.days.text))
    if (each.kept) item.dataset.kept = ""
    list.append(item)
  }
  return list
}

KINDS.note = (given) => {
  const node = make("p", "note")
  node.append(link(given.way, given.way ? "onward" : "", given.text))
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
    piece.append(make("span", "", each.text))
    if (each.change) piece.append(" ", change(each.change))
    node.append(piece)
  }
  return node
}
