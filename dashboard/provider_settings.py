"""The settings of sign-in by others: an OpenID Connect provider, or a trusted proxy.

They are not in `settings`, since few modules need them.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dashboard import setting_origins, settings
from dashboard.setting_origins import Given, SettingsError
from data.access.accounts import ADMINISTRATORS
from models.account import Role, role_of

DISCOVERY = "/.well-known/openid-configuration"
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Provider:
    """The OpenID Connect provider with which accounts may sign in."""

    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    """The client's secret; None for a public client, which only PKCE protects."""
    account_claim: str
    role_claim: str | None
    roles: tuple[tuple[str, Role], ...]
    """Pairs of a value of the role claim and a role; if empty, the values are role names."""
    unit_claim: str | None
    provisions: bool
    """Whether missing accounts are added, according to the claims."""
    signs_out: bool
    """Whether signing out here leads on to the provider's own sign-out, where it has one."""
    label: str | None
    """The text of the sign-in button; None for the default."""


def provider(environ: Mapping[str, str] = os.environ) -> Provider | None:
    """The provider in the settings; None if there is none."""
    given = {each.variable: each for each in setting_origins.origins(environ)}
    issuer = given[setting_origins.OIDC_ISSUER].text.strip().removesuffix(DISCOVERY).rstrip("/")
    if not issuer:
        return None
    if not is_safe(issuer):
        raise SettingsError(
            f"{given[setting_origins.OIDC_ISSUER].place} is {issuer!r}. It must begin with https://."
        )
    return Provider(
        issuer=issuer,
        client_id=_needed(given[setting_origins.OIDC_CLIENT_ID]),
        client_secret=_secret(given[setting_origins.OIDC_CLIENT_SECRET_FILE]),
        account_claim=_needed(given[setting_origins.OIDC_ACCOUNT_CLAIM]),
        role_claim=given[setting_origins.OIDC_ROLE_CLAIM].text or None,
        roles=_roles(given[setting_origins.OIDC_ROLES]),
        unit_claim=given[setting_origins.OIDC_UNIT_CLAIM].text or None,
        provisions=settings.flag(given[setting_origins.OIDC_PROVISION]),
        signs_out=settings.flag(given[setting_origins.OIDC_SIGN_OUT]),
        label=given[setting_origins.OIDC_LABEL].text or None,
    )


@settings.remembered
def proxy_account_header(environ: Mapping[str, str]) -> str | None:
    """The header, in lower case, in which a trusted proxy names the account; None for none."""
    given = {each.variable: each for each in setting_origins.origins(environ)}
    said = given[setting_origins.PROXY_ACCOUNT_HEADER]
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
    """Whether requests to `address` cannot be read or changed on the way: HTTPS, or localhost."""
    try:
        split = urlsplit(address)
    except ValueError:
        return False
    here = split.scheme == "http" and split.hostname in OWN_MACHINE
    return bool(split.hostname) and (split.scheme == "https" or here)


def _needed(given: Given) -> str:
    if not given.text.strip():
        name = given.variable.removeprefix(setting_origins.PREFIX).lower()
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
    """Parse `value=role, value=role`; refuses administrators, who are appointed by hand."""
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
