"""Who may do what. Pure rules: which units somebody sees is applied where a scope is made."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto

from models.account import GrantKind, Role

NOTHING: frozenset[str] = frozenset()


class Action(StrEnum):
    """What may be allowed."""

    SEE = auto()
    """Business data at all."""
    SEE_NAMES = auto()
    """Names of persons in full."""
    IMPORT = auto()
    EXPORT = auto()
    FREEZE = auto()
    """The figures of a meeting."""
    DECIDE = auto()
    """Note what a meeting decided."""
    ISSUE = auto()
    """Letters of reminder and of supervision."""
    SEND = auto()
    """Files of one's own units into the inbox."""
    COLLECT = auto()
    """See which units have sent files."""
    MANAGE_ACCOUNTS = auto()
    MANAGE_GRANTS = auto()
    READ_LOG = auto()


# The three administrators check one another: none sees business data or has the right of another.
ALLOWED: dict[Role, frozenset[Action]] = {
    Role.LEADER: frozenset({Action.SEE, Action.SEE_NAMES, Action.EXPORT, Action.COLLECT}),
    Role.COMMITTEE: frozenset(
        {
            Action.SEE,
            Action.SEE_NAMES,
            Action.EXPORT,
            Action.FREEZE,
            Action.DECIDE,
            Action.ISSUE,
            Action.COLLECT,
        }
    ),
    Role.MANAGER: frozenset({Action.SEE, Action.EXPORT, Action.COLLECT}),
    Role.UNIT: frozenset({Action.SEE, Action.SEE_NAMES, Action.EXPORT, Action.SEND}),
    Role.STEWARD: frozenset(
        {Action.SEE, Action.SEE_NAMES, Action.IMPORT, Action.EXPORT, Action.COLLECT}
    ),
    Role.ACCOUNT_ADMIN: frozenset({Action.MANAGE_ACCOUNTS}),
    Role.PERMISSION_ADMIN: frozenset({Action.MANAGE_GRANTS}),
    Role.LOG_ADMIN: frozenset({Action.READ_LOG}),
}

GRANTED: dict[Role, GrantKind] = {
    Role.MANAGER: GrantKind.SECTOR,
    Role.UNIT: GrantKind.UNIT,
}
"""The roles that see only what they are granted, and what that is."""


class ChangeReason(StrEnum):
    """Why a password must be replaced before anything else."""

    GIVEN = auto()
    """It came from somebody else."""
    TOO_OLD = auto()


@dataclass(frozen=True, slots=True)
class ResetNotice:
    """What the owner of an account is told of a password that somebody else gave to it."""

    made_at: datetime
    made_by: str
    used_at: datetime | None
    """When somebody first signed in with it, and from which network address."""
    used_from: str | None


@dataclass(frozen=True, slots=True)
class Viewer:
    """An account that is signed in. Of `sectors` and `units`, None is all and an empty set none."""

    account: str
    name: str
    role: Role | None
    sectors: frozenset[str] | None
    units: frozenset[str] | None
    must_change: ChangeReason | None = None
    """Why the password must be replaced before anything else; None when it need not."""
    must_enrol: bool = False
    """A second factor must be set up before anything else."""
    resets: tuple[ResetNotice, ...] = field(default=(), compare=False)
    """What is to be shown of resets, the latest first; no matter of rights."""

    def may(self, action: Action) -> bool:
        """Whether the viewer's role allows `action`."""
        return self.role is not None and action in ALLOWED[self.role]


def viewer(
    account: str,
    name: str,
    role: Role | None,
    grants: Iterable[tuple[str, str]],
    *,
    must_change: ChangeReason | None = None,
    must_enrol: bool = False,
    resets: tuple[ResetNotice, ...] = (),
) -> Viewer:
    """The viewer of an account with these grants; who may not see business data sees no unit."""
    sectors: frozenset[str] | None = NOTHING
    units: frozenset[str] | None = NOTHING
    if role is not None and Action.SEE in ALLOWED[role]:
        kind = GRANTED.get(role)
        codes = frozenset(code for granted, code in grants if granted == kind)
        sectors = codes if kind is GrantKind.SECTOR else None
        units = codes if kind is GrantKind.UNIT else None
    return Viewer(account, name, role, sectors, units, must_change, must_enrol, resets)
