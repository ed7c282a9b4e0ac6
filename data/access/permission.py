"""Which role may do what. Pure rules; which units a viewer sees is decided in `data.scope`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto

from models.account import GrantKind, Role

NOTHING: frozenset[str] = frozenset()


class Action(StrEnum):
    """Something that a role may be allowed to do."""

    SEE = auto()
    """See business data."""
    SEE_NAMES = auto()
    """See the names of persons in full."""
    IMPORT = auto()
    EXPORT = auto()
    FREEZE = auto()
    """Freeze the figures of a meeting."""
    DECIDE = auto()
    """Enter what a meeting decided."""
    ISSUE = auto()
    """Issue letters of reminder (提醒函) and of supervision (督办函)."""
    SEND = auto()
    """Send files of one's own units to the inbox."""
    COLLECT = auto()
    """See which units have sent files."""
    MANAGE_ACCOUNTS = auto()
    MANAGE_GRANTS = auto()
    READ_LOG = auto()


# The three administrator roles (三员) are separate: none sees business data or has another's right.
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
"""The roles that see only what they are granted, and the kind of grant they have."""


class ChangeReason(StrEnum):
    """Why a password must be replaced before anything else."""

    GIVEN = auto()
    """An administrator gave the password."""
    TOO_OLD = auto()


@dataclass(frozen=True, slots=True)
class ResetNotice:
    """A notice to the owner of an account: somebody else gave it a new password, or removed its
    second factor."""

    made_at: datetime
    made_by: str
    used_at: datetime | None
    """When somebody first signed in with it, and from which network address."""
    used_from: str | None
    of_factor: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in account with its rights.

    `sectors` and `units` limit what it sees: None is no limit, an empty set shows nothing.
    """

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
    """Notices of password resets still to be shown, the latest first; they do not affect rights."""

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
    """The viewer for an account with these (kind, code) grants.

    A role that may not see business data gets empty sets of sectors and units.
    """
    sectors: frozenset[str] | None = NOTHING
    units: frozenset[str] | None = NOTHING
    if role is not None and Action.SEE in ALLOWED[role]:
        kind = GRANTED.get(role)
        codes = frozenset(code for granted, code in grants if granted == kind)
        sectors = codes if kind is GrantKind.SECTOR else None
        units = codes if kind is GrantKind.UNIT else None
    return Viewer(account, name, role, sectors, units, must_change, must_enrol, resets)
