"""Refuse requests that name a host other than ours.

A foreign page may have its own name point at our address; browsers then take our pages for pages of
that name, and let its scripts read them.
"""

from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import settings
from dashboard.i18n import _
from dashboard.serving import origin

PROBES = frozenset({"/healthz", "/readyz"})
"""Paths that monitoring asks for by whatever address it knows."""
POLICY_VIOLATION = 1008


class KnownHosts:
    """Answers with 400 where `Host` is not among the setting `hosts`; without it any is known."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._hosts = settings.in_use().hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._is_known(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            # Closing a websocket before it is accepted answers with 403.
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            said = _("This dashboard is not known by this name. Its settings (hosts) say by which.")
            await PlainTextResponse(said, status_code=400)(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        if not self._hosts or scope["path"] in PROBES:
            return True
        try:
            name = urlsplit(f"//{origin.header(scope, 'host') or ''}").hostname
        except ValueError:
            return False
        return (name or "").rstrip(".") in self._hosts
