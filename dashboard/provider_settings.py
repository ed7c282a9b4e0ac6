"""The settings of sign-in by somebody else: an OpenID Connect provider, or a proxy that tells.

Apart from `settings`, since they are read only where they are used and need the policy of neither.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dashboard import settings
from dashboard.settings import Given, SettingsError
from data.access.accounts import ADMINISTRATORS
from models.account import Role, role_of

DISCOVERY = "/.well-known/openid-configuration"
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Provider:
    """The OpenID Connect provider by which accounts may sign in."""

    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    """None for a client without one, which PKCE alone protects."""
    account_claim: str
    role_claim: str | None
    roles: tuple[tuple[str, Role], ...]
    """Values of the role claim with the role each stands for; without any they are role names."""
    unit_claim: str | None
    provisions: bool
    """Accounts that are missing are made, as the claims say."""
    label: str | None
    """What stands on the button; None for our own words."""


def provider(environ: Mapping[str, str] = os.environ) -> Provider | None:
    """The provider, or None where there is none."""
    given = {each.variable: each for each in settings.origins(environ)}
    issuer = given[settings.OIDC_ISSUER].text.strip().removesuffix(DISCOVERY).rstrip("/")
    if not issuer:
        return None
    if not is_safe(issuer):
        raise SettingsError(
            f"{given[settings.OIDC_ISSUER].place} is {issuer!r}. It must begin with https://."
        )
    return Provider(
        issuer=issuer,
        client_id=_needed(given[settings.OIDC_CLIENT_ID]),
        client_secret=_secret(given[settings.OIDC_CLIENT_SECRET_FILE]),
        account_claim=_needed(given[settings.OIDC_ACCOUNT_CLAIM]),
        role_claim=given[settings.OIDC_ROLE_CLAIM].text or None,
        roles=_roles(given[settings.OIDC_ROLES]),
        unit_claim=given[settings.OIDC_UNIT_CLAIM].text or None,
        provisions=settings.flag(given[settings.OIDC_PROVISION]),
        label=given[settings.OIDC_LABEL].text or None,
    )


@settings.remembered
def proxy_account_header(environ: Mapping[str, str]) -> str | None:
    """The header, in small letters, in which a trusted proxy tells the account; None for none."""
    given = {each.variable: each for each in settings.origins(environ)}
    said = given[settings.PROXY_ACCOUNT_HEADER]
    if not said.text:
        return None
    if not HEADER.fullmatch(said.text):
        raise SettingsError(
            f"{said.place} is {said.text!r}. Set it to the name of a header: letters, digits and -."
        )
    if not settings.in_use(environ).trusted_proxies:
        raise SettingsError(f"{said.place} needs trusted_proxies: from nobody else is it accepted.")
    return said.text.lower()


def is_safe(address: str) -> bool:
    """Whether nobody on the way can read or change what is asked there: HTTPS, or this machine."""
    try:
        split = urlsplit(address)
    except ValueError:
        return False
    here = split.scheme == "http" and split.hostname in OWN_MACHINE
    return bool(split.hostname) and (split.scheme == "https" or here)


def _needed(given: Given) -> str:
    if not given.text.strip():
        name = given.variable.removeprefix(settings.PREFIX).lower()
        raise SettingsError(f"oidc_issuer is set, so {name} ({given.variable}) must be set too.")
    return given.text.strip()


def _secret(given: Given) -> str | None:
    if not given.text:
        return None
    try:
        return Path(given.text).expanduser().read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{given.place}: {given.text} cannot be read.") from error


def _roles(given: Given) -> tuple[tuple[str, Role], ...]:
    """`value=role, value=role`; administrators are made by hand only."""
    pairs = []
    for part in filter(None, (each.strip() for each in given.text.split(","))):
        value, _equals, name = (each.strip() for each in part.rpartition("="))
        role = role_of(name)
        if not value or role is None or role in ADMINISTRATORS:
            names = ", ".join(each for each in Role if each not in ADMINISTRATORS)
            raise SettingsError(
                f"{given.place} is {given.text!r}. Set it to pairs value=role with commas between;"
                f" the roles are {names}."
            )
        pairs.append((value, role))
    return tuple(pairs)
