"""The cookies of the product: of a session, and of a sign-in on its way.

Scripts cannot read them; with HTTPS they are sent to this host only.
"""

from http.cookies import CookieError, SimpleCookie
from typing import Literal

from starlette.responses import Response
from starlette.types import Scope

from dashboard import identity, settings
from data.access import sign_in


def hold_session(response: Response, token: str) -> None:
    """Set the cookie of a session and delete those of the sign-in that led to it."""
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
    """Set a cookie that lasts `lasts` seconds."""
    response.set_cookie(
        name,
        value,
        max_age=lasts,
        httponly=True,
        secure=settings.in_use().https,
        samesite=same_site,
    )


def forget(response: Response, name: str) -> None:
    """Delete a cookie."""
    response.delete_cookie(name, httponly=True, secure=settings.in_use().https, samesite="strict")


def read(scope: Scope, name: str) -> str | None:
    """The value of a cookie in the request headers; None if it is missing."""
    text = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
    try:
        held = SimpleCookie(text).get(name)
    except CookieError:
        return None
    return held.value if held else None
