"""The second factor: codes of an authenticator app (TOTP, RFC 6238), or recovery codes instead.

The secret is stored encrypted, recovery codes as hashes. Each code is accepted once: its time step
must be later than that of the last accepted one. Functions that write expect a transaction of
`data.store.database`.
"""

import secrets
from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlmodel import col

from data.access import brakes, made_resets
from data.access.seals import Seal
from data.access.secrets_kept import hashed
from data.store import access_log
from data.store.access_log import Act
from models.account import Event, RecoveryCode, SecondFactor
from models.text import N_, TellingError

ISSUER = "Gridlight"
STEP = 30
"""Seconds for which a code is valid; the codes before and after it are accepted too."""
TIME_TO_CONFIRM = timedelta(minutes=10)
RECOVERY_CODES, RECOVERY_BYTES, GROUP = 10, 10, 4

WRONG_CODE = N_("This code is not right, or was used already. Wait for the next one.")
NOT_BEGUN = N_("Begin anew: there is no authenticator to confirm.")
ON_ALREADY = N_("There is an authenticator for this account already.")
NONE_THERE = N_("“{account}” has no second factor.")


class FactorRefusedError(TellingError):
    """A step was refused; `sentence` says why."""


class WrongCodeError(FactorRefusedError):
    """The typed text is no code of this account that can still be used."""


def is_on(connection: Connection, name: str) -> bool:
    """Whether signing in to the account needs a second factor."""
    return bool(names_with(connection, [name]))


def names_with(connection: Connection, names: Iterable[str]) -> frozenset[str]:
    """The accounts among `names` whose sign-in needs a second factor."""
    return frozenset(
        connection.scalars(
            select(col(SecondFactor.account)).where(
                col(SecondFactor.account).in_(list(names)),
                col(SecondFactor.confirmed_at).is_not(None),
            )
        )
    )


def begin(connection: Connection, act: Act, seal: Seal) -> str:
    """The secret for the actor to enter in an authenticator app.

    It is the same for `TIME_TO_CONFIRM`, in which it is confirmed or lost: who has seen it without
    confirming must not hold a code of the account for ever.
    """
    kept = _kept(connection, act.account)
    if kept is not None and kept.confirmed_at is not None:
        raise FactorRefusedError(ON_ALREADY)
    if kept is not None and act.at - kept.begun_at <= TIME_TO_CONFIRM:
        secret = seal.opened(kept.sealed_secret)
        if secret is not None:
            return secret
    forget_begun(connection, act.account)
    secret = pyotp.random_base32()
    connection.execute(
        insert(SecondFactor).values(
            account=act.account, sealed_secret=seal.closed(secret), begun_at=act.at, last_step=0
        )
    )
    return secret


def forget_begun(connection: Connection, name: str) -> None:
    """Delete the secret that the account has not confirmed, if there is one."""
    connection.execute(
        delete(SecondFactor).where(
            col(SecondFactor.account) == name, col(SecondFactor.confirmed_at).is_(None)
        )
    )


def address(name: str, secret: str) -> str:
    """The otpauth address that the QR code for an authenticator app encodes."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name=ISSUER)


def confirm(connection: Connection, act: Act, code: str, seal: Seal) -> list[str]:
    """Turn the second factor on after a first right code; return the recovery codes, shown only
    now.
    """
    kept = _kept(connection, act.account)
    if kept is None or kept.confirmed_at is not None:
        raise FactorRefusedError(NOT_BEGUN)
    if act.at - kept.begun_at > TIME_TO_CONFIRM:
        raise FactorRefusedError(NOT_BEGUN)
    if not _takes_code(connection, act, code, seal):
        raise WrongCodeError(WRONG_CODE)
    connection.execute(
        update(SecondFactor)
        .where(col(SecondFactor.account) == act.account)
        .values(confirmed_at=act.at)
    )
    access_log.append(connection, act, Event.FACTOR_SET, act.account)
    return _renew_codes(connection, act.account)


def passes(connection: Connection, act: Act, typed: str, seal: Seal) -> bool:
    """Whether `typed` is a valid code or recovery code of the actor; if so, it is used up.

    Always False while codes are locked. The caller records a failure by `brakes.refuse_code`.
    """
    if brakes.codes_locked(connection, act.account, act.at, act.address):
        return False
    if not is_on(connection, act.account):
        return False
    return _takes_code(connection, act, typed, seal) or _takes_recovery(connection, act, typed)


def new_codes(connection: Connection, act: Act, typed: str, seal: Seal) -> list[str]:
    """Replace all recovery codes of the actor and return the new ones; needs a valid code."""
    if not passes(connection, act, typed, seal):
        raise WrongCodeError(WRONG_CODE)
    access_log.append(connection, act, Event.FACTOR_SET, f"{act.account} recovery codes")
    return _renew_codes(connection, act.account)


def replace(connection: Connection, act: Act, typed: str, seal: Seal) -> None:
    """Remove the actor's authenticator so that another can be set up; needs a valid code."""
    if not passes(connection, act, typed, seal):
        raise WrongCodeError(WRONG_CODE)
    _forget(connection, act.account)
    access_log.append(connection, act, Event.FACTOR_REMOVED, act.account)


def remove(connection: Connection, act: Act, name: str) -> None:
    """Remove the second factor of another's account.

    The owner is told at the next sign-in. Does not check rights, nor whether a second administrator
    must agree: `resets.remove_factor` does.
    """
    if not is_on(connection, name):
        raise FactorRefusedError(NONE_THERE, account=name)
    _forget(connection, name)
    made_resets.note(connection, act, name, of_factor=True)
    access_log.append(connection, act, Event.FACTOR_REMOVED, name)


def codes_left(connection: Connection, name: str) -> int:
    """The number of unused recovery codes of the account."""
    return int(
        connection.scalar(
            select(func.count()).where(
                col(RecoveryCode.account) == name, col(RecoveryCode.used_at).is_(None)
            )
        )
        or 0
    )


def _kept(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(
        select(SecondFactor.__table__).where(col(SecondFactor.account) == name)  # type: ignore[attr-defined]
    ).first()


def _takes_code(connection: Connection, act: Act, typed: str, seal: Seal) -> bool:
    kept = _kept(connection, act.account)
    secret = seal.opened(kept.sealed_secret) if kept is not None else None
    if secret is None:
        return False
    step = _step_of(secret, typed.replace(" ", ""), act.at)
    if step is None:
        return False
    # When the same code is sent twice at once, the second update finds the step taken.
    taken = connection.execute(
        update(SecondFactor)
        .where(col(SecondFactor.account) == act.account, col(SecondFactor.last_step) < step)
        .values(last_step=step)
    )
    return bool(taken.rowcount)


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step of which `code` is the code, among those around `at`; None if of none."""
    totp = pyotp.TOTP(secret, interval=STEP)
    now = int(at.timestamp()) // STEP
    for step in (now, now - 1, now + 1):
        if code.isascii() and secrets.compare_digest(totp.generate_otp(step), code):
            return step
    return None


def _takes_recovery(connection: Connection, act: Act, typed: str) -> bool:
    taken = connection.execute(
        update(RecoveryCode)
        .where(
            col(RecoveryCode.account) == act.account,
            col(RecoveryCode.code_hash) == hashed(_plain(typed)),
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=act.at)
    )
    if not taken.rowcount:
        return False
    access_log.append(connection, act, Event.RECOVERY_CODE_USED, act.account)
    return True


def _renew_codes(connection: Connection, name: str) -> list[str]:
    connection.execute(delete(RecoveryCode).where(col(RecoveryCode.account) == name))
    codes = [_random_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        connection.execute(
            insert(RecoveryCode).values(account=name, code_hash=hashed(_plain(code)))
        )
    return codes


def _random_code() -> str:
    text = b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def _plain(typed: str) -> str:
    return typed.replace("-", "").replace(" ", "").lower()


def _forget(connection: Connection, name: str) -> None:
    connection.execute(delete(RecoveryCode).where(col(RecoveryCode.account) == name))
    connection.execute(delete(SecondFactor).where(col(SecondFactor.account) == name))
