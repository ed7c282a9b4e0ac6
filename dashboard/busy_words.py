"""What is said to whoever has to wait because others write."""

from dashboard import clock
from dashboard.i18n import _
from data.store.holders import Holder


def try_again(holder: Holder | None) -> str:
    """What to do where the wait was too long."""
    if holder is None:
        return _(
            "Others are writing just now, an import for example. Please try again in a moment."
        )
    at = clock.local(holder.since)
    if not holder.account:
        return _("Somebody has been writing since {at:%H:%M}. Try again in a few minutes.", at=at)
    return _(
        "{who} has been writing since {at:%H:%M}. Try again in a few minutes.",
        who=holder.account,
        at=at,
    )


def goes_on_afterwards(holder: Holder | None) -> str:
    """Why a command waits."""
    if holder is None or not holder.account:
        return _("Others are writing. This command goes on when they are done; Ctrl+C ends it.")
    return _(
        "{who} has been writing since {at:%H:%M}. This command goes on when that is done; Ctrl+C"
        " ends it.",
        who=holder.account,
        at=clock.local(holder.since),
    )
