"""The view: node, day of the figures and day of comparison, all kept in the address.

A link therefore reproduces the view.
"""

from dataclasses import dataclass
from datetime import date
from typing import overload

from dashboard import address, clock, reads
from dashboard.edge import NO_SUCH_DAY, AddressError
from dashboard.frame.bases import Base, moving
from dashboard.frame.refusals import log_refused_node
from data.access.permission import Action, Viewer
from data.figures.changes import WITHOUT_MEETING
from data.meetings import freezes
from data.meetings.freezes import FreezeLine
from data.nodes import DISTRICT
from data.scope import NoSuchNodeError, Scope
from models.kinds import EARLIEST, LATEST
from models.text import N_, sentence

NO_FREEZE = N_("Nothing is frozen under number “{text}”. Choose a freeze on the page of meetings.")
NOT_A_DAY = N_("“{text}” is not a day. Write it like 2026-06-30.")
SINCE_AFTER = N_("The day to compare with, {since}, must lie before {as_of}.")


@dataclass(frozen=True, slots=True)
class View:
    """What the viewer looks at; `since` is the day of comparison."""

    viewer: Viewer
    scope: Scope
    since: date
    today: date
    frozen: FreezeLine | None = None
    """The freeze in the address; None for the present."""
    compared: FreezeLine | None = None
    """The freeze of comparison; None if the base is a day."""
    base: Base = Base.DAY
    """How `since` was chosen."""

    @property
    def as_of(self) -> date:
        """The day of the figures."""
        return self.scope.as_of

    @property
    def before(self) -> Scope:
        """The scope on the day of comparison, or at the freeze of comparison."""
        day = self.scope.on(self.since)
        return day.as_frozen(self.compared.number) if self.compared else day

    @property
    def now(self) -> Scope:
        """The scope as of today, whatever day the view has, without a freeze."""
        return self.scope.on(self.today).as_frozen(None)

    @property
    def names_in_full(self) -> bool:
        """Whether names of persons are shown in full."""
        return self.viewer.may(Action.SEE_NAMES)


@dataclass(frozen=True, slots=True)
class Asked:
    """The view's parameters, parsed from the address, with any errors; permissions are not
    checked yet."""

    node: str
    as_of: date
    chosen_since: date | None
    """The chosen day of comparison; None for the last meeting."""
    meeting: date | None
    frozen: FreezeLine | None
    compared: FreezeLine | None
    base: Base
    today: date
    of_today: bool
    """Whether the page is of today, whatever day is in the address; a freeze keeps its day."""
    faults: tuple[AddressError, ...]

    @property
    def since(self) -> date:
        """The day of comparison: the chosen day, else the last meeting's, else 30 days before
        `as_of`."""
        return self.chosen_since or self.meeting or self.as_of - WITHOUT_MEETING

    def view(self, viewer: Viewer) -> View:
        """Return the view.

        Raises AddressError for an invalid parameter and NoSuchNodeError for a node that does not
        exist or that the viewer may not see.
        """
        for fault in self.faults:
            raise fault
        if self.since >= self.as_of:
            raise AddressError(sentence(SINCE_AFTER, since=self.since, as_of=self.as_of))
        scope = _scope(viewer, self.node, self.as_of)
        return View(viewer, scope, self.since, self.today, self.frozen, self.compared, self.base)


def asked(*, of_today: bool = False) -> Asked:
    """Parse the parameters of the view from the address; with `of_today` the day of its figures is
    today."""
    node, word = address.get("node") or DISTRICT, address.get("since")
    if word in (Base.MONTH_END, Base.YEAR_AGO):
        return _asked(node, word, None, None, of_today=of_today)
    return _asked(node, word, *_day("since", None), of_today=of_today)


def day_of_links() -> date:
    """Return the day of the figures on the pages that links lead to, unless they name another."""
    return _asked_day()[0]


def view_of(viewer: Viewer, node: str) -> View:
    """Return the view of `node` for a page without controls, compared with the last meeting.

    Node and day of comparison are not read from the address. Raises the errors of `Asked.view`.
    """
    return _asked(node, None, None, None).view(viewer)


def _asked(
    node: str,
    word: str | None,
    chosen_since: date | None,
    since_fault: AddressError | None,
    *,
    of_today: bool = False,
) -> Asked:
    as_of, as_of_fault = _asked_day()
    today, frozen = clock.today(), reads.looked_at()
    if of_today and not frozen:
        as_of = today
        # A day of comparison that goes with a later day than today goes with no page of today.
        chosen_since = chosen_since if chosen_since and chosen_since < today else None
    base = Base.DAY if chosen_since else Base.MEETING
    if moved := moving(word, as_of):
        base, chosen_since = moved
    compared = None if chosen_since else freezes.last_before(reads.freezes_kept(), as_of)
    meeting = compared.as_of if compared else reads.last_meeting(as_of)
    faults = tuple(fault for fault in (_unknown_freeze(), as_of_fault, since_fault) if fault)
    return Asked(
        node,
        as_of,
        chosen_since,
        meeting,
        frozen,
        compared,
        base,
        today,
        of_today and not frozen,
        faults,
    )


def _asked_day() -> tuple[date, AddressError | None]:
    frozen = reads.looked_at()
    if frozen:
        return frozen.as_of, None
    return _day("as_of", reads.latest_day() or clock.today())


def _unknown_freeze() -> AddressError | None:
    text = address.get("frozen")
    if text and reads.looked_at() is None:
        return AddressError(sentence(NO_FREEZE, text=text[:20]))
    return None


@overload
def _day(which: str, otherwise: date) -> tuple[date, AddressError | None]: ...
@overload
def _day(which: str, otherwise: None) -> tuple[date | None, AddressError | None]: ...
def _day(which: str, otherwise: date | None) -> tuple[date | None, AddressError | None]:
    """The day in the address under `which`, else `otherwise`; beside it the error, if the text is
    no day."""
    text = address.get(which)
    if text is None:
        return otherwise, None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise, AddressError(sentence(NOT_A_DAY, text=text[:40]))
    if not EARLIEST <= day <= LATEST:
        # Days computed from this one must stay within the range of `date`.
        return otherwise, AddressError(sentence(NO_SUCH_DAY))
    return day, None


def _scope(viewer: Viewer, node: str, as_of: date) -> Scope:
    try:
        return reads.scope(viewer, node, as_of)
    except NoSuchNodeError:
        log_refused_node(node, as_of)
        raise
