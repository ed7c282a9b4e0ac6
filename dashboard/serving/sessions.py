"""The route by which a browser opens, renews and ends its session."""

import json

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from dashboard import clock, identity, settings
from dashboard.reads import cache
from dashboard.serving import cookies, origin, provider_sign_out
from data.access import sign_in
from data.store.database import reading, recording

LONGEST_TICKET = 200


async def open_session(request: Request) -> Response:
    """Exchange a ticket for a session and its cookie."""
    if not origin.is_from_our_page(request.scope):
        return Response(status_code=403)
    ticket = await _ticket(request)
    if ticket is None:
        return Response(status_code=400)
    token, account = await to_thread.run_sync(_redeem, ticket, origin.client(request.scope))
    if token is None:
        return Response(status_code=401)
    response = _holding(token)
    provider_sign_out.forget_others(response, request.scope, account)
    return response


async def renew_session(request: Request) -> Response:
    """Extend the session of the cookie; wall screens, which are open for days, ask for this."""
    if not origin.is_from_our_page(request.scope):
        return Response(status_code=403)
    token = request.cookies.get(identity.cookie_name())
    if not token or not await to_thread.run_sync(_renew, token):
        return Response(status_code=401)
    return _holding(token)


async def look_at_session(request: Request) -> Response:
    """Whether the cookie belongs to a session; asking does not count as activity."""
    token = request.cookies.get(identity.cookie_name())
    there = token is not None and await to_thread.run_sync(cache.viewer, token) is not None
    return JSONResponse({"signed_in": there}, headers={"cache-control": "no-store"})


async def close_session(request: Request) -> Response:
    """End the session of the cookie and delete the cookie; says where to sign out as well."""
    if not origin.is_from_our_page(request.scope):
        return Response(status_code=403)
    token = request.cookies.get(identity.cookie_name())
    if token:
        await to_thread.run_sync(identity.leave, token, origin.client(request.scope))
    response = Response(status_code=204)
    if provider_sign_out.leads_there(request.scope):
        response = JSONResponse({"next": provider_sign_out.END})
    cookies.forget(response, identity.cookie_name())
    return response


def _holding(token: str) -> Response:
    """An answer that sets the session cookie."""
    response = Response(status_code=204)
    cookies.hold_session(response, token)
    return response


async def _ticket(request: Request) -> str | None:
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_TICKET:
                return None
        sent = json.loads(body)
    except (ValueError, ClientDisconnect):
        return None
    ticket = sent.get("ticket") if isinstance(sent, dict) else None
    return ticket if isinstance(ticket, str) and ticket.isascii() else None


def _redeem(ticket: str, address: str | None) -> tuple[str | None, str]:
    """The token of a new session, None if the ticket opens none; and the ticket's account."""
    # Check the ticket first, so that made-up ones do not wait for the right to write.
    with reading(cache.engine()) as connection:
        account = sign_in.account_of_ticket(connection, ticket, clock.now())
    if account is None:
        return None, ""
    with recording(cache.engine()) as connection:
        token = sign_in.redeem(connection, ticket, clock.now(), address, settings.policy())
    return token, account


def _renew(token: str) -> bool:
    if not _is_known(token):
        return False
    with recording(cache.engine()) as connection:
        return sign_in.renew(connection, token, clock.now(), settings.policy())


def _is_known(token: str) -> bool:
    """Whether a session has this token, so that made-up ones do not wait for the right to write."""
    with reading(cache.engine()) as connection:
        return sign_in.account_of_session(connection, token) is not None
