/* The rows of a chart as a list, which opens over what is below. Escape and a click elsewhere close
   it. */
KINDS.chart_table = (given) => {
  const room = make("div", "of-chart")
  const button = make("button", "toggle", given.word)
  button.type = "button"
  button.setAttribute("aria-label", `${given.word}: ${given.list.says}`)
  const panel = make("div", "panel")
  panel.hidden = true
  panel.tabIndex = -1

  const show = (open) => {
    if (open && !panel.firstChild) panel.append(KINDS.list(given.list))
    panel.hidden = !open
    button.setAttribute("aria-expanded", String(open))
    const change = open ? "addEventListener" : "removeEventListener"
    document[change]("click", elsewhere)
  }
  const elsewhere = (event) => {
    if (!event.composedPath().includes(room)) show(false)
  }
  button.addEventListener("click", () => show(panel.hidden))
  room.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return
    show(false)
    button.focus()
  })
  show(false)
  room.append(button, panel)
  return room
}
