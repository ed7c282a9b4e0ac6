"""Let the browser exchange a ticket for its session cookie, or delete it, and reload the page.

A script cannot set a cookie that scripts must not read; only an answer of the server can.
"""

import secrets

import streamlit as st

PATH = "/api/session"

# The script runs once for each value of `once`.
SCRIPT = """
export default function ({ data }) {
  if (!data || window.gridlightSession === data.once) return
  window.gridlightSession = data.once
  const send = (left) => fetch(data.path, {
    method: data.method,
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: data.ticket ? JSON.stringify({ ticket: data.ticket }) : undefined,
  }).then(async (answer) => {
    // Others are writing: the ticket lasts a little.
    if (answer.status === 503 && left > 0) return setTimeout(() => send(left - 1), 2000)
    // Who came by a provider signs out there too.
    if (answer.status === 200) window.location.assign((await answer.json()).next)
    else window.location.reload()
  })
  send(5)
}
"""

# The script reads the address in the browser, which alone has all of it.
LEAVING = """
export default function ({ data }) {
  if (!data || window.gridlightLeaving === data.once) return
  window.gridlightLeaving = data.once
  const here = window.location.pathname + window.location.search
  window.location.assign(data.path + "?next=" + encodeURIComponent(here))
}
"""


def leave_for(path: str) -> None:
    """Send the browser to a route of ours, with the present page in the parameter `next`."""
    component = st.components.v2.component("gridlight_leaving", js=LEAVING)
    component(data={"path": path, "once": secrets.token_hex(8)}, key="session-leaving")
    st.stop()


def open_session(ticket: str) -> None:
    """Exchange `ticket` for the session cookie and reload the page, signed in."""
    _send("POST", ticket)


def close_session() -> None:
    """Delete the session cookie and reload the page, signed out."""
    _send("DELETE", None)


def _send(method: str, ticket: str | None) -> None:
    component = st.components.v2.component("gridlight_session", js=SCRIPT)
    once = secrets.token_hex(8)
    component(
        data={"path": PATH, "method": method, "ticket": ticket, "once": once},
        key="session-bridge",
    )
    st.stop()
