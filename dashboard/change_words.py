"""The mark of a change: arrow, number, unit, and a word that says whether it is for the better.

Lists and slides write it by `marked`; tiles and the wall, whose colour says whether it is for the
better, `briefly`.
"""

from dashboard import formats
from dashboard.i18n import _
from data.figures.catalogue import Figure, Quantity
from data.figures.changes import Change, Reason
from models.text import N_

UNITS = {Quantity.DAYS: N_("{change} days"), Quantity.POINTS: N_("{change} pts")}
"""How a change of a figure that is no share is written with its unit; what is counted has none."""
REASONS = {
    Reason.DUE_TODAY: N_("{change}, due today, not late"),
    Reason.TIME: N_("{change}, passing time"),
}


def marked(figure: Figure, change: Change) -> str:
    """A change of `figure` as its mark."""
    return worded(arrowed(figure, change), change.good, grave=change.grave, reason=change.reason)


def arrowed(figure: Figure, change: Change) -> str:
    """A change of `figure` with an arrow in place of its sign, without the word."""
    if not change.amount:
        return _("±0")
    return ("▲ " if change.amount > 0 else "▼ ") + _size(figure, change)


def briefly(
    text: str, good: bool | None, *, grave: bool = True, reason: Reason | None = None
) -> str:
    """`text` with a word only where no colour says the same: slightly worse, or the `reason`."""
    if reason or (good is False and not grave):
        return worded(text, good, grave=grave, reason=reason)
    return text


def worded(
    text: str, good: bool | None, *, grave: bool = True, reason: Reason | None = None
) -> str:
    """`text` with the word that it is better, worse or, if not `grave`, slightly worse, or the
    `reason` why it is neither."""
    if reason:
        return _(REASONS[reason], change=text)
    if good is None:
        return text
    if good:
        return _("{change} better", change=text)
    return (
        _("{change} worse", change=text)
        if grave
        else _("{change}\N{NO-BREAK SPACE}worse", change=text)
    )


def _size(figure: Figure, change: Change) -> str:
    """How far a figure moved, with its unit, without a sign."""
    size = change.text.lstrip("+−")
    if change.points:
        return _("{change} pp", change=size)
    if figure.quantity is Quantity.MONEY:
        return formats.money(abs(change.amount))
    return _(UNITS[figure.quantity], change=size) if figure.quantity in UNITS else size
