/* A share over time against its target; drawn to fill its place, what is written stays in size. */
KINDS.trend = (given) => {
  const node = make("figure", "trend")
  const plot = make("div", "plot")
  const up = (share) => (100 * (share - given.lowest)) / (1 - given.lowest)
  for (const mark of given.marks) {
    const line = make("span", "mark", mark.text)
    line.style.bottom = `${up(mark.share)}%`
    plot.append(line)
  }
  const box = drawn("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", role: "img" })
  box.setAttribute("aria-label", given.said)
  const step = 100 / Math.max(1, given.points.length - 1)
  const points = given.points
    .map((point, place) => (point === null ? "" : `${place * step},${100 - up(point)}`))
    .filter(Boolean)
  box.append(drawn("polyline", { points: points.join(" "), "vector-effect": "non-scaling-stroke" }))
  plot.append(box)
  if (given.target) {
    const goal = make("span", "goal", given.target.text)
    goal.style.bottom = `${up(given.target.share)}%`
    plot.append(goal)
  }
  const last = given.points[given.points.length - 1]
  if (last !== null && last !== undefined) {
    const dot = make("span", "last")
    dot.style.bottom = `${up(last)}%`
    plot.append(dot)
  }
  const days = make("div", "days")
  for (const day of given.days) days.append(make("span", "", day))
  days.setAttribute("aria-hidden", "true")
  node.append(plot, days)
  return node
}
