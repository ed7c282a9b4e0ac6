// "/" leads to the search box in the head of every page, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return
  const at = event.target
  if (at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select")))
    return
  const box = document.querySelector(".st-key-frame-search input")
  if (!box) return
  event.preventDefault()
  box.focus()
  box.select()
})
