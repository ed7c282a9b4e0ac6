"""Adapt the one page that Streamlit serves for all addresses: our title, the viewer's language."""

from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import i18n, settings


class Shell:
    """Puts our title and the viewer's language into the page that Streamlit serves."""

    def __init__(self, app: ASGIApp, linked: bytes) -> None:
        """`linked` is inserted at the end of the page's head: our styles and scripts."""
        self.app = app
        self.linked = linked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _wants_page(scope):
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def send_rewritten(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if start is not None and not message.get("more_body"):
                content = _in_language(body, _language_of(scope)).replace(
                    b"</head>", self.linked + b"</head>"
                )
                await send({**start, "headers": _headers_of(start, content)})
                await send({"type": "http.response.body", "body": content})

        # Ask for no compression, since a compressed page could not be changed.
        plain = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, send_rewritten)


def _wants_page(scope: Scope) -> bool:
    accepted = dict(scope["headers"]).get(b"accept", b"")
    return scope["method"] == "GET" and b"text/html" in accepted


def _language_of(scope: Scope) -> str:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    return asked if asked in i18n.LANGUAGES else settings.in_use().language


def _in_language(page: bytes, language: str) -> bytes:
    tag = language.replace("zh_CN", "zh-CN")
    with i18n.use_language(language):
        title = f"<title>{i18n._('Gridlight')}</title>".encode()
    page = page.replace(b"<title>Streamlit</title>", title)
    return page.replace(b'<html lang="en">', f'<html lang="{tag}">'.encode())


def _headers_of(start: Message, content: bytes) -> list[tuple[bytes, bytes]]:
    changed = (b"content-length", b"etag", b"last-modified")
    kept = [(k, v) for k, v in start.get("headers", ()) if k.lower() not in changed]
    return [*kept, (b"content-length", str(len(content)).encode())]
