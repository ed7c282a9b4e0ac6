"""Record what a part of a page sends to the browser, to send it again without running the part.

This relies on how Streamlit works inside: a run sends messages, each for a place in the page, and
registers widgets so that their callbacks are found. `tests/dashboard` checks the installed version.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st
from streamlit.cursor import Cursor, RunningCursor
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ScriptRunContext,
    ThreadState,
)
from streamlit.runtime.state.common import WidgetMetadata, user_key_from_element_id

ELEMENTS = frozenset(
    (
        *("markdown", "heading", "alert", "metric", "page_link", "link_button"),
        *("bidi_component", "vega_lite_chart", "space"),
    )
)
"""Elements that may be sent again: they are the same for all viewers and hold no input."""
CONTROLS = frozenset(("text_input", "selectbox", "date_input"))
"""Input elements of the page head, whose values come from the address; see `record`."""
BLOCKS = frozenset(("flex_container", "column", "vertical", "expandable"))
MENUS = frozenset(("popover",))
LARGEST = 600_000
"""The most bytes of a recording; larger parts are always drawn anew, to save memory.

The largest part of a page, the state of rectification, takes 400,000."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Control:
    """A control within a part: `draw` draws it in each run, at `path` from the part's start."""

    path: tuple[int, ...]
    draw: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Recording:
    """The messages of a part, with paths relative to its start, and the widgets it registers.

    `length` is the number of elements it adds to its container, `size` is in bytes. It holds
    nothing that belongs to a session.
    """

    steps: tuple[ForwardMsg | Control, ...]
    ids: tuple[str, ...]
    widgets: tuple[tuple[WidgetMetadata[Any], str | None], ...]
    length: int
    size: int

    def send(self) -> None:
        """Send the messages again, at the present place in the page."""
        run, cursor = _run(), _cursor()
        before, begins = [cursor.root_container, *cursor.parent_path], cursor.index
        for name in self.ids:
            run.shared.widget_ids_this_run.check_and_add(name)
            key = user_key_from_element_id(name)
            if key is not None:
                run.shared.widget_user_keys_this_run.check_and_add(key)
        for widget, key in self.widgets:
            run.session_state.register_widget(widget, key)
        for step in self.steps:
            if isinstance(step, Control):
                first, *rest = step.path
                _draw_at([*before, begins + first, *rest], step.draw)
                continue
            message = ForwardMsg()
            message.CopyFrom(step)
            first, *rest = step.metadata.delta_path
            message.metadata.delta_path[:] = [*before, begins + first, *rest]
            run.enqueue(message)
        for _element in range(self.length):
            cursor.lock_element()


@dataclass(slots=True)
class _Heard:
    """What a part has sent so far; `own` are the ids of the widgets drawn by `live`."""

    steps: list[ForwardMsg | tuple[list[int], Callable[[], object]]] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    widgets: list[tuple[WidgetMetadata[Any], str | None]] = field(default_factory=list)


_hearing: ContextVar[tuple[_Heard, ...]] = ContextVar("hearing", default=())
"""The recordings in progress, the outermost first; they can be nested."""


def page() -> str | None:
    """The id of the page being drawn, as widgets use it; None if nothing can be recorded now."""
    run = get_script_run_ctx(suppress_warning=True)
    state = ThreadState.get() if run else None
    # Elements in a fragment carry the fragment's id, so they cannot be sent elsewhere.
    return None if state is None or state.fragment_id else state.active_script_hash


def live(draw: Callable[[], T]) -> T:
    """Call `draw` now, and again whenever the part around it is sent again; returns its result.

    Controls are drawn this way, as their state differs between sessions. The result must depend
    only on what the part around it may depend on.
    """
    under_way = _hearing.get()
    if not under_way:
        return draw()
    run, path = _run(), _cursor().delta_path
    known = run.shared.widget_ids_this_run.snapshot()
    for heard in under_way:
        heard.steps.append((path, draw))
    before = _hearing.set(())
    try:
        return draw()
    finally:
        _hearing.reset(before)
        for heard in under_way:
            heard.own.update(run.shared.widget_ids_this_run.snapshot() - known)


def record(part: Callable[[], None], *, controls: bool = False) -> Recording | None:
    """Draw `part` and record it; None if it sent something that cannot be sent again.

    With `controls` it may hold the elements of `CONTROLS`, whose values the caller must set in
    each run, and closed menus.
    """
    run, cursor = _run(), _cursor()
    before, begins = [cursor.root_container, *cursor.parent_path], cursor.index
    known = run.shared.widget_ids_this_run.snapshot()
    with _captured(run) as heard:
        part()
    ids = run.shared.widget_ids_this_run.snapshot() - known - heard.own
    steps = [_relative(step, before, begins, controls=controls) for step in heard.steps]
    kept = [step for step in steps if step is not None]
    size = sum(step.ByteSize() for step in kept if isinstance(step, ForwardMsg))
    if len(kept) < len(steps) or size > LARGEST:
        return None
    length = cursor.index - begins
    return Recording(tuple(kept), tuple(sorted(ids)), tuple(heard.widgets), length, size)


def _run() -> ScriptRunContext:
    run = get_script_run_ctx()
    assert run is not None
    return run


def _cursor() -> Cursor:
    """The place of the next element."""
    cursor = st._main._active_dg._cursor
    assert cursor is not None
    return cursor


def _draw_at(path: list[int], draw: Callable[[], object]) -> None:
    root, *parents, index = path
    cursor = RunningCursor(root, tuple(parents))
    for _element in range(index):
        cursor.lock_element()
    with DeltaGenerator(root_container=root, cursor=cursor, parent=st._main):
        live(draw)


@contextmanager
def _captured(run: ScriptRunContext) -> Iterator[_Heard]:
    """Collect what is sent within the block."""
    heard, around = _Heard(), _hearing.get()
    before = _hearing.set((*around, heard))
    sends, registers = vars(run), vars(run.session_state)
    send, register = run.enqueue, run.session_state.register_widget
    # Recordings can be nested: one pair of hooks serves them all.
    first = "enqueue" not in sends
    if first:
        sends["enqueue"] = lambda message: _overhear(send, message)
        registers["register_widget"] = lambda widget, key: _overhear_widget(register, widget, key)
    try:
        yield heard
    finally:
        _hearing.reset(before)
        if first:
            del sends["enqueue"], registers["register_widget"]


def _overhear_widget(
    register: Callable[[WidgetMetadata[Any], str | None], T],
    widget: WidgetMetadata[Any],
    key: str | None,
) -> T:
    for heard in _hearing.get():
        heard.widgets.append((widget, key))
    return register(widget, key)


def _overhear(send: Callable[[ForwardMsg], None], message: ForwardMsg) -> None:
    send(message)
    for heard in _hearing.get():
        copy = ForwardMsg()
        copy.CopyFrom(message)
        heard.steps.append(copy)


def _relative(
    step: ForwardMsg | tuple[list[int], Callable[[], object]],
    before: list[int],
    begins: int,
    *,
    controls: bool,
) -> ForwardMsg | Control | None:
    """`step` with its path relative to the start of a part; None if it cannot be sent again."""
    if not isinstance(step, ForwardMsg):
        path, draw = step
        within = _within(path, before, begins)
        return None if within is None else Control(tuple(within), draw)
    if step.WhichOneof("type") != "delta":
        return None
    within = _within(step.metadata.delta_path, before, begins)
    delta = step.delta
    if delta.WhichOneof("type") == "new_element":
        kinds = ELEMENTS | CONTROLS if controls else ELEMENTS
        fits = delta.new_element.WhichOneof("type") in kinds
    else:
        kinds = BLOCKS | MENUS if controls else BLOCKS
        fits = delta.WhichOneof("type") == "add_block" and _kind(delta.add_block) in kinds
    if within is None or not fits:
        return None
    step.metadata.delta_path[:] = within
    return step


def _within(path: Sequence[int], before: list[int], begins: int) -> list[int] | None:
    """`path` relative to the start of a part; None for a place outside the part."""
    at = len(before)
    if list(path[:at]) != before or path[at] < begins:
        return None
    return [path[at] - begins, *path[at + 1 :]]


def _kind(block: Any) -> str:
    return block.WhichOneof("type") or "vertical"
