"""Sign-out at the OpenID Connect provider, once somebody who came by it has signed out here.

Otherwise the next person at that browser would come in with one click. The browser keeps the
provider's token, encrypted, for as long as it keeps the session, since the provider wants to see it
(OpenID Connect RP-Initiated Logout 1.0).
"""

import json
import logging
from dataclasses import asdict, dataclass
from functools import lru_cache

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from dashboard import identity, key_files, provider_settings
from dashboard.serving import cookies, origin
from data.access import sign_in

log = logging.getLogger(__name__)

END = "/oidc/end"
LONGEST = 3_800
"""Characters of a cookie that browsers surely keep. Without the token the provider asks the person
whether to sign out."""
AT_ONCE = 2
"""The most concurrent requests to the provider, so that a slow one does not block all threads."""
NO_STORE = {"cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class CameBy:
    """Who came by the provider in this browser, and the token by which it knows the session."""

    account: str
    id_token: str


def remember(response: Response, came: CameBy) -> None:
    """Have the browser keep who came by the provider."""
    sealed = key_files.seal().closed(json.dumps(asdict(came)))
    if len(sealed) > LONGEST:
        sealed = key_files.seal().closed(json.dumps(asdict(CameBy(came.account, ""))))
    lasts = int(sign_in.SESSION_LASTS.total_seconds())
    cookies.put(response, identity.provider_cookie_name(), sealed, lasts=lasts)


def forget_others(response: Response, scope: Scope, account: str) -> None:
    """Forget who came by the provider if `account` has signed in in another way since."""
    came = came_by(scope)
    if came is not None and came.account != account:
        cookies.forget(response, identity.provider_cookie_name())


def came_by(scope: Scope) -> CameBy | None:
    """Who came by the provider in this browser; None if nobody did."""
    sealed = cookies.read(scope, identity.provider_cookie_name())
    opened = key_files.seal().opened(sealed) if sealed and sealed.isascii() else None
    return CameBy(**json.loads(opened)) if opened is not None else None


def leads_there(scope: Scope) -> bool:
    """Whether signing out here leads on to the provider."""
    provider = provider_settings.provider()
    return provider is not None and provider.signs_out and came_by(scope) is not None


async def end(request: Request) -> Response:
    """Redirect the browser to the provider's sign-out, which sends it back to the first page.

    Where the provider has none, or is away, to the first page at once.
    """
    provider = provider_settings.provider()
    back = origin.own_address(request.scope)
    if provider is None or back is None:
        return Response(status_code=404)
    # The cookie is not sent from other sites, so these sign nobody out.
    came, address = came_by(request.scope), None
    if came is not None and provider.signs_out:
        from dashboard.serving import oidc

        try:
            address = await to_thread.run_sync(
                oidc.sign_out_address, provider, came.id_token, f"{back}/", limiter=_outside()
            )
        except oidc.ProviderAwayError as error:
            log.warning("the sign-in provider cannot be used: %s", error)
    response = RedirectResponse(address or "/", status_code=303, headers=NO_STORE)
    cookies.forget(response, identity.provider_cookie_name())
    return response


@lru_cache(maxsize=1)
def _outside() -> CapacityLimiter:
    return CapacityLimiter(AT_ONCE)
