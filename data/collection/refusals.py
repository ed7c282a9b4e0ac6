"""Refusals of actions on the inbox, and the permission to take them."""

from datetime import date

from data.access.permission import Action, Viewer
from data.nodes import DISTRICT, Node
from data.scope import Scope
from models.text import N_, TellingError

NOT_ALLOWED = N_("This account may not do that with files in the inbox.")
NO_SUCH_FILE = N_("There is no file {number} in the inbox.")


class CollectionRefusedError(TellingError):
    """An action on the inbox was refused; `sentence` says why."""


def allowed_scope(viewer: Viewer | None, action: Action, day: date) -> Scope:
    """All that `viewer` may see on `day`; a `viewer` of None works on the machine itself and sees
    all.

    Raises `CollectionRefusedError` if the viewer may not take `action`.
    """
    if viewer is None:
        return Scope(Node(DISTRICT), day)
    if not viewer.may(action):
        raise CollectionRefusedError(NOT_ALLOWED)
    return Scope(Node(DISTRICT), day, viewer.sectors, viewer.units)
