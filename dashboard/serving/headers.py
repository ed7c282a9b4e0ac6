"""The security headers of every answer, which limit what a page may load and do."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import settings

POLICY = "; ".join(
    (
        "default-src 'self'",
        # The hash is that of the inline script in Streamlit's page; its components load from blob:.
        "script-src 'self' blob: 'wasm-unsafe-eval'"
        " 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data:",
        "frame-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
HTTPS_HEADERS = {"strict-transport-security": "max-age=31536000"}


class SecurityHeaders:
    """Adds security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        https = settings.in_use().https
        headers = HEADERS | HTTPS_HEADERS if https else HEADERS
        self.headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self.https = https

    def _secure(self, name: bytes, value: bytes) -> bytes:
        """A header, with `Secure` added to Streamlit's own cookies if we are served by HTTPS."""
        sets = self.https and name.lower() == b"set-cookie"
        return value + b"; Secure" if sets and b"; secure" not in value.lower() else value

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = [(k, self._secure(k, v)) for k, v in message.get("headers", ())]
                message = {**message, "headers": [*answered, *self.headers]}
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
