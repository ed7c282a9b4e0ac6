/* The bar of lights, or of other statuses: as long as there are units in each, worst first, each a
   way to its units. */
KINDS.lights = (given) => {
  const node = make("div", "lights")
  const bar = make("ul", "bar")
  for (const each of given.lights.filter((light) => light.count)) {
    const item = make("li", each.status.tone)
    item.style.flexGrow = each.count
    const chosen = link(each.way, "segment")
    const sign = make("span", "sign", each.status.sign)
    sign.setAttribute("aria-hidden", "true")
    chosen.append(sign, make("span", "hide", each.status.word), make("b", "", String(each.count)))
    chosen.title = `${each.status.word} ${each.count}`
    item.append(chosen)
    bar.append(item)
  }
  const words = make("ul", "words")
  for (const each of given.lights) {
    const item = make("li")
    item.append(make("span", "", each.status.word))
    if (given.counted) item.append(make("b", each.status.tone, String(each.count)))
    if (each.change) item.append(change(each.change))
    words.append(item)
  }
  for (const each of given.beside) {
    const item = make("li", "beside")
    const way = link(each.way, "", `${each.name} `)
    way.append(make("b", each.tone || "", each.value))
    item.append(way)
    words.append(item)
  }
  node.append(bar, words)
  return node
}
