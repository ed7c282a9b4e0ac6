/* Width of a value from which on it is set smaller, so that it stands on one line: a Chinese
   character is as wide as two others, and a unit after a number is half as high. */
const LONG = 10
const LONG_WITH_UNIT = 13.5
const UNIT = /^(\S*?\d[\d.,]*)(\s*[^\d\s%.,-].*)$/
const widthOf = (text) => [...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 2 : 1), 0)
const numberOf = (text) => {
  const [, number, unit] = text.match(UNIT) || []
  const words = /[\u2e80-\uffff]/.test(text) ? " words" : ""
  if (!unit) return make("span", `number${widthOf(text) > LONG ? " long" : ""}${words}`, text)
  const long = widthOf(number) + widthOf(unit) / 2 > LONG_WITH_UNIT
  const node = make("span", long ? "number long" : "number", number)
  node.append(make("span", "unit", unit))
  return node
}

/* A figure: value, both sides, change, line over time, a second line. The tile leads to its list. */
const sparkline = (values) => {
  const known = values.filter((value) => value !== null)
  const box = drawn("svg", { viewBox: "0 0 100 30", class: "spark", preserveAspectRatio: "none" })
  box.setAttribute("aria-hidden", "true")
  if (known.length < 2) return box
  const low = Math.min(...known)
  const high = Math.max(...known)
  const at = (value) => (high === low ? 15 : 27 - (24 * (value - low)) / (high - low))
  const step = 96 / (values.length - 1)
  const points = values
    .map((value, place) => (value === null ? "" : `${2 + place * step},${at(value)}`))
    .filter(Boolean)
  box.append(drawn("polyline", { points: points.join(" "), "vector-effect": "non-scaling-stroke" }))
  const [x, y] = points.at(-1).split(",")
  box.append(drawn("path", { d: `M${x},${y}h0.01`, class: "end", "vector-effect": "non-scaling-stroke" }))
  return box
}

const change = (given) => {
  const node = make("span", `change ${given.tone}`)
  const said = [given.against, given.worth].filter(Boolean).join(" ")
  node.append(make("span", "", given.text))
  if (said) node.append(make("span", "hide", ` ${said}`))
  node.title = said
  return node
}

KINDS.figure = (given) => {
  const node = make("div", `figure ${given.tone || ""}`)
  const title = make("h3", "title")
  const whole = link(given.way, "whole")
  whole.append(make("b", "", given.title))
  if (given.says) whole.append(make("span", "says", ` ${given.says}`))
  if (given.definition) whole.title = given.definition
  if (given.sign) {
    whole.append(" ", make("span", "trust", given.sign))
  }
  if (given.apart) whole.append(" ", make("span", "apart", given.apart))
  title.append(whole)
  const value = make("p", "value")
  value.append(numberOf(given.value))
  if (given.of) value.append(make("span", `of ${given.of_tone || ""}`.trim(), given.of))
  if (given.change) value.append(change(given.change))
  node.append(title, value)
  if (given.note) node.append(make("p", "note", given.note))
  if (given.brief) node.append(make("p", "note brief", given.brief))
  if (given.line) node.append(sparkline(given.line))
  if (given.second && given.second.length) {
    const second = make("p", "second")
    for (const each of given.second) {
      const item = link(each.way, "item", `${each.name} `)
      item.append(make("b", each.tone || "", each.value))
      second.append(item)
    }
    node.append(second)
  }
  return node
}

KINDS.figures = (given) => {
  const node = make("div", "figures")
  for (const each of given.figures) node.append(KINDS.figure(each))
  return node
}
