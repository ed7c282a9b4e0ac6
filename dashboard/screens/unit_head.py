"""The lines below the name of a unit: why its light is as it is, what is overdue, what is next, who
answers."""

from collections.abc import Sequence

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.elements import matters
from dashboard.elements.board import Part
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens import owed_words, vacant_posts
from dashboard.status import of_limit
from data import owed as owing
from data.owed import Owed, OwedKind
from data.responsibilities.in_charge import in_charge


def owes(view: View) -> list[Part]:
    """Return what is past its limit, what is due next, and which ledgers nobody ever entered, each
    leading to its matter."""
    owed = reads.ask(owing.owed, view.scope)
    late = [each for each in owed if each.days_left(view.as_of) < 0]
    unknown = [
        _(owed_words.KINDS[kind])
        for kind in owed_words.LEDGERS
        if not owed_words.is_entered(view, kind)
    ]
    pieces = [_late(view, late)] if late else []
    if not late and not unknown:
        pieces.append(matters.piece(_("nothing is past its limit"), Tone.GOOD))
    pieces += _next(view, owed[len(late) :])
    if unknown:
        text = _("nothing entered so far: {kinds}", kinds=_(", ").join(unknown))
        pieces.append(matters.piece(text, Tone.SILENT))
    return pieces


def _late(view: View, late: Sequence[Owed]) -> Part:
    findings = sum(each.kind is OwedKind.FINDING for each in late)
    said = {"days": -late[0].days_left(view.as_of), "what": owed_words.about(late[0])}
    if findings < len(late):
        # Both are counted by themselves further down.
        text = _(
            "past the limit {n} (findings {findings}, others {others}), the longest by {days} days:"
            " {what}",
            n=len(late),
            findings=findings,
            others=len(late) - findings,
            **said,
        )
    else:
        text = _("past the limit {n}, the longest by {days} days: {what}", n=len(late), **said)
    return matters.piece(text, Tone.BAD, owed_words.way(late[0]))


def _next(view: View, ahead: Sequence[Owed]) -> list[Part]:
    """Return what is due next, yellow if it is near; empty if no limit is ahead."""
    if not ahead:
        return []
    first, left = ahead[0], of_limit(ahead[0].days_left(view.as_of))
    what = owed_words.about(first)
    text = _("next {day} ({left}): {what}", day=first.due_on, left=left.word, what=what)
    tone = Tone.WARN if left.tone is Tone.WARN else None
    return [matters.piece(text, tone, owed_words.way(first))]


def answerable(view: View) -> list[Part]:
    """Return who is answerable on the day, a post that nobody holds in its tone; empty if nobody
    ever held a post."""
    unit = view.scope.node.code
    found = reads.ask(
        in_charge,
        view.scope,
        unit,
        begun_on=view.as_of,
        due=view.as_of,
        late_on=None,
        names_in_full=view.names_in_full,
    )
    pieces = []
    for each in found:
        who = _(", ").join(each.on_day) or _("nobody in post")
        text = _("{post}: {who}", post=name(each.role.label), who=who)
        pieces.append(
            matters.named(text)
            if each.on_day
            else matters.piece(text, vacant_posts.tone(view, unit, each.role))
        )
    return pieces
