/* The sections of a page: light and name, what stands there, the figure with its change. The tile
   leads to the section, the figure to its list. */
KINDS.sections = (given) => {
  const list = make("ul", "sections")
  for (const each of given.sections) {
    const item = make("li", `section ${each.tone} ${each.shown ? "shown" : ""}`)
    const way = link(each.way, "whole")
    const sign = make("span", "sign", each.sign)
    sign.setAttribute("aria-hidden", "true")
    way.append(sign, make("span", "called", each.name))
    if (each.shown) way.setAttribute("aria-current", "true")
    const stands = make("p", "stands")
    for (const piece of each.stands) {
      const said = make("span", piece.tone, capital(piece.text))
      if (piece.change) said.append(" ", change(piece.change))
      stands.append(said)
    }
    const figures = make("p", "of-section")
    const value = link(each.to_list, "worth")
    if (each.says) value.append(make("span", "figure-name", `${each.says} `))
    value.append(make("span", "", each.value))
    if (each.definition) value.title = each.definition
    figures.append(value)
    if (each.change) figures.append(change(each.change))
    item.append(way, stands, figures)
    list.append(item)
  }
  return list
}
