"""Who is answerable in a unit for what it owes: the post with the names of its holders."""

from dashboard import reads
from dashboard.frame.view import View
from dashboard.i18n import _, name
from data.responsibilities import in_charge
from models.duty import PostRole


def named(view: View, unit: str, role: PostRole) -> str:
    """Return one of the two responsible subjects of a unit with who holds the post on the day, or
    that nobody does; the post alone if nobody ever held it. Names are masked as elsewhere."""
    holders = reads.ask(in_charge.answerable, view.scope, names_in_full=view.names_in_full)
    post = name(role.label)
    if unit not in holders:
        return post
    names = _(", ").join(holders[unit][role]) or _("nobody in post")
    return _("{post} {names}", post=post, names=names)


def of_duty(view: View, unit: str, item: str) -> str:
    """Return who of a unit is answerable for a duty, by the list of duties."""
    row = reads.references().codes["duty_items"].get(item, {})
    subject = row.get("subject")
    return named(view, unit, PostRole(subject) if subject else PostRole.PRINCIPAL)
