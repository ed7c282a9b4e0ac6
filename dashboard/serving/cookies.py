"""The cookies that the product sets: who is signed in, and what a sign-in needs on its way.

No script can read them, and by HTTPS they are sent to this very host only.
"""

from http.cookies import CookieError, SimpleCookie
from typing import Literal

from starlette.responses import Response
from starlette.types import Scope

from dashboard import identity, settings
from data.access import sign_in


def hold_session(response: Response, token: str) -> None:
    """Have the browser keep the cookie of a session, and forget what led to it."""
    lasts = int(sign_in.SESSION_LASTS.total_seconds())
    put(response, identity.cookie_name(), token, lasts=lasts)
    forget(response, identity.half_cookie_name())


def put(
    response: Response,
    name: str,
    value: str,
    *,
    lasts: int,
    same_site: Literal["strict", "lax"] = "strict",
) -> None:
    """Set a cookie for `lasts` seconds."""
    response.set_cookie(
        name,
        value,
        max_age=lasts,
        httponly=True,
        secure=settings.in_use().https,
        samesite=same_site,
    )


def forget(response: Response, name: str) -> None:
    """Have the browser forget a cookie."""
    response.delete_cookie(name, httponly=True, secure=settings.in_use().https, samesite="strict")


def read(scope: Scope, name: str) -> str | None:
    """What a cookie in the headers of a request holds; None where it is not there."""
    text = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
    try:
        held = SimpleCookie(text).get(name)
    except CookieError:
        return None
    return held.value if held else None
