"""The routes of sign-in by an OpenID Connect provider: to the provider, and back.

What the way back needs is encrypted in a cookie, so that any process can continue. Without a
provider in the settings the routes do not exist.
"""

import json
import logging
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from hmac import compare_digest
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import clock, identity, key_files, provider_settings, settings
from dashboard.provider_settings import Provider
from dashboard.reads import cache
from dashboard.serving import cookies, origin, provider_sign_out
from dashboard.serving.provider_sign_out import CameBy
from data.access import sign_in, vouched_sign_in
from data.access.accounts import ADMINISTRATORS
from data.access.vouched_sign_in import NOT_CONFIRMED, Vouched
from data.store.access_log import Act
from data.store.database import recording
from models.account import Role, Way, role_of

log = logging.getLogger(__name__)

BEGIN, RETURN = "/oidc/begin", "/oidc/return"
ANSWER = "sign_in"
"""The parameter that tells the sign-in page the outcome."""
LASTS = 600
"""Seconds within which the browser must come back."""
LONGEST_PAGE = 2_000
AT_ONCE = 4
"""The most concurrent requests to the provider, so that a slow one does not block all threads."""


class Outcome(StrEnum):
    """Why a sign-in by the provider failed, as told to the sign-in page."""

    AWAY = "provider-away"
    NOT_CONFIRMED = "not-confirmed"
    TOO_LATE = "too-late"
    NO_ACCOUNT = "no-account"


@dataclass(frozen=True, slots=True)
class _Way:
    """The contents of the cookie with which the browser comes back."""

    state: str
    nonce: str
    verifier: str
    page: str
    until: float


async def begin(request: Request) -> Response:
    """Redirect the browser to the provider."""
    provider = provider_settings.provider()
    back = origin.own_address(request.scope)
    if provider is None or back is None:
        return Response(status_code=404)
    # Import late: it loads slowly, and most installations have no provider.
    from dashboard.serving import oidc

    try:
        journey = await to_thread.run_sync(
            oidc.set_out, provider, f"{back}{RETURN}", limiter=_outside()
        )
    except oidc.ProviderAwayError as error:
        log.warning("the sign-in provider cannot be used: %s", error)
        return _redirect_to_sign_in(Outcome.AWAY)
    page = _own_page(request.query_params.get("next", ""))
    until = clock.now().timestamp() + LASTS
    way = _Way(journey.state, journey.nonce, journey.verifier, page, until)
    response = RedirectResponse(journey.address, status_code=303, headers=NO_STORE)
    sealed = key_files.seal().closed(json.dumps(asdict(way)))
    # The browser comes back from another site, so a strict cookie would not be sent.
    cookies.put(response, identity.way_cookie_name(), sealed, lasts=LASTS, same_site="lax")
    return response


async def come_back(request: Request) -> Response:
    """Open a session for the person confirmed by the provider."""
    provider = provider_settings.provider()
    back = origin.own_address(request.scope)
    if provider is None or back is None:
        return Response(status_code=404)
    way = _way(request)
    state = request.query_params.get("state", "")
    if way is None or not compare_digest(way.state.encode(), state.encode()):
        return _redirect_to_sign_in(Outcome.TOO_LATE)
    client = origin.client(request.scope)
    from dashboard.serving import oidc

    try:
        code = _code(request, provider)
        claims, id_token = await to_thread.run_sync(
            oidc.claims_of,
            provider,
            code,
            f"{back}{RETURN}",
            oidc.Journey("", way.state, way.nonce, way.verifier),
            limiter=_outside(),
        )
    except oidc.ProviderAwayError as error:
        log.warning("the sign-in provider cannot be used: %s", error)
        return _redirect_to_sign_in(Outcome.AWAY)
    except (oidc.NotConfirmedError, ValueError) as error:
        log.warning("the sign-in provider did not confirm who came back: %s", error)
        await to_thread.run_sync(_refuse, client)
        return _redirect_to_sign_in(Outcome.NOT_CONFIRMED)
    vouched = vouched_by(provider, claims)
    token, half = await to_thread.run_sync(_open_session, provider, vouched, client)
    if token is None and half is None:
        return _redirect_to_sign_in(Outcome.NO_ACCOUNT)
    response = RedirectResponse(way.page, status_code=303, headers=NO_STORE)
    cookies.forget(response, identity.way_cookie_name())
    if token:
        cookies.hold_session(response, token)
    elif half:
        lasts = int(sign_in.CODE_WITHIN.total_seconds())
        cookies.put(response, identity.half_cookie_name(), half, lasts=lasts)
    if provider.signs_out:
        provider_sign_out.remember(response, CameBy(vouched.account, id_token))
    return response


def vouched_by(provider: Provider, claims: dict[str, Any]) -> Vouched:
    """The account, name and rights in the verified claims of a provider."""
    account = claims.get(provider.account_claim)
    return Vouched(
        account=account if isinstance(account, str) else "",
        full_name=str(claims.get("name") or ""),
        rights_told=provider.role_claim is not None,
        role=_role(provider, _texts(claims, provider.role_claim)),
        codes=tuple(sorted(set(_texts(claims, provider.unit_claim)))),
    )


def _role(provider: Provider, told: list[str]) -> Role | None:
    """The first known role in the claim; never an administrator, who is appointed by hand."""
    if provider.roles:
        return next((role for value, role in provider.roles if value in told), None)
    roles = (role_of(each) for each in told)
    return next((role for role in roles if role and role not in ADMINISTRATORS), None)


def _texts(claims: dict[str, Any], name: str | None) -> list[str]:
    """A claim as a list of texts, whether it holds one or several."""
    value = claims.get(name) if name else None
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str) and each]


def _open_session(
    provider: Provider, vouched: Vouched, client: str | None
) -> tuple[str | None, str | None]:
    """The token of a session, or a ticket that needs a code; both None if it is refused."""
    now, policy = clock.now(), settings.policy()
    with recording(cache.engine()) as connection:
        ticket = vouched_sign_in.enter(
            connection,
            Act(vouched.account, now, client),
            Way.PROVIDER,
            vouched,
            provisions=provider.provisions,
            factor_left=policy.factor_left,
        )
        if ticket is None:
            return None, None
        token = sign_in.redeem(connection, ticket, now, client, policy)
    return (token, None) if token else (None, ticket)


def _refuse(client: str | None) -> None:
    with recording(cache.engine()) as connection:
        act = Act("", clock.now(), client)
        vouched_sign_in.refuse(connection, act, Way.PROVIDER, NOT_CONFIRMED)


def _code(request: Request, provider: Provider) -> str:
    """The code that the provider sent; raises `ValueError` if there is none."""
    asked = request.query_params
    issuer = asked.get("iss")
    if issuer is not None and issuer.rstrip("/") != provider.issuer:
        raise ValueError("another issuer")
    code = asked.get("code")
    if not code:
        raise ValueError("no code")
    return code


def _way(request: Request) -> _Way | None:
    sealed = cookies.read(request.scope, identity.way_cookie_name())
    opened = key_files.seal().opened(sealed) if sealed and sealed.isascii() else None
    if opened is None:
        return None
    way = _Way(**json.loads(opened))
    return way if clock.now().timestamp() < way.until else None


def _own_page(text: str) -> str:
    """The page of ours to return to, with its parameters; the first page for any other text."""
    plain = text.isascii() and text.isprintable() and "\\" not in text
    if not plain or len(text) > LONGEST_PAGE or not text.startswith("/") or text.startswith("//"):
        return "/"
    split = urlsplit(text)
    asked = [pair for pair in parse_qsl(split.query) if pair[0] != ANSWER]
    return f"{split.path}?{urlencode(asked)}" if asked else split.path


def _redirect_to_sign_in(outcome: Outcome) -> Response:
    """Redirect to the sign-in page, which shows the outcome."""
    asked = urlencode({ANSWER: outcome.value})
    response = RedirectResponse(f"/?{asked}", status_code=303, headers=NO_STORE)
    cookies.forget(response, identity.way_cookie_name())
    return response


NO_STORE = {"cache-control": "no-store"}


@lru_cache(maxsize=1)
def _outside() -> CapacityLimiter:
    return CapacityLimiter(AT_ONCE)
