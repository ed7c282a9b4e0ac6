/* The bar of lights: as long as there are units in each, worst first, each a way to its units. */
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
    item.append(make("span", "", each.status.word), change(each.change))
    words.append(item)
  }
  node.append(bar, words)
  return node
}
