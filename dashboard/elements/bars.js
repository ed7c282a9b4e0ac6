/* Bars, whole or cut into segments; each leads to its rows, and the smallest keeps its number. */
KINDS.bars = (given) => {
  const list = make("ul", "bars")
  const most = Math.max(1, ...given.rows.map((row) => row.segments.reduce((sum, each) => sum + each.value, 0)))
  for (const row of given.rows) {
    const item = make("li")
    item.append(make("span", "name", row.name))
    const track = make("span", "track")
    for (const each of row.segments.filter((segment) => segment.value)) {
      const segment = link(each.way, `segment ${each.colour}`)
      segment.style.width = `${(100 * each.value) / most}%`
      segment.append(make("span", "hide", `${row.name} ${each.word} `), make("b", "", each.text))
      segment.title = `${row.name} ${each.word} ${each.text}`.replace("  ", " ")
      track.append(segment)
    }
    if (row.total) track.append(make("b", "total", row.total))
    item.append(track)
    list.append(item)
  }
  return list
}
