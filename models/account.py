"""The tables of accounts: their grants, passwords, second factors, sessions, and the access log."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, false
from sqlmodel import Field, SQLModel

from models.choice import Choice
from models.times import UtcDateTime

NAME_LENGTH, ADDRESS_LENGTH, HASH_LENGTH, WAY_LENGTH = 32, 45, 64, 16


class Role(Choice):
    """The purpose of an account; it decides which actions the account may take."""

    LEADER = "leader", "区领导", "District leader"
    COMMITTEE = "committee", "审计委员会", "Audit committee"
    MANAGER = "manager", "主管部门", "Competent department"
    UNIT = "unit", "单位", "Unit"
    STEWARD = "steward", "数据管理员", "Data steward"
    ACCOUNT_ADMIN = "account_admin", "系统管理员", "Account administrator"
    PERMISSION_ADMIN = "permission_admin", "安全管理员", "Permission administrator"
    LOG_ADMIN = "log_admin", "审计管理员", "Log administrator"


def role_of(code: str | None) -> Role | None:
    """The role with this code; None for None and for an unknown code."""
    return next((role for role in Role if role == code), None)


class GrantKind(Choice):
    """Whether a grant gives access to a sector or to a unit."""

    SECTOR = "sector", "条线", "Sector"
    UNIT = "unit", "单位", "Unit"


class Way(Choice):
    """How somebody signed in."""

    PASSWORD = "password", "密码", "Password"
    PROVIDER = "provider", "统一身份认证", "Single sign-on"
    PROXY = "proxy", "代理认证", "Vouched for by the proxy"


class Event(Choice):
    """The kinds of entries in the access log."""

    SIGNED_IN = "signed_in", "登录", "Signed in"
    SIGNED_IN_AFTER_RESET = "signed_in_after_reset", "重置密码后登录", "Signed in after a reset"
    SIGNED_OUT = "signed_out", "退出", "Signed out"
    SESSION_ENDED = "session_ended", "终止会话", "Session ended"
    SIGN_IN_REFUSED = "sign_in_refused", "登录被拒", "Sign-in refused"
    ACCESS_REFUSED = "access_refused", "访问被拒", "Access refused"
    ACCOUNT_ADDED = "account_added", "新建账号", "Account added"
    RESET_ASKED = "reset_asked", "申请重置密码", "Reset asked for"
    RESET_CONFIRMED = "reset_confirmed", "同意重置密码", "Reset confirmed"
    RESET_REFUSED = "reset_refused", "不同意重置密码", "Reset refused"
    PASSWORD_RESET = "password_reset", "重置密码", "Password reset"
    PASSWORD_CHANGED = "password_changed", "修改密码", "Password changed"
    FACTOR_SET = "factor_set", "设置二次验证", "Second factor set up"
    FACTOR_REMOVED = "factor_removed", "取消二次验证", "Second factor removed"
    FACTOR_REMOVAL_ASKED = (
        "factor_removal_asked",
        "申请取消二次验证",
        "Removal of a second factor asked for",
    )
    FACTOR_REMOVAL_CONFIRMED = (
        "factor_removal_confirmed",
        "同意取消二次验证",
        "Removal of a second factor confirmed",
    )
    FACTOR_REMOVAL_REFUSED = (
        "factor_removal_refused",
        "不同意取消二次验证",
        "Removal of a second factor refused",
    )
    RECOVERY_CODE_USED = "recovery_code_used", "使用恢复码", "Recovery code used"
    ACCOUNT_DISABLED = "account_disabled", "停用账号", "Account disabled"
    ACCOUNT_ENABLED = "account_enabled", "启用账号", "Account enabled"
    GRANTED = "granted", "授权变更", "Grants changed"
    IMPORTED = "imported", "数据导入", "Imported"
    REMOVED = "removed", "移除记录", "Row removed"
    WARNINGS_CONFIRMED = "warnings_confirmed", "确认提示", "Warnings confirmed"
    WAITING_ROW = "waiting_row", "处理待定行", "Waiting row answered or dropped"
    UNDONE = "undone", "撤销导入", "Import taken back"
    EXPORTED = "exported", "导出", "Exported"
    FROZEN = "frozen", "定格数据", "Figures frozen"
    AGENDA_SAVED = "agenda_saved", "保存会议议程", "Agenda saved"
    DECISION_NOTED = "decision_noted", "记录议定事项", "Decision noted"
    LETTER_ISSUED = "letter_issued", "发出函件", "Letter issued"
    LETTER_STYLE_CHANGED = "letter_style_changed", "调整文号样式", "Style of letter numbers changed"
    MASTHEAD_CHANGED = "masthead_changed", "调整简报版头", "Masthead of bulletins changed"
    ESCALATION_ENTERED = "escalation_entered", "登记督办", "Step, receipt or reply entered"
    LIST_REPLACED = "list_replaced", "更换参考清单", "Reference list replaced"
    FORM_CHANGED = "form_changed", "调整来表格式", "Form of own ledgers changed"
    FILE_SENT = "file_sent", "报送文件", "File sent"
    FILE_WITHDRAWN = "file_withdrawn", "撤回报送", "File withdrawn"
    FILE_RETURNED = "file_returned", "退回报送", "File returned"
    FILE_TAKEN_IN = "file_taken_in", "导入报送", "Sent file taken in"
    LOG_KEY_ADDED = "log_key_added", "更换日志密钥", "Key of the access log added"
    RESTORED = "restored", "恢复备份", "Backup restored"


class Account(SQLModel, table=True):
    """A person who may sign in, or could until `disabled_at`.

    Without a role nothing can be opened. Without a password hash nobody can sign in by the form:
    such are demonstration accounts, and those `provisioned`.
    """

    __tablename__ = "accounts"

    name: str = Field(primary_key=True, max_length=NAME_LENGTH)
    full_name: str
    role: str | None = None
    password_hash: str | None = None
    must_change: bool = True
    """An administrator gave the password; it only opens the form in which to replace it."""
    password_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the password was set; None for accounts of versions that did not record it."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    provisioned: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Added at the first sign-in by an OpenID Connect provider, which also decides its rights."""


class EarlierPassword(SQLModel, table=True):
    """The hash of an earlier password of an account; only the latest few are kept."""

    __tablename__ = "earlier_passwords"

    account: str = Field(
        sa_column=Column(String(NAME_LENGTH), ForeignKey("accounts.name"), primary_key=True)
    )
    password_hash: str = Field(primary_key=True)
    replaced_at: datetime = Field(sa_type=UtcDateTime)


class Grant(SQLModel, table=True):
    """A sector that a manager may see, or a unit that a unit's account may see."""

    __tablename__ = "grants"

    account: str = Field(
        sa_column=Column(String(NAME_LENGTH), ForeignKey("accounts.name"), primary_key=True)
    )
    kind: str = Field(primary_key=True)
    code: str = Field(primary_key=True)


class SignInSession(SQLModel, table=True):
    """A signed-in browser, by the hash of its cookie; deleted when it is revoked."""

    __tablename__ = "sign_in_sessions"

    token_hash: str = Field(primary_key=True, max_length=HASH_LENGTH)
    account: str = Field(
        sa_column=Column(
            String(NAME_LENGTH), ForeignKey("accounts.name"), nullable=False, index=True
        )
    )
    started_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    address: str | None = Field(default=None, max_length=ADDRESS_LENGTH)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was last active, to the minute; None if never since it started."""
    wall: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether it shows a wall screen, which nobody uses, so that it never counts as idle."""
    told: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether the notice that the password was reset has been shown."""
    way: str = Field(
        default=Way.PASSWORD.value,
        max_length=WAY_LENGTH,
        sa_column_kwargs={"server_default": Way.PASSWORD.value},
    )


class PasswordReset(SQLModel, table=True):
    """A request that an administrator reset a password or remove a second factor, and the act."""

    __tablename__ = "password_resets"

    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(
        sa_column=Column(
            String(NAME_LENGTH), ForeignKey("accounts.name"), nullable=False, index=True
        )
    )
    asked_by: str = Field(max_length=NAME_LENGTH)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_by: str | None = Field(default=None, max_length=NAME_LENGTH)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was carried out; None while the request is open."""
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When somebody first signed in with it."""
    used_from: str | None = Field(default=None, max_length=ADDRESS_LENGTH)
    of_factor: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether the second factor is removed; otherwise a one-time password is given out."""


class SignInTicket(SQLModel, table=True):
    """A one-time ticket, which the page exchanges for a session cookie seconds after a sign-in."""

    __tablename__ = "sign_in_tickets"

    ticket_hash: str = Field(primary_key=True, max_length=HASH_LENGTH)
    account: str = Field(
        sa_column=Column(String(NAME_LENGTH), ForeignKey("accounts.name"), nullable=False)
    )
    expires_at: datetime = Field(sa_type=UtcDateTime)
    awaits_code: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """The password was right, but the ticket opens nothing before a second-factor code is given."""
    way: str = Field(
        default=Way.PASSWORD.value,
        max_length=WAY_LENGTH,
        sa_column_kwargs={"server_default": Way.PASSWORD.value},
    )


class SecondFactor(SQLModel, table=True):
    """The authenticator app of an account; until `confirmed_at` it is only being set up."""

    __tablename__ = "second_factors"

    account: str = Field(
        sa_column=Column(String(NAME_LENGTH), ForeignKey("accounts.name"), primary_key=True)
    )
    sealed_secret: str
    begun_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_step: int = Field(sa_type=BigInteger)
    """The time step (30 seconds) of the last accepted code; codes up to it are refused."""


class RecoveryCode(SQLModel, table=True):
    """The hash of a code that replaces a lost authenticator once."""

    __tablename__ = "recovery_codes"

    account: str = Field(
        sa_column=Column(String(NAME_LENGTH), ForeignKey("accounts.name"), primary_key=True)
    )
    code_hash: str = Field(primary_key=True, max_length=HASH_LENGTH)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInFailure(SQLModel, table=True):
    """A failed sign-in under a name, whether or not an account has that name."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index("ix_sign_in_failures_name_at", "name", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=NAME_LENGTH)
    at: datetime = Field(sa_type=UtcDateTime)
    address: str | None = Field(default=None, max_length=ADDRESS_LENGTH)


class AccessEntry(SQLModel, table=True):
    """An entry of the access log: something done or refused.

    Entries are only ever added; each holds the hash of the one before, so that changes can be
    detected.
    """

    __tablename__ = "access_entries"

    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    account: str = Field(max_length=NAME_LENGTH, index=True)
    what: str
    subject: str
    address: str | None = Field(default=None, max_length=ADDRESS_LENGTH)
    previous: str = Field(max_length=HASH_LENGTH)
    hash: str = Field(max_length=HASH_LENGTH)
    key: str | None = Field(default=None, max_length=16)
    """The id of the key with which the hash is made; None for entries older than the key."""
