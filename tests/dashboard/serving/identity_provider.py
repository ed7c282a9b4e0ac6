"""A small OpenID Connect provider on this machine that confirms everybody it is told to.

It requires PKCE and the client's secret, and can be told to sign tokens that must be refused.
"""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "gridlight", "a secret of the two"
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": "1"}) for _number in range(2))


class IdentityProvider(ThreadingHTTPServer):
    """Holds the codes it has issued and the requests it has received."""

    daemon_threads = True

    def __init__(self, host: str) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.issuer = f"http://{host}:{self.server_port}"
        self.claims: dict[str, Any] = {"sub": "17", "preferred_username": "wang", "name": "王某"}
        self.forged: dict[str, Any] = {}
        """Claims that it signs instead of the right ones."""
        self.key = KEY
        self.end: str | None = f"{self.issuer}/end"
        """Where it says that its own sessions are ended."""
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}

    def about(self) -> dict[str, Any]:
        end = {"end_session_endpoint": self.end} if self.end else {}
        return end | {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def confirm(self, address: str) -> str:
        """The address to which a browser sent to `address` is returned after signing in."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
        return f"{asked['redirect_uri']}?{back}"

    def ended(self, address: str) -> str:
        """The address to which a browser sent to `address` is returned after signing out."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        token = jwt.decode(asked["id_token_hint"], KEY)
        assert token.claims["aud"] == asked["client_id"] == CLIENT
        return asked["post_logout_redirect_uri"]

    def tokens(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The tokens for a code; each code works once, for the client that began the sign-in."""
        asked = self.codes.pop(sent.get("code", ""), None)
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or authorization != f"Basic {known}":
            return None
        if create_s256_code_challenge(sent["code_verifier"]) != asked["code_challenge"]:
            return None
        if sent["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        right = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims = {**self.claims, **right, "nonce": asked["nonce"], **self.forged}
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        return {"access_token": "unused", "token_type": "Bearer", "id_token": signed}


class _Answers(BaseHTTPRequestHandler):
    server: IdentityProvider

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        if path == "/.well-known/openid-configuration":
            self._answer(200, self.server.about())
        elif path == "/keys":
            self._answer(200, KeySet([KEY]).as_dict())
        elif path == "/authorize":
            self.send_response(303)
            self.send_header("location", self.server.confirm(self.path))
            self.end_headers()
        elif path == "/end":
            self.send_response(303)
            self.send_header("location", self.server.ended(self.path))
            self.end_headers()
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        tokens = self.server.tokens(sent, self.headers.get("authorization", ""))
        self._answer(*((200, tokens) if tokens else (400, {"error": "invalid_grant"})))

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Log nothing."""


@contextmanager
def running(host: str = "127.0.0.1") -> Iterator[IdentityProvider]:
    """A provider at `host`, stopped at the end of the block."""
    provider = IdentityProvider(host)
    thread = threading.Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join()
