/* Places as bricks where they lie, each with what its colour stands for and the lights of its units. */
const FULL = 4
KINDS.tile_map = (given) => {
  const map = make("ul", "tiles")
  map.style.setProperty("--halves", given.halves)
  map.style.setProperty("--rows", given.rows)
  for (const each of given.tiles) {
    const ground = each.tone ? `lit ${each.tone}` : `step${each.step === null ? "none" : each.step}`
    const item = make("li", `tile ${ground} ${each.here ? "here" : ""}`)
    if (each.tone ? each.tone !== "good" : each.step !== null && each.step < FULL) item.classList.add("wanting")
    // The mark of a grey place says more than its reason, which the shape of its light tells too.
    if (each.mark && each.tone === "silent") item.classList.add("marked")
    item.style.gridColumn = `${each.column + 1} / span 2`
    item.style.gridRow = String(each.row + 1)
    const way = link(each.way, "whole")
    const top = make("span", "top")
    top.append(make("span", "name", each.name))
    const lights = make("span", "dots")
    for (const light of each.lights) {
      const dot = make("span", `dot ${light.tone}`, light.sign)
      dot.setAttribute("aria-hidden", "true")
      dot.title = light.word
      lights.append(dot)
    }
    if (each.more) lights.append(make("span", "more", each.more))
    top.append(lights)
    const bottom = make("span", "bottom")
    bottom.append(make("b", "", each.text))
    if (each.count) bottom.append(make("span", "beside", ` ${each.count}`))
    if (each.mark) {
      const mark = make("span", `mark ${each.mark.tone}`)
      mark.title = each.mark.word
      const sign = make("span", "sign", each.mark.sign)
      sign.setAttribute("aria-hidden", "true")
      mark.append(sign, make("span", "", ` ${each.mark.word}`))
      bottom.append(mark)
    }
    way.append(top, bottom, make("span", "hide", ` ${each.said}`))
    item.append(way)
    map.append(item)
  }
  return map
}

KINDS.legend = (given) => {
  const list = make("ul", "legend")
  for (const each of given.entries) {
    const item = make("li")
    item.append(make("span", `swatch ${each.colour}`, ""), make("span", "", each.text))
    list.append(item)
  }
  return list
}
