"""What the verdict on the access log says, in a sentence."""

from dashboard import key_files
from dashboard.i18n import _
from data.store.access_log import Broken, Verdict


def of_verdict(verdict: Verdict) -> str:
    """Whether the log is unbroken and where it ends, or which entry is wrong and why."""
    match verdict.why:
        case None:
            said = _(
                "Access log: unbroken, ends with {number}:{hash}. Note it down elsewhere.",
                number=verdict.entries,
                hash=verdict.head,
            )
            early = _("Entries 1 to {n} are from before there was a key.", n=verdict.unsigned)
            return f"{said} {early}" if verdict.unsigned else said
        case Broken.CHANGED:
            return _("Access log: entry {n} does not fit, it was changed.", n=verdict.broken_at)
        case Broken.UNSIGNED:
            return _(
                "Access log: entry {n} is not signed although earlier ones are; it was written by"
                " somebody without the key.",
                n=verdict.broken_at,
            )
        case Broken.CUT:
            return _(
                "Access log: entry {n} was noted down before and is not there; the end was cut"
                " off.",
                n=verdict.broken_at,
            )
        case Broken.OTHER:
            return _(
                "Access log: entry {n} is not the one that was noted down before; the log was"
                " written anew.",
                n=verdict.broken_at,
            )
    return _(
        "Access log: entry {n} is signed with the key {key}, which is not in {file}. Put the"
        " earlier file back, or add its lines; until then entries signed with it cannot be"
        " verified.",
        n=verdict.broken_at,
        key=verdict.key,
        file=key_files.log_key_file(),
    )
