"""Keeps the browser of a wall on the wall, and takes it elsewhere when it is told to.

A wall that has lost its page, as when the database was away, is loaded anew as soon as the server
answers; and once a day all the same, so that nothing piles up in a browser that is never closed.
"""

import streamlit as st

LOST_AFTER, RELOAD_AFTER = 30, 24 * 3600
"""Seconds without the wall, and seconds with it, after which the page is loaded anew."""

SCRIPT = """
export default function ({ data }) {
  if (!data) return
  if (data.to) {
    window.location.assign(data.to)
    return
  }
  if (window.gridlightWall) return
  const loaded = Date.now()
  let seen = Date.now()
  window.gridlightWall = setInterval(async () => {
    const now = Date.now()
    if (document.querySelector(".st-key-wall")) seen = now
    if (!window.location.pathname.endsWith("/wall")) return
    if (now - seen < data.lost * 1000 && now - loaded < data.reload * 1000) return
    const answer = await fetch("healthz", { cache: "no-store" }).catch(() => null)
    if (answer && answer.ok) window.location.reload()
  }, 5000)
}
"""


def keep() -> None:
    """Watch over the wall from now on."""
    _component("wall-keeper", {"lost": LOST_AFTER, "reload": RELOAD_AFTER})


def go(to: str) -> None:
    """Load the page at `to`, an address relative to the pages of the dashboard."""
    _component("wall-go", {"to": to})


def _component(key: str, data: dict[str, object]) -> None:
    st.components.v2.component("gridlight_wall", js=SCRIPT)(data=data, key=key)
