"""Keeps a browser on the wall for days, and sends it to another page on request.

Each run of the wall sends a beat to the browser. If beats stay away, for example after an error,
the browser reloads the page as soon as the server answers. It also reloads once a day, so that its
memory does not fill up, and renews its sign-in at once and then every hour.
"""

import streamlit as st

from dashboard import session_bridge

PATIENCE = 90
"""The least number of seconds without a beat before a reload; else three times the interval."""
RELOAD_AFTER, RENEW_AFTER = 24 * 3600, 3600
"""Seconds after which the page is reloaded and the sign-in renewed."""
BEATS = "wall-beats"

SCRIPT = """
export default function ({ data }) {
  if (!data) return
  if (data.to) {
    window.location.assign(data.to)
    return
  }
  const now = Date.now()
  const kept = window.gridlightWall
  if (kept) {
    Object.assign(kept, { seen: now, data })
    return
  }
  const wall = (window.gridlightWall = { seen: now, loaded: now, renewed: 0, data })
  setInterval(async () => {
    if (!window.location.pathname.endsWith("/wall")) return
    const answer = await fetch("healthz", { cache: "no-store" }).catch(() => null)
    document.documentElement.classList.toggle("wall-away", !(answer && answer.ok))
    if (!answer || !answer.ok) return
    const now = Date.now()
    const silent = now - wall.seen > wall.data.patience * 1000
    if (silent || now - wall.loaded > wall.data.reload * 1000) {
      wall.seen = wall.loaded = now
      window.location.reload()
    } else if (now - wall.renewed > wall.data.renew * 1000) {
      wall.renewed = now
      fetch(wall.data.path, { method: "PUT", credentials: "same-origin" }).catch(() => null)
    }
  }, 5000)
}
"""


def keep(every: int | None) -> None:
    """Send a beat to the browser.

    The next beat is expected within `every` seconds; None while somebody types, when beats pause.
    """
    beats = st.session_state[BEATS] = st.session_state.get(BEATS, 0) + 1
    _component(
        "wall-keeper",
        {
            "beat": beats,
            "patience": max(PATIENCE, 3 * every) if every else RENEW_AFTER,
            "reload": RELOAD_AFTER,
            "renew": RENEW_AFTER,
            "path": session_bridge.PATH.removeprefix("/"),
        },
    )


def go(to: str) -> None:
    """Load the page at `to`, an address relative to the root of the dashboard."""
    _component("wall-go", {"to": to})


def _component(key: str, data: dict[str, object]) -> None:
    st.components.v2.component("gridlight_wall", js=SCRIPT)(data=data, key=key)
