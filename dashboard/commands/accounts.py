"""`gridlight user`: add, disable and list accounts, and set their passwords, roles and grants."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer
from sqlalchemy import Connection

from dashboard import clock
from dashboard.commands.opening import act, to_read, to_write
from dashboard.commands.options import Database, Json
from dashboard.commands.outcome import WrongUsageError
from dashboard.commands.speaking import tell, tell_json, tell_table
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _
from dashboard.i18n import name as name_of
from data.access import accounts, password_rules, second_factor
from data.access.accounts import Listed
from data.store.access_log import Act
from data.store.database import reading, recording
from models.account import Role, role_of
from models.text import N_

app = typer.Typer(
    cls=Group, no_args_is_help=True, help=N_("Accounts: who may sign in, and what they see.")
)
ROLES = ", ".join(Role)
Account = Annotated[str, typer.Argument(metavar="NAME", help=N_("The name of the account."))]
RoleOption = Annotated[
    str | None,
    typer.Option(
        "--role",
        metavar="ROLE",
        help=N_(
            "leader, committee, manager, unit, steward, account_admin, permission_admin or"
            " log_admin."
        ),
    ),
]
Sectors = Annotated[
    list[str] | None,
    typer.Option("--sector", metavar="CODE", help=N_("A sector that a manager sees; repeatable.")),
]
Units = Annotated[
    list[str] | None,
    typer.Option("--unit", metavar="CODE", help=N_("A unit that its account sees; repeatable.")),
]
Change = Callable[[Connection, Act], None]


@app.command("add", cls=Command, help=N_("Add an account and print its one-time password."))
def add(
    name: Account,
    full_name: Annotated[
        str, typer.Option("--full-name", metavar="NAME", help=N_("Whose account it is."))
    ],
    role: RoleOption = None,
    sectors: Sectors = None,
    units: Units = None,
    database: Database = None,
) -> None:
    """Add an account; its owner must replace the password at the first sign-in."""
    chosen, password = _role(role), password_rules.one_time(name, full_name)
    given = accounts.given_password(password, name, full_name)

    def change(connection: Connection, who: Act) -> None:
        accounts.add(connection, who, name=name, full_name=full_name, password=given, role=chosen)
        if sectors or units:
            accounts.grant(
                connection, who, name, role=chosen, sectors=sectors or (), units=units or ()
            )

    _make(database, change)
    _tell_password(name, password)


@app.command("passwd", cls=Command, help=N_("Print a new one-time password for an account."))
def passwd(name: Account, database: Database = None) -> None:
    """Set a new one-time password; ends the account's sessions and any lock."""
    with to_write(database) as engine:
        with reading(engine) as connection:
            full_name = accounts.full_name(connection, name)
        password = password_rules.one_time(name, full_name)
        given = accounts.given_password(password, name, full_name)
        with recording(engine) as connection:
            accounts.reset_password(connection, act(), name, given)
    _tell_password(name, password)


@app.command("forget-factor", cls=Command, help=N_("Take away the second factor of an account."))
def forget_factor(name: Account, database: Database = None) -> None:
    """Remove the second factor, for an owner who has lost authenticator and recovery codes."""
    _make(
        database,
        lambda connection, who: second_factor.remove(connection, who, name),
    )
    tell(_("{account} signs in without a second factor until it is set up anew.", account=name))


@app.command("disable", cls=Command, help=N_("Keep an account out from now on."))
def disable(name: Account, database: Database = None) -> None:
    """Disable an account and end its sessions."""
    _make(database, lambda connection, who: accounts.disable(connection, who, name))
    tell(_("{account} is signed out and may not sign in any more.", account=name))


@app.command("enable", cls=Command, help=N_("Let a disabled account in again."))
def enable(name: Account, database: Database = None) -> None:
    """Enable a disabled account with the password and rights it had."""
    _make(database, lambda connection, who: accounts.enable(connection, who, name))
    tell(_("{account} may sign in again.", account=name))


@app.command(
    "grant",
    cls=Command,
    help=N_("Give an account a role and just these sectors or units, in place of those it had."),
)
def grant(
    name: Account,
    role: RoleOption = None,
    sectors: Sectors = None,
    units: Units = None,
    database: Database = None,
) -> None:
    """Replace the grants of an account, and its role if one is given."""
    chosen = _role(role)

    def change(connection: Connection, who: Act) -> None:
        kept = {each.name: each.role for each in accounts.listed(connection)}
        wanted = chosen or kept.get(name)
        accounts.grant(connection, who, name, role=wanted, sectors=sectors or (), units=units or ())

    _make(database, change)
    tell(_("The rights of {account} are changed.", account=name))


@app.command("list", cls=Command, help=N_("List all accounts."))
def list_accounts(as_json: Json = False, database: Database = None) -> None:
    """List all accounts by name, with role, grants and state."""
    with to_read(database) as engine, reading(engine) as connection:
        listed = accounts.listed(connection)
    if as_json:
        tell_json([_as_json(each) for each in listed])
    else:
        header = (_("Account"), _("Whose it is"), _("Role"), _("Sees"), _("Status"))
        tell_table(header, [_as_row(each) for each in listed])


def _role(text: str | None) -> Role | None:
    if text is None:
        return None
    role = role_of(text.replace("-", "_"))
    if role is None:
        raise WrongUsageError(
            _("--role: there is no role “{role}”. Choose one of: {roles}.", role=text, roles=ROLES)
        )
    return role


def _make(database: str | None, change: Change) -> None:
    with to_write(database) as engine, recording(engine) as connection:
        change(connection, act())


def _tell_password(name: str, password: str) -> None:
    tell(_("One-time password of {account}: {password}", account=name, password=password))


def _as_json(account: Listed) -> dict[str, object]:
    return {
        "name": account.name,
        "full_name": account.full_name,
        "role": account.role and account.role.value,
        "sectors": account.sectors,
        "units": account.units,
        "must_change": account.must_change,
        "created_at": account.created_at.isoformat(),
        "disabled_at": account.disabled_at and account.disabled_at.isoformat(),
    }


def _as_row(account: Listed) -> Sequence[str]:
    role = name_of(account.role.label) if account.role else _("No role yet")
    sees = ", ".join(account.sectors + account.units)
    return account.name, account.full_name, role, sees, _state(account)


def _state(account: Listed) -> str:
    if account.disabled_at:
        return _("Disabled on {day:%Y-%m-%d}", day=clock.local(account.disabled_at))
    return _("Waits for the first sign-in") if account.must_change else _("Active")
