"""The wall screen of a meeting: one item of its agenda at a time, advanced by key or by itself.

The state is kept in the address, so that a reloaded wall continues where it was.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import address, clock, edge, identity, reads
from dashboard.documents.slides.figures import FIGURES
from dashboard.frame.view import view_of
from dashboard.i18n import _, name
from dashboard.markdown import literal
from dashboard.reads import cache
from dashboard.screens import meeting_clock
from dashboard.screens.meeting import deciding
from dashboard.wall import keeper
from dashboard.wall.called import call_band
from dashboard.wall.layout import Seen
from dashboard.wall.names import names
from dashboard.wall.slides import SLIDES
from dashboard.wall.titles import title_of
from dashboard.widgets import asked, trust, ways
from data.access.permission import Action, Viewer
from data.meetings import agendas, held
from data.meetings.agendas import Item
from data.meetings.held import MeetingLine
from data.nodes import DISTRICT
from data.scope import Scope
from models.freeze import AgendaScreen

SECONDS = (5, 10, 15, 20, 30, 45, 60, 90, 120)
"""The seconds to choose from for an item; the stylesheet has a progress bar for each."""
USUAL = 20
CLOCKED = (AgendaScreen.OPENING, AgendaScreen.TO_DECIDE)
"""The items whose head says how long there is until the meeting."""
REFRESH = 30
"""Seconds after which a paused wall looks for new data."""
SIDES = ("a", "b")
SIDE, DRAWN = "wall-side", "wall-drawn"
"""Session keys of the side on which an item is drawn, and of the item's index, from 0."""
DRAWING = 0.5
"""Seconds that a browser needs to draw the charts of an item."""
DREW = "wall-drew"
"""Session key: whether this run drew the wall, rather than the browser's timer."""


@dataclass(frozen=True, slots=True)
class Wall:
    """The wall's state in the address: the item shown (index from 0) and how the wall behaves."""

    viewer: Viewer
    meeting: MeetingLine | None
    items: tuple[Item, ...]
    at: int
    seconds: int
    paused: bool
    hidden: bool
    noting: bool
    """Whether the form to note a decision is open."""
    every_item: tuple[Item, ...]
    """The whole agenda, with the item of decisions even if there are none yet."""

    @property
    def item(self) -> Item:
        """The item that is shown."""
        return self.items[self.at]

    @property
    def every(self) -> int | None:
        """Seconds until the wall is drawn again; None while somebody types, as that would
        disturb them."""
        return None if self.noting else REFRESH if self.paused else self.seconds

    @property
    def deciding(self) -> int | None:
        """The index, from 0, of the item with this meeting's decisions; None if there is none."""
        screens = [item.screen for item in self.every_item]
        shown = AgendaScreen.DECISIONS in screens
        return screens.index(AgendaScreen.DECISIONS) if shown and self.meeting else None


def wall_scope(viewer: Viewer, node: str) -> Scope:
    """Return the scope of `node` for `viewer` on the wall's day, or at the freeze in the
    address."""
    return view_of(viewer, node).scope


def wall_page() -> None:
    """Draw the wall, without menu or other controls of the dashboard."""
    viewer = identity.require_viewer()
    if not st.context.is_embedded:
        # Streamlit reads theme and embedding from the address only when the page is loaded.
        keeper.go(ways.wall_address(**st.query_params.to_dict()))
    with st.container(key="wall"):
        wall = _asked(viewer)
        turned = _turn(wall)
        for side in SIDES:
            with st.container(key=f"wall-page-{side}"), edge.edge():
                if side == st.session_state[SIDE]:
                    _page(wall)
        if turned:
            # The old item vanishes at the end of the run: wait until the new charts are drawn.
            time.sleep(DRAWING)
        _foot(wall)
    keeper.keep(wall.every)
    _turning(wall)


def _asked(viewer: Viewer) -> Wall:
    meeting = _meeting(viewer)
    every = reads.ask_now(agendas.agenda_of, meeting.code) if meeting else agendas.DEFAULT
    noting = asked.is_on("note") and viewer.may(Action.DECIDE)
    view = view_of(viewer, DISTRICT)
    items = every if noting else deciding.shown_on_wall(view, meeting, every)
    seconds = asked.whole_number("seconds") or USUAL
    return Wall(
        viewer,
        meeting,
        items,
        _at(items),
        min(SECONDS, key=lambda each: abs(each - seconds)),
        asked.is_on("paused") or asked.is_on("note"),
        asked.choice("names", {"hide": ""}) == "hide",
        noting,
        every,
    )


def _meeting(viewer: Viewer) -> MeetingLine | None:
    """Return the meeting in the address, else that of the freeze, else the committee's nearest
    one."""
    now = wall_scope(viewer, DISTRICT).as_frozen(None)
    frozen = reads.looked_at()
    code = address.of_page("meeting") or (frozen.meeting if frozen else "")
    asked_meeting = reads.ask(held.one, now, code) if code else None
    return asked_meeting or reads.ask(held.committee_near, now)


def _turn(wall: Wall) -> bool:
    """Return whether another item is drawn than in the run before.

    If so, it is drawn on the other of the two sides, which stays hidden until the item is complete
    and the previous one is gone.
    """
    before = st.session_state.get(DRAWN, wall.at)
    turned: bool = before != wall.at
    side = SIDES.index(st.session_state.setdefault(SIDE, SIDES[0]))
    st.session_state[SIDE] = SIDES[1 - side if turned else side]
    st.session_state[DRAWN] = wall.at
    return turned


def _page(wall: Wall) -> None:
    view = view_of(wall.viewer, wall.item.node)
    code = wall.meeting.code if wall.meeting else ""
    seen = Seen(view, wall.meeting, names(view, code, hidden=wall.hidden), wall.noting)
    _head(wall, seen)
    SLIDES[wall.item.screen](seen)


def _head(wall: Wall, seen: Seen) -> None:
    """Draw the head of a slide: title, item and node, meeting and day."""
    node = seen.view.scope.node
    where = seen.names.of_code(node.code) if node.is_unit else ways.node_name(seen.view)
    about = [literal(wall.meeting.name)] if wall.meeting else []
    day = seen.view.as_of
    if wall.item.screen is AgendaScreen.DECISIONS:
        # Decisions are shown as of today, even in a freeze.
        about.append(_("as of {day}", day=clock.today()))
    else:
        frozen = _("frozen on {day}", day=day)
        clocked = _clock(wall, seen)
        if clocked:
            about = [clocked]
        else:
            about.append(frozen if seen.view.frozen else _("as of {day}", day=day))
        if not clocked or wall.item.screen is not AgendaScreen.TO_DECIDE:
            # The matters to decide show no change, and fill their slide.
            about.append(_("compared with {day}", day=seen.view.since))
    about += trust.what_the_sign_means(seen.view, FIGURES.get(wall.item.screen, ()))
    called = name(wall.item.screen.label)
    with st.container(key="wall-head"):
        st.title(literal(title_of(wall.item.screen, seen) or called), anchor=False)
        st.markdown(f"**{called} · {literal(where)}** :gray[{' · '.join(about)}]")
    call_band(wall.item.screen, seen)


def _clock(wall: Wall, seen: Seen) -> str:
    """Return on the items of decisions, of a meeting that is to come by the figures but past today,
    how many days there are from either, as its page and its briefing say; else ""."""
    meeting, today = wall.meeting, meeting_clock.today_of(seen.view)
    if meeting is None or today is None or wall.item.screen not in CLOCKED:
        return ""
    later = seen.view.as_of < meeting.on_date < today
    return literal(meeting_clock.text(seen.view, meeting)) if later else ""


def _far(wall: Wall) -> str:
    """Return the position in the agenda and how the wall continues, as text."""
    state = _("paused") if wall.paused else _("turns every {n} s", n=wall.seconds)
    far = [f"{wall.at + 1} / {len(wall.items)}", state]
    if cache.is_demonstration():
        far.append(_("Demonstration data"))
    return " · ".join(far)


def _foot(wall: Wall) -> None:
    # The bar's animation restarts when the key of its container changes.
    beats = st.session_state.get(keeper.BEATS, 0)
    bar = "still" if wall.paused else f"{wall.seconds}-{'ab'[beats % 2]}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"wall-foot-{bar}"):
        _key(_("Back"), "Left", "wall-back", _show, wall, -1)
        _key(_("On"), "Right", "wall-on", _show, wall, 1)
        paused = _("Go on") if wall.paused else _("Pause")
        _key(paused, "Space", "wall-pause", _put_switch, "paused", "" if wall.paused else "1")
        hidden = _("Show names") if wall.hidden else _("Hide names")
        _key(hidden, "N", "wall-names", _put_switch, "names", "" if wall.hidden else "hide")
        if wall.viewer.may(Action.DECIDE) and wall.deciding is not None:
            noted = _("Close the form") if wall.noting else _("Note a decision")
            _key(noted, "D", "wall-note", _put_note, wall)
        if st.button(_("Leave"), shortcut="Escape", key="wall-leave", type="tertiary"):
            code = wall.meeting.code if wall.meeting else None
            keeper.go(address.to("meeting", meeting=code))
        st.markdown(_far(wall), width="stretch", text_alignment="right")


def _key(label: str, key: str, named: str, does: object, *args: object) -> None:
    st.button(label, shortcut=key, key=named, type="tertiary", on_click=does, args=args)  # type: ignore[arg-type]


def _show(wall: Wall, step: int) -> None:
    # A key may be pressed again before the new address has reached the browser.
    at: int = st.session_state.get(DRAWN, wall.at)
    address.put_of_page("item", str((at + step) % len(wall.items) + 1))


def _at(items: Sequence[Item]) -> int:
    """Return the index, from 0, of the item in the address."""
    return max(asked.whole_number("item") - 1, 0) % len(items)


def _put_switch(which: str, value: str) -> None:
    address.put_of_page(which, value)


def _put_note(wall: Wall) -> None:
    """Open the form on the item with this meeting's decisions, or close it."""
    _put_switch("note", "" if wall.noting else "1")
    if wall.deciding is not None:
        address.put_of_page("item", str(wall.deciding + 1))


def _turning(wall: Wall) -> None:
    """Let the browser rerun the page by itself: for the next item or, if paused, for new data.

    This is a full run of the page, so permissions are checked again.
    """

    @st.fragment(run_every=wall.every)
    def turn() -> None:
        if st.session_state.pop(DREW, False):
            return
        if not wall.paused:
            _show(wall, 1)
        st.rerun()

    st.session_state[DREW] = True
    turn()
