"""OpenID Connect as a client: the way to the provider and back, and the checks of its token.

Authorization code flow with PKCE, state and nonce; the ID token is verified with the provider's
keys. Authlib implements the protocol. Without a provider in the settings nothing here runs, and
nothing leaves the machine.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from requests import RequestException

from dashboard.provider_settings import DISCOVERY, Provider, is_safe

SCOPE = "openid profile email"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""The accepted signatures: only those made with a private key of the provider."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
ANSWERS_WITHIN = 5
"""Seconds within which the provider must answer."""
CLOCKS_DIFFER = 60
"""Seconds by which the provider's clock may differ."""


class ProviderAwayError(Exception):
    """The provider did not answer, or its configuration is unusable; the message says which."""


class NotConfirmedError(Exception):
    """The provider did not confirm an identity, or its answer could not be verified."""


@dataclass(frozen=True, slots=True)
class Journey:
    """A sign-in on its way to the provider; all of it is needed on the way back."""

    address: str
    """The address to which the browser is sent."""
    state: str
    nonce: str
    verifier: str


class _Client(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
    """Authlib's client for a provider, using requests and no web framework."""

    client_cls = OAuth2Session


def set_out(provider: Provider, return_to: str) -> Journey:
    """Begin a sign-in; the provider will send its answer to `return_to`."""
    client = _prepared(provider)
    try:
        asked = client.create_authorization_url(return_to)
    except (AuthlibBaseError, RequestException, ValueError) as error:
        raise ProviderAwayError(type(error).__name__) from error
    return Journey(asked["url"], asked["state"], asked["nonce"], asked["code_verifier"])


def claims_of(
    provider: Provider, code: str, return_to: str, journey: Journey
) -> tuple[dict[str, Any], str]:
    """The verified claims about the person who came back with `code`, and the token they are of."""
    client = _prepared(provider)
    try:
        token = client.fetch_access_token(
            redirect_uri=return_to, code=code, code_verifier=journey.verifier
        )
        claims = client.parse_id_token(
            token,
            nonce=journey.nonce,
            claims_options={
                "iss": {"essential": True, "value": client.server_metadata["issuer"]},
                "aud": {"essential": True, "value": provider.client_id},
            },
            leeway=CLOCKS_DIFFER,
        )
    except RequestException as error:
        raise ProviderAwayError(type(error).__name__) from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
        raise NotConfirmedError(type(error).__name__) from error
    if claims is None:
        raise NotConfirmedError("no ID token")
    return dict(claims), str(token["id_token"])


def sign_out_address(provider: Provider, id_token: str, return_to: str) -> str | None:
    """The address at which the provider ends its own session; None if it has none."""
    endpoint = str(_prepared(provider).server_metadata.get("end_session_endpoint") or "")
    if not is_safe(endpoint):
        return None
    asked = {"post_logout_redirect_uri": return_to, "client_id": provider.client_id}
    if id_token:
        asked["id_token_hint"] = id_token
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def _prepared(provider: Provider) -> Any:
    """A client for the provider, after reading and checking its configuration."""
    client = _client(provider)
    try:
        metadata = client.load_server_metadata()
    except (RequestException, ValueError, TypeError, AttributeError) as error:
        raise ProviderAwayError(type(error).__name__) from error
    wrong = _wrong_in(metadata, provider)
    if wrong:
        _client.cache_clear()
        raise ProviderAwayError(wrong)
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    accepted = [each for each in offered if each in ALGORITHMS]
    metadata["id_token_signing_alg_values_supported"] = accepted or ["RS256"]
    return client


def _wrong_in(metadata: dict[str, Any], provider: Provider) -> str | None:
    """What is unusable in the provider's configuration; None if nothing is."""
    if str(metadata.get("issuer", "")).rstrip("/") != provider.issuer:
        return "it names another issuer than oidc_issuer"
    for name in ENDPOINTS:
        if not is_safe(str(metadata.get(name, ""))):
            return f"its {name} is missing or not HTTPS"
    return None


@lru_cache(maxsize=2)
def _client(provider: Provider) -> Any:
    return _Client(
        None,
        "gridlight",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}{DISCOVERY}",
        client_kwargs={
            "scope": SCOPE,
            "code_challenge_method": "S256",
            "default_timeout": ANSWERS_WITHIN,
        },
    )
